"""Capitalised words that nothing else explains."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace

from grappe.extract import lexicon
from grappe.extract.gazetteer import Match
from grappe.extract.nlp import Token, is_french
from grappe.extract.reading import Mention
from grappe.extract.sentences import Sentence
from grappe.extract.source import Ranked, Source, propose
from grappe.extract.words import COUNTRIES, NAME, NOT_NAMES, SMALL_WORDS, UPPER, WORD
from grappe.iri import fold

__all__ = ["of_place", "unknown"]

_NAME = re.compile(rf"(?<![\w@./-]){NAME}")
_ELIDED = re.compile(r"(?:[LDSCNJMlds]|[Qq]u|Lorsqu|Puisqu)'")
_GRAMMAR = frozenset({"DET", "ADP", "PRON", "ADV", "CCONJ", "SCONJ", "AUX", "VERB"})
#: A shape that no ordinary word has: a capital inside, a digit, capitals all through.
_COINED = re.compile(r"[a-zà-ÿ][A-Z]|\d|^[A-Z]{2,}")
#: Public bodies whose name with another word is the name of another body: « Inserm Transfert ».
_EXTENSIBLE = frozenset({"Cluster", "ResearchOrganization", "FundingAgency", "Company", "Organization"})
_MORE = re.compile(rf"(?: {WORD})+")
_LEGAL_FORM = re.compile(r" (?:SAS|SASU|SARL|SCOP|SCIC|EURL)$")
_PARTICIPLE = re.compile(r"(?:[éiu]e?s?|ment|ants?|antes?)$")
#: What no dictionary has and is still no name at the head of a sentence: « Labellisée … ».
_PAST = re.compile(r"[b-df-hj-np-tv-xz]ée?s?$|ment$|(?:is|fic|scrip)a?tions?$")
#: Heads that are acronyms: « IHU EVEREST » is EVEREST with its head.
_CAPITAL_HEADS = frozenset(
    head
    for head in lexicon.COMMON_HEADS
    if head[1:2].isupper() or head in ("LabCom", "Labex", "LabEx", "Equipex", "EquipEx", "Projet")
)
_GENERIC = re.compile(
    rf"{lexicon.ROLE}|Grande?s?|Haute?s?|Petite?s?|Nouvel(?:le)?s?|Nouveaux?|Région|Ville|Métropole|Département|Agglomération|Université|Ministre|Ministère|Commission|Conseil|Comité|"
    r"Technop[oô]le|Station|Observatoire|École|Académie|Hôpital|Chambre|Association|Fédération|Concours|Société|Entreprise|Établissement|Groupe|Consortium|Maison|Campus|Parc|Plateforme|Eurométropole|Collectivité|Plan|Fonds|Réseau|Labo|Hangar|Hub|Mentions|Linked[Ii]n|Europe|Gouvernement|CHU|CHRU|LabEx|Labex|IHU|DIM|SATT|GIP|Equipex|EquipEx|Fondation|Institut|Centre|Laboratoire|Pôle|Agence|Président\w*|Vice-[Pp]résident\w*|Article|Dossier|Objet|Projet|PROJET|Bénéficiaire"
)
#: « Faut-il », « Rendez-vous », « Vingt-sept », « LDL-cholestérol »: compounds of common words.
_INVERTED = re.compile(
    r"-(?:t-)?(?:ils?|elles?|on|je|nous|vous|ce|sept|huit|neuf|deux|trois|quatre|cinq|six|ci|là)$|^Jusqu|^[A-Z]{1,4}-[a-zà-ÿ]+$"
)
_SHOUTED = re.compile(r"[a-zà-ÿ]{3,}")


#: Programmes of which each has a further name: « PEPR Quantique », « Interreg Caraïbes ».
_SERIES = frozenset({"PEPR", "Interreg", "INTERREG", "PUI"})


def unknown(source: Source) -> Iterator[Ranked]:
    """Capitalised words that nothing else explains; their class, if any, comes from what stands about them."""
    by_start = {t.start: t for t in source.tokens}
    public = source.gazetteer.find(source.text)
    for sentence in source.sentences:
        text = source.text[sentence.start : sentence.end]
        shouted = not _SHOUTED.search(text) and len(re.findall(r"[^\W\d_]{3,}", text)) > 3
        for found in _NAME.finditer(source.text, sentence.start, sentence.end):
            held = _over(public, *found.span())
            end_of = (m.end for m in held if found.start() <= m.start and found.end() < m.end <= sentence.end)
            over = next(end_of, found.end())
            if over > found.end() and (more := _MORE.match(source.text, over)):
                words = more[0].split()
                if not any(w.casefold() in NOT_NAMES for w in words):
                    over = more.end()  # « Pays de la Loire Participations »
            for start, end in _parts(source, found.start(), over):
                start = _trimmed(source, sentence, by_start, start, end)
                if start >= end:
                    continue
                label = source.text[start:end]
                if _is_word(source, sentence, by_start, start, label) or (shouted and not _elsewhere(source, label)):
                    continue
                yield _ranked(source, public, start, end, label, row=sentence.kind == "row")


def _over(public: list[Match], start: int, end: int) -> list[Match]:
    """Return the public names that lie over a range, or over some of it."""
    first = bisect_right(public, start, key=lambda m: m.end)
    return public[first : bisect_left(public, end, lo=first, key=lambda m: m.start)]


def _parts(source: Source, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run of capitalised words at words that no name holds (« MÉTROPOLE Communiqué Besançon »)."""
    at = start
    for word in re.finditer(r"[\w'’-]+", source.text[start:end]):
        joined = source.text.startswith(" & ", start + word.end())  # « ADN & Cœur » is one name
        if word[0].casefold() in NOT_NAMES and word.end() - word.start() > 2 and word.end() < end - at and not joined:
            stop = start + word.start()
            if stop - 1 > at:
                yield at, stop - 1
            at = start + word.end() + 1
    if at < end:
        yield at, end


