"""The same interface on Docker, where there is one."""

import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from infra.stack import open_stack
from infra.topics import described, provision


def _docker_answers() -> bool:
    docker = shutil.which("docker")
    return (
        docker is not None
        and subprocess.run([docker, "info"], capture_output=True, check=False).returncode == 0
    )


@pytest.mark.skipif(not _docker_answers(), reason="no Docker engine answers")
def test_containers_offer_what_the_embedded_stack_offers(new_home: Path) -> None:
    stack = open_stack(new_home, "containers")
    stack.start()
    try:
        provision(stack.kafka, described(partitions=1))
        with closing(psycopg.connect(stack.dsn("orders"))) as connection:
            assert connection.execute("SHOW wal_level").fetchone() == ("logical",)
        assert [part.state for part in stack.status()] == ["running", "running"]
    finally:
        stack.stop()
