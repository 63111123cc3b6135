"""Drawn requests aimed at what is stored, sent to the services in this process, and how answers are checked."""

import random
from typing import Any

import httpx
import requests
from schemathesis import CheckFunction
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    missing_required_header,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.openapi.drawn import Case
from tests.openapi.hamlet import Hamlet
from tests.openapi.wishes import Wish

CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    missing_required_header,
    unsupported_method,
    allow_header_conformance,
]


def aim(case: Case, wish: Wish, headers: dict[str, str], dice: random.Random) -> None:
    """Let most cases reach what is stored, by its ids; with these headers instead of those drawn."""
    spoilt = _spoilt_headers(case)
    for name, value in headers.items():
        if name.lower() not in spoilt:
            case.headers[name] = value
    if dice.random() < 0.75:
        case.path_parameters = (case.path_parameters or {}) | wish.ids
    if isinstance(case.body, dict) and isinstance(wish.body, dict) and dice.random() < 0.75:
        case.body = _with_stored(case.body, wish.body)


def _spoilt_headers(case: Case) -> set[str]:
    """Headers that are missing or wrong on purpose."""
    said = case.meta.phase.data if case.meta else None
    if said is None or said.parameter_location != ParameterLocation.HEADER:
        return set()
    named = [said.parameter, *(one.parameter for one in said.mutations)]
    return {name.lower() for name in named if name}


def _with_stored(drawn: Any, stored: Any) -> Any:
    """What was drawn, with the ids and village codes of what was wished."""
    if isinstance(drawn, list) and isinstance(stored, list):
        return [_with_stored(each, stored[0]) for each in drawn] if stored else drawn
    if not isinstance(drawn, dict) or not isinstance(stored, dict):
        return drawn
    return {
        name: stored[name]
        if _names_stored(name) and name in stored
        else _with_stored(value, stored.get(name))
        for name, value in drawn.items()
    }


def _names_stored(name: str) -> bool:
    return name.endswith("_id") or name in {"village", "commodities"}


async def send(hamlet: Hamlet, case: Case) -> httpx.Response:
    """The case as a request."""
    service = str(case.operation.schema.raw_schema["info"]["title"]).removeprefix("Lumbung ")
    prepared = requests.Request(**case.as_transport_kwargs(base_url=f"http://{service}")).prepare()
    headers = [(_latin(name), _latin(value)) for name, value in prepared.headers.items()]
    body = prepared.body.encode() if isinstance(prepared.body, str) else prepared.body
    assert body is None or isinstance(body, bytes)
    return await hamlet.http.request(str(prepared.method), str(prepared.url), headers=headers, content=body)


def _latin(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("latin-1")
