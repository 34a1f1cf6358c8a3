"""A real S3 server for the tests: ``rclone serve s3``, started on loopback, stopped by its pid."""

import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from geo.database import BucketAccess
from tests.store.server import free_port

# Checked by the server; neither may be seen in a message, a log or a backup.
KEY = "CLE-JAMAIS-MONTREE"
SECRET = "secret-jamais-montre"  # noqa: S105
_HOST = "127.0.0.1"


def program() -> Path | None:
    """Find the rclone that this environment installed: Debian's has no S3 server yet."""
    found = Path(sys.prefix, "bin", "rclone")
    return found if found.is_file() else None


@dataclass
class Storage:
    """One server, its buckets in folders of its own."""

    bin: Path
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="catalyse-s3-")))
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    made: int = 0

    def start(self) -> None:
        """Start, on the port that its clients know."""
        options = ["--addr", f"{_HOST}:{self.port}", "--auth-key", f"{KEY},{SECRET}"]
        options += ["--config", str(self.folder / "rclone.conf")]
        buckets = self.folder / "lieux"
        buckets.mkdir(exist_ok=True)
        with (self.folder / "journal.txt").open("ab") as journal:
            self.process = subprocess.Popen(
                [str(self.bin), "serve", "s3", *options, str(buckets)],
                stdout=journal,
                stderr=journal,
            )
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex((_HOST, self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "journal.txt").read_text(encoding="utf-8"))

    def stop(self) -> None:
        """Stop at once: whoever was writing is cut."""
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(timeout=30)
            self.process = None

    def destroy(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def bucket(self, *, made: bool = True) -> BucketAccess:
        """Make a bucket, and give what opens it."""
        self.made += 1
        name = f"essai-{self.made}"
        if made:
            self._rclone("mkdir", BucketAccess(name, host=f"{_HOST}:{self.port}"), "")
        return BucketAccess(
            f"{name}/base", KEY, SECRET, f"{_HOST}:{self.port}", tls=False, region="fr-par"
        )

    def objects(self, access: BucketAccess) -> dict[str, bytes]:
        """Read every object of a bucket, by its path from the place set."""
        root = self.folder / "lieux" / access.place
        found = [one for one in sorted(root.rglob("*")) if one.is_file()]
        return {one.relative_to(root).as_posix(): one.read_bytes() for one in found}

    def put(self, access: BucketAccess, path: str, content: bytes) -> None:
        self._rclone("rcat", access, path, content)

    def delete(self, access: BucketAccess, path: str) -> None:
        self._rclone("deletefile", access, path)

    def _rclone(self, what: str, access: BucketAccess, path: str, content: bytes = b"") -> None:
        """Do something to an object by rclone's own client, from outside the project's code."""
        told = {"provider": "Rclone", "access-key-id": KEY, "secret-access-key": SECRET}
        told |= {"endpoint": f"http://{access.host}"}
        options = [word for name, value in told.items() for word in (f"--s3-{name}", value)]
        options += ["--config", str(self.folder / "rclone.conf")]
        where = f":s3:{access.place}/{path}"
        subprocess.run(
            [self.bin, what, where, *options], input=content, check=True, capture_output=True
        )
