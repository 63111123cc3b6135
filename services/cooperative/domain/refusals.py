"""Why cooperative says no, and what to do instead."""

from typing import ClassVar

from services.chassis.problem import Refused


class VillageTwice(Refused):
    en = "Village {village} is a member already."
    id = "Desa {village} sudah menjadi anggota."


class UnknownVillage(Refused):
    en = "Village {village} is not a member of your cooperative. Add it first with POST /villages."
    id = "Desa {village} bukan anggota koperasi Anda. Tambahkan dulu lewat POST /villages."


class MemberTwice(Refused):
    en = "Person {person_id} is a member already."
    id = "Orang {person_id} sudah menjadi anggota."


class CommodityTwice(Refused):
    en = "{name} is on the list already. Choose another name, such as one with the variety."
    id = "{name} sudah ada di daftar. Pilih nama lain, misalnya dengan varietasnya."


class NotInWholeSteps(Refused):
    en = "{name} goes in steps of {step.en}; {wrong.en} is no multiple of that."
    id = "{name} dihitung per kelipatan {step.id}; {wrong.id} bukan kelipatannya."


class UnknownCommodity(Refused):
    en = (
        "Commodity {commodity_id} is not on your list with a reference price. List it with POST /commodities."
    )
    id = "Komoditas {commodity_id} belum ada di daftar dengan harga acuan. Daftarkan lewat POST /commodities."


class WrongTimes(Refused):
    en = "{earlier} must be before {later}: a window opens, closes, asks for answers, then becomes firm."
    id = "{earlier} harus mendahului {later}: periode dibuka, ditutup, menunggu jawaban, lalu tetap."


class ClosesInThePast(Refused):
    en = "The window would close at {closes_at.en}, which has passed. Choose a later time."
    id = "Periode ini akan ditutup {closes_at.id}, dan waktu itu sudah lewat. Pilih waktu yang lebih lambat."


class FirmAfterDelivery(Refused):
    en = "The window would become firm after delivery day {day.en}. Choose an earlier firm_at."
    id = "Periode ini akan tetap setelah hari pengiriman {day.id}. Pilih firm_at yang lebih awal."


class AlreadyCalledOff(Refused):
    en = "Window {window} was called off: {reason}."
    id = "Periode pesan {window} sudah dibatalkan: {reason}."


class NotOpenYet(Refused):
    en = "Window {window} opens {opens_at.en}; there is no book to close. Call it off if it is not to be."
    id = "Periode pesan {window} dibuka {opens_at.id}; belum ada buku. Batalkan saja bila tidak jadi."


class AlreadyClosed(Refused):
    en = "The book of {window} closed {closes_at.en} already."
    id = "Buku {window} sudah ditutup {closes_at.id}."


class PlanEnded(Refused):
    en = "The plan {plan} was ended. Make a new one."
    id = "Rencana {plan} sudah diakhiri. Silakan buat yang baru."


class AlreadyFirm(Refused):
    en = "Window {window} is firm since {firm_at.en}; it can no longer be called off."
    id = "Periode pesan {window} sudah tetap sejak {firm_at.id}; tidak bisa dibatalkan lagi."


class NotHeld(Refused):
    en = "This sharing is {status}; only one that is held is computed again."
    id = "Pembagian ini berstatus {status}; hanya pembagian yang ditahan bisa dihitung ulang."


class TooLateToShare(Refused):
    en = "Window {window} becomes firm at {firm_at.en}; no round of answers fits in before."
    id = "Periode pesan {window} menjadi tetap {firm_at.id}; tidak ada waktu lagi untuk bertanya kepada penjual."


class NotAskedYet(Refused):
    en = "Nothing is asked yet: the stock is being set aside. Wait for the question."
    id = "Belum ada pertanyaan: stok sedang disiapkan. Tunggu sampai ditanya."


