"""The small things the stack rests on: files, ports, locks, passwords, the clock, restarts."""

import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from infra import clock
from infra.files import last_lines, rotate, write_whole
from infra.lock import HomeLock
from infra.passwords import Passwords
from infra.ports import Ports
from infra.stack import Part, StartFailed, jars
from infra.stack.jars import Jar
from infra.stack.starting import start_all
from infra.supervisor.keeping import Keeper


def test_a_port_is_remembered_until_another_program_takes_it(tmp_path: Path) -> None:
    ports = Ports(tmp_path / "ports.json")
    first = ports.of("kafka")

    assert ports.renew_if_taken("kafka") == first
    with socket.create_server(("127.0.0.1", first)):
        other = ports.renew_if_taken("kafka")

    assert other != first
    assert Ports(tmp_path / "ports.json").of("kafka") == other


def test_ports_and_passwords_chosen_at_the_same_time_are_all_remembered(tmp_path: Path) -> None:
    names = [f"part{number}" for number in range(20)]
    ports, passwords = Ports(tmp_path / "ports.json"), Passwords(tmp_path / "passwords.json")
    with ThreadPoolExecutor(8) as pool:
        chosen = list(pool.map(ports.of, names))
        made = list(pool.map(passwords.of, names))

    assert [ports.of(name) for name in names] == chosen
    assert [passwords.of(name) for name in names] == made
    assert len(set(chosen)) == len(names)


def test_a_lock_is_held_once_and_names_its_owner(tmp_path: Path) -> None:
    held, refused = HomeLock(tmp_path / "lock"), HomeLock(tmp_path / "lock")

    assert held.take()
    assert not refused.take()
    assert refused.owner() is not None
    held.release()
    assert refused.owner() is None


def test_a_password_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    file = tmp_path / "passwords.json"

    made = Passwords(file).of("orders")

    assert Passwords(file).of("orders") == made
    assert file.stat().st_mode & 0o077 == 0


def test_time_only_moves_on(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    assert clock.read_offset(file) == 0

    assert clock.advance(file, 90.5) == 90.5
    with pytest.raises(ValueError, match="only moves on"):
        clock.advance(file, -1)

    assert clock.read_offset(file) == 90.5


def test_a_log_is_rotated_under_its_writer(tmp_path: Path) -> None:
    log = tmp_path / "orders.log"
    with log.open("ab", buffering=0) as writer:
        for text in (b"first\n", b"second\n", b"third\n"):
            writer.write(text)
            rotate(log, limit=1)

    assert last_lines(log) == []
    assert [last_lines(tmp_path / f"orders.log.{n}") for n in (1, 2, 3)] == [["third"], ["second"], ["first"]]


def test_a_file_is_replaced_whole_and_with_its_mode(tmp_path: Path) -> None:
    write_whole(tmp_path / "secret", "old", mode=0o600)
    write_whole(tmp_path / "secret", "new", mode=0o600)

    assert (tmp_path / "secret").read_text() == "new"
    assert [file.name for file in tmp_path.iterdir()] == ["secret"]


def test_a_jar_with_another_hash_is_never_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forged = Jar("0" * 64, "org.slf4j", "slf4j-api", "1.7.36")
    forged.path(tmp_path).parent.mkdir(parents=True)
    forged.path(tmp_path).write_bytes(b"not what was pinned")

    assert not forged.is_whole(tmp_path)
    assert len(list(jars.pinned())) > 40
    assert all(len(jar.sha256) == 64 for jar in jars.pinned())


def test_a_part_that_ends_at_its_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.stack.starting.PATIENCE", 0.0)
    part = _part(tmp_path, "print('the disk is full'); raise SystemExit(7)", answers=False)

    with pytest.raises(StartFailed, match="ended at its start with code 7") as failure:
        start_all([part], spawned=lambda: None)

    assert "the disk is full" in str(failure.value)


def test_a_part_that_dies_is_started_again_after_growing_pauses(tmp_path: Path) -> None:
    part = _part(tmp_path, "pass", answers=True)
    keeper = Keeper([part])
    part.spawn()

    pauses = [_pause_before_it_is_back(keeper, part) for _ in range(2)]
    part.kill()

    assert pauses[0] < pauses[1]


def _pause_before_it_is_back(keeper: Keeper, part: Part) -> float:
    assert part.process is not None
    part.process.wait()
    while not keeper.look():
        pass
    return keeper.pauses[part.name]


def _part(folder: Path, program: str, answers: bool) -> Part:
    return Part(
        name="part",
        address="",
        command=lambda: [sys.executable, "-I", "-S", "-c", program],
        log=folder / "part.log",
        answers=lambda: answers,
    )
