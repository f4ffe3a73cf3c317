"""What registers say of the things that are linked: JSON Lines in order of addresses, kept beside the ledger.

So the graph of links can be built again without the registers, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict

from grappe.errors import StoreCorrupt
from grappe.model import Target
from grappe.store.home import Home, write_atomically

__all__ = ["drop_targets", "keep_targets", "read_targets"]


def read_targets(home: Home) -> dict[str, Target]:
    """Return what is kept, by address.

    Raises:
        StoreCorrupt: if a line cannot be read.
    """
    path = home.targets
    if not path.is_file():
        return {}
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            body = json.loads(line)
            body["point"] = tuple(body["point"]) if body["point"] else None
            target = Target(**body)
        except (ValueError, TypeError, KeyError) as error:
            remedy = "Remove that line and run 'grappe link' to write it again."
            raise StoreCorrupt(f"Line {number} of {path} cannot be read.", remedy=remedy) from error
        found[target.address] = target
    return found


def keep_targets(home: Home, held: Mapping[str, Target], new: Iterable[Target]) -> None:
    """Write what is kept and what is new."""
    merged = {**held, **{target.address: target for target in new}}
    if merged != held:
        _write(home, merged)


def drop_targets(home: Home, addresses: Collection[str]) -> None:
    """Write what is kept without the things that have these addresses."""
    held = read_targets(home)
    left = {address: target for address, target in held.items() if address not in addresses}
    if left != held:
        _write(home, left)


def _write(home: Home, merged: Mapping[str, Target]) -> None:
    bodies = (asdict(merged[address]) for address in sorted(merged))
    lines = (json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n" for body in bodies)
    write_atomically(home.targets, "".join(lines).encode())