class RoundClosed(Refused):
    en = "Answers counted until {answer_by.en}; that round is closed. What you said by then stands; silence is no."
    id = "Jawaban ditunggu sampai {answer_by.id}. Jawaban sampai saat itu tetap berlaku; diam berarti tidak."


class ShareEnded(Refused):
    en = "This share has ended ({reason}); there is nothing to answer."
    id = "Bagian ini sudah berakhir ({reason}); tidak perlu dijawab."


class LessNeedsQuantity(Refused):
    status: ClassVar[int] = 422
    en = "Answer 2 means less: say how much, more than nothing and less than {asked.en}."
    id = "Jawaban 2 berarti kurang: sebutkan jumlahnya, lebih dari nol dan kurang dari {asked.id}."


class QuantityNotUsed(Refused):
    status: ClassVar[int] = 422
    en = "A quantity goes with answer 2 only. Leave it out."
    id = "Jumlah hanya untuk jawaban 2. Kosongkan jumlahnya."


class PointTwice(Refused):
    en = "Village {village} has a collection point named {name} already. Choose another name."
    id = "Desa {village} sudah punya titik kumpul bernama {name}. Pilih nama lain."


class UnknownPoint(Refused):
    en = "Collection point {point_id} is not your cooperative's. GET /points shows what is."
    id = "Titik kumpul {point_id} bukan milik koperasi Anda. Lihat daftarnya di GET /points."


class CollectedTwice(Refused):
    en = "Village {village} would bring its lots to two points. Name each village at one point only."
    id = "Desa {village} akan membawa lot ke dua titik. Sebutkan tiap desa di satu titik saja."


class WrongCollectionTimes(Refused):
    en = "{point} must collect after the window is firm ({firm_at.en}), and end after it starts and by {ends.en}."
    id = (
        "{point} harus mengumpulkan setelah periode tetap ({firm_at.id}), dan selesai setelah mulai, "
        "paling lambat {ends.id}."
    )


class NotFirmYet(Refused):
    en = "Window {window} becomes firm at {firm_at.en}; until then nobody brings anything. Wait for it."
    id = "Periode pesan {window} baru tetap {firm_at.id}; sebelum itu belum ada yang dibawa. Tunggu dulu."


class LotNotCommitted(Refused):
    en = "No lot {code} is committed for window {window}, or not in your villages: check the code on the pick list."
    id = "Lot {code} tidak dijanjikan di periode {window}, atau bukan di desa Anda: periksa kodenya di daftar ambil."


class TwoLotsOneCode(Refused):
    en = "Two lots of this window have the code {code}. Tell the manager, who weighs them by their ids."
    id = "Ada dua lot berkode {code} di periode ini. Beri tahu pengurus, yang mencatatnya menurut id lot."


class LotStillCommitting(Refused):
    en = "Lot {code} is still being committed. Send the entry again in a moment."
    id = "Lot {code} masih dipastikan. Kirim lagi sebentar lagi."


class NothingWeighed(Refused):
    en = "The tare is {net.en} more than the gross weight. Weigh again, or exchange the two."
    id = "Tara lebih berat {net.id} daripada bruto. Timbang lagi, atau tukar keduanya."


class GradeNotKnown(Refused):
    en = "Name the grade that was seen of {commodity}: one of {grades}; none where it has no grades."
    id = "Sebutkan mutu {commodity} yang terlihat: salah satu dari {grades}; kosongkan bila tidak bermutu."


class ReasonNeeded(Refused):
    en = "Lot {code} is rejected or of another grade than listed. Say why: its seller reads it."
    id = "Lot {code} ditolak atau mutunya berbeda dari catatan. Sebutkan alasannya: penjual membacanya."


class WeighedTwice(Refused):
    en = "Lot {code} was weighed with other numbers too. What was weighed first counts until the manager decides."
    id = "Lot {code} sudah ditimbang dengan angka lain. Yang ditimbang lebih dulu berlaku sampai pengurus memutuskan."
