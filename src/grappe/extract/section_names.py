"""Names that stand alone at the head of a section or of an item, whose class the words below them tell.

« 3. VOLTÉA BIOTECH (Jarry) / Installée à …, la start-up élabore … »: a heading that is no more than a name is what its
section is about, and the first sentence of it says what that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract import lexicon
from grappe.extract.nlp import is_french
from grappe.extract.sentences import Sentence
from grappe.extract.source import Ranked, Source, propose
from grappe.extract.words import NOT_NAMES, SMALL_WORDS, UPPER
from grappe.iri import fold

__all__ = ["LEADS", "masthead", "section_names"]

#: Words that bring in whom a section is about: « ZOOM SUR X », « Projet X », « À propos de X ».
LEADS = (
    r"(?:(?:zoom|focus|gros plan|coup de projecteur|pleins feux) (?:sur |: ?)|(?:portrait|entretien|rencontre|le projet|la société|l'entreprise) : ?|à propos (?:de la |de l'|du |des |de |d')"
    r"|qui (?:est|sommes-nous, ) ?)"
)
_WORD = rf"[{UPPER}\d](?:[\w'’+-]|\.(?=\w))*"
_HEAD = re.compile(
    rf"(?:[–—•▪■*>-] ?|\d{{1,2}} ?[.)–-] ?)?(?i:{LEADS})?(?P<project>(?:PROJET|Projet) )?"
    rf"(?P<name>{_WORD}(?: (?:& |et |de |du |des |la |d')?{_WORD}){{0,4}})(?: \([^()]*\))?(?:,? [–—-] [^.;:]{{2,40}}|, [^.;:]{{2,60}})?[ .:]*$"
)
_KINDS = {
    **{word.casefold(): kinds[0] for word, kinds in lexicon.DEFINITE.items() if len(kinds) == 1},
    **{word.casefold(): kind for word, kind in lexicon.DESCRIBING_HEADS.items()},
}
#: Who may stand at the head of a section and be told by such a noun; of premises and programmes names say what they are.
_TOLD = frozenset({"Company", "Laboratory", "University", "Cluster", "NonProfit", "Project"})
_NOUN = rf"(?P<noun>{lexicon.alternatives(list(_KINDS))})(?:e?s)?(?![\w-])"
#: The opening of a section that says what its head is: « Installée à X, la start-up … », « PME de 47 salariés … ».
_OPENINGS = (
    re.compile(
        rf"(?:[^.;:!?«»]{{2,160}}?, )?(?:cette|cet|ce) (?:jeune |petite |grande? |toute |nouvelle? )*{_NOUN}(?! (?:de |d')?« ?)",
        re.I,
    ),
    re.compile(
        rf"(?:(?:(?-i:[{UPPER}])[\w'-]*(?:ée?|ie?|ue?|ise?)|spécialiste|spécialisée?|pionni\w+|leader|forte?|issue?|filiale|née?|depuis|avec|dans|à|en) [^.;:!?«»]{{2,160}}?, )?"
        rf"(?:la |le |l')(?:jeune |petite |grande? )?(?-i:(?=[a-z]|[A-Z]{{2}})){_NOUN}(?! (?:de |du |d'|des )?(?-i:[{UPPER}«]))",
        re.I,
    ),
    re.compile(rf"(?:Qui \? )?(?:Une?|C'est une?) (?:jeune |petite |grande? )?{_NOUN}"),
    re.compile(
        rf"(?=[{UPPER}])(?i:{_NOUN})(?! [{UPPER}])(?=,| (?:de|d'|du|en|à|fondée?|créée?|née?|basée?|spécialisée?|installée?|implantée?)\b)"
    ),
)


def section_names(source: Source) -> Iterator[Ranked]:
    """Find names at the head of sections and items, and wherever else the text says them."""
    for here, below in zip(source.sentences, source.sentences[1:], strict=False):
        found = _named_by(source, here, below)
        if found is None:
            continue
        start, end, kind = found
        name = source.text[start:end]
        for other in re.finditer(rf"(?<![\w-])(?i:{re.escape(name)})(?![\w-])", source.text):
            if other.start() == start or not other[0].islower():
                yield Ranked(propose(*other.span(), kind, other[0], "section-name"), 90)


#: The first line of a newspaper or a news agency, told by what stands beside it or below.
_MASTHEAD = re.compile(
    rf"(?P<name>{_WORD}(?: {_WORD}){{1,4}})(?P<sort>,? [–—-] (?:le |la |l')?(?:fil|quotidien|journal|hebdo\w*|mensuel|magazine|média|site|revue)\b.*)?$",
    re.I,
)
_EDITION = re.compile(
    r"(?:édition|dépêche|numéro|parution) (?:du|de|n°) |(?:l'|le )?(?:actualité|quotidien|hebdomadaire|journal|magazine)\b",
    re.I,
)


def masthead(source: Source) -> Iterator[Ranked]:
    """« CORSE HEBDO ÉCO / Édition du 7 mars », « La Voix du Port – le quotidien des affaires »: who publishes the news."""
    if len(source.sentences) < 2:
        return
    first, below = source.sentences[:2]
    found = _MASTHEAD.match(source.text[first.start : first.end])
    if found is None or first.kind not in ("heading", "title") or not found["name"][0].isupper():
        return
    if found["sort"] or _EDITION.match(source.text, below.start):
        span = (first.start, first.start + found.end("name"))
        yield Ranked(propose(*span, "Company", found["name"], "newspaper"), 92)


def _named_by(source: Source, here: Sentence, below: Sentence) -> tuple[int, int, str] | None:
    """Return the name that a sentence consists of and the class that the sentence below it tells, if both are so."""
    item = here.kind == "item" and below.block == here.block
    if not (item or (here.kind in ("heading", "row", "item") and 1 <= below.block - here.block <= 2)):
        return None
    if below.kind in ("heading", "title", "row"):
        return None
    head = _HEAD.match(source.text[here.start : here.end])
    if head is None or not _can_name(head["name"]):
        return None
    start, end = (here.start + at for at in head.span("name"))
    if any(
        m.start <= start and end <= m.end and not m.ambiguous
        for m in source.gazetteer.find(source.text[here.start : here.end])
    ):
        return None
    if head["project"]:
        return start, end, "Project"
    text = source.text[below.start : below.end]
    for opening in _OPENINGS:
        if (told := opening.match(text)) and (kind := _KINDS[told["noun"].casefold()]) in _TOLD:
            return start, end, kind
    return None


def _can_name(name: str) -> bool:
    """Return whether words may be a name: not what a heading says of its section (« NOS ACTIONS », « Recrutement »)."""
    words = re.findall(r"[\w'’-]+", name)
    if any(w.isupper() and len(w) > 1 and w.casefold() in SMALL_WORDS for w in words):
        return False
    if words[0].casefold() in SMALL_WORDS or fold(words[0]) in ("nos", "les", "le", "la") or name.isdigit():
        return False
    if any(w.casefold() in NOT_NAMES for w in words):
        return False
    capitals = len(words) > 1 and not name.isupper() and all(w[0].isupper() for w in words if len(w) > 3)
    return capitals or not all(is_french(w.casefold()) for w in words)
