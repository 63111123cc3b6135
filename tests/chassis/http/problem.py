"""What a problem must be, whatever it tells of."""

from typing import Any

import httpx
from jsonschema import Draft202012Validator

from services.chassis.answers import Problem


def problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    """The answer's problem, held against the schema that the API document shows."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    Draft202012Validator(Problem.model_json_schema(mode="serialization")).validate(answer.json())
    assert answer.json()["status"] == status
    told: dict[str, Any] = answer.json()
    return told
