"""`token`: who calls, in a form that the services believe."""

from datetime import timedelta
from typing import Annotated
from uuid import NAMESPACE_URL, UUID, uuid5

import typer

from infra.home import Home
from infra.keys import signing_key
from infra.people import Person, known
from lumbung import exits
from services.chassis.access import Caller
from services.chassis.tokens import ISSUER, issue

ROLES = ("seller", "assistant", "manager", "buyer", "driver", "operator")
ACT_FOR_OTHERS = ("assistant", "manager")


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: lumbung token assistant --for sari")(token)


def token(
    role: Annotated[str, typer.Argument(help=f"One of: {', '.join(ROLES)}.")],
    person: Annotated[
        str | None,
        typer.Option(
            "--for", metavar="PERSON", help="Who it is for; for an assistant or manager: on whose behalf."
        ),
    ] = None,
    village: Annotated[
        list[str] | None, typer.Option(help="A village code; may be given more than once.")
    ] = None,
    cooperative: Annotated[UUID | None, typer.Option(help="The cooperative's id.")] = None,
    hours: Annotated[int, typer.Option(min=1, max=24 * 30)] = 24,
) -> None:
    """Print a bearer token for a person of the story, or for a person's id."""
    home = Home.chosen().make()
    if role not in ROLES:
        exits.fail(f"There is no role {role!r}. There are: {', '.join(ROLES)}", exits.WRONG_USE)
    caller = caller_for(home, role, person, villages=tuple(village or ()), cooperative=cooperative)
    typer.echo(issue(signing_key(home), caller, issuer=ISSUER, lasts=timedelta(hours=hours)))


def caller_for(
    home: Home,
    role: str,
    person: str | None,
    *,
    villages: tuple[str, ...] = (),
    cooperative: UUID | None = None,
) -> Caller:
    people = known(home)
    meant = _person(people, person) if person else None
    acts_for_other = role in ACT_FOR_OTHERS and meant is not None and meant.role != role
    actor = _first(people, role, meant) if acts_for_other or meant is None else meant
    return Caller(
        subject=actor.uuid,
        role=role,
        villages=villages or actor.villages,
        cooperative=cooperative or (UUID(actor.cooperative) if actor.cooperative else None),
        on_behalf_of=meant.uuid if acts_for_other and meant else None,
    )


def _person(people: dict[str, Person], named: str) -> Person:
    if named in people:
        return people[named]
    try:
        return Person(str(UUID(named)), named, "")
    except ValueError:
        names = ", ".join(sorted(people)) or "nobody yet (the story makes some: lumbung demo)"
        exits.fail(f"{named!r} is neither a person's id nor known here. Known: {names}", exits.WRONG_USE)


def _first(people: dict[str, Person], role: str, near: Person | None) -> Person:
    """Somebody with that role: of the same village if there is one, else anybody, else one made up for this home."""
    having = [person for person in people.values() if person.role == role]
    neighbours = [one for one in having if near and set(one.villages) & set(near.villages)]
    made_up = Person(str(uuid5(NAMESPACE_URL, f"lumbung:{role}")), role, role)
    return next(iter([*neighbours, *having, made_up]))
