"""Says of one event's value whether its schema allows it."""

from functools import cache

from jsonschema import Draft202012Validator

from infra.contracts.contract import HERE, Json, read_all

FORMATS = Draft202012Validator.FORMAT_CHECKER


def judge(schema: Json) -> Draft202012Validator:
    """Formats count: a date that is none is refused."""
    return Draft202012Validator(schema, format_checker=FORMATS)


def misfit(event_type: str, value: object) -> str:
    """What is wrong with an event's value; nothing when it fits, or when no such type is promised."""
    known = _judges().get(event_type)
    wrong = known.iter_errors(value) if known else ()
    return "; ".join(f"{event_type}: {error.json_path}: {error.message}" for error in wrong)


@cache
def _judges() -> dict[str, Draft202012Validator]:
    return {name: judge(schema) for name, schema in read_all(HERE.schemas).items()}
