"""What the kernel knows of a process: memory and processor time, those of its children included."""

import os
from collections.abc import Iterator
from pathlib import Path

_PEAK = "5"  # written to clear_refs: begin to look for the peak anew


def family(pid: int) -> Iterator[int]:
    """Yield a process and all that it started."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from family(int(child))


def megabytes(pid: int, field: str = "VmRSS") -> float:
    """Return the memory of a process; `VmHWM` is the most that it had since `forget_peak`."""
    return sum(_kilobytes(one, field) for one in family(pid)) / 1024


def forget_peak(pid: int) -> None:
    """Begin to look for the peak of the memory anew."""
    for one in family(pid):
        Path(f"/proc/{one}/clear_refs").write_text(_PEAK)


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process has had."""
    ticks = 0
    for one in family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _kilobytes(pid: int, field: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field))
