"""People: who is called by a given name and a surname, by a title, by a surname that the text has given in full."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract import lexicon
from grappe.extract.reading import Mention
from grappe.extract.source import Ranked, Source
from grappe.extract.words import NOT_NAMES, SMALL_WORDS, UPPER, proper_case
from grappe.iri import fold

__all__ = ["initialled", "people", "surnames"]

_TITLE = r"(?:(?:M|MM|Dre|Pre|Mme|Mmes|Mlle|Monsieur|Madame|Mesdames|Messieurs|Pr|Prs|Dr|Drs|[Pp]rofesseure?|[Dd]octeure?|Me)\.? )"
_PARTICLE = r"(?:(?:de la|de La|de Los|de|du|des|le|la|von|von der|van|van der|ben|el|al|da|dos|di) |d'|[Ll]e |[Ll]a |[Dd]e |[Dd]u |[Ee]l |[Bb]en |Van |Von )"
_LAST = rf"{_PARTICLE}?[{UPPER}][\w']+(?:-[{UPPER}][\w']+)*(?: {_PARTICLE}?[{UPPER}]{{2,}}(?:-[{UPPER}]+)*)?"
_PERSON = re.compile(
    rf"(?<![\w-])(?P<title>{_TITLE})?(?P<first>[{UPPER}][\w]+(?:-[{UPPER}]\w+)*)(?P<more>(?: [{UPPER}]\w*(?:-[{UPPER}]\w+)*\.?)??)"
    rf" (?P<last>{_LAST})(?![\w])"
)
#: One more name after what may be two given names: « Don Petru Casabianca », « Nguyen Thi Mai ».
_OF_TOWN = re.compile(r"[Mm]aire (?:de |d'|du )$")
_TOWN_BEFORE_NAME = re.compile(rf" [{UPPER}][a-zà-ÿ]")
_THIRD = re.compile(rf" (?P<last>{_PARTICLE}?[{UPPER}][a-zà-ÿ][\w']*(?:-[{UPPER}][\w']+)*)(?![\w])")
#: « J.-B. Mercet », « A. Le Pellec »: a given name of which a text keeps the initial.
_INITIALLED = re.compile(
    rf"(?<![\w.-])(?P<first>(?!M\. )(?:[{UPPER}]|Ch|Ph|Th|Cl|Fr|Jh)\.(?: ?-?[{UPPER}]\.)?) (?P<last>{_LAST})(?![\w])"
)
_ROLE_AFTER = re.compile(rf" ?(?:,|\(|–) ?(?:(?:la|le|l'|notre|son|sa) ?)?{lexicon.ROLE}")
#: What follows or ends the names of firms: « Leonard Green & Partners », « France Clusters ».
_FIRM_TAIL = re.compile(
    r" (?:&|et) (?:Partners|Associés|Cie|Co|Fils|Sons)\b| (?:Partners|Capital|Ventures|Pharma|Group|Technologies|Space|Industries|Services|Systems|Solutions|Energy|Composites)\b"
)
_FIRM_LAST = re.compile(
    r"(?:One|Seed|Space|Aerospace|Services|Solutions|Films|Céréales|Studios?|Power|Defen[cs]e|Water|Foods?|Motors|Consulting|Ingénierie|Composites|Composants|Équipements|Productions?|Logistique|Environnement|Nova|Énerji|Up|Clusters?|Biotech|Capital|Partners|Ventures|Pharma|Therapeutics|Technologies|Group|Industries?|Énergies?|Energ(?:y|ies)|Universités?|Métropole|Aviation|Systems|Innovation|Invest|Santé|Numérique|Digital|Valley|Travail|Relance|Technop[oô]le|Campus|Parc|Park|Béarn|Pyrénées|Port|Agglo|Agglomération|Hydrogène|Nucléaire|Digitale?)"
)
#: « une entreprise de Bastia, Alba Nepita »: what a firm of a place is called is nobody's name.
_FIRM_BEFORE = re.compile(
    r"\b(?:[Uu]ne (?:jeune |petite )?(?:entreprise|société|start-up|startup|PME|biotech|medtech|deeptech|jeune pousse|coopérative)|[Uu]n (?:industriel|fabricant|éditeur|équipementier))(?: (?:de |d'|du |à )?[\w'-]+){0,3}, $"
)
_COUNTRIES = frozenset({"France", "Israël", "Chine", "Lorraine", "Europe"})
_LED_BEFORE = re.compile(
    r"(?:que (?:dirige|préside|anime|coordonne|pilote)|(?:[Dd]irigée?|[Pp]résidée?|[Aa]nimée?|[Ee]mmenée?s?|secondée?s?|(?:co)?fondée?s?|imaginée?s?|représentée?s?) par|succ[èé]d\w+ à|remplac\w+|la suite de|dont) (?:l[ea] )?$"
)
_SAYS_BEFORE = re.compile(
    r"»,? (?:a |ont )?(?:expliqu|soulign|précis|rappel|estim|déclar|affirm|ajout|résum|sourit|souri|confi|observ|plaid|s'est|se|s'|lanc|témoign|réag|not|indiqu|détaill|conclu|insist|répond|assur)[\w' ]{0,30}$"
)
_ROLE_BEFORE = re.compile(rf"{lexicon.ROLE}(?: [\w'é-]+){{0,3}},? $")


#: A noun of firms, projects or premises before a name says that it is nobody's: « la coopérative Morvan Semences ».
_NOBODY_BEFORE = re.compile(
    r"(?<![\w-])(?:société|entreprise|start-up|startup|PME|ETI|biotech|medtech|deeptech|pousse|coopérative|cabinet|association|fabricant|constructeur|équipementier"
    r"|groupe|filiale|scierie|distillerie|brasserie|studio|agence|fonds|projet|programme|réseau|plateforme|pôle|cluster|navire|dispositif|usine|entrepôt)"
    rf" (?:[a-zà-ÿ-]{{5,}} )?(?:[{UPPER}][\w'-]+ ){{0,2}}$"
)
_NOBODY_AFTER = re.compile(
    r", une? (?:projet|programme|société|entreprise|start-up|PME|association|plateforme|laboratoire|unité|dispositif|coopérative|fonds|pôle|cluster|filiale|jeune pousse)(?![\w-])"
)
#: What only a person is or does: « X en est la directrice », « X, qui suit le dossier comme chargée de mission ».
_PERSONAL_AFTER = re.compile(
    rf" en est (?:aujourd'hui |désormais )?(?:le |la |l'){lexicon.ROLE}|, qui [^,.;«»]{{3,60}} comme {lexicon.ROLE}"
)


def people(source: Source) -> Iterator[Ranked]:
    """Return who is named: by a given name, a title, a function beside the name, or words that are somebody's."""
    for sentence in source.sentences:
        yield from _people_in(source, sentence.start, sentence.end)


