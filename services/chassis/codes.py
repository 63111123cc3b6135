"""Short codes that people read aloud: Crockford base32 with a check character (mod 37)."""

from hashlib import blake2b
from uuid import UUID

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK = _DIGITS + "*~$=U"
_LENGTH = 7
_HEARD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def short_code(of: UUID) -> str:
    """The code of an id, such as `K7Q2-9XMD`: seven digits of its hash and one that checks them.

    Two ids may share a code (1 in 3.4e10 a pair): look things up by id, show the code.
    The check digit is Crockford's mod 37 brought into the 32 digits by drawing again.
    """
    for salt in range(256):
        value = int.from_bytes(blake2b(of.bytes, digest_size=8, salt=bytes([salt])).digest()) % 32**_LENGTH
        if value % 37 < len(_DIGITS):
            break
    digits = "".join(_DIGITS[value >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    code = digits + _CHECK[value % 37]
    return f"{code[:4]}-{code[4:]}"


def as_printed(typed: str) -> str:
    """A code as somebody typed it (lower case, O for 0, no dash), as `short_code` writes it."""
    heard = typed.upper().translate(_HEARD)
    return f"{heard[:4]}-{heard[4:]}"


def valid_code(code: str) -> bool:
    """Whether a code as somebody typed it (lower case, O for 0, no dash) carries its own check digit."""
    return read_code(code) is not None


def read_code(typed: str) -> str | None:
    """A code as it is written, from what somebody typed; None where the check digit does not fit."""
    digits = typed.upper().translate(_HEARD)
    if len(digits) != _LENGTH + 1 or any(digit not in _DIGITS for digit in digits):
        return None
    value = sum(_DIGITS.index(digit) << 5 * place for place, digit in enumerate(reversed(digits[:-1])))
    return f"{digits[:4]}-{digits[4:]}" if _CHECK[value % 37] == digits[-1] else None
