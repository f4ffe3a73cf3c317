"""Which facility a phrase takes up again: « la plateforme », « le bâtiment », « un bâtiment … baptisé Hélios »."""

from __future__ import annotations

import re

from grappe.extract.premises_words import DEFINITE, GENERIC, PARTS, POSSESSIVE
from grappe.extract.reading import Mention, letter
from grappe.extract.source import Source
from grappe.iri import fold

__all__ = ["described_before", "own_labels", "taken_up"]

_PLANT = re.compile(
    r"(?:usine|giga|méga|micro-?usine|site|unité (?:de|d'|indus|pré|semi)|raffinerie|bioraffinerie|distillerie|fonderie|manufacture|complexe|centre de|ligne)"
)
_COPULA = re.compile(
    r",? (?:est|sera|constitue|constituera|forme|formera|représente) (?:en fait |également |aussi )?(?:un |une |le |la |l')?$"
)
_CALLED = re.compile(
    r"(?:,? (?:qui (?:sera|est|a été) )?(?:baptis|nomm|dénomm|appel|surnomm|intitul)ée?s?|, dite?|,| :)(?: (?:par [^,.;]{3,30}))? ?(?:« ?|\")?(?:le |la |l'|les )?$",
    re.I,
)
_THEN_CALLED = re.compile(r"[^.]*\. (?:Baptis|Dénomm|Nomm|Surnomm|Appel)ée?s? [^.]*")
_BEGUN = re.compile(r"(?:première pierre|construction|chantier)", re.I)
_BUILT = re.compile(r"\b(?:constru|bâti|réalis|édifi|érig)", re.I)


def taken_up(source: Source, mention: Mention, before: list[Mention], owner: list[int]) -> int | None:
    """Return the thing that a phrase of a facility takes up again, or None for a new one."""
    shape = mention.facility
    if shape is None:
        return None
    earlier = [(m, t) for m, t in zip(before, owner, strict=True) if t >= 0 and letter(m.kind) == "F"]
    if shape.member_of is not None:
        if shape.determiner == "ensemble":
            return next((t for m, t in earlier if m.start == shape.member_of), None)
        return None
    if earlier:
        last, thing = earlier[-1]
        between = source.text[last.end : mention.start]
        if last.end <= mention.start and _COPULA.fullmatch(between) and not shape.other and last.kind not in PARTS:
            return thing
        bare = shape.determiner == "" or (shape.determiner in ("un", "une") and last.facility is None and shape.area)
        if (
            between in ((", ",) if shape.determiner == "" else (", un ", ", une "))
            and bare
            and not shape.count
            and _apposed(source, mention, last)
        ):
            return thing
        if _INTRODUCED.fullmatch(between) and last.facility is None and _sort(last) == _sort(mention):
            return thing  # « Voltéa, son usine de composants »
        if between == ", " and last.rule == "premises-own-name" and shape.area and source.text[mention.start].isdigit():
            return thing  # « le Creuset, 350 m² de bancs d'essais »: what it is made of
    if shape.determiner in DEFINITE or shape.determiner in POSSESSIVE or (shape.determiner == "des" and not shape.area):
        return _definite(source, mention, earlier)
    return _announced(source, mention, earlier)


_INTRODUCED = re.compile(r"(?: \([^()]*\))?, (?:l'|la |le |son |sa |leur )(?:nouvelle? |nouvel |future? )?")


def _sort(mention: Mention) -> str:
    return "Building" if mention.kind == "Facility" else mention.kind


def _apposed(source: Source, mention: Mention, last: Mention) -> bool:
    """Tell « l'insectarium, extension de 1 500 m² de X, » from a list: no « et » with another facility follows."""
    after = source.text[mention.end : mention.end + 60]
    if mention.facility is not None and mention.facility.determiner == "" and last.facility is None:
        return True
    goes_on = re.match(r"[^.;,]{0,40}(?:,| et|, et) (?:un|une|des|\d|deux|trois) ", after)
    return goes_on is None and (last.facility is None or not last.facility.count)


def _agree(mention: Mention, earlier: Mention) -> bool:
    """Return whether two phrases can name one thing by what they say: areas, counts, « un second »."""
    new, old = mention.facility, earlier.facility
    if new is None or old is None:
        return True
    if new.area and old.area and new.area.square_metres != old.area.square_metres:
        return False
    if new.count and new.count != old.count:
        return False
    plural = _plural(new.noun)
    return plural == _plural(old.noun) or bool(plural and old.count)


