"""Requests that schemathesis draws from an API document: the same ones in every run."""

import warnings
from collections.abc import Iterator
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, GenerationMode
from schemathesis import Case as AnyCase
from schemathesis.generation.drivers import CoverageGenerator
from schemathesis.generation.feedback import NO_FEEDBACK
from schemathesis.generation.overrides import Override

from tests.harness.counts import tries
from tests.openapi.documents import DOCUMENTS, Operation

Case = AnyCase[Any]
DRAWN = tries(20)
"""How many requests of each mode are drawn at random; those at the bounds of each schema come on top."""
CONFIG = {"checks": {"missing_required_header": {"expected-statuses": [400, 401, 428]}}}
"""428: If-Match is the one header that is asked for in this way (RFC 6585)."""
SCHEMAS = {
    name: schemathesis.openapi.from_dict(document, config=schemathesis.Config.from_dict(CONFIG))
    for name, document in DOCUMENTS.items()
}


def cases(operation: Operation) -> list[Case]:
    """The same ones in every run: at all bounds of the schema, and drawn, good and bad alike."""
    described = SCHEMAS[operation.service][operation.path][operation.method]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of hypothesis, about strategies that are not ours
        return [*_bounds(described), *(case for mode in GenerationMode for case in _drawn(described, mode))]


def _bounds(described: APIOperation[Any, Any, Any, Any]) -> Iterator[Case]:
    wanted = described.schema.config.generation_for(operation=described, phase="coverage")
    yield from CoverageGenerator(
        operation=described,
        generation_modes=list(GenerationMode),
        generation_config=wanted,
        auth_storage=None,
        override=Override(),
        feedback=NO_FEEDBACK,
        hooks=None,
    )


def _drawn(described: APIOperation[Any, Any, Any, Any], mode: GenerationMode) -> list[Case]:
    drawn: list[Case] = []

    @settings(
        max_examples=DRAWN,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=described.as_strategy(generation_mode=mode))
    def draw(case: Case) -> None:
        drawn.append(case)

    try:
        draw()
    except Unsatisfiable:  # nothing about this operation can be wrong in this way
        return []
    return drawn
