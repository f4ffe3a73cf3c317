"""Events: visits, signings, inaugurations, conferences — found by verb or noun, with who took part, when and where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Said, asserted
from grappe.extract.reading import Hit, Masked, Mention, Reading, Thing, pattern
from grappe.extract.source import Source
from grappe.extract.values import Date, xsd
from grappe.model import Literal

__all__ = ["dates_and_hosts", "find_events", "participants"]

_VERBS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(
            r"\b(?:se sont rendue?s?|s'est rendue?|ont visité|a visité|visitent|s'est déplacée?|se sont déplacée?s?)\b"
        ),
        "Visit",
        "visite",
    ),
    (
        re.compile(r"\b(?:ont|a) (?:officiellement |conjointement |également )?inauguré\b|\binaugurent\b|\binaugure\b"),
        "Inauguration",
        "inauguration",
    ),
    (
        re.compile(
            r"\bpremière pierre (?:de |d'|du )(?:[^.;,]{0,60}?) (?:a été|est) posée\b|\b(?:ont|a) posé (?:ce \w+ )?la première pierre\b"
        ),
        "Event",
        "pose de la première pierre",
    ),
    (re.compile(r"\b(?:a été|est) officiellement lancée?\b|\b(?:ont|a) officiellement lancé\b"), "Event", "lancement"),
    (
        re.compile(
            r"\b(?:ont|a) (?:officiellement )?(?:signé|paraphé) ce (?:jour|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\d)"
        ),
        "Signing",
        "signature",
    ),
)
_NOUNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"(?<![\w-])(?:visite|déplacement)(?= (?:de|du|des|d'|au|à|a|s'est|officiel|organis|ministériel|guidé|ouvert|était|sera|est)\b)"
        ),
        "Visit",
    ),
    (
        re.compile(
            r"(?<![\w-])(?:conférence de presse|table ronde|journée (?:consacrée|dédiée) (?:à la |à l'|aux |au |à )[\wé' -]{3,40}?)(?= |,|\.)"
        ),
        "Conference",
    ),
    (re.compile(r"(?<![\w-])[Ii]nauguration(?= (?:de|du|des|d'|a eu|s'est)\b)"), "Inauguration"),
    (re.compile(r"(?<![\w-])[Ss]ignature officielle"), "Signing"),
)
_BACK = re.compile(
    r"(?<![\w-])(?:[Cc]e(?:tte|t)? (?:déplacement|visite|cérémonie|inauguration|rencontre|événement|rendez-vous|signature|journée)|[Àà] cette occasion|A cette occasion|[Ll]a cérémonie|coupé le ruban|[Éé]taient (?:aussi |également )?présents?|ont guidé la visite|cette occasion)(?![\w-])"
)


def find_events(source: Source, taken: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Find what happened; mentions of one sort without a name of their own share a label, and so one thing."""
    out: list[Mention] = []

    def free(start: int, end: int) -> bool:
        return not any(m.start < end and start < m.end for m in (*taken, *out))

    for expression, kind, label in _VERBS:
        for found in expression.finditer(source.text):
            inner = next((m for m in taken if m.start < found.end() and found.start() < m.end), None)
            start, end = found.span()
            if inner is not None:
                start, end = max(start, inner.end + 1) if inner.end < found.end() else start, found.end()
                end = end if inner.start <= start else inner.start
            if start < end and free(start, end) and _in_sentence(source, start, end):
                out.append(Mention(start, end, (start, end), kind, label, "event-verb"))
    for expression, kind in _NOUNS:
        for found in expression.finditer(source.text):
            if free(*found.span()) and _in_sentence(source, *found.span()):
                label = found[0].strip().casefold()
                out.append(
                    Mention(
                        *found.span(), found.span(), kind, {"déplacement": "visite"}.get(label, label), "event-noun"
                    )
                )
    out.sort(key=lambda m: m.start)
    for found in _BACK.finditer(source.text):
        earlier = next((m for m in reversed(out) if m.start < found.start()), None)
        if earlier is not None and free(*found.span()):
            out.append(Mention(*found.span(), found.span(), earlier.kind, earlier.label, "event-again"))
            out.sort(key=lambda m: m.start)
    return tuple(out)


def _in_sentence(source: Source, start: int, end: int) -> bool:
    return any(s.start <= start and end <= s.end and s.kind in ("paragraph", "item") for s in source.sentences)


