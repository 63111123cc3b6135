"""PostgreSQL 18 from the binaries of a wheel, with our own configuration, as a part of the embedded stack."""

import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import psutil

from infra.files import write_whole
from infra.home import Home
from infra.ports import Ports
from infra.stack.owned import ADMIN
from infra.stack.part import Part
from infra.stack.users import User, database_user
from infra.stack.waiting import accepts
from infra.stack.wheel import binary

OUTSIDE = Path("/var/lib/lumbung")

SETTINGS = """\
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
max_connections = 200
shared_buffers = 64MB
password_encryption = scram-sha-256
wal_level = logical
max_wal_size = 512MB
fsync = on
idle_in_transaction_session_timeout = 5s
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d '
lc_messages = 'C'
"""
ACCESS = "host all all 127.0.0.1/32 scram-sha-256\n"


class Postgres:
    def __init__(self, home: Home, ports: Ports, password: str) -> None:
        self._home, self._ports, self._password = home, ports, password
        self.user: User | None = None

    @property
    def outside(self) -> Path:
        """Used only where the home is closed to the database's own user."""
        return OUTSIDE / self._home.id

    def prepare(self) -> None:
        self.user = database_user()
        self._ports.renew_if_taken("postgres")
        if not (self._data / "PG_VERSION").exists():
            self._initialise()

    def part(self, admin_dsn: Callable[[], str]) -> Part:
        return Part(
            name="postgres",
            address=f"127.0.0.1:{self._ports.of('postgres')}",
            command=lambda: [self._binary("postgres"), "-D", str(self._data)],
            log=self._home.log("postgres"),
            answers=lambda: accepts(admin_dsn()),
            user=self.user,
            before=self._configure,
            stops_with=signal.SIGINT,
            dies_with=signal.SIGINT,
        )

    @property
    def _folder(self) -> Path:
        closed = self.user is not None and not self.user.can_reach(self._home.root)
        return (self.outside if closed else self._home.root) / "postgres"

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _initialise(self) -> None:
        self._folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft, secret = self._folder / "draft", self._folder / "password"
        shutil.rmtree(draft, ignore_errors=True)
        write_whole(secret, self._password, mode=0o600)
        if self.user:
            self.user.own(self._folder)
            self.user.own(secret)
        try:
            self._run_initdb(draft, secret)
        finally:
            secret.unlink()
        draft.replace(self._data)

    def _run_initdb(self, data: Path, secret: Path) -> None:
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        access = ["--username", ADMIN, "--auth=scram-sha-256", f"--pwfile={secret}"]
        done = subprocess.run(
            [self._binary("initdb"), "-D", str(data), *locale, *access],
            user=self.user.uid if self.user else None,
            group=self.user.gid if self.user else None,
            extra_groups=[] if self.user else None,
            cwd=self._folder,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"PostgreSQL could not make its data folder {data}:\n{done.stderr}")

    def _configure(self) -> None:
        settings = SETTINGS.format(port=self._ports.of("postgres"))
        write_whole(self._data / "postgresql.conf", settings)
        write_whole(self._data / "pg_hba.conf", ACCESS)
        self._forget_a_reused_pid()

    def _forget_a_reused_pid(self) -> None:
        """After a crash its pid file may name a process of another program; PostgreSQL would not start."""
        file = self._data / "postmaster.pid"
        if file.exists() and not _is_postgres(int(file.read_text().split()[0])):
            file.unlink()

    def _binary(self, name: str) -> str:
        return str(binary(name, self.user, self.outside))


def _is_postgres(pid: int) -> bool:
    try:
        return psutil.Process(pid).name() == "postgres"
    except psutil.NoSuchProcess:
        return False
