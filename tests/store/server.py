"""A real PostgreSQL for the tests: Debian's, started in a folder of its own, stopped by its pid."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PACKAGES = Path("/usr/lib/postgresql")
# A password nobody checks here: it must not be seen in a message or a log.
PASSWORD = "mot-de-passe-jamais-montre"  # noqa: S105


def programs() -> Path | None:
    """Find the newest PostgreSQL that Debian installed."""
    found = sorted(PACKAGES.glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def name_of(text: str) -> str:
    """Return the database that a connection string names."""
    return next((word[7:] for word in text.split() if word.startswith("dbname=")), "")


@dataclass
class Server:
    """One PostgreSQL, listening on loopback and on a socket in its folder."""

    bin: Path
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="catalyse-pg-")))
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    made: int = 0

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def _as_owner(self) -> dict[str, Any]:
        """PostgreSQL refuses to run as root: then it is run as Debian's user for it."""
        if os.getuid() != 0:
            return {}
        owner = pwd.getpwnam("postgres")
        os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}

    def create(self) -> None:
        """Make the cluster, then start it."""
        command = [str(self.bin / "initdb"), "-D", str(self.data), "-U", "postgres", "-A", "trust"]
        options = ["-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run(
            [*command, *options], check=True, capture_output=True, cwd="/", **self._as_owner()
        )
        self.start()

    def start(self) -> None:
        options = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self.folder),
            # Tests kill clients, never the machine: what reached the kernel is there afterwards.
            "fsync": "off",
            "max_connections": "60",
            "shared_buffers": "32MB",
        }
        told = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "journal.txt").open("ab") as journal:
            self.process = subprocess.Popen(
                [str(self.bin / "postgres"), "-D", str(self.data), "-p", str(self.port), *told],
                stdout=journal,
                stderr=journal,
                cwd="/",
                **self._as_owner(),
            )
        self._wait()

    def _wait(self) -> None:
        command = [str(self.bin / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        for _ in range(300):
            if subprocess.run(command, check=False).returncode == 0:
                return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "journal.txt").read_text(encoding="utf-8"))

    def stop(self) -> None:
        """Stop at once, as when its machine goes down for a while: clients are cut."""
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=30)
            self.process = None

    def destroy(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, text: str, database: str = "postgres") -> str:
        """Run statements, from outside the project's own code."""
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-d", database]
        done = subprocess.run(
            [self.bin / "psql", "-qAtX", "-v", "ON_ERROR_STOP=1", *where],
            input=text,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def database(self, model: str = "") -> str:
        """Make a new database, empty or a copy of another; give its connection string."""
        self.made += 1
        copied = name_of(model)
        self.ask(f"CREATE DATABASE essai_{self.made}" + (f" TEMPLATE {copied}" if copied else ""))
        return (
            f"host=127.0.0.1 port={self.port} dbname=essai_{self.made} user=postgres "
            f"password={PASSWORD}"
        )