def _plural(noun: str) -> bool:
    return noun.split()[0].endswith(("s", "x")) and noun not in ("locaux", "bureaux")


def _noun(mention: Mention) -> str:
    """Return the head of a facility's phrase or name, in the singular."""
    words = mention.facility.noun if mention.facility else mention.label.casefold()
    return re.sub(r"(?:aux\b)", "au", " ".join(w.rstrip("s") for w in words.split()))


def _called_by(name: Mention, mention: Mention) -> bool:
    """Return whether a noun alone can mean what has a name: « la plateforme » the one platform named before."""
    if name.rule.startswith(("definite", "pronoun")):
        return False
    noun = _noun(mention)
    if any(fold(form).startswith(fold(noun)) for form in (name.label, *name.aliases)):
        return True
    return name.kind == mention.kind and name.kind != "Facility"


def _latest_first(source: Source, earlier: list[tuple[Mention, int]]) -> list[tuple[Mention, int]]:
    """Return what earlier sentences speak of, the latest sentence first; in each what it is about before where that is."""
    placed = {m.start: bool(_IN_PLACE.search(source.text[max(0, m.start - 40) : m.start])) for m, _ in earlier}
    begins = {m.start: s.start for m, _ in earlier if (s := source.sentence_of(m.start)) is not None}
    return sorted(earlier, key=lambda e: (-begins.get(e[0].start, 0), placed[e[0].start], e[0].start))


_IN_PLACE = re.compile(
    r"\b(?:dans|au sein|au cœur|étage|rez-de-chaussée|près|sur le site)(?: de| du| d'| de l'| de la)?(?: [a-zà-ÿ']+)? ?$"
)


def _definite(source: Source, mention: Mention, earlier: list[tuple[Mention, int]]) -> int | None:
    shape = mention.facility
    assert shape is not None
    if shape.other and re.match(r"ancien|actuel", source.text[mention.start : mention.end]):
        return None  # « l'ancien site » is not the new one
    plain = mention.label.casefold() == shape.noun
    mine = shape.determiner in POSSESSIVE
    areas = {t: m.facility.area for m, t in earlier if m.facility and m.facility.area}
    for m, t in reversed(earlier):
        if not _agree(mention, m) or (
            shape.area and t in areas and areas[t] != shape.area and areas[t].square_metres != shape.area.square_metres
        ):
            continue
        shown = shape.determiner in ("ce", "cet", "cette")
        if shape.area and t not in areas and not shown and not (m.facility and _noun(m) == _noun(mention)):
            continue
        if m.facility is not None and (
            _noun(m) == _noun(mention) or (plain and _noun(m).startswith(f"{_noun(mention)} "))
        ):
            label, old = fold(mention.label), fold(m.label)
            if (
                plain
                or label == old
                or old.startswith(label)
                or (label.startswith(old) and not shape.other and not mine)
            ):
                return t
        elif m.facility is None and plain and not mine and _called_by(m, mention):
            return t
    if re.match(r" (?:de |du |des |d')(?!une? |environ |\d|plus |près )", source.text[mention.end :]):
        return None  # « le site de Lannion », « l'extension du laboratoire X » say which
    if (
        mine
        and plain
        and not shape.other
        and not shape.area
        and (announced := _headlined(source, mention, earlier)) is not None
    ):
        return announced
    if shape.determiner in ("ce", "cet", "cette") and not shape.count and not _plural(shape.noun):
        # « Le Labo des Dunes a ouvert. Ce plateau d'essais … »: the one named before
        named = _named_just_before(source, mention, earlier)
        if named is not None and not (shape.area and named in areas):
            return named
    if mine or not plain or shape.count or shape.future:
        return None
    for m, t in _latest_first(source, earlier):
        if shape.area and (t in areas or m.kind != "Building" or mention.start - m.end > 300):
            continue
        if m.kind in PARTS or not _agree(mention, m) or (m.facility and m.facility.member_of is not None):
            continue
        same_sort = bool(_PLANT.match(_noun(m)) and _PLANT.match(shape.noun))
        if (
            same_sort
            or (shape.noun in GENERIC and shape.noun != "locaux")
            or (shape.noun in ("immeuble", "pavillon") and m.kind == "Building")
        ):
            return t
    return None


def _named_just_before(source: Source, mention: Mention, earlier: list[tuple[Mention, int]]) -> int | None:
    """Return the only premises with a name of which the sentence before, or this one so far, speaks."""
    begins = [s.start for s in source.sentences if s.start <= mention.start][-2:]
    near = {t for m, t in earlier if begins and m.start >= begins[0] and m.facility is None and m.kind not in PARTS}
    return next(iter(near)) if len(near) == 1 else None


