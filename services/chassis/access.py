"""Who is calling, and the owner rule that each route declares in its signature."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import ClassVar, Protocol
from uuid import UUID

from fastapi import FastAPI, Request

from services.chassis.problem import Refused


@dataclass(frozen=True)
class Caller:
    """Who acts: a person by a bearer token, a service by an event or the clock, or anyone."""

    subject: UUID | None
    role: str
    villages: tuple[str, ...] = ()
    cooperative: UUID | None = None
    on_behalf_of: UUID | None = None
    name: str = ""

    @classmethod
    def service(cls, name: str) -> "Caller":
        return cls(subject=None, role="service", name=name)

    @classmethod
    def anyone(cls) -> "Caller":
        return cls(subject=None, role="anyone", name="anyone")

    @property
    def person(self) -> UUID:
        """Whose things these are: the person acted for, else the caller."""
        person = self.on_behalf_of or self.subject
        if person is None:
            raise TypeError(f"{self.actor} is not a person")
        return person

    @property
    def id(self) -> UUID:
        """Who does it: the caller, never the person acted for."""
        if self.subject is None:
            raise TypeError(f"{self.actor} is not a person")
        return self.subject

    @property
    def own_cooperative(self) -> UUID:
        """The cooperative that the token names."""
        if self.cooperative is None:
            raise NoCooperative
        return self.cooperative

    @property
    def actor(self) -> str:
        """As events and timelines name it: `<role>:<subject>` or `service:<name>`."""
        return f"{self.role}:{self.subject or self.name}"


class Unknown(Refused):
    status = 401
    code = "who-is-calling"
    en = "A valid bearer token is needed. Get a new one and send it as `Authorization: Bearer <token>`."
    id = "Perlu token yang sah. Minta token baru lalu kirim sebagai `Authorization: Bearer <token>`."


class NotYourRole(Refused):
    status = 403
    en = "This is for: {roles}. Use the token of such a person."
    id = "Ini khusus untuk: {roles}. Pakai token orang dengan peran itu."


class ActsForNobody(Refused):
    status = 403
    en = "A {role} acts for nobody else. Use a token without `on_behalf_of`."
    id = "Peran {role} tidak bertindak atas nama orang lain. Pakai token tanpa `on_behalf_of`."


class NobodyNamed(Refused):
    status = 403
    en = "Here you act for somebody else. Sign in on behalf of that person."
    id = "Di sini Anda bertindak untuk orang lain. Masuklah atas nama orang itu."


class NoCooperative(Refused):
    status = 403
    en = "Your token names no cooperative. Become a member or manager of one, then get a new token."
    id = "Token Anda tidak menyebut koperasi. Daftarlah dulu sebagai anggota atau pengurus, lalu minta token baru."


class Rule(Protocol):
    """What `Depends(...)` of a route must hold: `Allow` or `Everyone`."""

    owns: str
    public: ClassVar[bool]

    def admit(self, request: Request, /) -> Caller: ...


class Allow:
    """`Maker = Annotated[Caller, Depends(Allow("maker", owns="things this person made"))]`.

    `owns` says in words which objects the caller may touch; the endpoint's queries hold to it. A token that
    names a person acted for is believed from the roles in `acts_for` alone; those in `only_for` must name one.
    """

    public: ClassVar[bool] = False

    def __init__(
        self, *roles: str, owns: str, acts_for: Collection[str] = (), only_for: Collection[str] = ()
    ) -> None:
        self.roles, self.owns = roles, owns
        self.acts_for, self.only_for = acts_for, only_for

    async def __call__(self, request: Request) -> Caller:
        return self.admit(request)

    def admit(self, request: Request) -> Caller:
        caller = who_is_calling(request)
        if caller.role not in self.roles:
            raise NotYourRole(roles=", ".join(self.roles))
        if caller.on_behalf_of is not None and caller.role not in self.acts_for:
            raise ActsForNobody(role=caller.role)
        if caller.on_behalf_of is None and caller.role in self.only_for:
            raise NobodyNamed
        return caller


class Everyone:
    """`dependencies=[Depends(Everyone("the list is public"))]`: no token is asked for, and why."""

    public: ClassVar[bool] = True

    def __init__(self, why: str) -> None:
        self.owns = why

    async def __call__(self, request: Request) -> Caller:
        return self.admit(request)

    def admit(self, _: Request) -> Caller:
        return Caller.anyone()


Verifier = Callable[[str], Caller]


def who_is_calling(request: Request) -> Caller:
    """The caller of the request's bearer token, verified once by `app.state.verify_token`; 401 otherwise."""
    known = getattr(request.state, "who_is_calling", None)
    if isinstance(known, Caller):
        return known
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unknown
    app: FastAPI = request.app
    verify: Verifier = app.state.verify_token
    caller = verify(token.strip())
    request.state.who_is_calling = caller
    return caller
