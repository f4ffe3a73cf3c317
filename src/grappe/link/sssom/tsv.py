"""SSSOM as TSV: metadata in commented YAML, then a line a mapping."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grappe.errors import InputError
from grappe.iri import PREFIXES, Names
from grappe.link.mappings import Linked
from grappe.link.records import SCHEMES
from grappe.link.sssom.rdf import LICENCE
from grappe.model import Judgement, Verdict

__all__ = ["Imported", "read_tsv", "write_tsv"]

COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id", "object_label",
    "mapping_justification", "author_label", "mapping_tool", "mapping_date", "confidence", "object_source",
    "object_source_version", "curation_rule_text", "comment",
)  # fmt: skip
_RELATIONS = ("owl:sameAs", "schema:sameAs", "rdfs:seeAlso", "skos:exactMatch", "skos:closeMatch")
_BLANKS = re.compile(r"[\t\r\n]+")


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file says: decisions on things of this graph, and how many lines speak of others or of other relations."""

    judgements: tuple[Judgement, ...]
    passed_over: int


def write_tsv(links: Iterable[Linked], *, names: Names, version: str) -> str:
    """Return a mapping set; decisions that two things are not the same carry the modifier ``Not``."""
    out = io.StringIO()
    curies = {"grappe": f"{names.base}id/", **{p: PREFIXES[p] for p in ("owl", "rdfs", "schema", "semapv", "skos")}}
    curies |= {name: scheme.address.partition("{}")[0] for name, scheme in SCHEMES.items()}
    out.write("#sssom_version: '1.0'\n#curie_map:\n")
    out.writelines(f"#  {prefix}: {address}\n" for prefix, address in sorted(curies.items()))
    out.write(f"#license: {LICENCE}\n#mapping_set_id: {names.graph('links')}\n")
    out.write(f"#mapping_set_title: Links of a Grappe graph\n#mapping_set_version: '{version}'\n")
    write = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL).writerow
    write(COLUMNS)
    for one in links:
        said = one.judgement
        write(
            [
                f"grappe:{one.key}",
                _plain(one.label),
                one.relation,
                "Not" if said.verdict == "different" else "",
                _curie(one.target.address, curies),
                _plain(one.target.label),
                one.justification,
                "" if said.by_rule else _plain(said.by),
                "Grappe" if said.by_rule else "",
                said.at[:10],
                "" if said.score is None else f"{said.score:.4g}",
                f"grappe:authority/{one.target.source}" if one.target.source else "",
                one.target.date,
                said.by.removeprefix("rule:") if said.by_rule else "",
                _plain(said.reason),
            ]
        )
    return out.getvalue()


def read_tsv(text: str, *, names: Names, by: str, at: str) -> Imported:
    """Read a mapping set (TSV or CSV) into decisions.

    A mapping that a person made is that person's decision (``author_label``, else ``by``); another is a rule's. Its
    date is kept, where it has one.

    Raises:
        InputError: if it is no SSSOM.
    """
    head, body = _parted(text)
    curies = {**PREFIXES, **dict(_curie_map(head))}
    reader = csv.DictReader(io.StringIO(body), delimiter="\t" if "\t" in body.partition("\n")[0] else ",")
    needed = {"subject_id", "predicate_id", "object_id", "mapping_justification"}
    if not needed <= {*(reader.fieldnames or ())}:
        missing = ", ".join(sorted(needed - {*(reader.fieldnames or ())}))
        raise InputError(f"This is no SSSOM: it lacks {missing}.", remedy="Give a mapping set in TSV, with its header.")
    found, passed = [], 0
    for row in reader:
        judgement = _judgement({k: v or "" for k, v in row.items() if k}, curies, names, by, at)
        found += [judgement] if judgement else []
        passed += judgement is None
    return Imported(tuple(found), passed)


def _judgement(row: dict[str, str], curies: dict[str, str], names: Names, by: str, at: str) -> Judgement | None:
    subject, target = _address(row["subject_id"], curies), _address(row["object_id"], curies)
    relation = _address(row["predicate_id"], curies)
    key, other = names.key_of(subject), names.key_of(target)
    if key is None and other is not None:
        key, target, other = other, subject, None
    short = next((r for r in _RELATIONS if _address(r, curies) == relation), None)
    if key is None or short is None or "://" not in target:
        return None
    right = other or target
    verdict: Verdict = "different" if row.get("predicate_modifier") == "Not" else "same"
    manual = _address(row["mapping_justification"], curies) == _address("semapv:ManualMappingCuration", curies)
    rule = row.get("curation_rule_text") or "imported"
    who = row.get("author_label") or by if manual else f"rule:{rule}"
    try:
        score = float(row["confidence"]) if row.get("confidence") else None
    except ValueError as error:
        raise InputError(f"'{row['confidence']}' is no confidence.", remedy="Give a number from 0 to 1.") from error
    date = row.get("mapping_date") or ""
    when = f"{date}T00:00:00Z" if re.fullmatch(r"\d{4}-\d\d-\d\d", date) else at
    return Judgement(key, right, verdict, who, when, row.get("comment") or "imported", short, score)


def _parted(text: str) -> tuple[list[str], str]:
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    head = 0
    while head < len(lines) and lines[head].startswith("#"):
        head += 1
    return [line[1:].rstrip() for line in lines[:head]], "".join(lines[head:])


def _curie_map(head: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the prefixes of the metadata: the one part of its YAML that reading needs."""
    inside = False
    for line in head:
        if not line.startswith(" "):
            inside = line.startswith("curie_map:")
        elif inside and (found := re.fullmatch(r"\s+['\"]?([\w.-]+)['\"]?:\s+['\"]?([^\s'\"]+)['\"]?", line)):
            yield found[1], found[2]


def _address(curie: str, curies: dict[str, str]) -> str:
    if curie.startswith("<") and curie.endswith(">"):
        return curie[1:-1]
    prefix, _, local = curie.partition(":")
    return curies[prefix] + local if prefix in curies and not local.startswith("//") else curie


def _curie(address: str, curies: dict[str, str]) -> str:
    found = [p for p, start in curies.items() if address.startswith(start) and len(address) > len(start)]
    best = max(found, key=lambda p: len(curies[p]), default=None)
    return f"{best}:{address[len(curies[best]) :]}" if best else address


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