_SURNAME = re.compile(rf"(?<![\w'-])(?P<title>{_TITLE})?(?P<last>[{UPPER}][\w']{{3,}}(?:-[{UPPER}][\w']+)*)(?![\w-])")


def surnames(source: Source, people: list[Ranked]) -> Iterator[Ranked]:
    """« a déclaré Mme Lecaudey »: a surname of somebody whom the text names in full."""
    full = {fold(r.mention.label.split(" ", 1)[1]): r.mention for r in people}
    for found in _SURNAME.finditer(source.text):
        known = full.get(fold(found["last"]))
        if known is None or found.start() < known.start:
            continue
        place = any(m.end - m.start == len(found["last"]) for m in source.gazetteer.find(found["last"]))
        if found["title"] or not place:
            span = found.span("last")
            rule = "person-title" if found["title"] else "person-surname"
            mention = Mention(found.start(), found.end(), span, "Person", known.label, rule)
            yield Ranked(mention, 80 if found["title"] else 65)


def initialled(source: Source, people: list[Ranked]) -> Iterator[Ranked]:
    """« A. Brunel (CUB) », « J.-B. Mercet »: who the text names in full elsewhere is the same."""
    for found in _INITIALLED.finditer(source.text):
        first, last = found["first"], found["last"]
        if last.casefold() in NOT_NAMES or last.casefold() in SMALL_WORDS:
            continue
        full = {
            r.mention.label
            for r in people
            if fold(r.mention.label.split(" ", 1)[-1]) == fold(last) and r.mention.label[0] == first[0]
        }
        own = f"{first} {proper_case(last)}"
        label = full.pop() if len(full) == 1 else own
        span = found.span()
        yield Ranked(Mention(*span, span, "Person", label, "person-initial", (own,) if own != label else ()), 83)


