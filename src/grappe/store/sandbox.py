"""What a process that evaluates the queries of strangers gives up, where the kernel is Linux: a second line of defence.

It ends with its parent, gains no privileges, and (unless it is to call other endpoints) opens no sockets of the
internet, whatever a query makes the engine do. Elsewhere, and where the kernel says no, it is as it was.
"""

from __future__ import annotations

import contextlib
import ctypes
import platform
import signal
import struct
import sys

__all__ = ["confine"]

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_MODE_FILTER = 2

#: By machine: what the kernel calls it (AUDIT_ARCH), and the number of socket(2).
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}

_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13  # EACCES
_AF_INET, _AF_INET6 = 2, 10


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def confine(*, network: bool) -> None:
    """Give it up.

    Args:
        network: keep the sockets of the internet.
    """
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        kernel = ctypes.CDLL(None, use_errno=True)
        kernel.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        kernel.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if not network and (machine := _MACHINES.get(platform.machine())):
            code = _no_internet(*machine)
            program = _Program(len(code) // 8, code)
            kernel.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)


def _no_internet(architecture: int, socket_call: int) -> bytes:
    """Return the filter that lets everything pass but ``socket(AF_INET | AF_INET6, …)``."""
    steps = [
        (_LOAD, 0, 0, 4),  # the architecture; another's calls are none that this process makes
        (_EQUAL, 0, 5, architecture),
        (_LOAD, 0, 0, 0),  # the call
        (_EQUAL, 0, 3, socket_call),
        (_LOAD, 0, 0, 16),  # its first argument
        (_EQUAL, 2, 0, _AF_INET),
        (_EQUAL, 1, 0, _AF_INET6),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _DENY),
    ]
    return b"".join(struct.pack("<HBBI", *step) for step in steps)
