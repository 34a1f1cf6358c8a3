"""What processes cost, as the system counts it: seconds of processor, megabytes of memory."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def children() -> set[int]:
    """List the processes that this one started."""
    found = Path("/proc/self/task").glob("*/children")
    return {int(one) for file in found for one in file.read_text(encoding="ascii").split()}


def megabytes(process: int) -> float:
    """Return the memory that a process holds."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def cpu_s(process: int) -> float:
    """Return the seconds of processor that a process took since it began."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
