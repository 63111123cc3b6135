"""Writes the released copies: the only hand that may, and it never replaces one by what breaks it."""

from hashlib import sha256

from infra.contracts.compatibility import breaks
from infra.contracts.contract import TYPE, Contract, Json, read_all

SEALS = "SHA256SUMS"


def release(contract: Contract) -> list[str]:
    """Copies every schema to the released ones, or none of them and says why."""
    refused = tampered(contract) + broken(contract)
    if not refused:
        contract.released.mkdir(exist_ok=True)
        for path in contract.schemas.glob("*.json"):
            (contract.released / path.name).write_bytes(path.read_bytes())
        (contract.released / SEALS).write_text(_seals(contract), encoding="utf-8")
    return refused


def broken(contract: Contract) -> list[str]:
    """What the schemas of today break of what was released."""
    now = read_all(contract.schemas)
    return [
        complaint
        for name, released in read_all(contract.released).items()
        for complaint in ([_gone(name)] if name not in now else _incompatible(name, released, now[name]))
    ]


def tampered(contract: Contract) -> list[str]:
    """Released copies that somebody else than `make release-schema` wrote or removed."""
    seals = contract.released / SEALS
    sealed = seals.read_text(encoding="utf-8") if seals.exists() else ""
    changed = set(sealed.splitlines()) ^ set(_seals(contract).splitlines())
    return [
        f"schemas/released/{name} was changed by hand: restore it with `git checkout schemas/released`. "
        "Only `make release-schema` writes there."
        for name in sorted({line.partition("  ")[2] for line in changed})
    ]


def unreleased(contract: Contract) -> list[str]:
    """Types and optional fields that exist and are not released yet."""
    released = read_all(contract.released)
    return [name for name, now in read_all(contract.schemas).items() if released.get(name) != now]


def _incompatible(name: str, released: Json, now: Json) -> list[str]:
    advice = f"Put it back, and write the change as schemas/events/{_next(name)}.json beside it."
    return [f"{name}: {change}. {advice}" for change in breaks(released, now)]


def _gone(name: str) -> str:
    return (
        f"{name} is released, but schemas/events/{name}.json is gone. "
        f"Restore it: its topic still keeps such events. What replaces it goes beside it as {_next(name)}."
    )


def _next(name: str) -> str:
    named = TYPE.fullmatch(name)
    return f"{named['family']}.v{int(named['number']) + 1}" if named else name


def _seals(contract: Contract) -> str:
    copies = sorted(contract.released.glob("*.json"))
    return "".join(f"{sha256(copy.read_bytes()).hexdigest()}  {copy.name}\n" for copy in copies)
