"""Events: visits, signings, inaugurations, conferences — found by verb or noun, with who took part, when and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from grappe.extract.claims import Claim, Said, asserted, not_stated
from grappe.extract.gatherings import on_a_day
from grappe.extract.reading import Hit, Masked, Mention, Reading, Thing, pattern
from grappe.extract.source import Source
from grappe.extract.values import Date, xsd
from grappe.extract.walk import Walk
from grappe.model import Literal

__all__ = ["attended", "dates_and_hosts", "find_events", "participants"]

_OFFICIALLY = r"(?:officiellement |conjointement |également |solennellement )?"
_DONE = r"(?:(?:a|ont) été|est|sont|sera|seront|était) (?:officiellement |solennellement )?"
_ATTENDED = r"(?=[^.;]{0,160}\b(?:en présence d|devant (?:des |de )|aux côtés d|par (?:[MDP][mr]e? )?[A-ZÉ]\w+ [A-ZÉ]))"
#: Verbs of occasions, with the class and the label of each.
_VERBS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(
            r"\b(?:se sont rendue?s?|s'est rendue?|ont visité|a visité|visitent|s'est déplacée?|se sont déplacée?s?|(?:ont|a) découvert(?= [^.;]{0,80}\b(?:visite|locaux|installations|site|usine|laboratoire))|(?:est|sont) venue?s? (?:visiter|découvrir)|(?:ont|a) effectué (?:un déplacement|une visite))\b"
        ),
        "Visit",
        "visite",
    ),
    (
        re.compile(
            rf"\b(?:ont|a|avons|ai) {_OFFICIALLY}(?:inauguré|coupé le ruban)\b|\bruban (?:a été|est|sera) coupé\b{_ATTENDED}|\binaugurent\b|\binaugure\b|\b(?:inaugurera|inaugureront|viennent d'inaugurer|vient d'inaugurer)\b|\b{_DONE}inaugurée?s?\b{_ATTENDED}"
        ),
        "Inauguration",
        "inauguration",
    ),
    (
        re.compile(
            rf"\b(?:ont|a) {_OFFICIALLY}posé (?:ce \w+ |hier |aujourd'hui )?(?:\w+ ){{0,3}}?la première pierre\b|\b(?:ont|a) {_OFFICIALLY}posé(?=[^.;]{{0,160}}? la première pierre\b)|(?<![\w-])(?:[Pp]ose de la |[Ll]a )?première pierre(?= (?:de |d'|du |des ))"
        ),
        "Event",
        "pose de la première pierre",
    ),
    (
        re.compile(
            rf"\b(?:a été|est) officiellement lancée?\b|\b(?:ont|a) officiellement lancé\b|\b{_DONE}lancée?s?\b{_ATTENDED}"
        ),
        "Event",
        "lancement",
    ),
    (
        re.compile(
            rf"\b(?:ont|a) {_OFFICIALLY}(?:signé|paraphé)(?: (?=ce (?:jour|matin|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\d))|(?=,? le \d)|{_ATTENDED})|\b{_DONE}(?:signée?s?|paraphée?s?)\b{_ATTENDED}|(?<=\w )(?:signée?|paraphée?)(?= (?:ce |hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|le \d)[^.;]{{0,80}} par [A-ZÉ])"
        ),
        "Signing",
        "signature",
    ),
    (
        re.compile(
            r"\b(?:ont|a) (?:présenté|dévoilé|rendu publi(?:cs?|ques?))(?= (?:ce (?:jour|matin|\w+di)|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|le \d))"
        ),
        "Event",
        "présentation",
    ),
    (re.compile(rf"\b{_DONE}dévoilée?s?\b{_ATTENDED}"), "Event", "dévoilement"),
    (re.compile(rf"\b{_DONE}(?:remise?s?|décernée?s?)\b{_ATTENDED}"), "Event", "remise"),
)
#: Nouns of occasions; of the last sort only those that a word beside them makes an occasion of their own.
_NOUNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"(?<![\w-])(?:[Vv]isite|[Dd]éplacement)(?= (?:de|du|des|d'|au|à|a|s'est|officiel|organis|ministériel|guidé|ouvert|était|sera|est)\b)"
        ),
        "Visit",
    ),
    (
        re.compile(
            r"(?<![\w-])(?:conférence de presse|[Pp]oint(?: de)? presse|table ronde|journée (?:consacrée|dédiée) (?:à la |à l'|aux |au |à )[\wé' -]{3,40}?|journée (?:technique|scientifique|professionnelle|d'information|d'échanges|portes ouvertes)|portes ouvertes|réunion (?:publique|de lancement|d'information)|convention d'affaires)(?= |,|\.|:)"
        ),
        "Conference",
    ),
    (
        re.compile(
            r"(?<=\b(?:un|le|du|au|ce) )(?:colloque|séminaire|webinaire|symposium|forum|salon|congrès|hackathon|atelier)(?= (?:de lancement|de clôture|annuel)|[^.;]{0,60}(?:en présence|organis|co-?organis|se tien|aura lieu|réuni|consacré|dédié|le \d|à [A-Z]))|(?<=\b[Uu]ne )(?:conférence|rencontre|soirée|réunion|matinée|journée)(?=,? [^.;]{0,180}?(?:organis|co-?organis|se tien|aura lieu|réuni|consacré|dédié|le \d|à [A-Z]))"
        ),
        "Conference",
    ),
    (
        re.compile(r"(?<![\w-])(?:[Cc]érémonie d')?[Ii]nauguration(?= (?:de|du|des|d'|a eu|s'est|officielle)\b|,)"),
        "Inauguration",
    ),
    (
        re.compile(
            r"(?<![\w-])(?:[Cc]érémonie de signature|[Ss]ignature officielle|[Ss]ignature(?= (?:de|du|des) [^.;]{0,140}?(?:a eu lieu|aura lieu|s'est tenue|se tiendra|s'est déroulée|donnera lieu)))"
        ),
        "Signing",
    ),
)
#: Of what is told beside its day, what is no verb.
_NOUN = re.compile(
    r"(?:signature|inauguration|visite|déplacement|remise|cérémonie|présentation|point|conférence|lancement|dévoilement"
    r"|restitution|clôture|matin|soirée|petit|journée|colloque|congrès|forum|salon|séminaire|webinaire|symposium|rencontre"
    r"|assises|atelier|portes|hackathon|convention)",
    re.I,
)
_BACK = re.compile(
    r"(?<![\w-])(?:[Cc]e(?:tte|t)? (?:déplacement|visite|cérémonie|inauguration|rencontre|événement|rendez-vous|signature|journée)|[Àà] cette occasion|A cette occasion|[Ll]a cérémonie|coupé le ruban|[Aa]utour du ruban|(?:avait|avaient) (?:auprès (?:de lui|d'elle|d'eux)|à (?:ses|leurs) côtés)|[Àà] (?:ses|leurs) côtés(?= (?:se (?:trouvai|tenai)|étai|figurai))|[Yy] (?:prendront|ont pris|prennent) la parole|(?:les|l'|la|le) (?:ont|a) (?:accueilli|reçu|guidé)e?s?|[Éé]taient (?:aussi |également |notamment )?(?:présente?s?|réunie?s?|rassemblée?s?)|(?:ont|a) guidé la visite|(?:en )?(?:ont|a) présenté (?:les |le |la |l')(?:équipements?|installations?|locaux|lieux|bâtiment|site|plateforme)|(?:ont|a) fait visiter|(?:ont|a) accueilli la délégation|(?:[Ee]lle|[Ii]l)s? étai(?:t|ent) (?:également )?accompagnée?s?|cette occasion)(?![\w-])"
)


#: Occasions at which nobody confers.
_GATHERING = re.compile(r"portes ouvertes|matinée|soirée|remise|point")


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
            named = any(m.start - found.end() in (1, 2, 3) and m.kind == kind for m in taken)  # « le salon X »
            if not named and free(*found.span()) and _in_sentence(source, *found.span()):
                label = found[0].strip().casefold()
                sort = "Event" if _GATHERING.search(label) else kind
                out.append(
                    Mention(
                        *found.span(), found.span(), sort, {"déplacement": "visite"}.get(label, label), "event-noun"
                    )
                )
    for start, end, kind, label in on_a_day(source, taken):
        again = label == "cérémonie" and any(m.start < start for m in out)
        if free(start, end) and not again:
            rule = "event-noun" if _NOUN.match(source.text, start) else "event-verb"
            out.append(Mention(start, end, (start, end), kind, label, rule))
    out.sort(key=lambda m: m.start)
    out = [_of_the_day(source, m, out) for m in out]
    for found in _BACK.finditer(source.text):
        earlier = next((m for m in reversed(out) if m.start < found.start()), None)
        if earlier is not None and free(*found.span()):
            out.append(Mention(*found.span(), found.span(), earlier.kind, earlier.label, "event-again"))
            out.sort(key=lambda m: m.start)
    return tuple(out)


def _of_the_day(source: Source, mention: Mention, found: list[Mention]) -> Mention:
    """Return a visit told after an inauguration as part of it: « La visite des installations a été conduite par … »."""
    before = source.text[max(0, mention.start - 4) : mention.start].casefold()
    if mention.kind != "Visit" or mention.rule != "event-noun" or not before.endswith(("la ", "une ")):
        return mention
    earlier = [m for m in found if m.start < mention.start and mention.start - m.end < 700]
    dated = re.match(r"[^.;]{0,60}(?:\d{1,2} \w+ \d{4}|ce jour)", source.text[mention.end :])
    if before.endswith("la ") and earlier and earlier[-1].kind == "Inauguration" and not dated:
        return replace(mention, kind=earlier[-1].kind, label=earlier[-1].label, rule="event-again")
    return mention


def _in_sentence(source: Source, start: int, end: int) -> bool:
    return any(s.start <= start and end <= s.end and s.kind in ("paragraph", "item") for s in source.sentences)


_PRESENT = re.compile(
    r"(?:en présence (?:notamment )?(?:de|du|des|d')|sous la présidence (?:de|du|des|d')|devant|parmi lesquels|aux côtés (?:de|du|des|d')|accompagnée?s? (?:de|du|des|d'|par)|en compagnie (?:de|du|des|d')|[Éé]taient (?:aussi |également |notamment )?(?:présente?s?|réunie?s?|rassemblée?s?)|(?:conduite?s?|présidée?s?|animée?s?|menée?s?|ouverte?s?|guidée?s?) par|entourée?s? (?:de|d'))(?P<who>.*)"
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
            if re.match(
                r".*(?:coupé le ruban|guidé la visite|présenté|fait visiter|accueilli)",
                reading.normal.text[mention.start : mention.end],
            ):
                yield from _subjects(reading, masked, before, event, found.end())
            scope = masked.text[found.start() :]
            present = _PRESENT.search(scope) or _PRESENT.search(
                reading.normal.text[mention.start : mention.end] + masked.text[found.end() :]
            )
            if present and (
                mention.rule != "event-noun"
                or re.search(
                    r"(?:conduite?s?|présidée?s?|animée?s?|menée?s?|guidée?s?) par|présence|présidence|devant|parmi lesquels|aux côtés|accompagn",
                    scope,
                )
            ):
                yield from _listed(reading, masked, found.start(), present["who"], event)
                yield from _bodies_present(reading, masked, scope, event)
            elif (
                mention.rule == "event-again"
                and "ruban" in reading.normal.text[mention.start : mention.end]
                and re.match(r"⟨E\d+⟩ ?:", scope)
            ) or (
                mention.rule == "event-again"
                and re.search(
                    r"présent|réuni|rassembl|parole|côtés|auprès", reading.normal.text[mention.start : mention.end]
                )
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
        for found in re.finditer(r"⟨Q\d+⟩,[^⟨⟩]*⟨E(\d+)⟩,? ⟨P(\d+)⟩|(?:à|lors de) ⟨E(\d+)⟩,? ⟨P(\d+)⟩", masked.text):
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


def _shown(masked: Masked, reading: Reading, end: int) -> tuple[int, int]:
    """Return the range of the mention of an event that ends at a place of the masked text."""
    number = int(masked.text[masked.text.rindex("⟨", 0, end) + 2 : end - 1])
    return reading.mentions[number].start, reading.mentions[number].end


def _bodies_present(reading: Reading, masked: Masked, scope: str, event: Thing) -> Iterator[Said]:
    """« en présence de la Région X et du CEA »: bodies that are there by themselves."""
    found = re.search(r"en présence (?:notamment )?(?P<list>de ⟨O\d+⟩(?:(?: ?, ?| et |, et )(?:de )?⟨O\d+⟩)*)", scope)
    for number in re.findall(r"⟨O(\d+)⟩", found["list"] if found else ""):
        yield from _took_part(reading, masked, event, int(number), 0, len(masked.text))


_ON_OCCASION = r"(?:lors de|lors du (?:salon|forum|congrès|colloque)|à l'occasion de|au cours de|en marge de|dans le cadre de|en ouverture de)"
_SPOKE = r"(?:présent|annonc|sign|déclar|dévoil|remis|rappel|soulign|prononc|particip|intervenu|échang|salu|accueilli|ouvert|pris la parole|clôtur|lanc|insist|découvert|confirm)"


def attended(reading: Reading) -> Iterator[Said]:
    """« Lors d'une conférence de presse …, A et B ont présenté … », « A a participé à … », « la journée a réuni A »."""
    for masked in reading.masked:
        if "⟨E" not in masked.text:
            continue
        walk = Walk(masked)
        for k, word in enumerate(walk.words):
            event = reading.thing_at(word.number) if word.letter == "E" else None
            if event is None:
                continue
            front = re.match(rf"{_ON_OCCASION} ⟨E{word.number}⟩", masked.text, re.I)
            before, after = masked.text[: word.start], masked.text[word.end :]
            spoken = re.compile(rf"\b(?:a|ont|avait|avaient|est|sont)\b (?:\w+ )?{_SPOKE}")
            if front and (verb := spoken.search(after)):
                for i in walk.subjects(word.end + verb.start()):
                    yield from _attends(reading, walk, event, i, k, "present-at")
                for i in _people(walk, k + 1, walk.at(word.end + verb.start())):
                    yield from _attends(reading, walk, event, i, k, "present-at")
            elif re.search(rf"{_ON_OCCASION} $", before) and (verb := spoken.search(before)):
                for i in _people(walk, 0, walk.at(verb.start())):
                    yield from _attends(reading, walk, event, i, k, "present-at")
            elif (
                re.search(r"(?:a|ont) (?:\w+ )?(?:participé|assisté|pris part) à $", before)
                and (verb := re.search(r"(?:a|ont) (?:\w+ )?(?:participé|assisté|pris part)", before))
                and not not_stated(before)
            ):
                for i in walk.subjects(verb.start()):
                    if walk.words[i].letter in "PO":
                        yield from _attends(reading, walk, event, i, k, "took-part-in")
            if verb := re.match(
                r"(?:[^⟨⟩.;]|⟨[DLFPO]\d+⟩){0,70}? (?:a réuni|a rassemblé|réunit|réunira|rassemble|rassemblait|réunissait|accueillait)\b",
                after,
            ):
                for i, gap in walk.complements(word.end + verb.end()):
                    if walk.words[i].letter in "PO" and not walk.governed(i) and not re.search(r"\d", gap):
                        yield from _attends(reading, walk, event, i, k, "gathered")


