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
UNKNOWN = ""
"""The role of somebody of whom only the id is given."""


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: lumbung token assistant --for bayu --on-behalf-of minah")(token)


def token(
    role: Annotated[str, typer.Argument(help=f"One of: {', '.join(ROLES)}.")],
    person: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="PERSON",
            help="Who holds it: a short name of the story, or an id. An assistant's or manager's for somebody "
            "known in another role means: on behalf of that person.",
        ),
    ] = None,
    on_behalf_of: Annotated[
        str | None,
        typer.Option("--on-behalf-of", metavar="PERSON", help="For whom an assistant or manager acts."),
    ] = None,
    village: Annotated[
        list[str] | None, typer.Option(help="A village code; may be given more than once.")
    ] = None,
    cooperative: Annotated[UUID | None, typer.Option(help="The cooperative's id.")] = None,
    hours: Annotated[int, typer.Option(min=1, max=24 * 30)] = 24,
) -> None:
    """Print a bearer token for a person of the story, or for a person's id."""
    home = Home.chosen().make()
    holder, acts_for = _meant(known(home), role, person, on_behalf_of)
    caller = Caller(
        subject=holder.uuid,
        role=role,
        villages=tuple(village or ()) or holder.villages,
        cooperative=cooperative or (UUID(holder.cooperative) if holder.cooperative else None),
        on_behalf_of=acts_for.uuid if acts_for else None,
    )
    typer.echo(issue(signing_key(home), caller, issuer=ISSUER, lasts=timedelta(hours=hours)))


def _meant(
    people: dict[str, Person], role: str, holder: str | None, acts_for: str | None
) -> tuple[Person, Person | None]:
    """Who holds the token, and for whom he acts."""
    if role not in ROLES:
        exits.fail(f"There is no role {role!r}. There are: {', '.join(ROLES)}", exits.WRONG_USE)
    if acts_for is not None and role not in ACT_FOR_OTHERS:
        exits.fail(
            f"A {role} acts for nobody else; that is for: {', '.join(ACT_FOR_OTHERS)}", exits.WRONG_USE
        )
    other = _person(people, acts_for) if acts_for else None
    named = _person(people, holder) if holder else None
    if named and other is None and role in ACT_FOR_OTHERS and named.role not in (role, UNKNOWN):
        return _first(people, role, named), named
    return named or _first(people, role, other), other


def _person(people: dict[str, Person], named: str) -> Person:
    if named in people:
        return people[named]
    try:
        given = str(UUID(named))
    except ValueError:
        names = ", ".join(sorted(people)) or "nobody yet (the story makes some: lumbung demo)"
        exits.fail(f"{named!r} is neither a person's id nor known here. Known: {names}", exits.WRONG_USE)
    return next((one for one in people.values() if one.id == given), Person(given, named, UNKNOWN))


def _first(people: dict[str, Person], role: str, near: Person | None) -> Person:
    """Somebody with that role: of the same village if there is one, else anybody, else one made up for this home."""
    having = [person for person in people.values() if person.role == role]
    neighbours = [one for one in having if near and set(one.villages) & set(near.villages)]
    made_up = Person(str(uuid5(NAMESPACE_URL, f"lumbung:{role}")), role, role)
    return next(iter([*neighbours, *having, made_up]))
