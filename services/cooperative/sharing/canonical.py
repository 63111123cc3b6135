"""One way to write a batch or a record as bytes, so that anyone who recomputes it gets the same hash."""

import json
from hashlib import sha256

from pydantic import BaseModel


def canonical(model: BaseModel) -> bytes:
    """JSON with sorted keys, no blanks, UTF-8."""
    plain = model.model_dump(mode="json")
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(model: BaseModel) -> str:
    """SHA-256 of the canonical form, in hex."""
    return sha256(canonical(model)).hexdigest()
