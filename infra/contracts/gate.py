"""The gate of `make check`: everything that is wrong with the contract, and what to do about it."""

from collections.abc import Iterator

from jsonschema import Draft202012Validator, SchemaError

from infra.contracts.contract import TYPE, Contract, Json, read_all
from infra.contracts.events_md import events_md
from infra.contracts.judge import judge
from infra.contracts.release import broken, tampered, unreleased


def complaints(contract: Contract) -> list[str]:
    schemas = read_all(contract.schemas)
    return [
        *tampered(contract),
        *broken(contract),
        *_never_released(contract),
        *_ill_formed(schemas),
        *_wrong_examples(contract, schemas),
        *_not_in_asyncapi(contract, schemas),
        *_stale_overview(contract),
    ]


def _never_released(contract: Contract) -> Iterator[str]:
    released = read_all(contract.released)
    for name in unreleased(contract):
        if name not in released:
            yield f"{name} is not released yet: run `make release-schema` and commit what it writes."


def _ill_formed(schemas: dict[str, Json]) -> Iterator[str]:
    for name, schema in schemas.items():
        where = f"schemas/events/{name}.json"
        named = TYPE.fullmatch(name)
        if not named or schema.get("$id") != f"urn:lumbung:event:{name}":
            yield f'{where}: name it <service>.<fact>.v<N> and give it "$id": "urn:lumbung:event:{name}".'
        elif named["number"] != "1" and f"{named['family']}.v{int(named['number']) - 1}" not in schemas:
            yield f"{where}: the version before it is missing; versions are counted without a gap."
        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as error:
            yield f"{where} is no JSON Schema 2020-12: {error.message}"
        yield from (
            f'{where}: set "additionalProperties": false in {at}.' for at in _open_objects(schema, name)
        )


def _open_objects(schema: Json, where: str) -> Iterator[str]:
    if "properties" in schema and schema.get("additionalProperties") is not False:
        yield where
    for name, part in schema.get("properties", {}).items():
        yield from _open_objects(part, f"{where}.{name}")
    if isinstance(schema.get("items"), dict):
        yield from _open_objects(schema["items"], f"{where}[]")


def _wrong_examples(contract: Contract, schemas: dict[str, Json]) -> Iterator[str]:
    for name, schema in schemas.items():
        examples = contract.examples_of(name)
        if not examples:
            yield f"{name} has no example: write schemas/examples/{name}/<story>.json."
        for story, example in examples.items():
            for error in judge(schema).iter_errors(example):
                yield f"schemas/examples/{name}/{story}.json: {error.json_path}: {error.message}"
    for folder in sorted(contract.examples.iterdir()):
        if folder.name not in schemas:
            yield f"schemas/examples/{folder.name} has no schema: write it in schemas/events, or remove this."


def _not_in_asyncapi(contract: Contract, schemas: dict[str, Json]) -> Iterator[str]:
    messages = contract.asyncapi()["components"]["messages"]
    told = {name: message["payload"] for name, message in messages.items() if name != "dead-letter"}
    for name in sorted(schemas.keys() ^ told.keys()):
        yield f"{name} stands in only one of schemas/events and schemas/asyncapi.yaml: bring them together."
    for name, payload in told.items():
        if payload != {"$ref": f"events/{name}.json"}:
            yield f"schemas/asyncapi.yaml: the payload of {name} must be {{$ref: 'events/{name}.json'}}."


def _stale_overview(contract: Contract) -> Iterator[str]:
    written = contract.overview.read_text(encoding="utf-8") if contract.overview.exists() else ""
    if written != events_md(contract):
        yield "docs/events.md is behind schemas/asyncapi.yaml: run `python -m infra.contracts events-md`."
