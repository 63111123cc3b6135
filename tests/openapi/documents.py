"""The four API documents, as built at collection, and their operations."""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.services import SERVICES
from services.chassis.service import Service, build

Json = dict[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    """One operation of one service: its part of the document."""

    service: str
    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.service} {self.method} {self.path}"

    @property
    def said(self) -> Json:
        said: Json = DOCUMENTS[self.service]["paths"][self.path][self.method.lower()]
        return said

    @property
    def public(self) -> bool:
        return not self.said.get("security")

    @property
    def body(self) -> Json | None:
        """The JSON Schema of its body, if it takes one."""
        if "requestBody" not in self.said:
            return None
        schema: Json = self.said["requestBody"]["content"]["application/json"]["schema"]
        return schema

    def parameters(self, place: str) -> dict[str, Json]:
        """Schemas of its parameters in the path, the query or the headers."""
        return {one["name"]: one["schema"] for one in self.said.get("parameters", ()) if one["in"] == place}

    def url(self, ids: Json) -> str:
        return f"http://{self.service}{self.path.format(**ids)}"


def resolved(service: str, schema: Json, like: Any = None) -> Json:
    """The schema itself where it is only named; of several the one for such a value, else the first not null."""
    if "$ref" in schema:
        return resolved(service, DOCUMENTS[service]["components"]["schemas"][schema["$ref"].split("/")[-1]])
    if several := schema.get("anyOf", schema.get("oneOf")):
        meant = [resolved(service, one) for one in several if one.get("type") != "null"]
        return meant[-1] if isinstance(like, dict) else meant[0]
    return schema


def nullable(schema: Json) -> bool:
    return any(one.get("type") == "null" for one in schema.get("anyOf", ()))


def _document(name: str) -> Json:
    service: Service = importlib.import_module(f"services.{name}.app").SERVICE
    nowhere = {"database_url": "postgresql://nobody@localhost/nowhere", "keys": Path("nowhere")}
    return build(service, service.settings.model_validate(nowhere)).openapi()


def _operations() -> Iterator[Operation]:
    for name, document in DOCUMENTS.items():
        for path, methods in document["paths"].items():
            yield from (Operation(name, method.upper(), path) for method in METHODS if method in methods)


DOCUMENTS = {name: _document(name) for name in SERVICES}
OPERATIONS = tuple(_operations())