_PRESENT = re.compile(
    r"(?:en présence (?:notamment )?(?:de|d')|devant|aux côtés (?:de|d')|accompagnée?s? (?:de|par)|en compagnie (?:de|d')|[Éé]taient (?:aussi |également )?présents?|conduite par|entourée?s? (?:de|d'))(?P<who>.*)"
)
_STANDS_FOR = re.compile(
    r"(?:dirigeants|représentants|chefs d'entreprises?|élus|responsables|équipes|membres) (?:de |des |de la |d')?(?:(?:entreprises|sociétés|start-up|partenaires|structures)(?: \w+)? ?:? ?)?(?P<list>(?:de )?⟨O\d+⟩(?:(?: ?, ?| et |, de | et de |,? ainsi que )(?:de )?⟨O\d+⟩)*)"
)


def participants(reading: Reading) -> Iterator[Said]:
    """« Valérie Pécresse … se sont rendues ce jour au biocluster Genopole … en présence de Stéphane Beaudet … »."""
    for place, masked in enumerate(reading.masked):
        events = list(re.finditer(r"⟨E(\d+)⟩", masked.text))
        for found in events:
            mention = reading.mentions[int(found[1])]
            event = reading.thing_at(int(found[1]))
            if event is None:
                continue
            before = masked.text[: found.start()]
            if mention.rule == "event-verb":
                yield from _subjects(reading, masked, before, event, found.end())
            if re.match(r".*(?:coupé le ruban|ont guidé la visite)", reading.normal.text[mention.start : mention.end]):
                yield from _subjects(reading, masked, before, event, found.end())
            scope = masked.text[found.start() :]
            present = _PRESENT.search(scope) or _PRESENT.search(
                reading.normal.text[mention.start : mention.end] + scope
            )
            if present and (mention.rule != "event-noun" or "conduite par" in scope or "présence" in scope):
                yield from _listed(reading, masked, found.start(), present["who"], event)
            elif (
                mention.rule == "event-again"
                and "présent" in mention.label + reading.normal.text[mention.start : mention.end]
            ):
                yield from _listed(reading, masked, found.start(), scope, event)
            if place + 1 < len(reading.masked) and re.search(r"en présence de ?:? ?$", masked.text):
                for later in reading.masked[place + 1 : place + 12]:
                    if later.sentence.kind != "item" and not re.match(r"[-•–] ?", later.text):
                        break
                    yield from _listed(reading, later, 0, later.text, event)
        for found in re.finditer(
            r"⟨P(\d+)⟩,(?: [^⟨⟩]*(?:⟨[OJ]\d+⟩[^⟨⟩]*)?,)? (?:invitée?|présente?|intervenante?) à (?:la |l')?⟨E(\d+)⟩",
            masked.text,
        ):
            who, event = reading.thing_at(int(found[1])), reading.thing_at(int(found[2]))
            if who and event:
                yield Claim(
                    event.id,
                    "grp:participant",
                    who.id,
                    masked.origin(found.start(), found.end(), reading.mentions),
                    "invited",
                )
        for found in re.finditer(r"⟨Q\d+⟩,[^⟨⟩]*à ⟨E(\d+)⟩ ⟨P(\d+)⟩|à ⟨E(\d+)⟩,? ⟨P(\d+)⟩", masked.text):
            event, who = reading.thing_at(int(found[1] or found[3])), reading.thing_at(int(found[2] or found[4]))
            if who and event:
                yield Claim(
                    event.id,
                    "grp:participant",
                    who.id,
                    masked.origin(found.start(), found.end(), reading.mentions),
                    "speaks-there",
                    0.8,
                )


def _subjects(reading: Reading, masked: Masked, before: str, event: Thing, end: int) -> Iterator[Said]:
    after = masked.text[end:]
    passive = re.match(r"⟨E", masked.text[len(before) :]) and re.search(r"première pierre|lancé", event.label)
    people = [*re.finditer(r"⟨P(\d+)⟩", before)]
    if people and not passive:
        for found in people:
            yield from _took_part(reading, masked, event, int(found[1]), found.start(), end)
    elif not passive:
        bodies = re.search(r"(?P<list>⟨O\d+⟩(?: \([^()]*\))?(?:(?:, | et )⟨O\d+⟩(?: \([^()]*\))?)*) ?$", before)
        for number in re.findall(r"⟨O(\d+)⟩", bodies["list"] if bodies else ""):
            yield from _took_part(reading, masked, event, int(number), 0, end)
    if event.kind == "Event":
        present = re.search(
            r"devant (?:des représentants )?(?P<list>(?:de )?⟨O\d+⟩(?:(?:, | et )(?:de )?⟨O\d+⟩)*)", after
        )
        for number in re.findall(r"⟨O(\d+)⟩", present["list"] if present else ""):
            yield from _took_part(reading, masked, event, int(number), 0, len(masked.text))


