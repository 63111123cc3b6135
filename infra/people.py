"""The people known in one home, by a short name: the story writes them down, `lumbung token` looks them up."""

from dataclasses import asdict, dataclass
from uuid import UUID

from infra.files import read_json, write_json
from infra.home import Home


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    role: str
    villages: tuple[str, ...] = ()
    cooperative: str | None = None

    @property
    def uuid(self) -> UUID:
        return UUID(self.id)


def remember(home: Home, people: dict[str, Person]) -> None:
    known = read_json(home.people)
    write_json(home.people, known | {short: asdict(person) for short, person in people.items()})


def known(home: Home) -> dict[str, Person]:
    return {short: _person(entry) for short, entry in read_json(home.people).items()}


def _person(entry: dict[str, object]) -> Person:
    villages = entry.get("villages")
    return Person(
        id=str(entry["id"]),
        name=str(entry["name"]),
        role=str(entry["role"]),
        villages=tuple(map(str, villages)) if isinstance(villages, list) else (),
        cooperative=str(entry["cooperative"]) if entry.get("cooperative") else None,
    )