def _trimmed(source: Source, sentence: Sentence, by_start: Mapping[int, Token], start: int, end: int) -> int:
    """Return where a name begins, past elided articles and a sentence's first word of grammar."""
    while start < end:
        word = re.match(r"[\w'-]+", source.text[start:end])
        if word is None:
            return start
        token = by_start.get(start)
        initial = start == sentence.start or source.text[max(0, start - 2) : start].strip() in {"–", "•", "-", "«", ":"}
        if elided := _ELIDED.match(word[0]):
            start += elided.end()
            if start < end and source.text[start].islower() and not re.match(WORD, source.text[start:end]):
                later = re.search(rf"(?<= ){WORD}", source.text[start:end])
                start = start + later.start() if later else end
        elif (
            word.end() + 1 < end - start
            and of_place(source, word[0])
            and re.search(r"(?:\b[Ll]e|\b[Ll]a|\b[Dd]u|\b[Uu]ne?|\b[Ll]') ?$", source.text[max(0, start - 4) : start])
        ) or (
            (word[0] in _CAPITAL_HEADS and word[0] not in _SERIES and word.end() + 1 < end - start)
            or word[0].casefold() in SMALL_WORDS
            or (
                word[0].casefold() in NOT_NAMES
                and word.end() + 1 < end - start
                and not source.text.startswith(" & ", start + word.end())
            )
            or (
                initial
                and token is not None
                and token.pos in _GRAMMAR
                and " " in source.text[start:end]
                and not _COINED.search(word[0])
            )
            or (initial and _PAST.search(word[0]) and word.end() + 1 < end - start)
        ):
            start += word.end() + 1
        else:
            return start
    return start


def _is_word(source: Source, sentence: Sentence, by_start: Mapping[int, Token], start: int, label: str) -> bool:
    """Return whether a capital is only that of a sentence's first word, or the words name nothing."""
    if label.casefold() in SMALL_WORDS or len(label) < 2 or label.isdigit():
        return True
    if label.casefold() in NOT_NAMES:
        return not (
            label.isupper()
            and re.search(
                r"(?:laboratoire|unité|équipe|projet|institut|société) $", source.text[max(0, start - 12) : start]
            )
        )
    if _GENERIC.fullmatch(label) or fold(label) in COUNTRIES or _INVERTED.search(label):
        return True
    if re.fullmatch(r"[A-ZÉÈÊ]+(?:ER|IR|RE)", label) and re.search(
        r"(?:^|[\W\d_])À $", source.text[max(0, start - 4) : start]
    ):
        return is_french(label.casefold())  # « À NOTER »
    if (
        label.isupper()
        and " " in label
        and source.text[max(0, start - 2) : start] != ": "
        and not _elsewhere(source, label)
    ):
        return True  # a headline in capitals
    token = by_start.get(start)
    # A sentence that the splitter left whole, and the label of a line, begin with a capital too.
    heads = start == sentence.start or re.search(r"[.>•] $", source.text[max(0, start - 2) : start])
    first = bool(heads) and " " not in label and label[1:].islower()
    common = _PARTICIPLE.search(label) or (token is not None and token.pos != "PROPN")
    if not first or _elsewhere(source, label):
        return False
    if _PAST.search(label):
        return True
    follows = source.text[start + len(label) : start + len(label) + 3]
    return is_french(label) and bool(common or not re.match(r" \(|,", follows))


