"""The two hashes, computed anew from what the files say."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from services.cooperative.sharing.verify.batch import Batch
from services.cooperative.sharing.verify.complaint import Complaint
from services.cooperative.sharing.verify.record import Record

Key = Callable[[dict[str, Any]], Any]


def _by(*keys: str) -> Key:
    return lambda row: tuple(row[key] for key in keys)


_LINE = _by("lot", "demand")
INPUT_ORDER: dict[str, Key] = {
    "commodities": _by("commodity"),
    "villages": _by("village"),
    "lots": _by("lot"),
    "demands": _by("demand"),
    "credits": _by("seller", "commodity"),
    "confirmed": _LINE,
}
OUTPUT_ORDER: dict[str, Key] = {
    "lines": _LINE,
    "confirmed": _LINE,
    "answers": _LINE,
    "hak_lines": _LINE,
    "sellers": _by("seller", "commodity"),
    "lots": _by("lot"),
    "demands": _by("demand"),
    "villages": _by("village"),
    "bottlenecks": lambda row: (
        row["commodity"],
        row["tier"] is not None,
        row["tier"] or 0,
        row["level"],
        sorted(row["members"]),
    ),
}


def digest(plain: dict[str, Any]) -> str:
    try:
        written = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Complaint("hash", "the record holds text that is not valid UTF-8") from None
    return sha256(written).hexdigest()


def input_hash(batch: Batch) -> str:
    """Over the batch with defaults filled in, sorted, without names and unknown keys."""
    plain: dict[str, Any] = {
        "batch": batch.batch,
        "day": batch.day.isoformat(),
        "parameters": batch.parameters,
    }
    for kind, key in INPUT_ORDER.items():
        plain[kind] = [_written(row) for row in sorted(batch.plain[kind], key=key)]
    return digest(plain)


def _written(row: dict[str, Any]) -> dict[str, Any]:
    """One row as it is hashed: what may be absent and is, stays absent."""
    written = {key: value for key, value in row.items() if value is not None}
    for key in ("ready", "expiry"):
        if key in written:
            written[key] = written[key].isoformat()
    if "certificates" in written:
        written["certificates"] = sorted(written["certificates"])
    return written


def output_hash(plain: dict[str, Any]) -> str:
    """Over the whole record but its own hash, the engine's name and people's names."""
    return digest(ordered(plain))


def ordered(plain: dict[str, Any]) -> dict[str, Any]:
    """What is hashed of a record, its lists sorted."""
    kept = {key: value for key, value in plain.items() if key not in ("output_hash", "engine", "names")}
    for kind, key in OUTPUT_ORDER.items():
        kept[kind] = sorted(kept[kind], key=key)
    kept["bottlenecks"] = [{**row, "members": sorted(row["members"])} for row in kept["bottlenecks"]]
    return kept


def check_hashes(batch: Batch, record: Record) -> None:
    if record.input_hash != input_hash(batch):
        raise Complaint("input_hash", f"input_hash must be {input_hash(batch)} for this batch")
    if record.output_hash != output_hash(record.plain):
        raise Complaint("output_hash", f"output_hash must be {output_hash(record.plain)} for this record")
    if record.previous is not None and not _is_hash(record.previous):
        raise Complaint("previous", "previous must be the output_hash of the record before it, or null")


def _is_hash(written: str) -> bool:
    return len(written) == 64 and set(written) <= set("0123456789abcdef")
