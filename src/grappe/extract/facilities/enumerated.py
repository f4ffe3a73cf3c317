"""What premises hold, told piece by piece: in the items of a list, floor by floor, « on y trouve … »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim
from grappe.extract.facilities.parts import in_list
from grappe.extract.facilities.scene import View
from grappe.extract.reading import Thing
from grappe.extract.walk import Walk

__all__ = ["found_there", "in_items", "rest"]

_BULLET = r"(?:[–•▪›>*-] )?"
#: The sentence over a list of what premises hold: a verb of holding, « y », or a word for what there is.
_HOLDS = re.compile(
    r"(?<![\w'])(?P<verb>compren\w+|compt\w+|offr\w+|réuni\w+|abrit\w+|accueill\w+|héberg\w+|regroup\w+|comport\w+|intègr\w+|rassembl\w+|dispos\w+|se compos\w+|est (?:composée?|dotée?|équipée?|constituée?) de|propos\w+|renferm\w+|aur(?:a|ont))(?![\w'])"
    r"[^.:]{0,60}: ?$"
)
_WHAT_THERE_IS = re.compile(
    r"(?:\by (?:trouv|compt|verr|voi|découvr|install|dispos)\w*|[Aa]u (?:programme|menu)|[ÀA] l'intérieur|[Cc]omposition|[Éé]quipements?|[Ll]es? (?:lieux?|équipements|espaces|installations|locaux)|[Ll]e bâtiment)[^.:]{0,40}: ?$"
)
_FIRST_PIECE = re.compile(rf"^{_BULLET}(?:(?:de |environ |près de |plus de )*)(?:au [a-zé-]+ ?(?:étage)? ?: )?(?=⟨F)")


def in_items(view: View) -> Iterator[Claim]:
    """« L'usine comprendra : – un hall de 7 000 m² ; – trois lignes d'assemblage »: each item is a part."""
    found = _FIRST_PIECE.match(view.text)
    if found is None or view.masked.sentence.kind not in ("item", "row"):
        return
    whole, head = _over_the_list(view)
    if whole is None or head is None:
        return
    for i in view.walk.listed(view.walk.at(found.end())):
        piece = view.thing(i)
        if piece is not None and piece.id != whole.id and view.given(i):
            yield view.claim(piece, "grp:containedIn", whole, view.span(i), "part-in-item", 0.85)


def _over_the_list(view: View) -> tuple[Thing | None, View | None]:
    """Return what the list is of in which an item stands, and the sentence that says so."""
    reading = view.scene.reading
    for index in range(view.index - 1, max(-1, view.index - 12), -1):
        masked = reading.masked[index]
        if masked.text.rstrip().endswith(":"):
            head = View(view.scene, Walk(masked), index)
            if (verb := _HOLDS.search(masked.text)) is not None and head.asserted(*verb.span()):
                return head.wholes(verb.start())[0], head
            if _WHAT_THERE_IS.search(masked.text):
                return view.scene.spoken_of(index, back=2, root=False), head
            return None, None
        if masked.sentence.kind not in ("item", "row"):
            return None, None
    return None, None


_ONE_FINDS = re.compile(
    r"(?<![\w'])(?P<where>où (?:l')?on|[Oo]n y) (?:trouv|compt|verr|voi|découvr|crois|recens|dénombr|rencontr)\w+(?![\w'])"
)
_THERE_ARE = re.compile(
    r"(?:(?<![\w'])[Yy] (?:seront|sont|sera|est|ont été|a été) (?:également |aussi |déjà |ensuite )?(?:montée?s|installée?s|aménagée?s|réunie?s|regroupée?s|rassemblée?s|logée?s|prévue?s|implantée?s)|(?<![\w'])[Ss]'y (?:trouvent|ajoutent|trouve|ajoute)|[Vv]iennent ensuite|(?<![\w'])[Yy] (?:prendront|prennent|trouveront|trouvent) place)"
)


def found_there(view: View) -> Iterator[Claim]:
    """« On y trouve une ligne d'effilochage et un laboratoire », « Y seront montées deux lignes », « où l'on verra … »."""
    for found in (*_ONE_FINDS.finditer(view.text), *_THERE_ARE.finditer(view.text)):
        if not view.told or not view.asserted(*found.span()):
            continue
        whole: Thing | None
        if found[0].startswith("où"):
            before = view.walk.antecedent(view.walk.at(found.start()))
            whole = view.thing(before[0]) if before and view.word(before[0]).letter == "F" else None
        elif any(view.word(i).end <= found.start() for i in view.mentions("F")):
            whole = view.there(found.start())
        else:
            whole = _subject_before(view)
        if whole is not None:
            yield from in_list(view, whole, found.end(), found.start(), "found-there", 0.85)


def _subject_before(view: View) -> Thing | None:
    """Return the premises that the sentence before is about: its subject, else the whole of what it speaks of."""
    spoken = view.scene.spoken_of(view.index, back=1, root=False)
    if spoken is None:
        return None
    before = view.scene.reading.masked[view.index - 1].text
    first = re.match(r"(?:[^⟨⟩]{3,60}, )?⟨F(?P<n>\d+)⟩", before)
    if first is not None and view.scene.reading.thing_at(int(first["n"])) == spoken:
        return spoken
    return view.scene.reading.things[view.scene.root(spoken.id)]


_FLOOR = r"(?:[Aa]u|[Dd]u) (?:premier|deuxième|second|troisième|quatrième|dernier|\de)(?: étage| niveau)?"
_REST = re.compile(
    rf"{_BULLET}(?:[Dd]ans le reste|[Ll]e reste(?: du bâtiment| de l'édifice)?|(?P<floor>{_FLOOR}|[Aa]u (?:rez-de-chaussée|sous-sol)|[Aa]u-dessus|[Aa]u-dessous|[Ss]ous les toits|[Ss]ur le toit|[ÀA] l'étage)|[Ss]ur place|[ÀA] l'intérieur|[Tt]out au fond|[ÀA] l'arrière|[Aa]utour|[Dd]edans|[Aa]u programme|[Àà] terme)(?=,| )"
)


def rest(view: View) -> Iterator[Claim]:
    """« Dans le reste, X disposera de 500 m² de laboratoires », « au-dessus, huit salles ; sous les toits, un atelier »."""
    begin = 0
    for segment in re.split(r"(?<=;) ", view.text):
        found = _REST.match(segment)
        if found is not None:
            yield from _on_floor(view, begin, segment, found["floor"] is not None)
        begin += len(segment) + 1


def _on_floor(view: View, begin: int, segment: str, floor: bool) -> Iterator[Claim]:
    whole = view.scene.spoken_of(view.index, back=3 if floor else 1, buildings=floor)
    if whole is None:
        return
    end = re.search(r"[;:](?! ?⟨F)(?! ?⟨S\d+⟩ de)", segment)
    stop = begin + (end.start() if end is not None else len(segment))
    for i in view.mentions("F"):
        piece = view.thing(i)
        if not begin <= view.word(i).start < stop:
            continue
        if piece is not None and piece.id != whole.id and view.walk.governed(i) in ("", "de") and view.given(i):
            span = view.span((begin, begin + 1), i)
            yield view.claim(piece, "grp:containedIn", whole, span, "in-the-rest", 0.7)
