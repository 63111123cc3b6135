"""One way to write a batch or a record as bytes, so that anyone who recomputes it gets the same hash."""

import json
from hashlib import blake2b, sha256
from typing import Any


def canonical(plain: Any) -> bytes:
    """JSON with sorted keys, no blanks, no ASCII escapes, UTF-8."""
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(plain: Any) -> str:
    """Lower-case hex SHA-256 of the canonical form."""
    return sha256(canonical(plain)).hexdigest()


def tie(batch: str, name: str) -> bytes:
    """A lot's or seller's place wherever numbers do not decide: the smaller first. Nobody can choose it."""
    return blake2b(name.encode(), key=batch.encode()[:64], digest_size=16).digest()
