"""The ledger: decisions as JSON Lines, oldest first. A line is only ever added; one that is taken back stays."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

from grappe.errors import StoreCorrupt
from grappe.model import Decision, FactJudgement, FactVerdict, Judgement, Revocation, Verdict
from grappe.store.facts_file import dump_object, load_object
from grappe.store.home import Home, disk_errors

__all__ = ["append", "read_ledger", "record"]


def read_ledger(home: Home) -> tuple[Decision, ...]:
    """Return the decisions of a home, oldest first. A last line that was cut off (the power went) does not count.

    Raises:
        StoreCorrupt: if a line is no decision.
    """
    path = home.ledger
    if not path.is_file():
        return ()
    *lines, torn = path.read_bytes().split(b"\n")
    del torn
    return tuple(_decision(line, path, number) for number, line in enumerate(lines, 1) if line.strip())


def append(home: Home, decisions: Iterable[Decision]) -> None:
    """Add decisions to the ledger, synced to the disk. Whoever calls it holds the writer's lock."""
    added = b"".join(
        json.dumps(record(one), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"
        for one in decisions
    )
    if not added:
        return
    with disk_errors(home.ledger):
        home.path.mkdir(parents=True, exist_ok=True)
        with home.ledger.open("ab") as file:
            whole = _whole(home.ledger)
            file.truncate(whole)
            try:
                file.write(added)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                file.truncate(whole)
                raise


def _whole(path: Path) -> int:
    """Return where the last whole line ends."""
    body = path.read_bytes()
    return body.rfind(b"\n") + 1


def record(decision: Decision) -> dict[str, Any]:
    """Return a decision as JSON."""
    said: dict[str, Any]
    match decision:
        case Judgement(left, right, verdict):
            said = {"record": "identity", "left": left, "right": right, "verdict": verdict}
            if decision.external:
                said |= {"relation": decision.relation, "score": decision.score}
            elif decision.score is not None:
                said |= {"score": decision.score}
        case FactJudgement(document, statement, verdict):
            said = {"record": "fact", "document": document, "statement": statement, "verdict": verdict}
            if decision.object is not None:
                said |= {"object": dump_object(decision.object)}
        case Revocation(revokes):
            said = {"record": "revocation", "revokes": revokes}
    return said | {"by": decision.by, "at": decision.at, "reason": decision.reason}


def _decision(line: bytes, path: Path, number: int) -> Decision:
    try:
        said = json.loads(line.decode("utf-8", "surrogatepass"))
        sort = said.pop("record")
        if sort == "fact":
            value = said.pop("object", None)
            if said["verdict"] not in get_args(FactVerdict):
                raise ValueError(said["verdict"])
            return FactJudgement(**said, object=load_object(value) if value else None)
        if sort == "identity" and said["verdict"] not in get_args(Verdict):
            raise ValueError(said["verdict"])
        made: Decision = {"identity": Judgement, "revocation": Revocation}[sort](**said)
        return made
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreCorrupt(
            f"Line {number} of {path} is no judgement.", remedy="Mend or remove that line; the others stand."
        ) from error
