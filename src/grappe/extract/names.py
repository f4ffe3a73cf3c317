"""Names: what a passage calls by name, and what sort of thing it calls so.

Several witnesses speak: gazetteers of what is public, given names and titles for people, head nouns that are part
of a name, head nouns before one, lists under a head noun, acronyms beside what they stand for, endings of names,
appositions. Where they disagree the stronger wins; a name that none of them can place is no mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from grappe.extract import lexicon
from grappe.extract.gazetteer import Entry, Gazetteer, Match
from grappe.extract.nlp import Token
from grappe.extract.reading import Mention
from grappe.extract.sentences import Quoted, Sentence
from grappe.iri import fold

__all__ = ["Source", "choose", "find_names"]

UPPER = "A-ZÀ-ÖØ-Þ"
#: One word of a proper name: Genopole, AgenT, bioMérieux, I-Stem, J.POD, PRO-6PO, 3M.
WORD = rf"(?:\d{{0,2}}[{UPPER}][\w'&+/-]*(?:\.[{UPPER}]\w*)*\w|[{UPPER}](?![\w'])|[a-zà-ÿ]{{1,4}}[{UPPER}][\w-]*)"
NAME = rf"{WORD}(?:(?: & | - | )(?:{WORD}|\d{{1,2}}(?![\d,.]* ?(?:m²|m2|€|M|k|%|\w))))*"
_NAME = re.compile(rf"(?<![\w@./-]){NAME}")
_TITLE = r"(?:(?:M|MM|Mme|Mmes|Mlle|Monsieur|Madame|Mesdames|Messieurs|Pr|Prs|Dr|Drs|Professeure?|Docteure?|Me)\.? )"
_PARTICLE = r"(?:(?:de la|de|du|des|le|la|von|van|van der|ben|el|al|da|dos|di) |d'|[Ll]e |[Ll]a |[Dd]e |[Dd]u |[Ee]l |[Bb]en |Van |Von )"
_PERSON = re.compile(
    rf"(?<![\w-])(?P<title>{_TITLE})?(?P<first>[{UPPER}][\w]+(?:-[{UPPER}]\w+)*)(?P<more>(?: [{UPPER}]\w*(?:-[{UPPER}]\w+)*\.?)??)"
    rf" (?P<last>{_PARTICLE}?[{UPPER}][\w']+(?:-[{UPPER}][\w']+)*(?: {_PARTICLE}?[{UPPER}]{{2,}}(?:-[{UPPER}]+)*)?)(?![\w])"
)
_ROLE_AFTER = re.compile(rf" ?(?:,|\(|–) ?(?:(?:la|le|l'|notre|son|sa) ?)?{lexicon.ROLE}")
_ROLE_BEFORE = re.compile(rf"{lexicon.ROLE}(?: [\w'é-]+){{0,3}},? $")
_SMALL = frozenset(
    "le la les l un une des du de d ce cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes il elle ils elles on nous vous je "
    "et ou mais donc or ni car que qui quoi dont où si quand comme lorsque puisque pour par avec sans sous sur dans en à au aux vers chez entre "
    "depuis pendant après avant dès lors parmi selon afin ainsi aussi alors enfin puis cependant toutefois outre malgré grâce tous tout toute toutes "
    "plus moins très bien chaque plusieurs deux trois quatre cinq six sept huit neuf dix aucun aucune autre autres même c'est s'y n y se ne pas non oui "
    "aujourd'hui hier demain ici là voici voilà contact contacts prochain prochaine parallèlement concrètement également faut".split()
)
_NOT_NAMES = frozenset(
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche "
    "pr dr mme m mm mlle monsieur madame communiqué presse article vu considérant objet dossier annexe montant total siret "
    "ht ttc pme eti tpe bpf gmp iso rd r&d hq tél fax covid covid-19 adn arn ia it tic etp ca pib cedex bp".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """What the detectors of names read: the normalised text, its sentences, quotations and tokens, the gazetteers."""

    text: str
    sentences: tuple[Sentence, ...]
    quoted: tuple[Quoted, ...]
    tokens: tuple[Token, ...]
    gazetteer: Gazetteer
    issued: str | None = None


@dataclass(frozen=True, slots=True)
class _Ranked:
    mention: Mention
    rank: int


def find_names(source: Source, taken: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Find the names in a text, beside the values and quotations that already hold their passages.

    Names whose class nobody tells keep the empty class; :func:`grappe.extract.typing` may still learn it.
    """
    ranked = [
        *_gazetteer(source),
        *_people(source),
        *_headed(source),
        *_quoted(source),
        *_numbers_of_departements(source),
        *_unknown(source),
        *_schemes_in_brackets(source),
    ]
    names = choose(ranked_order(ranked), taken)
    return tuple(_with_acronyms(source, _with_heads(source, names)))


