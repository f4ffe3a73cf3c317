"""A SPARQL update taken apart into its operations, so that each can be weighed before it is done.

Only what lies between the braces is left to the engine: the words outside them say what an operation does, and to which
graphs (SPARQL 1.1 Update, section 3; the grammar's rules 29 to 51).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grappe.errors import QuerySyntaxError

__all__ = ["Modify", "Operation", "Statement", "Target", "operations"]

_TOKEN = re.compile(
    r"""
      (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>'''(?:[^'\\]|\\.|'(?!''))*''' | \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"
        | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*")
    | (?P<comment>\#[^\n\r]*)
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>[\w.-]*:(?:[\w.:%-]|\\.)*)
    | (?P<word>\w+)
    | (?P<space>\s+)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        return self.text.upper() if self.kind in ("word", "sign") else ""


@dataclass(frozen=True, slots=True)
class Target:
    """What an operation on whole graphs names: ``graph`` (an IRI as it is written), ``default``, ``named``, ``all``."""

    kind: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """An operation on whole graphs: ``clear``, ``drop``, ``create``, ``add``, ``move``, ``copy``, or ``load``."""

    verb: str
    silent: bool
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Modify:
    """An operation on quads. ``delete``, ``insert`` and ``where`` are blocks with their braces, or empty.

    ``graphs`` are the terms after GRAPH in the two templates, ``bare`` says whether these have triples outside of
    them; where ``data`` is set the blocks are quads, and there is no ``where``.
    """

    delete: str
    insert: str
    where: str
    with_: str
    using: tuple[tuple[bool, str], ...]
    graphs: tuple[str, ...]
    bare: bool
    data: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: the prologue that holds for it, its text, and what it is."""

    prologue: str
    text: str
    start: int
    is_: Statement | Modify

    def native(self, using: Sequence[tuple[bool, str]] = ()) -> str:
        """Return the operation without its prologue, on the dataset given where it names none."""
        if not using or not isinstance(self.is_, Modify) or self.is_.data:
            return self.text
        m = self.is_
        clauses = " ".join(f"USING {'NAMED ' if named else ''}{iri}" for named, iri in using)
        templates = (f"DELETE {m.delete} " if m.delete else "") + (f"INSERT {m.insert} " if m.insert else "")
        return f"{templates}{clauses} WHERE {m.where}"


def operations(text: str) -> list[Operation]:
    """Return the operations of an update that the engine has found to parse.

    Raises:
        QuerySyntaxError: if they cannot be told apart.

    >>> [type(one.is_).__name__ for one in operations("PREFIX : <x:> DROP ALL; INSERT DATA { :a :b :c }")]
    ['Statement', 'Modify']
    """
    tokens = [
        _Token(m.lastgroup or "", m.group(), m.start(), m.end())
        for m in _TOKEN.finditer(text)
        if m.lastgroup not in ("space", "comment")
    ]
    try:
        return list(_operations(text, tokens))
    except (IndexError, ValueError):
        raise QuerySyntaxError(
            "The operations of the update cannot be told apart.", remedy="Write it without escapes in its keywords."
        ) from None


def _operations(text: str, tokens: list[_Token]) -> Iterator[Operation]:
    at, prologue = 0, ""
    while at < len(tokens):
        while at < len(tokens) and tokens[at].word in ("BASE", "PREFIX", "VERSION"):
            width = 3 if tokens[at].word == "PREFIX" else 2
            prologue += text[tokens[at].start : tokens[at + width - 1].end] + "\n"
            at += width
        end, depth = at, 0
        while end < len(tokens) and (depth or tokens[end].text != ";"):
            depth += {"{": 1, "}": -1}.get(tokens[end].text, 0)
            end += 1
        if end > at:
            first, last = tokens[at], tokens[end - 1]
            yield Operation(prologue, text[first.start : last.end], first.start, _read(text, tokens[at:end]))
        elif end < len(tokens):
            raise ValueError(";")
        at = end + 1


def _read(text: str, tokens: list[_Token]) -> Statement | Modify:
    verb = tokens[0].word
    if verb in ("CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "LOAD"):
        return _statement(tokens)
    parts: dict[str, str] = {}
    using: list[tuple[bool, str]] = []
    graphs: list[str] = []
    bare, at = False, 0
    data = tokens[1].word == "DATA"
    while at < len(tokens):
        word = tokens[at].word
        if word == "WITH":
            parts["with"] = tokens[at + 1].text
            at += 2
        elif word == "USING":
            named = tokens[at + 1].word == "NAMED"
            using.append((named, tokens[at + 1 + named].text))
            at += 2 + named
        elif word in ("DELETE", "INSERT", "WHERE", "{"):
            at += word != "{"
            if tokens[at].word == "DATA":
                at += 1
            if tokens[at].word == "WHERE":  # DELETE WHERE: the pattern is the template too
                at += 1
                close = _closing(tokens, at)
                parts["where"] = text[tokens[at].start : tokens[close].end]
            else:
                close = _closing(tokens, at)
            parts["where" if word == "{" else word.casefold()] = text[tokens[at].start : tokens[close].end]
            if word in ("DELETE", "INSERT"):
                more, outside = _graphs(tokens[at + 1 : close])
                graphs += more
                bare = bare or outside
            at = close + 1
        else:
            raise ValueError(word)
    if not parts.keys() & {"delete", "insert"}:
        raise ValueError(verb)
    return Modify(
        parts.get("delete", ""),
        parts.get("insert", ""),
        parts.get("where", ""),
        parts.get("with", ""),
        tuple(using),
        tuple(graphs),
        bare,
        data,
    )


def _statement(tokens: list[_Token]) -> Statement:
    verb, rest = tokens[0].word.casefold(), tokens[1:]
    silent = bool(rest) and rest[0].word == "SILENT"
    targets = []
    for token in rest[silent:]:
        if token.word in ("DEFAULT", "NAMED", "ALL"):
            targets.append(Target(token.word.casefold()))
        elif token.kind in ("iri", "name"):
            targets.append(Target("graph", token.text))
        elif token.word not in ("GRAPH", "TO", "INTO"):
            raise ValueError(token.text)
    if not targets:
        raise ValueError(verb)
    return Statement(verb, silent, tuple(targets))


def _closing(tokens: list[_Token], at: int) -> int:
    """Return the place of the brace that closes the one at a place."""
    if tokens[at].text != "{":
        raise ValueError(tokens[at].text)
    depth = 0
    for place in range(at, len(tokens)):
        depth += {"{": 1, "}": -1}.get(tokens[place].text, 0)
        if not depth:
            return place
    raise ValueError("{")


def _graphs(tokens: list[_Token]) -> tuple[list[str], bool]:
    """Return the terms after GRAPH in a template, and whether it has triples outside of them."""
    graphs, bare, at = [], False, 0
    while at < len(tokens):
        if tokens[at].word == "GRAPH":
            graphs.append(tokens[at + 1].text)
            at = _closing(tokens, at + 2) + 1
        else:
            bare = bare or tokens[at].text != "."
            at += 1
    return graphs, bare
