"""Facts as JSON Lines: a header, then entities, mentions and statements; the same facts give the same bytes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from grappe.errors import StoreCorrupt
from grappe.model import Entity, Evidence, Facts, Literal, Mention, Metadata, Object, Ref, Span, Statement, Term
from grappe.store.home import write_atomically

__all__ = ["dump_facts", "dump_object", "load_facts", "load_object", "read_entities", "read_facts", "write_facts"]


def write_facts(path: Path, facts: Facts) -> None:
    """Write facts to a file, whole or not at all."""
    write_atomically(path, dump_facts(facts))


def read_facts(path: Path) -> Facts:
    """Read facts back.

    Raises:
        StoreCorrupt: if the file is missing or a line cannot be read.
    """
    try:
        return load_facts(path.read_bytes(), name=str(path))
    except OSError as error:
        raise StoreCorrupt(
            f"{path} cannot be read back.", remedy="Run 'grappe rebuild' to extract it again."
        ) from error


def dump_facts(facts: Facts) -> bytes:
    """Return facts as JSON Lines."""
    m = facts.metadata
    lines: list[dict[str, Any]] = [
        {
            "record": "facts",
            "document": facts.document,
            "title": m.title,
            "publisher": m.publisher,
            "issued": m.issued,
            "language": m.language,
            **({"pages": facts.pages} if facts.pages else {}),
        }
    ]
    lines += [
        {
            "record": "entity",
            "key": e.key,
            "kind": e.kind,
            "label": e.label,
            "alt": e.alt_labels,
            "language": e.language,
            "identifiers": e.identifiers,
        }
        for e in facts.entities
    ]
    lines += [
        {"record": "mention", "span": [x.span.start, x.span.end], "surface": x.surface, "kind": x.kind, "key": x.key}
        for x in facts.mentions
    ]
    lines += [
        {
            "record": "statement",
            "id": s.id,
            "s": s.subject,
            "p": s.predicate,
            "o": dump_object(s.object),
            "evidence": [[e.span.start, e.span.end, e.quote, e.extractor, e.confidence] for e in s.evidence],
        }
        for s in facts.statements
    ]
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines).encode(
        "utf-8", "surrogatepass"
    )


def dump_object(value: Object) -> dict[str, Any]:
    """Return an object as JSON."""
    match value:
        case Ref(key):
            return {"ref": key}
        case Term(curie):
            return {"term": curie}
        case Literal(lexical, datatype, language):
            return {"value": lexical, "datatype": datatype, "language": language}


def load_object(record: dict[str, Any]) -> Object:
    """Return the object that JSON holds; raises KeyError where it holds none."""
    if "ref" in record:
        return Ref(record["ref"])
    if "term" in record:
        return Term(record["term"])
    return Literal(record["value"], record["datatype"], record["language"])


def read_entities(path: Path) -> tuple[str, list[dict[str, Any]], list[tuple[str, str]]]:
    """Return a document's date, its entities as JSON, and which thing is in which place: what tells things apart.

    The rest of the file, which is most of it, is not parsed: this is read of every document whenever one changes.

    Raises:
        StoreCorrupt: if the file is missing or one of these lines cannot be read.
    """
    try:
        lines = path.read_bytes().split(b"\n")
        head, entities, places = json.loads(lines[0]), [], []
        for line in lines[1:]:
            if line.startswith(b'{"record":"entity"'):
                entities.append(json.loads(line))
            elif b'"p":"grp:locatedIn"' in line:
                said = json.loads(line)
                places.append((said["s"], said["o"]["ref"]))
        return head["issued"] or "", entities, places
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise StoreCorrupt(
            f"{path} cannot be read back.", remedy="Run 'grappe rebuild' to extract it again."
        ) from error


def load_facts(body: bytes, *, name: str = "facts") -> Facts:
    """Return the facts that JSON Lines hold; ``name`` is used in errors.

    Raises:
        StoreCorrupt: if a line cannot be read.
    """
    head: dict[str, Any] | None = None
    entities: list[Entity] = []
    mentions: list[Mention] = []
    statements: list[Statement] = []
    for number, line in enumerate(body.decode("utf-8", "surrogatepass").split("\n")[:-1], 1):
        try:
            record = json.loads(line)
            match record["record"]:
                case "facts":
                    head = record
                case "entity":
                    identifiers = tuple((a, b) for a, b in record["identifiers"])
                    entities.append(
                        Entity(
                            record["key"],
                            record["kind"],
                            record["label"],
                            tuple(record["alt"]),
                            record["language"],
                            identifiers,
                        )
                    )
                case "mention" if head is not None:
                    mentions.append(
                        Mention(
                            head["document"], Span(*record["span"]), record["surface"], record["kind"], record["key"]
                        )
                    )
                case "statement" if head is not None:
                    evidence = tuple(
                        Evidence(head["document"], Span(a, b), quote, rule, sure)
                        for a, b, quote, rule, sure in record["evidence"]
                    )
                    statements.append(
                        Statement(head["document"], record["s"], record["p"], load_object(record["o"]), evidence)
                    )
                case other:
                    raise ValueError(other)
        except (ValueError, KeyError, TypeError) as error:
            raise StoreCorrupt(
                f"Line {number} of {name} cannot be read.", remedy="Run 'grappe rebuild' to extract it again."
            ) from error
    if head is None:
        raise StoreCorrupt(f"{name} is empty.", remedy="Run 'grappe rebuild' to extract it again.")
    metadata = Metadata(head["title"], head["publisher"], head["issued"], head["language"])
    pages = tuple(head.get("pages", ()))
    return Facts(head["document"], metadata, tuple(entities), tuple(mentions), tuple(statements), pages)
