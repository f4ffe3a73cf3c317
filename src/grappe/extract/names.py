"""Names: what a passage calls by name, and what sort of thing it calls so.

Several witnesses speak: gazetteers of what is public, given names and titles for people, head nouns that are part
of a name, head nouns before one, lists under a head noun, acronyms beside what they stand for, endings of names,
appositions. Where they disagree the stronger wins; a name that none of them can place is no mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract import lexicon
from grappe.extract.companions import with_acronyms, with_heads, with_tails
from grappe.extract.gazetteer import Entry, Match
from grappe.extract.headed import headed
from grappe.extract.named_people import initialled, people, surnames
from grappe.extract.reading import Mention
from grappe.extract.section_names import masthead, section_names
from grappe.extract.source import Held, Ranked, Source
from grappe.extract.unknown import unknown
from grappe.extract.words import UPPER

__all__ = ["choose", "find_names"]


def find_names(source: Source, taken: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Find the names in a text, beside the values and quotations that already hold their passages.

    Names whose class nobody tells keep the empty class; :func:`grappe.extract.typing` may still learn it.
    """
    persons = list(people(source))
    ranked = [
        *_gazetteer(source),
        *_contracted(source),
        *_ministries(source),
        *_towns_taken_up(source),
        *persons,
        *surnames(source, persons),
        *initialled(source, persons),
        *headed(source),
        *_quoted(source),
        *_press(source),
        *_numbers_of_departements(source),
        *unknown(source),
        *_schemes_in_brackets(source),
        *section_names(source),
        *masthead(source),
    ]
    names = choose(ranked_order(ranked), taken, tuple(_streets(source.text)))
    return tuple(with_acronyms(source, with_tails(source, with_heads(source, names))))


def ranked_order(ranked: list[Ranked]) -> list[Mention]:
    """Return candidates with the strongest first; among equals the longer, then the earlier."""
    ranked.sort(key=lambda r: (-r.rank, -(r.mention.end - r.mention.start), r.mention.start))
    return [r.mention for r in ranked]


#: A street is called by whom or what it honours, and names neither: « 12, avenue du Général-Patton ».
_STREET = re.compile(
    rf"(?<![\w-])(?:(?i:rue|avenue|av\.|boulevard|bd|quai|impasse|chemin|esplanade|square|faubourg|rond-point|sentier|promenade) "
    rf"(?:(?:de la|de l'|des|du|de|d') ?)?|(?<=\d )(?:place|cours|allées?|passage|route|voie) (?:(?:de la|de l'|des|du|de|d') ?)?"
    rf"|(?<=\d, )(?:place|cours|allées?|passage|route|voie) (?:(?:de la|de l'|des|du|de|d') ?)?|(?:[Pp]lace|[Aa]llées?|[Aa]mphithéâtre|[Aa]uditorium|[Gg]ymnase|[Ss]tade|[Ss]alle) )"
    rf"(?P<name>[{UPPER}][\w'.-]*(?: (?:(?:de la |de |du |des |et |d'|la |le )?[{UPPER}][\w'-]*(?:\.)?))*)"
)


def _streets(text: str) -> Iterator[tuple[int, int]]:
    for found in _STREET.finditer(text):
        yield found.span("name")


def choose(
    candidates: list[Mention], taken: tuple[Mention, ...], closed: tuple[tuple[int, int], ...] = ()
) -> list[Mention]:
    """Return, in order of the text, the candidates that no stronger one and nothing taken or closed overlaps."""
    held = Held([*((m.start, m.end) for m in taken), *closed])
    out = []
    for mention in candidates:
        if not held.overlaps(mention.start, mention.end):
            held.add(mention.start, mention.end)
            out.append(mention)
    return sorted(out, key=lambda m: m.start)


#: The office of the State's representative, whose body is the prefecture of what follows.
_PREFECT = re.compile(r"[Pp]réf(?:et|ète)(?:[,\w' ]{0,40}?)? (?P<of>(?:de |d'|du |de la |de l'|des )(?:[Rr]égion )?)$")
_SUB_PREFECT = re.compile(r"[Ss]ous-préf(?:et|ète)s? (?:de |d'|du )$")
_TOWN_OFFICE = re.compile(
    r"(?:[Mm]aire(?:-adjointe?)?|[Mm]unicipale?s?|[Mm]airie|[Cc]ommune) (?:adjointe? )?(?:de |d'|du )$"
)


