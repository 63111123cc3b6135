"""The checker shares no code with what it judges: what is wrong in the chassis cannot be wrong in both."""

import ast
from pathlib import Path

import tests.faults.checker

OWN = "tests.faults.checker"
ALLOWED = {
    "aiokafka",
    "asyncio",
    "asyncpg",
    "collections",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "hashlib",
}
ALLOWED |= {"itertools", "json", "pathlib", "typing", "yaml"}


def test_the_checker_imports_nothing_of_lumbung() -> None:
    folder = Path(tests.faults.checker.__file__).parent

    imported = {name for file in folder.glob("*.py") for name in _imports(file)}

    foreign = {
        name for name in imported if not name.startswith(OWN) and name.partition(".")[0] not in ALLOWED
    }
    assert foreign == set()


def _imports(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found