def ranked_order(ranked: list[_Ranked]) -> list[Mention]:
    """Return candidates with the strongest first; among equals the longer, then the earlier."""
    ranked.sort(key=lambda r: (-r.rank, -(r.mention.end - r.mention.start), r.mention.start))
    return [r.mention for r in ranked]


def choose(candidates: list[Mention], taken: tuple[Mention, ...]) -> list[Mention]:
    """Return, in order of the text, the candidates that no stronger one and nothing taken overlaps."""
    held = [(m.start, m.end) for m in taken]
    out = []
    for mention in candidates:
        if not any(mention.start < end and start < mention.end for start, end in held):
            held.append((mention.start, mention.end))
            out.append(mention)
    return sorted(out, key=lambda m: m.start)


def _mention(start: int, end: int, kind: str, label: str, rule: str, entry: Entry | None = None) -> Mention:
    return Mention(start, end, (start, end), kind, label, rule, entry=entry)


_TOWN_OFFICE = re.compile(r"(?:[Mm]aire(?:-adjointe?)?|[Mm]unicipale?s?|[Mm]airie|[Cc]ommune) (?:adjointe? )?(?:de |d'|du )$")


def _gazetteer(source: Source) -> Iterator[_Ranked]:
    for match in source.gazetteer.find(source.text):
        entry = _entry_for(source, match)
        if entry is None:
            continue
        before = source.text[max(0, match.start - 12) : match.start]
        if match.ambiguous and not re.search(r"(?:\b(?:à|de|en|vers|sur|du|près de)|[(–,]|\bd') ?$", before):
            continue
        surface = source.text[match.start : match.end]
        aliases = (surface,) if surface != entry.label else ()
        if entry.kind == "Place" and _TOWN_OFFICE.search(source.text, max(0, match.start - 40), match.start):
            label = f"Ville d'{surface}" if re.match(r"[AEIOUYÉÈÊÎÔ]", surface) else f"Ville de {surface}"
            yield _Ranked(Mention(match.start, match.end, (match.start, match.end), "PublicAuthority", label, "town-office", (surface,)), 84)
            continue
        rank = 60 if entry.kind == "Place" and match.ambiguous else 70 if entry.kind == "Place" else 84
        yield _Ranked(Mention(match.start, match.end, (match.start, match.end), entry.kind, entry.label, "gazetteer", aliases, entry), rank)


def _entry_for(source: Source, match: Match) -> Entry | None:
    """Return the entry that a form stands for here, where it is a form of several."""
    entries = match.entries
    if len(entries) == 1:
        return entries[0]
    kinds = {e.kind for e in entries}
    if kinds == {"Place"}:
        return entries[0]
    before = source.text[max(0, match.start - 16) : match.start]
    if "Place" in kinds and re.search(r"(?:\b(?:à|en)|\()\s?$", before):
        return next(e for e in entries if e.kind == "Place")
    if "Accreditation" in kinds and re.search(r"label|agréé|certifi|statut", before, re.I):
        return next(e for e in entries if e.kind == "Accreditation")
    rest = [e for e in entries if e.kind not in ("Accreditation", "Place")]
    return (rest or list(entries))[0]


def _people(source: Source) -> Iterator[_Ranked]:
    at = 0
    while found := _PERSON.search(source.text, at):
        at = found.start() + 1
        first = found["first"]
        if first.casefold() in _SMALL or first.casefold() in _NOT_NAMES:
            continue
        known = any(source.gazetteer.is_first_name(part) for part in [first, *first.split("-")])
        titled = bool(found["title"])
        end = found.end("last")
        after = _ROLE_AFTER.match(source.text, end)
        if not (known or titled):
            entity = _entity(source, found.start("first"), end)
            if not (entity == "PER" and after):
                continue
        last = found["last"]
        if last.casefold() in _NOT_NAMES or (not titled and not after and _is_common(source, first, last)):
            continue
        start = found.start("first")
        label = f"{first}{found['more']} {_proper(last)}"
        rank = 88 if known and (titled or after) else 82 if known or titled else 78
        yield _Ranked(
            Mention(found.start(), end, (start, end), "Person", label, "person-title" if titled else "person-name"),
            rank,
        )
        at = end


