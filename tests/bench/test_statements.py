"""What PostgreSQL logged for one order is said again for another: new ids, another window, its own locks."""

from pathlib import Path
from uuid import UUID

from bench import logged, pgbench, replay
from bench.logged import Statement
from bench.market import BUYER, window_id
from services.chassis.locks import bucket

ORDER = "01a20600-26f8-7169-a38b-a8a77c047ba1"
WINDOW = str(window_id(0))
LOG = f"""\
2026-11-22 05:19:06.588 UTC [7] orders@bench LOG:  statement: BEGIN ISOLATION LEVEL READ COMMITTED;
2026-11-22 05:19:06.589 UTC [8] orders@other LOG:  statement: SELECT 'INSERT INTO orders '
2026-11-22 05:19:06.589 UTC [7] orders@bench LOG:  execute __asyncpg_stmt_1__: SELECT pg_advisory_xact_lock($1, bucket)
\tFROM unnest($2::INTEGER[], $3::BOOLEAN[]) AS wanted (bucket, shared)
2026-11-22 05:19:06.589 UTC [7] orders@bench DETAIL:  Parameters: $1 = '7001', $2 = '{{1,2}}', $3 = '{{t,f}}'
2026-11-22 05:19:06.590 UTC [7] orders@bench LOG:  execute __asyncpg_stmt_2__: INSERT INTO orders (id, window_id, note, at, gone) VALUES ($1, $2, $3, $4, $5)
2026-11-22 05:19:06.590 UTC [7] orders@bench DETAIL:  Parameters: $1 = '{ORDER}', $2 = '{WINDOW}', $3 = 'it''s {BUYER.subject}', $4 = '2026-11-22 05:19:06+00', $5 = NULL
2026-11-22 05:19:06.591 UTC [7] orders@bench LOG:  statement: COMMIT;
"""  # noqa: E501 - as PostgreSQL writes it


def statements(tmp_path: Path) -> list[Statement]:
    log = tmp_path / "postgres.log"
    log.write_text("what came before\n" + LOG)
    return logged.read(log, len("what came before\n"), "bench")


def test_the_transaction_of_the_order_is_read_with_its_parameters(tmp_path: Path) -> None:
    begin, lock, order, commit = statements(tmp_path)

    assert (begin.sql, commit.sql) == ("BEGIN ISOLATION LEVEL READ COMMITTED;", "COMMIT;")
    assert lock.parameters == ("7001", "{1,2}", "{t,f}")
    assert "bucket)\nFROM unnest" in lock.sql
    assert order.parameters == (ORDER, WINDOW, f"it's {BUYER.subject}", "2026-11-22 05:19:06+00", None)


def test_another_order_gets_ids_of_its_own_and_keeps_the_rest(tmp_path: Path) -> None:
    made = replay.ids(statements(tmp_path), WINDOW)
    names = replay.renamed(made, WINDOW)

    assert made == [ORDER]
    assert replay.value(ORDER, "uuid", names) == UUID(names[ORDER])
    assert replay.value(f"\\x{ORDER.encode().hex()}", "bytea", names) == names[ORDER].encode()
    assert replay.value(f"it's {BUYER.subject}", "text", names) == f"it's {BUYER.subject}"
    assert replay.value("{1,2}", "int4[]", names) == [1, 2]
    assert replay.value(None, "uuid", names) is None


def test_locks_move_with_their_ids_and_stay_sorted_beside_their_flags() -> None:
    names = {ORDER: str(UUID(int=1)), WINDOW: WINDOW}
    moved = replay.buckets(names)
    values = [7001, sorted([bucket(ORDER), bucket(WINDOW)]), [True, False]]

    space, numbers, flags = replay.locked(values, moved)

    assert space == 7001
    assert numbers == sorted(numbers)
    assert set(numbers) == {bucket(names[ORDER]), bucket(WINDOW)}
    assert sorted(flags) == [False, True]


def test_pgbench_draws_ids_and_sees_no_variable_in_a_value(tmp_path: Path) -> None:
    script = pgbench.script(statements(tmp_path), WINDOW)

    assert "uuidv7()::text AS id0" in script
    assert r"VALUES (:id0, :win, 'it''s " in script
    assert r"E'2026-11-22 05\x3a19\x3a06+00', NULL);" in script
    assert "unnest(:locks::INTEGER[], '{f,t}'::BOOLEAN[])" in script
