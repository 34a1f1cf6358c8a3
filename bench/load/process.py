"""What processes cost, as the system counts it: seconds of processor, megabytes of memory."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def children() -> set[int]:
    """List the processes that this one started."""
    found = Path("/proc/self/task").glob("*/children")
    return {int(one) for file in found for one in file.read_text(encoding="ascii").split()}


def megabytes(process: int) -> float:
    """Return the memory that a process holds; none once it is gone."""
    lines = _read(process, "status").splitlines()
    line = next((line for line in lines if line.startswith("VmRSS")), "VmRSS: 0 kB")
    return int(line.split()[1]) / 1024


def cpu_s(process: int) -> float:
    """Return the seconds of processor that a process took since it began; none once it is gone."""
    fields = _read(process, "stat").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


def _read(process: int, name: str) -> str:
    try:
        return Path(f"/proc/{process}/{name}").read_text(encoding="utf-8")
    except OSError:
        return ""