def _proper(last: str) -> str:
    """Return a surname written in capitals as it is written otherwise.

    >>> _proper("LARGHERO"), _proper("SAINT-AUBIN"), _proper("Le Goff")
    ('Larghero', 'Saint-Aubin', 'Le Goff')
    """
    return re.sub(rf"[{UPPER}]{{2,}}", lambda m: m[0].capitalize(), last)


def _entity(source: Source, start: int, end: int) -> str:
    votes = [t.entity for t in source.tokens if t.start >= start and t.end <= end]
    return max(votes, key=votes.count) if votes else ""


def _is_common(source: Source, first: str, last: str) -> bool:
    """Return whether a given name begins what is rather a place or a body (« Claude Bernard Lyon »)."""
    return any(
        e.kind != "Person"
        for m in source.gazetteer.find(f"{first} {last}")
        for e in m.entries
        if m.end - m.start > len(last)
    )


_HEADS = re.compile(
    r"(?<![\w-])(?P<head>" + lexicon.alternatives(list(lexicon.NAME_HEADS)) + r")(?= |s )",
    re.I,
)  # fmt: skip


#: A conference that is called by its subject and has a date or a host: « assises de la bioproduction du 21 mai ».
_OCCASION = re.compile(
    r"(?P<name>(?:assises|colloque|congrès|salon|forum|rencontres|sommet|journées?) (?:(?:nationale?s|régionale?s|annuel(?:le)?s?|internationale?s?|européen(?:ne)?s?) )?"
    r"(?:de la |de l'|des |du |d'|de |sur la |sur le |sur les |sur l')[a-zà-ÿ][\w' -]{3,50}?)(?=,? (?:du \d|le \d|les \d|organis|qui se tien|se tien|aur[ao]))"
)


def _headed(source: Source) -> Iterator[_Ranked]:
    """Names whose head noun is part of them: « Institut de biologie moléculaire et cellulaire (IBMC) »."""
    index = {t.start: i for i, t in enumerate(source.tokens)}
    lowered = {head.casefold(): kind for head, kind in lexicon.NAME_HEADS.items()}
    for found in _HEADS.finditer(source.text):
        head, start = found["head"], found.start()
        if start not in index:
            continue
        kind = lowered[head.casefold()]
        capital = head[0].isupper()
        end = _bracketed_end(source.text, start, found.end()) or _extent(
            source, index[start], found.end(), capital=capital, whole=kind == "FundingContract"
        )
        name = source.text[start:end]
        rest = source.text[found.end() : end]
        if not capital and kind == "Conference":
            named = _OCCASION.match(source.text, start)
            if named:
                yield _Ranked(_mention(start, named.end("name"), kind, named["name"], "head-noun"), 74)
                continue
        if not rest.strip() or (not re.search(rf"[{UPPER}]", rest) and not (capital and len(rest.split()) >= 2)):
            continue
        if not capital and not re.search(rf"(?:^| |'|-)[{UPPER}]", rest):
            continue
        if not capital and kind in (
            "Laboratory",
            "Organization",
            "FundingContract",
            "Conference",
            "TechnologyPlatform",
        ):
            continue
        if capital and kind == "PublicAuthority" and not re.search(rf"[{UPPER}]|'", rest):
            continue
        yield _Ranked(_mention(start, end, kind, name, "head-noun"), 86 if capital else 74)


def _bracketed_end(text: str, start: int, after: int) -> int | None:
    """Return where a name ends that is followed by its acronym in brackets, if the acronym is made of its letters."""
    found = re.compile(rf"[^().;:«»]{{4,110}}? \((?P<acronym>[A-Z][\w&/-]{{1,11}}(?: [A-Z\d][\w/]*)?)\)").match(
        text, after
    )
    if not found:
        return None
    end = found.start("acronym") - 2
    return end if spells(found["acronym"], text[start:end]) else None


