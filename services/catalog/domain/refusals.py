"""Why catalog says no, and what to do instead."""

from typing import ClassVar

from services.chassis.problem import NotFound, Refused
from services.chassis.wording import amount


class NoSuchLot(NotFound):
    en = "There is no lot {lot_id}."
    id = "Lot {lot_id} tidak ada."


class UnknownCommodity(Refused):
    en = "Commodity {commodity_id} is not on your cooperative's list. GET /commodities shows what is."
    id = "Komoditas {commodity_id} tidak ada di daftar koperasi Anda. Lihat daftarnya di GET /commodities."


class NotYourVillage(Refused):
    status: ClassVar[int] = 403
    en = "You may list lots of these villages only: {yours}. Not of {village}."
    id = "Anda hanya boleh mencatat lot dari desa: {yours}. Bukan dari {village}."


class GradeNeeded(Refused):
    en = "{commodity} is sold by grade. Choose one of: {grades}."
    id = "{commodity} dijual menurut mutu. Pilih salah satu: {grades}."


class GradeNotUsed(Refused):
    en = "{commodity} has no grades. Leave the grade out."
    id = "{commodity} tidak dibagi menurut mutu. Kosongkan mutunya."


class DatesNeeded(Refused):
    en = "{commodity} does not keep. Give ready_on and expires_on."
    id = "{commodity} tidak tahan lama. Isi ready_on dan expires_on."


class DatesNotUsed(Refused):
    en = "{commodity} keeps. Leave ready_on and expires_on out."
    id = "{commodity} tahan lama. Kosongkan ready_on dan expires_on."


class DatesReversed(Refused):
    en = "expires_on ({expires_on}) is before ready_on ({ready_on}). Exchange or correct them."
    id = "expires_on ({expires_on}) mendahului ready_on ({ready_on}). Perbaiki urutannya."


class AlreadyExpired(Refused):
    en = "expires_on ({expires_on}) has passed. Give the day until which buyers can use it."
    id = "expires_on ({expires_on}) sudah lewat. Isi hari terakhir barang masih layak."


class UnknownSellingUnit(Refused):
    en = "{commodity} is not sold by {named}. Choose one of: {known}; or give the quantity in {unit}."
    id = "{commodity} tidak dijual per {named}. Pilih: {known}; atau isi jumlahnya dalam {unit}."


class StockRefused(Refused):
    """A refusal whose sentence names quantities, written as people write them: 62,5 kg."""

    def __init__(self, unit: str, **quantities: int) -> None:
        self._unit, self._quantities = unit, quantities
        super().__init__(unit=unit, **quantities)

    def sentence(self, language: str) -> str:
        template = self.id if language == "id" else self.en
        return template.format(
            **{name: amount(value, self._unit, language) for name, value in self._quantities.items()}
        )


class TooMuch(StockRefused):
    en = "One lot holds at most {most}. List the rest as another lot."
    id = "Satu lot paling banyak {most}. Catat sisanya sebagai lot lain."


class MoreThanAvailable(StockRefused):
    en = (
        "Only {available} of this lot can be taken off; {held} is held and {committed} committed. "
        "Answer a share in question with 2 or 3; for one you accepted the weigh-in decides."
    )
    id = (
        "Hanya {available} dari lot ini yang bisa dikurangi; {held} disisihkan dan {committed} dijanjikan. "
        "Jawab bagian yang ditanyakan dengan 2 atau 3; untuk yang sudah disanggupi, timbangan yang menentukan."
    )


class NothingToWithdraw(StockRefused):
    en = (
        "Nothing of this lot is free to withdraw; {held} is held and {committed} committed. "
        "Answer a share in question with 2 or 3; for one you accepted the weigh-in decides."
    )
    id = (
        "Tidak ada sisa lot ini yang bisa ditarik; {held} disisihkan dan {committed} dijanjikan. "
        "Jawab bagian yang ditanyakan dengan 2 atau 3; untuk yang sudah disanggupi, timbangan yang menentukan."
    )


class AlreadyWithdrawn(Refused):
    en = "Lot {code} was withdrawn. List a new lot for what you want to sell now."
    id = "Lot {code} sudah ditarik. Catat lot baru untuk yang ingin Anda jual sekarang."
