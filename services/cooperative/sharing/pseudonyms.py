"""Names under which a batch is public: the same for ever inside a cooperative, and nobody's outside."""

from hashlib import blake2b
from typing import Literal
from uuid import UUID

Kind = Literal["lot", "seller", "buyer", "demand"]
LETTERS: dict[Kind, str] = {"lot": "L", "seller": "S", "buyer": "B", "demand": "D"}


class Pseudonyms:
    """`key` is the cooperative's secret. Who does not have it cannot tell whose pseudonym it is."""

    def __init__(self, key: UUID) -> None:
        self._key = key.bytes

    def of(self, kind: Kind, thing: UUID) -> str:
        told = blake2b(thing.bytes, key=self._key, person=kind.encode(), digest_size=10)
        return LETTERS[kind] + told.hexdigest()