def _gazetteer(source: Source) -> Iterator[Ranked]:
    for match in source.gazetteer.find(source.text):
        entry = _entry_for(source, match)
        if entry is None or re.search(r"[A-Z]{3}-$", source.text[max(0, match.start - 4) : match.start]):
            continue  # « le LAAS-CNRS » is not the CNRS
        if entry.id.startswith("commune/") and re.match(
            r"(?!l[ae]s? |l')[a-zà-ÿ]", source.text[match.start : match.end]
        ):
            continue  # « au cœur de la vallée » is no town
        if match.ambiguous and not _beside_place_word(source, match):
            continue
        if (prefecture := _prefecture(source, match)) is not None:
            yield prefecture
            continue
        surface = source.text[match.start : match.end]
        aliases = (surface,) if surface != entry.label else ()
        if entry.kind == "Place" and _SUB_PREFECT.search(source.text, max(0, match.start - 30), match.start):
            label = _of_town("sous-préfecture", surface)
            span = (match.start, match.end)
            yield Ranked(Mention(*span, span, "PublicAuthority", label, "prefect-office"), 85)
            continue
        if entry.kind == "Place" and _TOWN_OFFICE.search(source.text, max(0, match.start - 40), match.start):
            label = _of_town("Ville", surface)
            yield Ranked(
                Mention(
                    match.start,
                    match.end,
                    (match.start, match.end),
                    "PublicAuthority",
                    label,
                    "town-office",
                    (surface,),
                ),
                84,
            )
            continue
        place_rank = 60 if match.ambiguous else 70
        # As strong as a head noun where both read the same words: then the longer reading wins.
        rank = place_rank if entry.kind == "Place" else 86 if " " in surface else 84
        yield Ranked(
            Mention(
                match.start, match.end, (match.start, match.end), entry.kind, entry.label, "gazetteer", aliases, entry
            ),
            rank,
        )


def _of_town(body: str, town: str) -> str:
    return f"{body} d'{town}" if re.match(r"[AEIOUYÉÈÊÎÔ]", town) else f"{body} de {town}"


_CONTRACTED = re.compile(rf"(?<![\w-])(?P<article>[Dd]u|[Aa]u|[Dd]es|[Aa]ux) (?=[{UPPER}])")


def _contracted(source: Source) -> Iterator[Ranked]:
    """« au Creusot », « du Bourget-du-Lac », « des Ulis »: towns whose article is joined with the preposition."""
    for found in _CONTRACTED.finditer(source.text):
        article = "Le" if found["article"][1:] == "u" else "Les"
        written = f"{article} {source.text[found.end() : found.end() + 45]}"
        match = source.gazetteer.opening(written)
        if match is None or len(match.surface) <= len(article) + 1:
            continue
        entry = next((e for e in match.entries if e.kind == "Place"), None)
        if entry is None or (entry.ambiguous and "-" not in match.surface):
            continue
        span = (found.end(), found.end() + len(match.surface) - len(article) - 1)
        form = source.text[slice(*span)]
        yield Ranked(Mention(*span, span, "Place", entry.label, "gazetteer", (form,), entry), 71)


def _beside_place_word(source: Source, match: Match) -> bool:
    """Return whether an ambiguous place stands where places stand, and is no adjective before a noun (« du Grand défi »)."""
    before = source.text[max(0, match.start - 12) : match.start]
    if not re.search(r"(?:\b(?:[àÀ]|de|en|vers|sur|près de)|[(–,]|\bd') ?$", before):
        return False
    if source.text.startswith("-", match.end) or (before.endswith("À ") and match.surface.isupper()):
        return False  # « À SON COMPTE », « À Château-Vert »
    after = next((t for t in source.tokens_from(match.end)), None)
    common = after is not None and after.start <= match.end + 1 and after.pos == "NOUN" and after.text.islower()
    return not common and not (match.surface.isupper() and any(e.label != match.surface.title() for e in match.entries))


_MINISTER = re.compile(
    r"(?<![\w-])(?P<office>[Mm]inistre|[Ss]ecrétaire d'[ÉE]tat) (?P<of>(?:de la|de l'|du|des) ?)(?=[A-ZÉ])"
)


def _ministries(source: Source) -> Iterator[Ranked]:
    """« ministre de la Recherche » holds an office of the ministry of that field."""
    for found in _MINISTER.finditer(source.text):
        lead = f"Ministère {found['of']}"
        written = lead + source.text[found.end() : found.end() + 110]
        match = source.gazetteer.opening(written)
        if match is None or match.end <= len(lead):
            continue
        entry = next((e for e in match.entries if e.kind == "PublicAuthority"), None)
        span = (found.end(), found.end() + match.end - len(lead))
        if entry is not None:
            aliases = (f"ministère {found['of']}{source.text[slice(*span)]}",)
            yield Ranked(Mention(*span, span, entry.kind, entry.label, "prefect-office", aliases, entry), 89)


_OF_THE_TOWN = re.compile(r"(?<![\w-])[Mm]aire (?:de la |du )(?P<town>commune|ville|village)(?![\w-])(?! d)")