def _people_in(source: Source, start: int, end: int) -> Iterator[Ranked]:
    at, stop = start, end
    while found := _PERSON.search(source.text, at, stop):
        at = found.start() + 1
        first = found["first"]
        if first.casefold() in SMALL_WORDS or first.casefold() in NOT_NAMES:
            continue
        if found["last"].isupper() and found["last"].split()[0].casefold() in SMALL_WORDS:
            continue  # capitals of a headline: « L'ÉCHO DES USINES »
        if first.isupper() and not found["last"].isupper() and len(first) < 7:
            continue  # an acronym before a name: « ASR Claire Morel »
        if _FIRM_TAIL.match(source.text, found.end("last")) or _FIRM_LAST.fullmatch(found["last"]):
            continue
        if _TOWN_BEFORE_NAME.match(source.text, found.end("last")) and _OF_TOWN.search(
            source.text, max(0, at - 14), at - 1
        ):
            continue  # « l'adjointe au maire de Roanne Clotilde Robin »
        known = any(source.gazetteer.is_first_name(part) for part in [first, *first.split("-")])
        known = known and first not in _COUNTRIES
        titled = bool(found["title"])
        last, more = found["last"], found["more"]
        end = found.end("last")
        after = _ROLE_AFTER.match(source.text, end)
        third = _THIRD.match(source.text, end) if after is None and not more else None
        if third is not None and (_ROLE_AFTER.match(source.text, third.end()) or source.gazetteer.is_first_name(last)):
            more, last, end = f" {last}", third["last"], third.end()
            after = _ROLE_AFTER.match(source.text, end)
        if not (titled or after) and (
            _FIRM_BEFORE.search(source.text, max(0, found.start() - 70), found.start())
            or _NOBODY_BEFORE.search(source.text, max(0, found.start() - 70), found.start())
            or (_NOBODY_AFTER.match(source.text, end) and not source.text.endswith(" par ", 0, found.start()))
        ):
            continue
        if not (known or titled):
            entity = _entity(source, found.start("first"), end)
            before = _ROLE_BEFORE.search(source.text, max(0, found.start() - 70), found.start())
            led = _LED_BEFORE.search(source.text, max(0, found.start() - 40), found.start())
            # A function after the name, or words quoted before it, are a person's, whatever the name looks like.
            heard = (
                after
                or _PERSONAL_AFTER.match(source.text, end)
                or _SAYS_BEFORE.search(source.text, max(0, found.start() - 60), found.start())
                or (entity == "PER" and before)
            )
            if not (heard or led):
                continue
        if last.casefold() in NOT_NAMES or (not titled and not after and _is_common(source, first, last)):
            continue
        start = found.start("first")
        label = f"{proper_case(first)}{more} {proper_case(last)}"
        rank = 88 if known and (titled or after) else 82 if known or titled else 78
        yield Ranked(
            Mention(found.start(), end, (start, end), "Person", label, "person-title" if titled else "person-name"),
            rank,
        )
        at = end


def _entity(source: Source, start: int, end: int) -> str:
    votes = [t.entity for t in source.tokens_in(start, end)]
    return max(votes, key=votes.count) if votes else ""


def _is_common(source: Source, first: str, last: str) -> bool:
    """Return whether a given name begins what is rather a place or a body (« Claude Bernard Lyon »)."""
    return any(
        e.kind != "Person"
        for m in source.gazetteer.find(f"{first} {last}")
        for e in m.entries
        if m.start == 0 and m.end > len(first)
    )
