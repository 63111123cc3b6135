"""Why a wish of a buyer cannot be granted, with what he can do instead."""

from services.chassis.problem import NotFound, Refused


class NotOpenYet(Refused):
    en = "Window {window} opens {opens_at.en}. Order then."
    id = "Periode pesan {window} dibuka {opens_at.id}. Silakan pesan saat itu."


class TooLate(Refused):
    en = "The book of {window} closed {closes_at.en}. What was ordered by then stands; order in another one."
    id = "Buku {window} ditutup {closes_at.id}. Pesanan sampai saat itu tetap; pesan lagi di periode lain."


class CalledOff(Refused):
    en = "Window {window} was called off: {reason}. Order in another one."
    id = "Periode pesan {window} dibatalkan: {reason}. Silakan pesan di periode lain."


class WindowFull(Refused):
    en = "Window {window} takes {most} lines in all, and {left} are left. Order fewer lines, or in another one."
    id = "Periode {window} menampung {most} baris, tersisa {left}. Pesan lebih sedikit baris, atau di periode lain."


class AlreadyCancelled(Refused):
    en = "Order {order} was cancelled. Place a new one."
    id = "Pesanan {order} sudah dibatalkan. Silakan buat pesanan baru."


class ChangedMeanwhile(Refused):
    status = 412
    en = "Order {order} is at version {version}, you changed version {seen}. Read it again, then change it."
    id = "Pesanan {order} sudah versi {version}, Anda mengubah versi {seen}. Baca lagi, lalu ubah."


class UnknownWindow(Refused):
    en = "There is no window with this id. Choose one of GET /windows."
    id = "Tidak ada periode pesan dengan id ini. Pilih salah satu dari GET /windows."


class UnknownCommodity(Refused):
    en = "Commodity {commodity_id} is not known here. Choose one of the window's commodities."
    id = "Komoditas {commodity_id} tidak dikenal. Pilih salah satu komoditas periode ini."


class NotInWindow(Refused):
    en = "{commodity} is not ordered in window {window}. Choose one of the window's commodities."
    id = "{commodity} tidak dipesan di periode {window}. Pilih salah satu komoditas periode ini."


class UnknownGrade(Refused):
    en = "{commodity} has no grade {grade}. Its grades, best first: {grades}."
    id = "{commodity} tidak punya mutu {grade}. Mutunya, dari yang terbaik: {grades}."


class NotAMultiple(Refused):
    en = "{commodity} goes in steps of {step.en}; {quantity.en} is no multiple of that. Order {nearest.en}."
    id = "{commodity} dipesan per kelipatan {step.id}; {quantity.id} bukan kelipatannya. Pesan {nearest.id}."


class BookNotClosed(NotFound):
    en = "This window's book has not closed yet, or is not yours to see. It closes by itself at its time."
    id = "Buku periode ini belum ditutup, atau bukan hak Anda. Buku ditutup sendiri pada waktunya."


class NoLink(NotFound):
    en = "This order has no tracking link. Make one with POST."
    id = "Pesanan ini belum punya tautan lacak. Buat dengan POST."


class InNoWindowYet(Refused):
    en = "This order waits for its first window. Make the link once it is in one."
    id = "Pesanan ini masih menunggu periode pertamanya. Buat tautannya setelah masuk."


class LinkShowsNothing(NotFound):
    en = "This link is wrong or no longer valid. Ask whoever gave it to you for a new one."
    id = "Tautan ini keliru atau sudah tidak berlaku. Minta yang baru kepada yang memberikannya."


class TrackingOver(Refused):
    en = "Orders of this window could be followed until {until.en}. The order itself stays in GET /orders."
    id = "Pesanan periode ini bisa dilacak sampai {until.id}. Pesanannya sendiri tetap ada di GET /orders."
