"""The ledger: decisions as JSON Lines, oldest first. A line is only ever added; one that is taken back stays."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from grappe.errors import StoreCorrupt
from grappe.model import Decision, FactJudgement, FactVerdict, Judgement, Ref, Revocation, Suppression, Verdict
from grappe.store.facts_file import dump_object, load_object
from grappe.store.home import Home, disk_errors, write_atomically

__all__ = ["append", "read_ledger", "record", "rewrite", "suppression_key"]


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
    added = b"".join(map(_line, decisions))
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


def rewrite(home: Home, keys: Collection[str], mask: Callable[[str], str]) -> None:
    """Take out the decisions on things with these keys, and mask the reasons of the others.

    It is the one change that the ledger knows: what it holds of a person who is suppressed goes too.
    """
    kept: list[Decision] = []
    #: A masked line has another id; what takes it back follows it.
    now: dict[str, str | None] = {}
    for decision in read_ledger(home):
        if isinstance(decision, Revocation):
            revokes = now.get(decision.revokes, decision.revokes)
            if revokes is not None:
                kept.append(replace(decision, revokes=revokes, reason=mask(decision.reason)))
            continue
        if _about(decision) & {*keys}:
            now[decision.id] = None
            continue
        kept.append(replace(decision, reason=mask(decision.reason)))
        now[decision.id] = kept[-1].id
    write_atomically(home.ledger, b"".join(map(_line, kept)))


def _about(decision: Decision) -> set[str]:
    """Return the keys that a decision names."""
    match decision:
        case Judgement(left, right):
            return {left.partition("@")[0], right.partition("@")[0]}
        case FactJudgement(object=Ref(key)):
            return {key}
        case _:
            return set()


def _line(decision: Decision) -> bytes:
    text = json.dumps(record(decision), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"


def suppression_key(home: Home, *, make: bool = False) -> bytes | None:
    """Return the key of the digests of suppressed names, or None where nobody was suppressed yet.

    Without it the digests tell nothing of the names: it is kept apart from the ledger, readable by its owner only.
    """
    path = home.path / "suppression.key"
    if path.is_file():
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    if not make:
        return None
    key = secrets.token_bytes(32)
    write_atomically(path, key.hex().encode() + b"\n", mode=0o600)
    return key


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
        case Suppression(digests):
            said = {"record": "suppression", "digests": [*digests]}
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
        if sort == "suppression":
            return Suppression(**said | {"digests": tuple(said["digests"])})
        made: Decision = {"identity": Judgement, "revocation": Revocation}[sort](**said)
        return made
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreCorrupt(
            f"Line {number} of {path} is no judgement.", remedy="Mend or remove that line; the others stand."
        ) from error
