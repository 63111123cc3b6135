"""The OpenAPI document: every operation says all it can answer, who may ask, and what a key is for."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from services.chassis.access import Rule
from services.chassis.answers import PROBLEM_JSON, Problem
from services.chassis.http import ServiceRoute, owner_rule
from services.chassis.idempotency import FORM, HEADER, REPLAYED, UNSAFE

Json = dict[str, Any]

ABOUT = """

Send a bearer token (`lumbung token ROLE` prints one). Problems are RFC 9457, in English, or in Indonesian with
`Accept-Language: id`. Every request that changes something carries an `Idempotency-Key` of your choice: sent
again with the same key, it is answered again and done once. Lists come in pages: send `next` as `cursor`."""

SCHEME: Json = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "EdDSA-signed JWT."}
KEY: Json = {
    "name": HEADER,
    "in": "header",
    "required": True,
    "description": "Your own name for this wish, new for each wish and the same for each attempt at it.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": FORM},
    "example": "5f6f0f7e-1f5a-4a3e-9d0f-6f0a4a9b1c11",
}
MEANINGS = {
    400: "The body is not JSON, or the Idempotency-Key is missing.",
    401: "No valid token.",
    403: "The token is of another role.",
    404: "There is no such thing, or it is not yours to see.",
    409: "Refused as things stand now; `code` says why.",
    413: "The body is too large.",
    415: "The body is not sent as JSON.",
    422: "Fields that cannot be accepted, or a key that was used for another request.",
    429: "Too many requests.",
    503: "Not available for a moment; nothing was changed, send it again.",
}
HEADERS = {401: "WWW-Authenticate", 429: "Retry-After", 503: "Retry-After"}


def problems(*statuses: int) -> dict[int | str, Json]:
    """`responses=problems(409)` on a route that answers more than the chassis can know."""
    return {status: _problem(status) for status in statuses}


def describe(app: FastAPI) -> None:
    """Let the app's `/openapi.json` be the complete document."""

    def document() -> Json:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # the way FastAPI's manual names


def _document(app: FastAPI) -> Json:
    document = get_openapi(
        title=app.title, version=app.version, description=app.description + ABOUT, routes=app.routes
    )
    for route in iter_route_contexts(app.routes):
        for method, operation in _operations(document, route):
            _complete(operation, route, method)
    schemas: Json = document.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    described = Problem.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    schemas |= {**described.pop("$defs"), "Problem": described}
    document["components"]["securitySchemes"] = {"bearer": SCHEME}
    return document


def _operations(document: Json, route: RouteContext) -> Iterator[tuple[str, Json]]:
    if isinstance(route.original_route, APIRoute) and route.include_in_schema:
        for method in route.methods or ():
            yield method, document["paths"][route.path_format][method.lower()]


def _complete(operation: Json, route: RouteContext, method: str) -> None:
    responses: Json = operation["responses"]
    if PROBLEM_JSON not in responses.get("422", {}).get("content", {}):
        responses.pop("422", None)  # FastAPI's own kind, which is never answered
    if not isinstance(route.original_route, ServiceRoute):
        return
    rule = owner_rule(route.dependant)
    operation["security"] = [] if rule is None or rule.public else [{"bearer": []}]
    if method in UNSAFE:
        operation.setdefault("parameters", []).append(KEY)
        _document_replay(responses)
    for status in _statuses(operation, rule, method):
        responses.setdefault(str(status), _problem(status))


def _document_replay(responses: Json) -> None:
    header = {
        "description": "`true` where this is the stored answer.",
        "schema": {"type": "string", "const": "true"},
    }
    for status, response in responses.items():
        if status.startswith("2"):
            response.setdefault("headers", {})[REPLAYED] = header


def _statuses(operation: Json, rule: Rule | None, method: str) -> set[int]:
    """What a request can run into before and around the endpoint, and what endpoints of its kind refuse."""
    statuses = {422, 429, 503}
    if rule is None or not rule.public:
        statuses |= {401, 403}
    named = {parameter["name"] for parameter in operation.get("parameters", ())} - {"cursor", "limit"}
    if method in UNSAFE or named:
        statuses.add(404)
    if method in UNSAFE:
        statuses |= {400, 409, 413}
    return statuses | ({415} if "requestBody" in operation else set())


def _problem(status: int) -> Json:
    response: Json = {
        "description": MEANINGS.get(status, HTTPStatus(status).phrase),
        "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in HEADERS:
        response["headers"] = {HEADERS[status]: {"required": True, "schema": {"type": "string"}}}
    return response
