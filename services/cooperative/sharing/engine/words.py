"""The words of the sentences, in Indonesian (`id`) and English (`en`), one per reason."""

SELLER = {
    "id": "{name}: diminta {given} dari {offered} {commodity}{orders}. {why}.",
    "en": "{name}: asked for {given} of {offered} of {commodity}{orders}. {why}.",
}
NOTHING_OFFERED = {
    "id": "{name}: hari ini tidak menawarkan {commodity}",
    "en": "{name}: offers no {commodity} today",
}
ORDERED = {
    "id": {"all": "; {ordered} dipesan, ", "known": "; paling sedikit {ordered} dipesan, "},
    "en": {"all": "; {ordered} ordered, ", "known": "; at least {ordered} ordered, "},
}
SHARED_BY = {
    "id": {0: "belum ada yang mengisi", 1: "diisi 1 penjual", 2: "dibagi ke {sellers} penjual"},
    "en": {0: "nobody fills it", 1: "filled by 1 seller", 2: "shared by {sellers} sellers"},
}
CREDIT = {
    "id": {
        "owed": "hak {credit} yang belum diterima dicatat untuk hari berikutnya",
        "ahead": "kelebihan {credit} dihitung pada hari berikutnya",
    },
    "en": {
        "owed": "{credit} still due is kept for the next days",
        "ahead": "{credit} more than was due counts on the next days",
    },
}
LOT = {
    "id": {"only": "lot Anda", "named": "lot {lot}"},
    "en": {"only": "your lot", "named": "lot {lot}"},
}
WHY = {
    "id": {
        "FULL": "semua yang Anda tawarkan diminta",
        "ANSWERED": "{answered}, jadi tidak ditambah lagi",
        "NO_DEMAND": "kali ini tidak ada yang memesan {commodity}",
        "DATE": "{lot} belum siap atau sudah lewat tanggal pada hari pengiriman",
        "GRADE": "mutu {lot} di bawah yang dipesan, mutu lebih tinggi bisa ikut",
        "CERTIFICATE": "pembeli minta sertifikat yang {lot} belum punya, dengan sertifikat itu bisa ikut",
        "CAP": "harga {lot} {price} di atas batas pembeli, hanya tawaran sampai {cap} bisa ikut",
        "BELOW_MIN_LOT": "bagian {lot} kurang dari jumlah terkecil atau kelipatannya, angka lebih kecil bisa ikut",
        "BELOW_MIN_SHARE": "bagian {lot} kurang dari jumlah terkecilnya, jumlah terkecil lebih rendah bisa ikut",
        "VILLAGE_CLOSED": "truk tidak singgah di desa {lot} karena ongkosnya",
        "VILLAGE_WAITS": "truk tidak singgah di desa {lot} karena ongkosnya, "
        "sampai hak yang dicatat di sana cukup besar",
        "STEP_ROUNDING": "{lot} diminta dalam kelipatannya saja, kelipatan lebih kecil bisa menambah",
        "TIER_NOT_REACHED": "pesanan sudah terisi tawaran lebih murah dan hak yang didahulukan",
        "TIER_LIMIT": "harga {lot} {price}, tawaran sampai {limit} ikut dibagi",
        "TIER_LIMIT_MORE": "harga {lot} {price}, tawaran sampai {limit} dibagi lebih banyak",
        "LEVEL": "penjual sekelompok Anda berhak paling banyak {level}",
        "LEVEL_MORE": "penjual sekelompok Anda berhak paling banyak {level}, "
        "menawarkan lebih banyak tidak menambah",
    },
    "en": {
        "FULL": "all you offered is asked for",
        "ANSWERED": "{answered}, so it gets nothing more",
        "NO_DEMAND": "nobody ordered {commodity} this time",
        "DATE": "{lot} is not ready yet or past its date on the delivery day",
        "GRADE": "the grade of {lot} is below what was ordered, a better grade could share",
        "CERTIFICATE": "buyers want a certificate that {lot} does not have, with it the lot could share",
        "CAP": "the price of {lot}, {price}, is above the buyers' caps, only offers up to {cap} could share",
        "BELOW_MIN_LOT": "the part of {lot} is less than its minimum or step, with smaller ones it could share",
        "BELOW_MIN_SHARE": "the part of {lot} is less than its minimum, with a lower one it could share",
        "VILLAGE_CLOSED": "the truck does not stop in the village of {lot} because of what the stop costs",
        "VILLAGE_WAITS": "the truck does not stop in the village of {lot} because of what the stop costs, "
        "until enough is due there",
        "STEP_ROUNDING": "{lot} is asked for in whole steps only, a smaller step could add to it",
        "TIER_NOT_REACHED": "cheaper offers, and what was due before, have filled the orders",
        "TIER_LIMIT": "the price of {lot} is {price}, offers up to {limit} share",
        "TIER_LIMIT_MORE": "the price of {lot} is {price}, offers up to {limit} share more",
        "LEVEL": "at most {level} is due to each seller of your group",
        "LEVEL_MORE": "at most {level} is due to each seller of your group, and offering more adds nothing",
    },
}
PART_OF = {"id": "{amount} dari {lot}", "en": "{amount} of {lot}"}
REFUSED = {
    "id": {
        "declined": "ditolak",
        "lapsed": "tidak dijawab",
        "reduced": "tidak disanggupi",
        "accepted": "semula tidak disanggupi",
        "short": "tidak dibawa atau tidak dapat disisihkan",
    },
    "en": {
        "declined": "was refused",
        "lapsed": "was not answered",
        "reduced": "was not agreed to",
        "accepted": "was not agreed to at first",
        "short": "was not brought or could not be set aside",
    },
}
NOT_SET_ASIDE = {
    "id": {
        "gone": "sudah disisihkan lebih dulu untuk pesanan lain",
        "late": "tidak sempat disisihkan sebelum putaran ditutup",
        "own": "sudah Anda kurangi atau tarik sendiri",
    },
    "en": {
        "gone": "had been set aside for other orders before",
        "late": "could not be set aside before the round closed",
        "own": "had been taken off or withdrawn by you",
    },
}
OR = {"id": " atau ", "en": " or "}
BUYER = {
    "id": {
        "known": "{name}, pesanan {demand}: terisi {filled} dari {quantity} {commodity}. {why}.",
        "unknown": "{name}, pesanan {demand}: belum terisi. {why}.",
    },
    "en": {
        "known": "{name}, order {demand}: {filled} of {quantity} of {commodity} is filled. {why}.",
        "unknown": "{name}, order {demand}: not filled. {why}.",
    },
}
OWN_ORDER = {
    "id": {
        "known": "Pesanan Anda: terisi {filled} dari {quantity} {commodity}. {why}.",
        "unknown": "Pesanan Anda: belum terisi. {why}.",
    },
    "en": {
        "known": "Your order: {filled} of {quantity} of {commodity} is filled. {why}.",
        "unknown": "Your order: not filled. {why}.",
    },
}
MISSING = {"id": "kurang {open}: ", "en": "{open} is missing: "}
BUYER_WHY = {
    "id": {
        "FULL": "semua terpenuhi",
        "NO_ELIGIBLE_LOT": "tidak ada lot yang cocok mutu, tanggal, dan sertifikatnya dengan harga sampai {cap}",
        "STEP_ROUNDING": "itu lebih kecil dari kelipatan setiap lot yang cocok",
        "SHORT": "panen yang cocok tidak cukup untuk semua pesanan",
        "SHORT_SPARE": "lot yang masih bersisa tidak cocok, jumlah terkecil atau kelipatannya terlalu besar, "
        "atau desanya tidak disinggahi truk",
    },
    "en": {
        "FULL": "all of it is there",
        "NO_ELIGIBLE_LOT": "no lot fits in grade, dates and certificates at a price up to {cap}",
        "STEP_ROUNDING": "that is less than the step of every lot that fits",
        "SHORT": "the harvest that fits is not enough for all orders",
        "SHORT_SPARE": "the lots with something left do not fit, have too large a minimum or step, "
        "or lie where the truck does not stop",
    },
}
