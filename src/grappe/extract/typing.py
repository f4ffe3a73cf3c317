"""The class of a name that does not tell it by itself: from lists, appositions, verbs, and the name's other uses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from grappe.extract import lexicon
from grappe.extract.reading import Mention
from grappe.extract.source import Source
from grappe.iri import fold

__all__ = ["typed"]

_APPOSED: dict[str, str] = {
    **{h: k for h, k in lexicon.COMMON_HEADS.items() if h not in ("site", "tour", "aide", "halle", "initiative", "prêt")},
    **dict.fromkeys(("spécialiste", "leader", "filiale", "acteur", "pionnier", "concepteur", "start-up", "éditeur", "fabricant", "fleuron", "sous-traitant", "pépite"), "Company"),
    **dict.fromkeys(("unité mixte", "unité de recherche", "unité", "laboratoire", "laboratoire commun", "UMR", "centre de recherche"), "Laboratory"),
    **dict.fromkeys(("centre de lutte contre le cancer", "centre hospitalier", "établissement de santé", "hôpital"), "Hospital"),
    **dict.fromkeys(("cluster", "pôle", "pôle de compétitivité", "le cluster", "technopole"), "Cluster"),
    **dict.fromkeys(("école d'ingénieurs", "école-membre", "université", "grande école", "école", "établissement-composante"), "University"),
    **dict.fromkeys(("association", "fondation", "syndicat"), "NonProfit"),
    **dict.fromkeys(("projet",), "Project"),
    **dict.fromkeys(("plateforme", "plateau technique"), "TechnologyPlatform"),
    **dict.fromkeys(("bâtiment", "immeuble"), "Building"),
    **dict.fromkeys(("fonds", "fonds d'investissement", "société de gestion"), "FundingAgency"),
    **dict.fromkeys(("commune", "ville", "village"), "Place"),
}  # fmt: skip
_AFTER = re.compile(
    r"(?:, | ?\(| – |, )(?:(?:une?|le|la|l'|premi[eè]re?|jeune|grand|ancienne?) ?){0,2}(?P<head>"
    + lexicon.alternatives(list(_APPOSED))
    + r")s?(?![\w-])",
    re.I,
)
_LIST = re.compile(
    r"(?<![\w-])(?P<head>" + lexicon.alternatives(list(lexicon.LIST_HEADS)) + r")"
    r"(?: (?!de |du |des |et |ou |est |sont |ont |en |à |avec )[a-zà-ÿ][\w'-]+){0,3} ?(?::|,|\()? ?(?:« ?)?$",
    re.I,
)
_FIRM_VERB = re.compile(
    r",? (?:(?:qui|y|lui) )?(?:emploie|a levé|lève|boucle|a bouclé|produit|fabrique|commercialise|conçoit|développe|exporte|recrute|a réalisé|réalise)(?![\w-])"
)
_AND = re.compile(
    r"(?: ?\([^()]{0,60}\))?,?(?: ?(?:d'|de |du |des |la |le |l'|les |avec |et |ou |ainsi que |puis |par )*) ?$|^(?: ?[,/•] ?| et | ou )$"
)


def typed(source: Source, names: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the names with the classes that their surroundings tell; names that stay without one are left out."""
    found = list(names)
    for learn in (_from_lists, _from_appositions, _from_elsewhere, _from_verbs, _from_model):
        for i, kind, rule in list(learn(source, found)):
            if not found[i].kind:
                found[i] = replace(found[i], kind=kind, rule=rule)
    for i, kind, rule in list(_from_elsewhere(source, found)):
        if not found[i].kind:
            found[i] = replace(found[i], kind=kind, rule=rule)
    return tuple(m for m in found if m.kind)


def _from_lists(source: Source, names: list[Mention]) -> Iterator[tuple[int, str, str]]:
    """« les entreprises suivantes : A, B et C », « ses deux laboratoires, A (…) de Mme X et B »."""
    lowered = {head.casefold(): kind for head, kind in lexicon.LIST_HEADS.items()}
    for i, name in enumerate(names):
        before = source.text[max(0, name.start - 80) : name.start]
        head = _LIST.search(before)
        if head is None:
            continue
        kind = lowered[head["head"].casefold()]
        yield i, kind, "list"
        at = name.end
        for j in range(i + 1, len(names)):
            between = source.text[at : names[j].start]
            if names[j].kind == "Person" and re.fullmatch(r"(?: ?\([^()]*\))? ?(?:de |d'|du (?:Pr |Dr )?)", between):
                at = names[j].end
                continue
            if len(between) > 70 or not re.fullmatch(
                r"(?: ?\([^()]*\))?(?: ?, ?| et | ou |, et | ainsi que |, )(?:la |le |les |l'|de |d'|du )?", between
            ):
                if (
                    names[j].start < at + 70
                    and ")" in source.text[at : names[j].start + 70]
                    and source.text[at : names[j].start].strip() == "("
                ):
                    continue
                break
            yield j, kind, "list"
            at = names[j].end


def _from_appositions(source: Source, names: list[Mention]) -> Iterator[tuple[int, str, str]]:
    """« Ciloa, biotech montpelliéraine », « Subatech, unité mixte de … »."""
    lowered = {head.casefold(): kind for head, kind in _APPOSED.items()}
    for i, name in enumerate(names):
        after = _AFTER.match(source.text, name.end)
        if after:
            yield i, lowered[after["head"].casefold()], "apposition"


def _from_elsewhere(source: Source, names: list[Mention]) -> Iterator[tuple[int, str, str]]:
    """The class that the same name has where the text does tell it."""
    votes: dict[str, Counter[str]] = {}
    for name in names:
        if name.kind:
            for form in (source.text[slice(*name.core)], *name.aliases):
                votes.setdefault(fold(form), Counter())[name.kind] += 1
    for i, name in enumerate(names):
        told = votes.get(fold(name.label))
        if not name.kind and told:
            yield i, min(told, key=lambda k: (-told[k], k)), "same-name"
    words = {form.split()[0]: c for form, c in votes.items() if len(form.split()) >= 2 and set(c) == {"Company"}}
    for i, name in enumerate(names):
        if not name.kind and fold(name.label) in words and len(name.label) > 3:
            yield i, "Company", "same-name"


def _from_verbs(source: Source, names: list[Mention]) -> Iterator[tuple[int, str, str]]:
    """« X emploie 112 salariés », « X a levé 3 M€ »."""
    for i, name in enumerate(names):
        if _FIRM_VERB.match(source.text, name.end):
            yield i, "Company", "firm-verb"


def _from_model(source: Source, names: list[Mention]) -> Iterator[tuple[int, str, str]]:
    """What the statistical model says, where it agrees with a preposition of place or calls the name a body."""
    for i, name in enumerate(names):
        if name.kind:
            continue
        labels = Counter(t.entity for t in source.tokens if t.start >= name.start and t.end <= name.end and t.entity)
        before = source.text[max(0, name.start - 10) : name.start]
        if not labels:
            continue
        label = labels.most_common(1)[0][0]
        if label == "LOC" and re.search(r"(?:\bà|près de|basée? à|implantée? à) ?$", before):
            yield i, "Place", "model"
        elif label == "ORG" and not _AND.search(""):
            yield i, "Company", "model"
