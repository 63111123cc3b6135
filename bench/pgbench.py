"""pgbench with the statements of one order: PostgreSQL alone, without Python or HTTP."""

import asyncio
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bench import replay
from bench.logged import Statement
from bench.market import WINDOWS
from infra.stack.wheel import PROGRAMS, package
from services.chassis.locks import BUCKETS

_PLACE = re.compile(r"\$(\d+)")
_TPS = re.compile(r"tps = ([0-9.]+)")


def script(statements: list[Statement], window: str) -> str:
    """Prepared statements; one more in front of them draws the ids, for pgbench cannot."""
    made = replay.ids(statements, window)
    names = {one: f":id{place}" for place, one in enumerate(made)} | {window: ":win"}
    drawn = [f"uuidv7()::text AS id{place}" for place in range(len(made))]
    drawn.append("('01920000-0000-7000-8000-' || lpad(to_hex(:n::int), 12, '0')) AS win")
    locks = next(one for one in statements if "pg_advisory_xact_lock" in one.sql)
    flags = next(one for one in locks.parameters if one and one[1:2] in {"t", "f"})
    ordered = sorted(flags.strip("{}").split(","))
    share = BUCKETS // len(ordered)
    lines = [f"\\set n random(0, {WINDOWS - 1})"]
    lines += [
        f"\\set b{place} random({place * share}, {place * share + share - 1})"
        for place in range(len(ordered))
    ]
    array = " || ',' || ".join(f":b{place}::text" for place in range(len(ordered)))
    lines.append(f"SELECT {', '.join(drawn)}, ('{{' || {array} || '}}') AS locks \\gset")
    lines += [_spoken(one, names, ordered if one is locks else []) for one in statements]
    return "\n".join(lines) + "\n"


def _spoken(one: Statement, names: dict[str, str], flags: list[str]) -> str:
    values = [_lock_value(value, flags) if flags else _literal(value, names) for value in one.parameters]
    return _PLACE.sub(lambda found: values[int(found[1]) - 1], one.sql).rstrip(";") + ";"


def _lock_value(value: str | None, ordered: list[str]) -> str:
    if value and value.startswith("{"):
        return "'{" + ",".join(ordered) + "}'" if value[1] in "tf" else ":locks"
    return f"'{value}'"


def _literal(value: str | None, names: dict[str, str]) -> str:
    if value is None or value in names:
        return "NULL" if value is None else names[value]
    quoted = value.replace("'", "''")
    if ":" not in value:
        return f"'{quoted}'"
    # pgbench would take what follows a colon for a variable
    return "E'" + quoted.replace("\\", "\\\\").replace(":", "\\x3a") + "'"


async def run(url: str, file: Path, clients: int, seconds: float) -> float:
    """Orders per second by so many clients."""
    where = urlsplit(url)
    process = await asyncio.create_subprocess_exec(
        str(package() / PROGRAMS / "pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "1",
        "-T", str(max(2, round(seconds))), "-f", str(file), "-h", str(where.hostname), "-p", str(where.port),
        "-U", str(where.username), where.path.strip("/"),
        env={"PGPASSWORD": unquote(where.password or "")},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    out, _ = await process.communicate()
    found = _TPS.search(out.decode())
    if found is None or process.returncode:
        raise RuntimeError(f"pgbench: {out.decode()[-2_000:]}")
    return float(found[1])
