"""Jars, Kafka's first of all: fetched once into a cache, and never used unless each has the pinned SHA-256."""

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from infra.stack.reports import Report

if TYPE_CHECKING:
    from jgo.maven import MavenContext

PINNED = Path(__file__).with_name("kafka_jars.sha256")


@dataclass(frozen=True)
class Jar:
    sha256: str
    group: str
    artifact: str
    version: str

    def path(self, cache: Path) -> Path:
        return cache.joinpath(*self.group.split("."), self.artifact, self.version, self.file)

    @property
    def file(self) -> str:
        return f"{self.artifact}-{self.version}.jar"

    def is_whole(self, cache: Path) -> bool:
        path = self.path(cache)
        return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == self.sha256


class Unreachable(RuntimeError):
    """A jar is not in the cache and cannot be fetched."""


def pinned(file: Path = PINNED) -> Iterator[Jar]:
    for line in file.read_text().splitlines():
        sha256, coordinates = line.split()
        yield Jar(sha256, *coordinates.split(":"))


def cache_folder() -> Path:
    named = os.environ.get("LUMBUNG_CACHE")
    if named:
        return Path(named)
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return caches / "lumbung" / "jars"


def class_path(report: Report, file: Path = PINNED, name: str = "Apache Kafka") -> list[Path]:
    """Raises `Unreachable` where one is missing and its repository does not answer."""
    cache = cache_folder()
    missing = [jar for jar in pinned(file) if not jar.is_whole(cache)]
    if missing:
        _fetch(missing, cache, report, name)
    return [jar.path(cache) for jar in pinned(file)]


def _fetch(jars: list[Jar], cache: Path, report: Report, name: str) -> None:
    from jgo.maven import MavenContext  # half a second that only the first start should cost

    repository = MavenContext(repo_cache=cache, timeout=60)
    with report.counting(f"Fetching {name}", len(jars)) as step, ThreadPoolExecutor(6) as pool:
        for done in as_completed([pool.submit(_fetch_one, jar, repository, cache) for jar in jars]):
            done.result()
            step()


def _fetch_one(jar: Jar, repository: "MavenContext", cache: Path) -> None:
    jar.path(cache).unlink(missing_ok=True)
    try:
        repository.project(jar.group, jar.artifact).at_version(jar.version).artifact().resolve()
    except Exception as error:  # whatever the library raises where nothing answers
        raise Unreachable(f"{jar.file} cannot be fetched: {error}") from error
    if not jar.is_whole(cache):
        jar.path(cache).unlink(missing_ok=True)
        raise RuntimeError(f"{jar.file} is not the file that was pinned (SHA-256 differs); it was deleted")
