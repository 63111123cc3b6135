"""Kafka's jars: fetched once into a cache, and never used unless each has the pinned SHA-256."""

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


def pinned() -> Iterator[Jar]:
    for line in PINNED.read_text().splitlines():
        sha256, coordinates = line.split()
        yield Jar(sha256, *coordinates.split(":"))


def cache_folder() -> Path:
    named = os.environ.get("LUMBUNG_CACHE")
    if named:
        return Path(named)
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return caches / "lumbung" / "jars"


def class_path(report: Report) -> list[Path]:
    cache = cache_folder()
    missing = [jar for jar in pinned() if not jar.is_whole(cache)]
    if missing:
        _fetch(missing, cache, report)
    return [jar.path(cache) for jar in pinned()]


def _fetch(jars: list[Jar], cache: Path, report: Report) -> None:
    from jgo.maven import MavenContext  # half a second that only the first start should cost

    repository = MavenContext(repo_cache=cache, timeout=60)
    with report.counting("Fetching Apache Kafka", len(jars)) as step, ThreadPoolExecutor(6) as pool:
        for done in as_completed([pool.submit(_fetch_one, jar, repository, cache) for jar in jars]):
            done.result()
            step()


def _fetch_one(jar: Jar, repository: "MavenContext", cache: Path) -> None:
    jar.path(cache).unlink(missing_ok=True)
    repository.project(jar.group, jar.artifact).at_version(jar.version).artifact().resolve()
    if not jar.is_whole(cache):
        jar.path(cache).unlink(missing_ok=True)
        raise RuntimeError(f"{jar.file} is not the file that was pinned (SHA-256 differs); it was deleted")
