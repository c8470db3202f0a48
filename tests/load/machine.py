"""What the processes of a cluster use of the processors, read from /proc."""

import os
import resource
from collections import Counter
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_KINDS = {"nginx": "nginx", "redis-server": "redis"}


def used() -> Counter[str]:
    """Return the processor seconds so far, of all processes that this one has started, by what they are.

    Those that have ended are "ended": while a cluster runs, only the children do.
    """
    parents, names, seconds = {}, {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            before, _, after = stat.read_text().rpartition(")")
        except OSError:  # it has just ended
            continue
        pid, name = before.split(" (", 1)
        fields = after.split()
        parents[int(pid)], names[int(pid)] = int(fields[1]), name
        seconds[int(pid)] = (int(fields[11]) + int(fields[12])) / _TICKS
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = Counter({"ended": ended.ru_utime + ended.ru_stime})
    for pid in parents:
        if pid != os.getpid() and _descends(pid, parents):
            found[_KINDS.get(names[pid], "worker")] += seconds[pid]
    return found


def _descends(pid: int, parents: dict[int, int]) -> bool:
    while pid > 1:
        if pid == os.getpid():
            return True
        pid = parents.get(pid, 0)
    return False