#: « La Grassoise Aromélia », « la Néerlandaise Voltéa »: an adjective of a place or country before a name.
_NATIONAL = re.compile(
    r"(?:français|anglais|irlandais|écossais|hollandais|néerlandais|finlandais|danois|suédois|chinois|japonais|portugais|luxembourgeois|québécois)e?s?"
    r"|(?:italien|autrichien|norvégien|canadien|australien|indien|israélien|coréen|européen|brésilien|bavarois)(?:ne)?s?|(?:américain|mexicain|marocain|roumain|africain)e?s?"
    r"|(?:allemand|espagnol|flamand)e?s?|belges?|suisses?|britanniques?|tchèques?|russes?|turc|turque|grec|grecque|polonaise?s?|slovènes?",
    re.I,
)


def of_place(source: Source, word: str) -> bool:
    """Return whether a word is an adjective of a place or of a country."""
    return source.gazetteer.demonym(word.casefold()) is not None or _NATIONAL.fullmatch(word) is not None


def _elsewhere(source: Source, label: str) -> bool:
    """Return whether the text writes these words inside a sentence too, with their capitals."""
    words = rf"(?i:{re.escape(label)})" if label.isupper() else re.escape(label)
    found = re.finditer(rf"[a-zé,'] (?P<name>{words})\b", source.text)
    return any(next(source.sentences_at(m.start("name"))).start < m.start("name") for m in found)


def _ranked(source: Source, public: list[Match], start: int, end: int, label: str, *, row: bool) -> Ranked:
    """Weigh a name: one of several words that only holds a place's name is more than the place."""
    kind = next((kind for suffix, kind in lexicon.SUFFIX_KINDS if suffix.search(label)), "")
    rule = "name-ending" if kind else "capitals"
    inside = [
        m for m in _over(public, start, end) if m.end <= end and (m.start < start or m.end - m.start < end - start)
    ]
    words = list(re.finditer(r"[\w'-]+", label))
    if inside and len(words) >= 2:
        covered = [w for w in words if any(m.start <= start + w.start() < m.end for m in inside)]
        rest = [w[0] for w in words if w not in covered]
        first = inside[0]
        if not rest and first.start == start and " " not in first.surface and inside[-1].end == end:
            # « CNRS Alsace » is the CNRS there.
            own_entry = next((e for e in first.entries if e.kind in ("ResearchOrganization", "FundingAgency")), None)
            service = next((e for e in first.entries if e.kind == "PublicAuthority"), None)
            if service is not None and len(inside) == 2 and all(e.kind == "Place" for e in inside[1].entries):
                return Ranked(
                    propose(start, end, service.kind, label, "public-name-and-more"), 87
                )  # « la Dreal Occitanie »
            if own_entry is not None and all(e.kind == "Place" for m in inside[1:] for e in m.entries):
                if own_entry.label == "INRAE" and "-" in source.text[first.end : end]:
                    return Ranked(propose(start, end, own_entry.kind, label, "public-name-and-more"), 90)  # a centre
                mention = propose(start, end, own_entry.kind, own_entry.label, "gazetteer", own_entry)
                return Ranked(replace(mention, aliases=(label,)), 90)
        if first.start == start and rest and first.surface in _SERIES:
            return Ranked(propose(start, end, "Programme", label, "public-name-and-more"), 87)  # « PEPR Quantique »
        if kind and first.start == start and rest and any(e.kind == "PublicAuthority" for e in first.entries):
            return Ranked(propose(start, end, kind, label, rule), 87)  # « Région Sud Investissement »
        if words[0][0] == "Groupe" and rest:
            return Ranked(propose(start, end, "Organization", label, "head-noun"), 87)
        body = next((e for m in inside if m.start <= start for e in m.entries if e.kind in _EXTENSIBLE), None)
        if rest and all(
            (len(w) > 2 or re.fullmatch(rf"[{UPPER}][a-z]", w))
            and w.casefold() not in SMALL_WORDS
            and w.casefold() not in ("cedex",)
            for w in rest
        ):
            places = all(e.kind == "Place" for m in inside for e in m.entries)
            if places and (kind or words[0][0] == "France" or not source.gazetteer.is_first_name(words[0][0])):
                return Ranked(propose(start, end, kind, label, rule), 72)
            one_word = " " not in source.text[max(start, inside[0].start) : inside[0].end]
            if (
                body is not None
                and one_word
                and not places
                and not row
                and not (len(rest) > 1 and source.gazetteer.is_first_name(rest[0]))
            ):
                own = kind or (body.kind if body.kind in ("Cluster", "Company") else "Organization")
                return Ranked(propose(start, end, own, label, "public-name-and-more"), 87)
    if form := _LEGAL_FORM.search(label):
        name = label[: form.start()]
        mention = Mention(start, end, (start, start + form.start()), "Company", name, "legal-form", (label,))
        return Ranked(mention, 46)
    return Ranked(propose(start, end, kind, label, rule), 40 + 5 * bool(kind))