def _headlined(source: Source, mention: Mention, earlier: list[tuple[Mention, int]]) -> int | None:
    """« X construit sa gigafactory » (headline) … « le chantier de son usine »: the one plant of the headline."""
    plants = {
        t
        for m, t in earlier
        if m.facility is not None and not m.facility.count and m.kind == mention.kind and _PLANT.match(_noun(m))
    }
    if len(plants) != 1 or not _PLANT.match(_noun(mention)):
        return None
    first = next(m for m, t in earlier if t in plants)
    there = source.sentence_of(first.start)
    return next(iter(plants)) if there is not None and there.kind in ("title", "heading") else None


def _announced(source: Source, mention: Mention, earlier: list[tuple[Mention, int]]) -> int | None:
    """« X ouvre un second bâtiment » (headline) … « un bâtiment de 900 m² »; « l'usine N … X y construit un bâtiment »."""
    shape = mention.facility
    assert shape is not None
    here = source.sentence_of(mention.start)
    if here is not None and here.kind == "heading" and not (shape.area or shape.count or shape.other):
        spoken = {t for m, t in earlier if m.facility and _noun(m) == _noun(mention) and m.kind == mention.kind}
        return next(iter(spoken)) if len(spoken) == 1 else None  # a heading sums up: « Un bâtiment dédié à … »
    if here is None or here.kind in ("title", "heading"):
        return None
    for m, t in earlier:
        there = source.sentence_of(m.start)
        if there is None or there.kind not in ("title", "heading") or not _agree(mention, m) or m.kind != mention.kind:
            continue
        label, old = fold(mention.label), fold(m.label)
        if (label.startswith(old) or old.startswith(label)) and not any(
            o == t and x.start > m.start and x.facility and x.facility.area for x, o in earlier
        ):
            return t
    if shape.count or shape.other or mention.kind != "Building" or not shape.area:
        return None
    piece = source.text[here.start : mention.start]
    named = {
        t
        for m, t in earlier
        if m.kind == "Building"
        and here.start - m.end < 260
        and (m.facility is None or _BEGUN.search(source.text[max(0, m.start - 40) : m.start]))
    }
    if len(named) == 1 and _BUILT.search(piece) and re.search(r"\by ", piece):
        return next(iter(named))
    return None


def described_before(source: Source, mention: Mention, before: list[Mention], owner: list[int]) -> int | None:
    """Return the thing without a name that a name now gives its name: « une usine de 3 000 m² baptisée Hélia »."""
    if letter(mention.kind) != "F":
        return None
    earlier = [
        (m, t)
        for m, t in zip(before, owner, strict=True)
        if t >= 0 and letter(m.kind) == "F" and m.facility is not None and not m.facility.count
    ]
    named = {t for m, t in zip(before, owner, strict=True) if t >= 0 and m.facility is None}
    for m, t in reversed(earlier):
        if t in named:
            continue
        between = source.text[m.end : mention.start]
        if mention.start - m.end > 1500:
            break
        if (
            ("." not in between or _THEN_CALLED.fullmatch(between))
            and len(between) < 110
            and re.search(r"(?:baptis|nomm|appel)", between)
            and _CALLED.search(between)
        ):
            return t
        if (
            _CALLED.fullmatch(between)
            and between.strip() in (",", ":")
            and re.match(r"[,.)]", source.text[mention.end :])
            and m.kind == mention.kind
        ):
            return t
        head = source.text[mention.start : mention.core[0]].casefold().strip()
        if (
            m.kind == mention.kind == "Building"
            and fold(_noun(m)) == fold(head) == fold(m.label)
            and m.facility is not None
            and not m.facility.other
            and m.facility.determiner not in POSSESSIVE
        ):
            return t  # « le bâtiment … » and later « le bâtiment Hélios »
        if mention.start - m.end > 260:
            continue
        if (
            head
            and _noun(m).split()[0] == head.split()[0]
            and m.facility
            and m.facility.determiner in ("un", "une", "d'un", "d'une")
            and "." in between
        ):
            return t
    return None


def own_labels(mentions: list[Mention]) -> list[str]:
    """Return the labels by which a thing is called; of a facility, without « l'équipement » and the like if it can."""
    telling = [
        m.label
        for m in mentions
        if m.facility is None or not (m.label.casefold() in GENERIC and m.facility.determiner in DEFINITE)
    ]
    return telling or [m.label for m in mentions]