def spells(acronym: str, name: str) -> bool:
    """Return whether an acronym's letters come, in order, from the name's words, at least half of them initials.

    >>> spells("IBMC", "Institut de biologie moléculaire et cellulaire")
    True
    >>> spells("CRefiX", "Centre de référence, d'innovation, d'expertise et de transfert")
    True
    """
    letters = [c for c in fold(acronym) if c.isalpha()]
    words = [
        w
        for w in fold(name).split()
        if w not in {"de", "du", "des", "et", "la", "le", "les", "d", "l", "en", "a", "pour"}
    ]
    if not letters or not words or letters[0] != words[0][0]:
        return False
    initials = sum(1 for c in letters if any(w[0] == c for w in words))
    joined = iter("".join(words))
    in_order = sum(1 for c in letters if c in joined)
    return initials * 2 >= len(letters) and in_order * 3 >= len(letters) * 2


_LINK = frozenset({"de", "du", "des", "d'", "la", "l'", "le", "les", "en", "aux", "au", "à", "et"})


#: Endings of learned common nouns, which a capital does not make a proper name (« Institut de Génomique numérique »).
_COMMON_NOUN = re.compile(r"(?:iques?|logies?|tions?|omies?|graphies?|thérapies?|ances?|ences?|ités?|ments?|eries?|ures?)$")


def _extent(source: Source, i: int, head_end: int, *, capital: bool, whole: bool = False) -> int:
    """Return where the noun phrase of a name ends: complements in *de*, adjectives, proper names."""
    tokens, end, last_proper = source.tokens, head_end, False
    while i < len(tokens) and tokens[i].end <= head_end:
        i += 1
    gap_end = end
    while i < len(tokens):
        token = tokens[i]
        if token.start - gap_end > 1:
            break
        word = token.text
        proper = bool(re.match(rf"{WORD}$|[{UPPER}]", word)) and word.casefold() not in _NOT_NAMES
        if proper and _COMMON_NOUN.search(word) and not word.isupper():
            proper = False
        if whole and proper and _is_body(source, token.start):
            break
        if word.casefold() in _LINK:
            nxt = next((t for t in tokens[i + 1 : i + 4] if t.text.casefold() not in _LINK), None)
            if nxt is None or nxt.pos in {"VERB", "AUX", "PRON", "PUNCT", "SCONJ"} and not nxt.text[0].isupper():
                break
            joined = i + 1 < len(tokens) and (tokens[i + 1] is nxt or tokens[i + 1].text in {"de", "d'", "du", "des"})
            if word.casefold() == "et" and not (
                joined and capital and not last_proper and nxt.pos in {"ADJ", "NOUN"} and nxt.text.islower()
            ):
                break
            if last_proper and (
                nxt.text.isupper() or nxt.text[0].islower() or word.casefold() in {"à", "en", "au", "et"}
            ):
                break
            if _is_body(source, nxt.start) and end > head_end:
                break
            gap_end = token.end
        elif proper:
            end = gap_end = token.end
            last_proper = True
        elif not last_proper and capital and token.pos in {"NOUN", "ADJ", "PROPN", "VERB"} and word[0].isalpha():
            end = gap_end = token.end
        elif not last_proper and not capital and token.pos in {"ADJ", "NOUN"} and end == head_end and word[0].isalpha():
            end = gap_end = token.end
        elif word in {"-", "/"} or (word.isdigit() and last_proper and len(word) <= 2):
            gap_end = token.end
            end = token.end if word.isdigit() else end
        else:
            break
        i += 1
    return end


def _is_body(source: Source, start: int) -> bool:
    """Return whether a gazetteer's organisation begins here."""
    return any(
        m.start == 0 and e.kind not in ("Place", "Person")
        for m in source.gazetteer.find(source.text[start : start + 70])
        for e in m.entries
    )


_QUOTED_HEADS = {
    **lexicon.COMMON_HEADS,
    **{h: k for h, k in lexicon.NAME_HEADS.items() if k == "Conference"},
    **dict.fromkeys(("labellisé", "labellisée", "labellisés", "labellisées", "certifié", "certifiée"), "Accreditation"),
    "stand": "Conference",
    "exposition": "Event",
    "atelier": "Conference",
}
_QUOTED_HEAD = re.compile(r"(?<![\w-])(?P<head>" + lexicon.alternatives(list(_QUOTED_HEADS)) + r"),? $", re.I)


