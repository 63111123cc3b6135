"""Problems as answers: every refusal and failure becomes one `application/problem+json` (RFC 9457)."""

from fastapi import FastAPI, Request
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from services.chassis.language import Language, preferred
from services.chassis.problem import Refused
from services.chassis.validation import Mistake, message, path

PROBLEM_JSON = "application/problem+json"
RETRY_AFTER_S = 1


class FieldProblem(BaseModel):
    """One field of the request, and what to do about it."""

    model_config = ConfigDict(frozen=True)

    field: str = Field(description="Where: `lines[0].quantity` of the body, or the parameter's name.")
    message: str


class Problem(BaseModel):
    """Why a request was not done (RFC 9457), in the language asked for by Accept-Language: `id` or `en`."""

    model_config = ConfigDict(frozen=True)

    type: str = Field(pattern="^urn:lumbung:problem:[a-z0-9-]+$")
    title: str = Field(description="A few words for the person; in Indonesian by the status alone.")
    status: int = Field(ge=400, le=599)
    detail: str = Field(description="What happened and what to do, for the person.")
    code: str = Field(description="The reason, for the program.", pattern="^[a-z0-9-]+$")
    errors: tuple[FieldProblem, ...] = ()


class Invalid(Refused):
    """Fields of the request that cannot be accepted, one entry each."""

    status = 422
    en = "Some of what was sent cannot be accepted. See `errors`."
    id = "Sebagian isi permintaan tidak bisa diterima. Lihat `errors`."

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__()
        self.mistakes = mistakes


class MalformedBody(Invalid):
    status = 400
    en = "The body cannot be read as JSON. Correct it."
    id = "Isi permintaan tidak bisa dibaca sebagai JSON. Perbaiki."


class BodyTooLarge(Refused):
    status = 413
    en = "The body is larger than {limit} bytes. Send less."
    id = "Isi permintaan lebih besar dari {limit} byte. Kirim lebih sedikit."


class NotJson(Refused):
    status = 415
    en = "Send the body as JSON, with `Content-Type: application/json`."
    id = "Kirim isi permintaan sebagai JSON, dengan `Content-Type: application/json`."


class TooManyRequests(Refused):
    status = 429
    en = "Too many requests. Try again in {seconds} s."
    id = "Terlalu banyak permintaan. Coba lagi dalam {seconds} detik."


class Unavailable(Refused):
    status = 503
    en = "This is not available for a moment. Send the same request again, with the same Idempotency-Key."
    id = "Layanan terganggu sebentar. Kirim lagi permintaan yang sama, dengan Idempotency-Key yang sama."


class Broken(Refused):
    status = 500
    en = "Something went wrong on our side, and nothing was changed. It has been written down."
    id = "Ada kesalahan di pihak kami, dan tidak ada yang berubah. Kesalahan ini sudah dicatat."


class NoSuchPath(Refused):
    status = 404
    en = "There is nothing at this address. See /docs for all of them."
    id = "Tidak ada apa-apa di alamat ini. Lihat /docs untuk semua alamat."


class WrongMethod(Refused):
    status = 405
    en = "This address does not take this method. See the Allow header."
    id = "Alamat ini tidak menerima metode itu. Lihat header Allow."


class Unanswerable(Refused):
    status = 400
    en = "This request cannot be understood."
    id = "Permintaan ini tidak bisa dimengerti."


def answer(refused: Refused, request: Request) -> Response:
    """The problem that says why, in the caller's language."""
    language = preferred(request.headers.get("accept-language"))
    problem = Problem(
        type=f"urn:lumbung:problem:{refused.code}",
        title=refused.title(language),
        status=refused.status,
        detail=refused.sentence(language),
        code=refused.code,
        errors=_field_problems(refused, language),
    )
    headers = {"Content-Language": language, "Vary": "Accept-Language", **headers_of(refused, request)}
    return Response(problem.model_dump_json(), refused.status, headers, PROBLEM_JSON)


def _field_problems(refused: Refused, language: Language) -> tuple[FieldProblem, ...]:
    if not isinstance(refused, Invalid):
        return ()
    return tuple(
        FieldProblem(field=path(one["loc"]), message=message(one, language)) for one in refused.mistakes
    )


def headers_of(refused: Refused, request: Request) -> dict[str, str]:
    """What a refusal says beside its sentence, in whatever form that is answered."""
    match refused.status:
        case 401:
            return {"WWW-Authenticate": 'Bearer realm="lumbung"'}
        case 405:
            return {"Allow": ", ".join(allowed_methods(request))}
        case 429 | 503:
            return {"Retry-After": str(refused.facts.get("seconds", RETRY_AFTER_S))}
    return {}


def allowed_methods(request: Request) -> list[str]:
    """All methods of the address; the router alone would name those of one route only."""
    app: FastAPI = request.app
    routes = [route for route in iter_route_contexts(app.routes) if route.path is not None]
    return sorted(
        {m for route in routes if route.path_regex.match(request.scope["path"]) for m in route.methods or ()}
    )