def _towns_taken_up(source: Source) -> Iterator[Ranked]:
    """« À Morlaix …, Paul Morel, le maire de la commune »: the mayor of the town that the text named last."""
    for found in _OF_THE_TOWN.finditer(source.text):
        before = source.text[max(0, found.start() - 400) : found.start()]
        towns = [m for m in source.gazetteer.find(before) if any(e.id.startswith("commune/") for e in m.entries)]
        if towns:
            town = towns[-1].surface
            label = _of_town("Ville", town)
            span = found.span("town")
            yield Ranked(Mention(*span, span, "PublicAuthority", label, "prefect-office", (town,)), 84)


def _prefecture(source: Source, match: Match) -> Ranked | None:
    """« préfet de l'Essonne » holds an office of the préfecture de l'Essonne."""
    office = _PREFECT.search(source.text, max(0, match.start - 70), match.start)
    if office is None:
        return None
    of = source.text[office.start("of") : match.end]
    entry = next(
        (
            e
            for m in source.gazetteer.find(f"préfecture {of}")
            for e in m.entries
            if m.start == 0 and e.id.startswith("prefecture")
        ),
        None,
    )
    if entry is None:
        return None
    mention = Mention(
        match.start, match.end, (match.start, match.end), entry.kind, entry.label, "prefect-office", (), entry
    )
    return Ranked(mention, 89)


def _entry_for(source: Source, match: Match) -> Entry | None:
    """Return the entry that a form stands for here, where it is a form of several."""
    entries = match.entries
    follows = re.match(r" [A-ZÀ-Þ]", source.text[match.end : match.end + 2])
    if all(e.kind == "Accreditation" for e in entries) and follows:
        # « l'IHU EVEREST » is an institute with that label, not the label.
        earlier = source.text[max(0, match.start - 24) : match.start]
        if not re.search(r"label|agréé|certifi|statut", earlier, re.I):
            return None
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


#: Titles of newspapers and journals.
_PRESS = re.compile(
    rf"(?<![\w-])(?:L[eaEA][sS]? |L')(?i:Courrier|Journal|Gazette|Écho|Échos|Voix|Progrès|Nouvelles|Tribune|Quotidien|Dépêche|Messager|Républicain|Télégramme|Indépendant|Éclaireur|Petit [{UPPER}]\w+|Hebdo|Mensuel)"
    rf"(?: (?i:de la |de l'|d'|de |du |des )?[{UPPER}][\w-]+)?(?: (?i:de la |de l'|d'|de |du |des )[{UPPER}][\w-]+){{0,2}}"
)


def _press(source: Source) -> Iterator[Ranked]:
    """« Le Courrier des Hauts »: a newspaper."""
    for found in _PRESS.finditer(source.text):
        if (" " in found[0].strip() or "'" in found[0]) and not re.match(r"L[Ee][Ss] ÉCHO\b", found[0]):
            yield Ranked(Mention(*found.span(), found.span(), "Company", found[0], "newspaper"), 85)


_QUOTED_HEADS = {
    **lexicon.COMMON_HEADS,
    **{h: k for h, k in lexicon.NAME_HEADS.items() if k == "Conference"},
    **dict.fromkeys(
        ("labellisé", "labellisée", "labellisés", "labellisées", "certifié", "certifiée", "reconnu", "reconnue"),
        "Accreditation",
    ),
    "stand": "Conference",
    "exposition": "Event",
    "atelier": "Conference",
}
_QUOTED_HEAD = re.compile(r"(?<![\w-])(?P<head>" + lexicon.alternatives(list(_QUOTED_HEADS)) + r"),? $", re.I)


def _quoted(source: Source) -> Iterator[Ranked]:
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
            yield Ranked(
                Mention(
                    quoted.start,
                    quoted.end,
                    quoted.inner,
                    entry.kind if entry and kind != "Accreditation" else kind,
                    label,
                    "quoted-name",
                    entry=entry if entry is None or entry.kind == kind or kind != "Accreditation" else None,
                ),
                92,
            )


def _numbers_of_departements(source: Source) -> Iterator[Ranked]:
    for found in re.finditer(r"\((?P<number>\d[\dAB]|97[1-6])\)", source.text):
        entry = source.gazetteer.departement_by_number(found["number"])
        if entry is not None:
            span = found.span("number")
            known_as = (found["number"],)
            yield Ranked(Mention(*span, span, "Place", entry.label, "departement-number", known_as, entry), 95)


def _schemes_in_brackets(source: Source) -> Iterator[Ranked]:
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
            yield Ranked(
                Mention(
                    start,
                    start + len(words),
                    (start, start + len(words)),
                    "AidScheme",
                    label,
                    "scheme-list",
                    (words,) if words != label else (),
                ),
                90,
            )
