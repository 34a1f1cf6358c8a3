"""A disk of its own, small enough to be filled."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MEGABYTES = 10


@contextmanager
def small_disk() -> Iterator[Path]:
    """Mount one, with a ballast that can be thrown off, for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="catalyse-disque-"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("Monter un petit disque demande les droits de root.")
    try:
        (folder / "ballast").write_bytes(bytes(2 << 20))
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
        folder.rmdir()
