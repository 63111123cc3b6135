"""Idempotency-Key: the same request sent again gets the stored answer, whatever was lost on the way."""

import re
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import bindparam, insert, select
from starlette.requests import Request
from starlette.responses import Response

from services.chassis.access import Caller
from services.chassis.answers import Invalid
from services.chassis.problem import Refused
from services.chassis.tables import idempotency
from services.chassis.tx import Tx
from services.chassis.validation import mistake

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
FORM = "^[!-~]{1,200}$"
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


# Made once: to build a statement costs as much as to carry it out.
_STORED = select(idempotency).where(
    idempotency.c.subject == bindparam("subject"), idempotency.c.key == bindparam("key")
)
_STORE = insert(idempotency)


class KeyNeeded(Invalid):
    status = 400
    code = "idempotency-key-needed"
    en = "This request needs an Idempotency-Key header."
    id = "Permintaan ini memerlukan header Idempotency-Key."


class KeyUsed(Refused):
    status = 422
    code = "idempotency-key-used"
    en = "This Idempotency-Key was used for another request. Send a new key with this one."
    id = "Idempotency-Key ini sudah dipakai untuk permintaan lain. Kirim kunci baru untuk permintaan ini."


@dataclass(frozen=True)
class Wish:
    """One wish of one caller: its key, and what may be asked for again under it."""

    subject: str
    key: str
    request: str
    digest: str


async def wish_of(request: Request, caller: Caller) -> Wish:
    """What the request asks for, under its key.

    Raises:
        KeyNeeded: there is no key, or it is not 1 to 200 visible ASCII characters.
    """
    key = request.headers.get(HEADER)
    if key is None or not re.fullmatch(FORM, key):
        raise KeyNeeded(mistake("missing" if key is None else "key_form", "header", HEADER))
    said = f"{request.method} {request.scope['path']}"
    about = "\n".join((said, str(request.query_params), caller.role, str(caller.on_behalf_of)))
    digest = sha256(about.encode() + b"\n" + await request.body()).hexdigest()
    return Wish(str(caller.subject or caller.role), key, said, digest)


async def stored_answer(tx: Tx, wish: Wish) -> Response | None:
    """What was answered to this wish before. Read first, before any lock or write.

    Raises:
        KeyUsed: the key stands for another request.
    """
    row = (await tx.execute(_STORED, {"subject": wish.subject, "key": wish.key})).one_or_none()
    if row is None:
        return None
    if row.digest != wish.digest:
        raise KeyUsed
    return Response(row.body, row.status, {**row.headers, REPLAYED: "true"})


async def store_answer(tx: Tx, wish: Wish, response: Response) -> None:
    """Keep a granted wish's answer. Last, when all is written: a second request with the key waits here, fails."""
    if not 200 <= response.status_code < 300:
        return
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    row = {"status": response.status_code, "headers": headers, "body": bytes(response.body)}
    await tx.execute(_STORE, vars(wish) | row)
