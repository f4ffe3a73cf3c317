"""What the kernel says of a server's processes."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["alive", "children", "command", "resident", "server_of"]


def server_of(address: str) -> int:
    """Return the process that listens on a port of loopback.

    Between fork and exec a child has its parent's files, and where numbers have come round it may have the lower one:
    the process meant is the one whose parent does not listen too.
    """
    port = int(address.rpartition(":")[2])
    wanted = f":{port:04X} 00000000:0000 0A"
    lines = Path("/proc/net/tcp").read_text().splitlines()
    inode = next(line.split()[9] for line in lines if wanted in line)
    listening = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(f"socket:[{inode}]" == str(one.readlink()) for one in (process / "fd").iterdir()):
                listening[int(process.name)] = int(_status(process)[1])
        except OSError:
            continue
    found = [process for process, parent in listening.items() if parent not in listening]
    assert len(found) == 1, f"these listen there: {listening}"
    return found[0]


def _status(process: Path) -> list[str]:
    """Return what the kernel says of a process behind its name: its state, its parent ..."""
    return (process / "stat").read_text().rpartition(")")[2].split()


def children(process: int) -> frozenset[int]:
    """Return the processes that a process has started and that run."""
    started = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return frozenset(child for child in map(int, started) if alive(child))


def command(process: int) -> str:
    """Return what a process was started as."""
    return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def alive(process: int) -> bool:
    """Return whether a process can use a processor: one that has ended waits, if at all, for its parent to ask."""
    try:
        return _status(Path(f"/proc/{process}"))[0] not in "ZX"
    except OSError:
        return False


def resident(*processes: int) -> float:
    """Return the resident bytes of processes together; those that have ended have none."""
    total = 0.0
    for process in processes:
        try:
            found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
        except OSError:
            continue
        total += int(found[1]) * 1024.0 if found else 0.0
    return total
