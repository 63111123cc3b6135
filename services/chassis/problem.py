"""Refusals: why a wish cannot be granted, with a sentence for people. Pure: the domain imports it."""

import re
from typing import ClassVar

JUDUL = {
    400: "Permintaan tidak terbaca",
    401: "Siapa Anda?",
    403: "Bukan wewenang Anda",
    404: "Tidak ditemukan",
    405: "Metode tidak diterima",
    409: "Tidak bisa sekarang",
    412: "Sudah berubah",
    413: "Terlalu besar",
    415: "Bukan JSON",
    422: "Ada isian yang keliru",
    428: "Ada yang kurang",
    429: "Terlalu sering",
    500: "Ada kesalahan di pihak kami",
    503: "Sedang terganggu",
}
"""Titles of problems in Indonesian, by their status; the sentence says more, and `code` is for programs."""


class Refused(Exception):
    """Base of all refusals. A subclass names what happened and says it in English and Indonesian.

    class DoorClosed(Refused):
        en = "The door closed at {closed_at}. Come tomorrow."
        id = "Pintu ditutup pukul {closed_at}. Datanglah besok."

    `raise DoorClosed(closed_at=...)` becomes a 409 problem whose code is `door-closed`.
    """

    en: ClassVar[str] = "This is not possible now."
    id: ClassVar[str] = "Ini tidak bisa dilakukan sekarang."
    status: ClassVar[int] = 409
    code: ClassVar[str] = "refused"

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "code" not in cls.__dict__:
            cls.code = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", cls.__name__).lower()

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence("en"))

    def sentence(self, language: str) -> str:
        """What happened and what to do, in `id` or else English."""
        template = self.id if language == "id" else self.en
        return template.format(**self.facts)

    @classmethod
    def title(cls, language: str) -> str:
        """The same few words for every refusal of this kind: the code, readable; in `id` by its status."""
        if language == "id":
            return JUDUL.get(cls.status, "Tidak bisa")
        return cls.code.replace("-", " ").capitalize()


class NotFound(Refused):
    """There is no such thing, or it is not the caller's to see: both sound the same."""

    status = 404
    en = "There is nothing here with this id, or it is not yours to see. Check the id."
    id = "Tidak ada data dengan id ini, atau bukan milik Anda. Periksa kembali id-nya."
