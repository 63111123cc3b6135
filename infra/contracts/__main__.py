"""`python -m infra.contracts gate | release | events-md`: check, release and draw the event contract."""

import sys

from infra.contracts.contract import HERE, read_all
from infra.contracts.events_md import events_md
from infra.contracts.gate import complaints
from infra.contracts.release import release, unreleased

USAGE = f"Usage: python -m infra.contracts {' | '.join(('gate', 'release', 'events-md'))}"


def main(arguments: list[str]) -> int:
    match arguments:
        case ["gate"]:
            return _tell(complaints(HERE), _agreed())
        case ["release"]:
            return (
                _tell(release(HERE), "Schema release: schemas/released/ holds every schema. Commit it.")
                or _draw()
            )
        case ["events-md"]:
            return _draw()
        case _:
            return _tell([USAGE], "")


def _draw() -> int:
    HERE.overview.write_text(events_md(HERE), encoding="utf-8")
    return _tell([], "docs/events.md says what schemas/asyncapi.yaml says.")


def _agreed() -> str:
    waiting = "".join(
        f"\n  {name} has a new optional field or words: `make release-schema` makes them part of the promise."
        for name in unreleased(HERE)
    )
    return f"Schema gate: {len(read_all(HERE.schemas))} event types keep what was released.{waiting}"


def _tell(complaints: list[str], otherwise: str) -> int:
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    if not complaints:
        print(otherwise)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
