"""Pages that people open in a browser: rendered here, whole in one answer, readable without scripts."""

import gzip
from base64 import b64encode
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from services.chassis import edge, wording
from services.chassis.answers import headers_of
from services.chassis.http import ServiceRoute
from services.chassis.language import Language, preferred
from services.chassis.problem import Refused

TEMPLATES = files("services.chassis") / "templates"
STYLE = (TEMPLATES / "page.css").read_text()
SCRIPT = (TEMPLATES / "page.js").read_text()


def _allowed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


HEADERS: Mapping[str, str] = {
    # Whatever slips into a page as markup can neither run nor load nor send anything.
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            f"style-src {_allowed(STYLE)}",
            f"script-src {_allowed(SCRIPT)}",
            "connect-src 'self'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Vary": "Accept-Language, Accept-Encoding",
}

WORDS: Mapping[Language, Mapping[str, str]] = {
    "id": {
        "skip": "Langsung ke isi",
        "languages": "Bahasa",
        "renewed": "Kabar terbaru masuk pukul",
        "reload": "Muat ulang halaman ini untuk melihat kabar terbaru.",
    },
    "en": {
        "skip": "Skip to the content",
        "languages": "Language",
        "renewed": "The latest news came at",
        "reload": "Reload this page to see the latest news.",
    },
}


class PageRoute(ServiceRoute):
    """A route whose answers are pages, refusals too; foreign parameters, which chats and mailers add, do no harm."""

    strict = False

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle: Callable[[Request], Awaitable[Response]] = super().get_route_handler()

        async def shown(request: Request) -> Response:
            try:
                return await handle(request)
            except Exception as error:
                # the address may be all that it takes to see the page: the log names the template alone
                return refusal(request, edge.told(error, f"{request.method} {self.path_format}"))

        return shown


def language_of(request: Request) -> Language:
    """The language chosen on the page (`?lang=id`), else the better liked one of Accept-Language."""
    match request.query_params.get("lang"):
        case "id":
            return "id"
        case "en":
            return "en"
    return preferred(request.headers.get("accept-language"))


def page(request: Request, package: str, template: str, **shown: object) -> Response:
    """A page of a service's package; 304 where the reader has it already."""
    language = language_of(request)
    html = (
        _environment(package, language).get_template(template).render(shown, host=request.url.netloc).encode()
    )
    headers = _headers(language) | {"Cache-Control": "private, no-cache", "ETag": _etag(html, request)}
    if headers["ETag"] in _known(request):
        return Response(status_code=304, headers=headers)
    return _sent(request, html, 200, headers)


def refusal(request: Request, refused: Refused) -> Response:
    """The page that says why not, and what to do."""
    language = language_of(request)
    said = {"title": refused.title(language), "sentence": refused.sentence(language)}
    html = _environment("services.chassis", language).get_template("refusal.html").render(said).encode()
    headers = _headers(language) | {"Cache-Control": "no-store"} | headers_of(refused, request)
    return _sent(request, html, refused.status, headers)


def _headers(language: Language) -> dict[str, str]:
    return {**HEADERS, "Content-Language": language}


def _etag(html: bytes, request: Request) -> str:
    return f'"{sha256(html).hexdigest()[:32]}{"-gzip" if _takes_gzip(request) else ""}"'


def _known(request: Request) -> list[str]:
    return [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]


def _takes_gzip(request: Request) -> bool:
    return "gzip" in request.headers.get("accept-encoding", "")


def _sent(request: Request, html: bytes, status: int, headers: dict[str, str]) -> Response:
    if _takes_gzip(request):
        html, headers = gzip.compress(html, mtime=0), headers | {"Content-Encoding": "gzip"}
    return Response(html, status, headers, "text/html")


@cache
def _environment(package: str, language: Language) -> Environment:
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("services.chassis")]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for written in (wording.amount, wording.day, wording.moment):
        environment.filters[written.__name__] = partial(written, language=language)
    # Style and script are ours, and the policy names their very bytes.
    environment.globals |= {"language": language, "word": WORDS[language], "style": STYLE, "script": SCRIPT}
    return environment