def _listed(reading: Reading, masked: Masked, start: int, text: str, event: Thing) -> Iterator[Said]:
    text = re.split(r"(?<!\w)\. ", text)[0]
    for number in re.findall(r"⟨P(\d+)⟩", text):
        yield from _took_part(reading, masked, event, int(number), start, len(masked.text))
    for found in _STANDS_FOR.finditer(text):
        for number in re.findall(r"⟨O(\d+)⟩", found["list"]):
            yield from _took_part(reading, masked, event, int(number), start, len(masked.text))


def _took_part(reading: Reading, masked: Masked, event: Thing, mention: int, start: int, end: int) -> Iterator[Said]:
    who = reading.thing_at(mention)
    where = masked.text.find(f"{mention}⟩")
    if who is None or where < 0:
        return
    a, b = (
        min(start, where - 2),
        max(where + len(str(mention)) + 1, min(end, len(masked.text)) if start == where - 2 else where),
    )
    ends = masked.origin(
        max(0, masked.text.rindex("⟨", 0, where + 1)), masked.text.index("⟩", where) + 1, reading.mentions
    )
    anchor = (
        masked.origin(max(0, a), max(b, a + 1), reading.mentions)
        if masked.text[max(0, a) : max(b, a + 1)].count("⟨") == masked.text[max(0, a) : max(b, a + 1)].count("⟩")
        else ends
    )
    yield Claim(
        event.id, "grp:participant", who.id, (min(anchor[0], ends[0]), max(ends[1], anchor[1])), "takes-part", 0.85
    )


def dates_and_hosts(reading: Reading) -> Iterator[Said]:
    """« assises de la bioproduction du 21 mai 2021 organisées avec Genopole et Medicen »: dates, hosts, places of events."""
    for hit in reading.find(pattern(r"{E:e}(?P<gap>(?:[^⟨⟩.;]|⟨[FJOL]\d+⟩){0,80}?){D:d}"), ("paragraph", "item")):
        yield from _dated(hit)
    for hit in reading.find(pattern(r"{D:d}(?P<gap>, (?:{L:l})? ?– ){E:e}")):
        yield from _dated(hit)
        event, place = hit.thing("e"), hit.thing("l")
        if event and place:
            yield Claim(event.id, "grp:locatedIn", place.id, hit.span, "agenda")
    for hit in reading.find(pattern(r"{D:d}(?P<gap>(?:, à ⟨L\d+⟩,)?(?: |, )(?:une |la )?){E:e}")):
        yield from _dated(hit)
    organised = r"(?:organisée?s? (?:[^⟨⟩.;]{0,25}?(?:⟨[LD]\d+⟩[^⟨⟩.;]{0,12}?){0,3})?(?:par|avec)|à l'initiative de|proposée?s? par|co-?organisée?s? par)"
    for hit in reading.find(pattern(rf"{{E:e}}(?:[^⟨⟩.;]|⟨[DLFO]\d+⟩)*?,? {organised} (?P<y>{{O*}})")):
        event = hit.thing("e")
        for body in hit.things("y"):
            if event and asserted(hit):
                yield Claim(event.id, "grp:organizer", body.id, hit.span, "organised-by")
    for hit in reading.find(
        pattern(
            r"(?P<y>{O*}) organis(?:e|ent|eront|era|ait|aient)(?:(?: (?:le|ce))? ⟨D\d+⟩)?,?(?: à ⟨L\d+⟩,)? (?:une |un |la |le )?{E:e}"
        )
    ):
        event = hit.thing("e")
        for body in hit.things("y"):
            if event and asserted(hit):
                yield Claim(event.id, "grp:organizer", body.id, hit.span, "organises")
    for hit in reading.find(pattern(r"{E:e}(?:[^⟨⟩.;]|⟨[DFOJ]\d+⟩){0,80}?,? (?:à|sur) {L:l}"), ("paragraph", "item")):
        event, place = hit.thing("e"), hit.thing("l")
        if event and place and reading.mentions[int(hit["e"] or 0)].rule != "event-again":
            yield Claim(event.id, "grp:locatedIn", place.id, hit.span, "event-at", 0.8)
    for hit in reading.find(pattern(r"{D:d}, à {L:l}, (?:une |un )?{E:e}")):
        event, place = hit.thing("e"), hit.thing("l")
        if event and place:
            yield Claim(event.id, "grp:locatedIn", place.id, hit.span, "event-at")


def _dated(hit: Hit) -> Iterator[Said]:
    event, date = hit.thing("e"), hit.mention("d")
    if (
        event is None
        or date is None
        or not isinstance(date.value, Date)
        or date.value.precision == "year"
        or re.search(r"⟨[FO]\d+⟩[^⟨⟩]*(?:depuis|ouvert|créé)", hit["gap"] or "")
    ):
        return
    lexical, datatype = xsd(date.value)
    yield Claim(event.id, "grp:eventDate", Literal(lexical, datatype), hit.span, "dated")
