"""What the kernel says of a server's processes."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["alive", "children", "command", "resident", "server_of"]


def server_of(address: str) -> int:
    """Return the process that listens on a port of loopback."""
    port = int(address.rpartition(":")[2])
    wanted = f":{port:04X} 00000000:0000 0A"
    lines = Path("/proc/net/tcp").read_text().splitlines()
    inode = next(line.split()[9] for line in lines if wanted in line)
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(f"socket:[{inode}]" == str(one.readlink()) for one in (process / "fd").iterdir()):
                return int(process.name)
        except OSError:
            continue
    raise AssertionError("nobody listens there")


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
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
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