def _quoted(source: Source) -> Iterator[_Ranked]:
    """Names set in quotation marks after a head noun: « l'appel à projets « Première usine » »."""
    lowered = {head.casefold(): kind for head, kind in _QUOTED_HEADS.items()}
    for quoted in source.quoted:
        if quoted.speech:
            continue
        head = _QUOTED_HEAD.search(source.text, max(0, quoted.start - 50), quoted.start)
        if head:
            label = source.text[slice(*quoted.inner)]
            entry = next(
                (e for m in source.gazetteer.find(label) if m.end - m.start == len(label) for e in m.entries), None
            )
            kind = lowered[head["head"].casefold()]
            yield _Ranked(
                Mention(
                    quoted.start,
                    quoted.end,
                    quoted.inner,
                    entry.kind if entry and kind != "Accreditation" else kind,
                    label,
                    "quoted-name",
                    entry=entry,
                ),
                92,
            )


def _numbers_of_departements(source: Source) -> Iterator[_Ranked]:
    for found in re.finditer(r"\((?P<number>\d[\dAB]|97[1-6])\)", source.text):
        entry = source.gazetteer.departement_by_number(found["number"])
        if entry is not None:
            yield _Ranked(_mention(*found.span("number"), "Place", entry.label, "departement-number", entry), 95)


def _schemes_in_brackets(source: Source) -> Iterator[_Ranked]:
    """Aid schemes enumerated in brackets: what stands beside a known one is one; a bare adjunct goes with the one before.

    « (PM'up Covid, relance, Innov'up Biothérapie) » names three.
    """
    for bracket in re.finditer(r"\(([^()]{8,160})\)", source.text):
        known = [m for m in source.gazetteer.find(bracket[1]) if any(e.kind == "AidScheme" for e in m.entries)]
        pieces = [*re.finditer(r"[^,;]+", bracket[1])]
        if not known or len(pieces) < 2:
            continue
        base = ""
        for piece in pieces:
            words = piece[0].strip()
            start = bracket.start(1) + piece.start() + piece[0].index(words) if words else 0
            match = next((m for m in known if piece.start() <= m.start < piece.end()), None)
            if match is not None:
                base = match.surface
            if not words or len(words.split()) > 4 or re.search(r"\d{3}|€", words):
                continue
            label = words if match is not None or words[0].isupper() else f"{base} {words}".strip()
            yield _Ranked(Mention(start, start + len(words), (start, start + len(words)), "AidScheme", label, "scheme-list", (words,) if words != label else ()), 90)


def _unknown(source: Source) -> Iterator[_Ranked]:
    """Capitalised words that nothing else explains; their class, if any, comes from what stands about them."""
    starts = {s.start for s in source.sentences}
    by_start = {t.start: t for t in source.tokens}
    for found in _NAME.finditer(source.text):
        start, end = found.span()
        while True:
            word = re.match(r"[\w'-]+", source.text[start:end])
            token = by_start.get(start)
            initial = start in starts or source.text[max(0, start - 2) : start].strip() in {"–", "•", "-", "«", ":"}
            elided = word and re.match(r"(?:[LDSCNJMlds]|[Qq]u|Lorsqu|Puisqu)'", word[0])
            if elided:
                start += elided.end()
                if source.text[start].islower() and not re.match(WORD, source.text[start:end]):
                    later = re.search(rf"(?<= ){WORD}", source.text[start:end])
                    start = start + later.start() if later else end
            elif word and (
                word[0].casefold() in _SMALL
                or word[0].casefold() in _NOT_NAMES
                or (
                    initial
                    and token is not None
                    and token.pos in {"DET", "ADP", "PRON", "ADV", "CCONJ", "SCONJ", "AUX", "VERB"}
                    and " " in source.text[start:end]
                )
            ):
                start += word.end() + 1
            else:
                break
            if start >= end:
                break
        if start >= end:
            continue
        label = source.text[start:end]
        token = by_start.get(start)
        if (start in starts and " " not in label and token is not None and token.pos != "PROPN" and label[1:].islower()):  # fmt: skip
            again = re.search(rf"[a-zé,'] {re.escape(label)}\b", source.text)
            if not again:
                continue
        if label.casefold() in _SMALL or label.casefold() in _NOT_NAMES or len(label) < 2 or label.isdigit():
            continue
        kind = next((kind for suffix, kind in lexicon.SUFFIX_KINDS if suffix.search(label)), "")
        yield _Ranked(_mention(start, end, kind, label, "name-ending" if kind else "capitals"), 40 + 5 * bool(kind))


_ADJECTIVES = r"(?: (?!de |du |des |et |ou |est |a |ont |sont |en |à )[a-zà-ÿ][\w-]+){0,2}"
_COMMON_HEAD = re.compile(
    r"(?<![\w-])(?P<head>" + lexicon.alternatives(list(lexicon.COMMON_HEADS)) + rf")(?P<adjectives>{_ADJECTIVES}) $",
    re.I,
)


