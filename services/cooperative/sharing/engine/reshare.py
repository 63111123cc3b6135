"""When someone declines, lapses or ships short: what is accepted or still open stays; only the rest is shared again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from services.cooperative.sharing.engine.batch import Batch, Line
from services.cooperative.sharing.engine.eligibility import Pool, pools
from services.cooperative.sharing.engine.fields import Refused, Row
from services.cooperative.sharing.engine.flow import Ints
from services.cooperative.sharing.engine.record import Record, output_hash, written
from services.cooperative.sharing.engine.solve import Opening, Shared, Solving, Trace, silent
from services.cooperative.sharing.engine.today import Free, today

KINDS = ("accepted", "reduced", "declined", "lapsed", "short")
Key = tuple[str, str]


@dataclass(frozen=True)
class Standing:
    """What stands of each line after all answers; `answers`: the last one of each, with all it refused."""

    lines: Mapping[Key, int]
    answers: Mapping[Key, dict[str, Any]]

    @property
    def barred(self) -> set[str]:
        return {lot for (lot, _), answer in self.answers.items() if answer["kind"] != "accepted"}

    def batch(self, batch: Batch) -> Batch:
        """The batch with what stands as its confirmed lines."""
        rows = sorted((*key, quantity) for key, quantity in self.lines.items() if quantity)
        return replace(batch, confirmed=tuple(Line(*row) for row in rows))


def reshare(
    batch: Batch,
    record: Record,
    changes: Mapping[str, Any],
    trace: Trace = silent,
    known: Mapping[str, Pool] | None = None,
) -> Record:
    """The next record. `known`: the batch's pools, where they are at hand. Raises `Refused` for what does not fit."""
    _of_batch(batch, record)
    standing = stands(record, changes)
    frozen = standing.batch(batch)
    opening, shared = shared_again(frozen, record, standing, pools(batch) if known is None else known, trace)
    answers = [standing.answers[key] for key in sorted(standing.answers)]
    fixed = {key: record[key] for key in ("hak_lines", "bottlenecks", "sellers")}
    return written(
        frozen,
        opening,
        shared,
        fixed,
        answers,
        previous=record["output_hash"],
        input_hash=record["input_hash"],
    )


def shared_again(
    frozen: Batch, record: Record, standing: Standing, known: Mapping[str, Pool], trace: Trace = silent
) -> tuple[Opening, dict[str, Shared]]:
    """Steps 4 to 8 over what is still free."""
    free = today(frozen, standing.barred, known)
    return Solving(frozen, free, _dues(free, record), trace).run()


def _dues(free: Mapping[str, Free], record: Record) -> dict[str, Ints]:
    due: dict[str, dict[str, int]] = {name: {} for name in free}
    for row in record["sellers"]:
        due[row["commodity"]][row["seller"]] = row["due"]
    return {
        name: np.array([due[name][seller] for seller in one.pool.sellers], dtype=np.int64)
        for name, one in free.items()
    }


def stands(record: Record, changes: Mapping[str, Any]) -> Standing:
    """Every line of the record with its answers applied. Raises `Refused` with the path in the changes."""
    before: dict[Key, int] = {}
    for row in (*record["confirmed"], *record["lines"]):
        before[row["lot"], row["demand"]] = before.get((row["lot"], row["demand"]), 0) + row["quantity"]
    answers = {(row["lot"], row["demand"]): dict(row) for row in record["answers"]}
    after, seen = dict(before), set()
    top = Row(changes, "")
    if "changes" not in changes:
        top.refuse("changes", "is required")
    for row in top.rows("changes"):
        key = row.text("lot"), row.text("demand")
        if key not in before:
            raise Refused(row.path, "must name a line of the record's `lines` or `confirmed`")
        if key in seen:
            raise Refused(row.path, "must not name a line twice")
        seen.add(key)
        kind = row.choice("kind", KINDS)
        after[key] = _standing(row, kind, before[key])
        refused = before[key] - after[key] + (answers[key]["refused"] if key in answers else 0)
        answers[key] = {
            "lot": key[0], "demand": key[1], "kind": kind, "quantity": after[key], "refused": refused
        }  # fmt: skip
    return Standing(after, answers)


def _standing(row: Row, kind: str, stood: int) -> int:
    if kind == "accepted":
        return row.number("quantity", stood, stood, default=stood)
    if kind in ("declined", "lapsed"):
        return row.number("quantity", 0, 0, default=0)
    return row.number("quantity", 0, stood - 1)


def _of_batch(batch: Batch, record: Record) -> None:
    if record["batch"] != batch.batch or record["input_hash"] != batch.input_hash:
        raise Refused("input_hash", "must be that of the batch: this record is of another one")
    if record["output_hash"] != output_hash(record):
        raise Refused("output_hash", "must be the hash of the record: it was changed after it was made")
    lots = [(lot.lot, lot.seller, lot.commodity) for lot in batch.lots]
    if [(row["lot"], row["seller"], row["commodity"]) for row in record["lots"]] != lots:
        raise Refused("lots", "must be the lots of the batch, by their ids")
    if [row["demand"] for row in record["demands"]] != [one.demand for one in batch.demands]:
        raise Refused("demands", "must be the demands of the batch, by their ids")