def _people(walk: Walk, first: int, last: int) -> list[int]:
    return [i for i in range(first, last) if walk.words[i].letter == "P" and not walk.governed(i)]


def _attends(reading: Reading, walk: Walk, event: Thing, i: int, k: int, rule: str) -> Iterator[Said]:
    who = reading.thing_at(walk.words[i].number)
    if who is not None and walk.words[i].letter in "PO":
        low, high = sorted((i, k))
        span = walk.masked.origin(walk.words[low].start, walk.words[high].end, reading.mentions)
        yield Claim(event.id, "grp:participant", who.id, span, rule, 0.8)


def _subjects(reading: Reading, masked: Masked, before: str, event: Thing, end: int) -> Iterator[Said]:
    after = masked.text[end:]
    said = reading.normal.text[slice(*_shown(masked, reading, end))]
    if re.match(r"(?:ruban )?(?:(?:a|ont) été|est|sont|sera|seront|était|signée?|paraphée?)\b", said):
        agents = re.match(r"(?:[^⟨⟩.;]|⟨[DL]\d+⟩){0,60}? par (?P<list>.*)", after)
        for number in re.findall(r"⟨P(\d+)⟩", re.split(r"(?<!\w)\. |;", agents["list"])[0] if agents else ""):
            yield from _took_part(reading, masked, event, int(number), len(before), len(masked.text))
        return
    laid = re.search(r"\b(?:a|ont|va|vont)? ?(?:posé|pose|posent|poser)\b", before)
    laying = re.match(r"(?:a|ont) (?:\w+ )?posé\b", said)
    if (laid or laying) and "pierre" in event.label:
        walk = Walk(masked)
        for k in walk.subjects(laid.start() if laid else len(before)):
            if walk.words[k].letter == "O":
                yield from _took_part(reading, masked, event, walk.words[k].number, walk.words[k].start, end)
    passive = re.search(r"première pierre|lancement|dévoilement|remise", event.label)
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
    for hit in reading.find(
        pattern(r"{E:e}(?P<gap>(?:[^⟨⟩.;]|\.(?=\w)|⟨[FJOL]\d+⟩){0,80}?){D:d}"), ("paragraph", "item")
    ):
        yield from _dated(hit)
    for hit in reading.find(pattern(r"{D:d}(?P<gap>, (?:{L:l}|[^⟨⟩.;–]{2,30})? ?– ){E:e}")):
        yield from _dated(hit)
        event, place = hit.thing("e"), hit.thing("l")
        if event and place:
            yield Claim(event.id, "grp:locatedIn", place.id, hit.span, "agenda")
    for hit in reading.find(pattern(r"{D:d}(?P<gap>(?:, à ⟨L\d+⟩,)?(?: |, )(?:une |la )?){E:e}")):
        yield from _dated(hit)
    for hit in reading.find(pattern(r"{D:d}(?P<gap> ?: (?:une |un )?){E:e}"), ("paragraph", "item", "row", "heading")):
        yield from _dated(hit)
    held = r"(?:s'est tenue?|se tiendra|se tenait|aura lieu|a eu lieu|était organisée?|s'est déroulée?)"
    for hit in reading.find(pattern(rf"{{D:d}},?(?P<gap> {held}(?: à {{L:l}})?[^⟨⟩.;]{{0,25}}?){{E:e}}")):
        yield from _dated(hit)
        event, place = hit.thing("e"), hit.thing("l")
        if event and place:
            yield Claim(event.id, "grp:locatedIn", place.id, hit.span, "held-at", 0.85)
    organised = r"(?:organisée?s? (?:[^⟨⟩.;]{0,25}?(?:⟨[LD]\d+⟩[^⟨⟩.;]{0,12}?){0,3})?(?:par|avec)|à l'initiative de|proposée?s?(?: (?:aux|à) [^⟨⟩.;,]{1,30})? par|co-?organisée?s? par)"
    for hit in reading.find(
        pattern(rf"{{E:e}}(?:[^⟨⟩.;]|⟨[DLFO]\d+⟩)*?,? {organised} (?:l[ea] [a-zé]+ et |l'[a-zé]+ et )?(?P<y>{{O*}})")
    ):
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
    gathered = r"(?P<y>{O*})(?: et {OP:z})? (?:avaient|ont|a|avait) (?:\w+ )?(?:réuni|rassemblé|convié|invité)(?:[^⟨⟩.;]|⟨[DLO]\d+⟩){0,80}?,? (?:lors de|pour|à l'occasion de|à) {E:e}"
    for hit in reading.find(pattern(gathered)):
        event = hit.thing("e")
        for body in hit.things("y"):
            if event and asserted(hit):
                yield Claim(event.id, "grp:organizer", body.id, hit.span, "gathers", 0.85)
        for found in re.finditer(r"⟨D(\d+)⟩", hit.match[0]):
            date = reading.mentions[int(found[1])].value
            if event and isinstance(date, Date) and date.precision != "year":
                lexical, datatype = xsd(date)
                yield Claim(event.id, "grp:eventDate", Literal(lexical, datatype), hit.span, "gathers", 0.8)
        for found in re.finditer(r"⟨L(\d+)⟩", hit.match[0]):
            place = reading.thing_at(int(found[1]))
            if event and place:
                yield Claim(event.id, "grp:locatedIn", place.id, hit.span, "gathers", 0.7)
            break
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