def _with_heads(source: Source, names: list[Mention]) -> list[Mention]:
    """Take the common noun before a name into its mention, and learn the name's class from it."""
    lowered = {head.casefold(): kind for head, kind in lexicon.COMMON_HEADS.items()}
    out = []
    for name in names:
        head = _COMMON_HEAD.search(source.text, max(0, name.start - 70), name.start)
        while head is not None and out and out[-1].rule == "capitals" and out[-1].start >= head.start():
            out.pop()  # capitals inside the head itself: « Domaine d'Intérêt Majeur X »
        blocked = head is not None and bool(out) and out[-1].end > head.start()
        if head is None or blocked or (name.kind in ("Person", "Place") and name.rule != "capitals"):
            out.append(name)
            continue
        kind = lowered[head["head"].casefold()]
        if name.rule in ("capitals", "name-ending"):
            name = replace(name, kind=kind, rule="head-before")
        elif name.entry is None and name.rule == "head-noun":
            pass
        full = f"{head['head']} {source.text[slice(*name.core)]}"
        if kind == "ResearchNetwork" and name.rule == "head-before" and re.match(r"domaine|DIM", head["head"], re.I):
            name = replace(name, label=f"DIM {name.label}")  # its name is a field: alone it would name the field
        out.append(replace(name, start=head.start(), aliases=(*name.aliases, full)))
    return out


_ACRONYM = re.compile(
    r" ?\((?:ou |dit |dite |ci-après |l'|le |la )?(?P<acronym>[A-Z0-9][\w&/.-]{1,14}(?: [A-Z\d][\w/]*)?)\)"
)
_EXPANSION = re.compile(
    rf", (?:(?:l'|le |la |ou |pour )\s?)?(?P<name>[{UPPER}][\w'-]+(?: [\w'-]+){{2,12}}?)(?=,| \(|\.|;| et l)"
)


def _with_acronyms(source: Source, names: list[Mention]) -> Iterator[Mention]:
    """Join a name and its acronym, either way about: « Institut X (IX) », « IX, Institut X, »."""
    skip_until = -1
    for i, name in enumerate(names):
        if name.start < skip_until:
            continue
        if name.kind not in ("Person", "Place") or name.rule == "head-noun":
            bracket = _ACRONYM.match(source.text, name.end)
            if (
                bracket
                and not re.fullmatch(r"\d+", bracket["acronym"])
                and _may_stand_for(source, bracket, name, names[i + 1 :])
            ):
                skip_until = bracket.end()
                inner = next((n for n in names[i + 1 :] if bracket.start() <= n.start < bracket.end()), None)
                kind, entry = name.kind, name.entry
                if not kind and inner is not None:
                    kind = inner.kind
                if (
                    entry is None
                    and inner is not None
                    and inner.entry is not None
                    and spells(bracket["acronym"], name.label)
                ):
                    entry, kind = inner.entry, inner.kind
                yield replace(
                    name, end=bracket.end(), kind=kind, entry=entry, aliases=(*name.aliases, bracket["acronym"])
                )
                continue
            expansion = _EXPANSION.match(source.text, name.end) if re.search(r"[A-Z]{2}", name.label) else None
            if expansion and spells(name.label, expansion["name"]) and len(name.label) <= 12:
                skip_until = expansion.end()
                end = expansion.end()
                if source.text[end : end + 1] == ",":
                    end += 1
                    skip_until = end
                head = re.match(r"\w+", expansion["name"])
                kind = name.kind or lexicon.NAME_HEADS.get(head[0].casefold() if head else "", "")
                yield replace(name, end=end, kind=kind, aliases=(*name.aliases, expansion["name"]))
                continue
        yield name


def _may_stand_for(source: Source, bracket: re.Match[str], name: Mention, later: list[Mention]) -> bool:
    acronym = bracket["acronym"]
    if spells(acronym, source.text[slice(*name.core)]):
        return True
    inner = next((n for n in later if bracket.start() <= n.start < bracket.end()), None)
    if inner is not None and inner.entry is not None:
        return inner.entry == name.entry
    known = inner is not None and inner.rule != "capitals"
    return (
        not known
        and acronym.isupper()
        and len(acronym) >= 2
        and acronym[0] == name.label[:1].upper()
        and name.kind != ""
    )
