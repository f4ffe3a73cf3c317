"""Who owns or runs premises by a noun that says so: « dont X est propriétaire », « Exploitant : X », « confiée à X »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim
from grappe.extract.facilities.scene import OWNERS, View
from grappe.extract.premises_words import PARTS
from grappe.extract.reading import Thing

__all__ = ["as_holder", "on_a_sheet"]

_HOLDER = (
    r"(?:co)?(?:propriétaires?|exploitante?s?|gestionnaires?|locataires?|occupante?s?|utilisateurs?|utilisatrices?)"
)
_BE = r"(?:est|sont|sera|seront|reste|restera|demeure|devient|deviendra) (?:aussi |également |désormais |ainsi |pour moitié )?(?:le |la |l'|les )?(?:seule? |principale? |futur?e? |première? )?"
_W = r"(?:[^⟨⟩.;:()«»]|⟨[LDSY]\d+⟩|\([^()]*\))"
_TIES = (
    # the premises first
    re.compile(rf"⟨F(?P<f>\d+)⟩{_W}{{0,60}}?,? dont (?:⟨O(?P<o>\d+)⟩ {_BE}{_HOLDER}|(?:le |la |l'|les ){_HOLDER} (?:est|sont|sera|seront) ⟨O(?P<p>\d+)⟩)"),
    re.compile(rf"⟨F(?P<f>\d+)⟩{_W}{{0,40}}?,? (?:est|sont|sera|reste|restera|demeure) (?:entièrement )?(?:la |en )?propriété (?:commune |conjointe |indivise )?de ⟨O(?P<o>\d+)⟩"),
    re.compile(r"⟨F(?P<f>\d+)⟩(?: \([^()]*\))?(?:, (?:qui )?)?(?: |, )?(?:est |sera |a été )?(?:confiée?s?|attribuée?s?|réservée?s?|remise?s?|louée?s?|dévolue?s?|revient|reviendra) à ⟨O(?P<o>\d+)⟩"),
    # the body first
    re.compile(rf"⟨O(?P<o>\d+)⟩,? (?:{_BE}|qui {_BE}|, )?{_HOLDER} de ⟨F(?P<f>\d+)⟩"),
    re.compile(r"⟨O(?P<o>\d+)⟩(?: \([^()]*\)| –[^–]*–)?,? à qui (?:revient|reviendra|est confiée?|est attribuée?|échoit) ⟨F(?P<f>\d+)⟩"),
    re.compile(rf"⟨O(?P<o>\d+)⟩(?:{_W}{{0,30}}) (?:prend|prendra|prendront|a pris) possession(?:{_W}|⟨O\d+⟩){{0,60}}? de ⟨F(?P<f>\d+)⟩"),
)  # fmt: skip
#: « X, qui en sera l'exploitante », « X en est propriétaire »: of the premises spoken of.
_OF_IT = re.compile(rf"⟨O(?P<o>\d+)⟩,? (?:qui )?en {_BE}{_HOLDER}")
_SHEET = re.compile(
    rf"(?:^|[ .;›•–-] ?)(?:{_HOLDER}|Propriété|Gestion|Exploitation)(?: (?:de |du )[a-zà-ÿ ]{{4,20}})? ?: ⟨O(?P<o>\d+)⟩",
    re.I,
)


def as_holder(view: View) -> Iterator[Claim]:
    """« le bâtiment X, dont la Région est propriétaire », « le plateau est confié à Y », « Z, qui en sera l'exploitante »."""
    thing_at = view.scene.reading.thing_at
    for expression in _TIES:
        for found in expression.finditer(view.text):
            body = thing_at(int(found["o"] or found["p"] if "p" in expression.groupindex else found["o"]))
            premises = thing_at(int(found["f"]))
            if body is None or premises is None or not _may_hold(body) or not view.asserted(*found.span()):
                continue
            yield view.claim(body, "grp:hasFacility", premises, view.span(found.span()), "as-holder", 0.85)
            for other in _also(view, found, body):
                yield view.claim(other, "grp:hasFacility", premises, view.span(found.span()), "as-holder", 0.85)
    for found in _OF_IT.finditer(view.text):
        body = thing_at(int(found["o"]))
        before = [t for i in view.mentions("F") if view.word(i).end <= found.start() and (t := view.thing(i))]
        premises = before[0] if before else view.scene.spoken_of(view.index, back=1)
        if premises is not None and premises.kind in PARTS:
            continue
        if body is not None and premises is not None and _may_hold(body) and view.asserted(*found.span()):
            for one in (body, *_also(view, found, body)):
                yield view.claim(one, "grp:hasFacility", premises, view.span(found.span()), "holder-of-it", 0.8)


def _also(view: View, found: re.Match[str], body: Thing) -> list[Thing]:
    """Return the others who hold with a body: « A, B et C en sont copropriétaires », « la propriété commune de A et de B »."""
    number = found["o"]
    at = next((i for i in view.mentions("O") if number and view.word(i).number == int(number)), None)
    if at is None:
        return []
    plural = re.search(r"\b(?:co|sont|seront|commune|conjointe|indivise)", found[0]) is not None
    listed = [*view.walk.listed(at), *view.walk.listed(at, step=-1)] if plural else []
    things = [t for i in listed if (t := view.thing(i)) is not None and _may_hold(t) and t.id != body.id]
    return list(dict.fromkeys(things))


def on_a_sheet(view: View) -> Iterator[Claim]:
    """« Propriétaire : X » on a sheet about premises: the premises spoken of."""
    for found in _SHEET.finditer(view.text):
        body = view.scene.reading.thing_at(int(found["o"]))
        before = [t for i in view.mentions("F") if view.word(i).end <= found.start() and (t := view.thing(i))]
        roots = {view.scene.root(t.id) for t in before}
        premises = (
            view.scene.reading.things[next(iter(roots))]
            if len(roots) == 1
            else view.scene.spoken_of(view.index, back=4, far=True)
        )
        if body is not None and premises is not None and _may_hold(body):
            yield view.claim(body, "grp:hasFacility", premises, view.span(found.span()), "holder-on-sheet", 0.75)


def _may_hold(body: Thing) -> bool:
    return body.kind in OWNERS or body.kind == "PublicAuthority"
