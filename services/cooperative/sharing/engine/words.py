"""The words of the sentences, in Indonesian (`id`) and English (`en`), one per reason."""

SELLER = {
    "id": "{name}: diminta {given} dari {offered} {commodity}. {ordered} dipesan, {sellers} penjual; {why}.",
    "en": "{name}: asked for {given} of {offered} of {commodity}. {ordered} ordered, {sellers} sellers; {why}.",
}
WHY = {
    "id": {
        "FULL": "semua yang Anda tawarkan diminta",
        "ANSWERED": "lot yang sudah dijawab kurang atau tidak, tidak ditambah lagi",
        "NO_DEMAND": "kali ini tidak ada yang memesan",
        "DATE": "lot Anda belum siap atau sudah lewat tanggal pada hari pengiriman",
        "GRADE": "mutu lot Anda di bawah yang dipesan; dengan mutu lebih tinggi bisa ikut",
        "CERTIFICATE": "pembeli minta sertifikat yang lot Anda belum punya",
        "CAP": "harga Anda {price} di atas batas harga pembeli; lebih murah bisa ikut dibagi",
        "BELOW_MIN_LOT": "bagian Anda di bawah jumlah terkecil lot Anda; jumlah terkecil lebih rendah bisa ikut",
        "VILLAGE_CLOSED": "truk tidak singgah di desa Anda hari ini, hak Anda dicatat untuk hari berikutnya",
        "STEP_ROUNDING": "bagian Anda dibulatkan ke langkah timbang, selisihnya masuk catatan hak",
        "TIER_NOT_REACHED": "pesanan dipenuhi tawaran sampai {dearest}; lebih murah dari {price} bisa ikut dibagi",
        "LEVEL": "yang ikut dibagi menawar sampai {dearest}, dan haknya masing-masing paling banyak {level}",
    },
    "en": {
        "FULL": "all you offered is asked for",
        "ANSWERED": "a lot that was answered with less or no gets nothing more",
        "NO_DEMAND": "nobody ordered this time",
        "DATE": "your lot is not ready yet or past its date on the delivery day",
        "GRADE": "your lot's grade is below what was ordered; a better grade could share",
        "CERTIFICATE": "buyers want a certificate that your lot does not have",
        "CAP": "your price {price} is above the buyers' caps; a lower one could share",
        "BELOW_MIN_LOT": "your part was smaller than your lot's minimum; a lower minimum could share",
        "VILLAGE_CLOSED": "the truck does not stop in your village today, what is due to you is kept for the next days",
        "STEP_ROUNDING": "your part is rounded to your lot's step, and the difference is kept for the next days",
        "TIER_NOT_REACHED": "offers up to {dearest} filled the order; one below {price} could share",
        "LEVEL": "those who share asked up to {dearest}, and at most {level} is due to each",
    },
}
BUYER = {
    "id": "{name}, pesanan {demand}: terisi {filled} dari {quantity}{commodity}. {why}.",
    "en": "{name}, order {demand}: {filled} of {quantity}{commodity} is filled. {why}.",
}
BUYER_WHY = {
    "id": {
        "FULL": "Semua terpenuhi",
        "NO_ELIGIBLE_LOT": "Tidak ada lot yang cocok sampai harga {cap}",
        "STEP_ROUNDING": "Sisa {open} lebih kecil dari langkah timbang setiap lot yang cocok",
        "SHORT": "Kurang {open}: panen yang cocok tidak cukup untuk semua pesanan",
    },
    "en": {
        "FULL": "All of it is there",
        "NO_ELIGIBLE_LOT": "No lot fits up to {cap}",
        "STEP_ROUNDING": "The last {open} is less than the step of every lot that fits",
        "SHORT": "{open} is missing: the harvest that fits is not enough for all orders",
    },
}
