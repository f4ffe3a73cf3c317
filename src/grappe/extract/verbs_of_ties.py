"""Ties told by verbs around lists: who takes part in a project, who shares a unit, who leads, who belongs to a group.

The shapes are those of relative clauses (« auquel sont associés A et B », « où l'on retrouve A »), of subjects behind
their verb (« Y participent A et B ») and of verbs with several objects, which the clauses of
:mod:`grappe.extract.clauses` see only in part.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from grappe.extract.claims import Claim, Said
from grappe.extract.reading import Hit, Reading, Thing
from grappe.extract.relations import GROUPS
from grappe.extract.skeleton import (
    ADVERBS,
    LIST,
    PLAYERS,
    SUBJECT,
    WHOLE,
    find_bare,
    last_named,
    listed,
    repeating,
    spoken_of,
)

__all__ = ["ties_of_verbs"]

_PROJECTS = frozenset({"Project", "ResearchNetwork"})
_UNITS = frozenset({"Laboratory", "TechnologyPlatform", "University"})
_BODIES = frozenset("ResearchOrganization University Hospital Laboratory Organization Company NonProfit".split())
_ANY = _BODIES | {"Cluster", "ResearchNetwork"}
#: What « y » and « en » may also stand for, and then the fact is another.
_TAKEN_UP = frozenset(
    "Event Visit Signing Inauguration Conference Facility Building TechnologyPlatform Programme".split()
)

_ADV = rf"(?:(?!et |ou )(?:{ADVERBS}|depuis l'origine|elle-même|lui-même|tout à la fois|ensemble),? )*"
#: Verbs of taking part, as they end before what one takes part in.
_TAKE_PART = r"(?:(?:a |ont )?(?:particip|collabor|contribu|coop[éè]r|s'associ|s'engag|s'impliqu|s'investi|œuvr|embarqu)(?:e|ent|era|eront|ait|aient|é|ssent|t)|(?:a |ont )?(?:concour(?:t|ent|ra|ront|u)|intervien(?:t|nent)|prend part|prennent part|pris part|prendra part|prendront part|se joi(?:nt|gnent)|se joindr(?:a|ont)))"
_ARE_IN = r"(?:est|sont|seront|sera|ont été|a été|s'est|s'étaient|s'était|se sont) {ADV}(?:associée?s?|engagée?s?|impliquée?s?|embarquée?s?|mobilisée?s?|investie?s?|partie prenante|parties prenantes|unie?s?|réunie?s?|rassemblée?s?|représentée?s?|regroupée?s?|fédérée?s?)"  # fmt: skip
_IN = rf"(?:{_TAKE_PART}|{_ARE_IN})"
_INTO = r"(?:auquel|auxquels|à laquelle|dans lequel|dans laquelle|autour duquel|autour de laquelle|où|pour lequel)"
_LEAD = r"(?:la conduite|le pilotage|la coordination|le portage|la direction|les rênes|la barre|la tête|les commandes|la plume|la maîtrise d'œuvre|le leadership)"
_HOLD = (
    r"(?:assure|assurent|assurera|assureront|prend|prennent|prendra|a pris|ont pris|tient|tiennent|tiendra|exerce|a)"
)
_LED = (
    r"(?:emmenée?|orchestrée?|chapeautée?|supervisée?|conduite?|impulsée?|initiée?|copilotée?|cocoordonnée?|codirigée?)"
)
_UNIT = r"(?:,? (?:une? |ce |cette |le |la |l')?(?:laboratoire|unité|équipe|centre|institut|structure|UMR|plateforme|LabCom)(?: (?!qui |que |dont )[a-zà-ÿ-]+){0,3})?"
_HANGS = r"(?:relève(?:nt)?|dépend(?:ent)?|relevait|relèvera) {ADV}(?P<y>{DE})|(?:appartien(?:t|nent)|appartiendra) {ADV}(?:à (?:deux|trois|quatre) [a-z]+ : (?P<w>{LIST})|(?P<v>{TO}))"


@dataclass(frozen=True, slots=True)
class _Shape:
    """A wording of a tie: the whole is slot ``x`` (or what is spoken of), the others are the lists ``y`` and ``z``."""

    name: str
    expression: str
    predicate: str
    wholes: frozenset[str]
    players: frozenset[str]
    confidence: float
    turned: bool = False


def _involves(name: str, expression: str, sure: float = 0.8) -> _Shape:
    return _Shape(name, expression, "grp:involves", _PROJECTS, _ANY | {"PublicAuthority"}, sure)


def _unit(name: str, expression: str, sure: float = 0.85) -> _Shape:
    return _Shape(name, expression, "org:unitOf", _UNITS, _BODIES, sure)


def _member(name: str, expression: str, sure: float = 0.85) -> _Shape:
    return _Shape(name, expression, "grp:memberOf", GROUPS, _ANY - {"Cluster"}, sure, turned=True)


def _led(name: str, expression: str, sure: float = 0.85) -> _Shape:
    kinds = _PROJECTS | {"TechnologyPlatform"}
    return _Shape(name, expression, "grp:ledBy", kinds, _ANY | {"PublicAuthority", "FundingAgency"}, sure)


_SHAPES = (
    # « Le projet A, auquel sont associés B et C », « A, un projet que X pilote et dans lequel sont engagés B et C »
    _involves("part-in-relative", r"{J}{GAP} {INTO} {IN} {ADV}{Y}"),
    _involves("part-in-relative-subject", r"{J}{GAP} {INTO} {Y},? (?:y )?{IN}(?![\w-])"),
    # « A, projet où l'on retrouve B et C »
    _involves("part-found-in", r"{J}{GAP} {INTO} (?:l'on|on) (?:retrouve|trouve|croise|compte|relève|voit)(?:,? outre (?P<z>{LIST})(?:,| et))? {ADV}{Y}"),
    # « Y participent B et C », « S'y joignent B et C », « Y sont associés B et C »
    _involves("part-there-ahead", r"(?:^|[.;] )(?:Y {IN}|S'y (?:joignent|associent|joint|associe|joindront|impliquent)|Y (?:participent|collaborent|contribuent|concourent|travaillent|œuvrent)) {ADV}{Y}", 0.75),
    # « B et C y participent », « B y est associé, de même que C »
    _involves("part-there", r"{S} y {IN}(?![\w-])(?:,? de même que (?P<z>{LIST})|,? ainsi que (?P<w>{LIST})|,? comme (?P<v>{LIST}))?", 0.75),
    # « Participent au projet A B et C », « Sont associés à A B et C »
    _involves("part-verb-ahead", r"^(?i:{IN}),? (?:à|dans|autour de) {J},? {ADV}{Y}"),
    # « Contribuent aux travaux B et C », of the project spoken of
    _involves("part-work-ahead", r"^(?:Contribuent|Participent|Collaborent|Prennent part|Concourent) aux? (?:travaux|recherches|études|essais|développements|projet|programme|opérations?),? {ADV}{Y}", 0.75),
    # « B et C se sont associés dans A », « B est engagé dans A »
    _involves("part-are-in", r"{S},? {IN} (?:ensemble )?(?:dans|autour de|au sein de|à) {J}(?! de)"),
    # « B et C lui prêtent leur concours »
    _involves("part-lends-hand", r"{S},? (?:lui |leur )(?:prête(?:nt)?|prêteront|apporte(?:nt)?|apporteront) (?:leur|son|main-forte)(?: (?:concours|savoir-faire|expertise|appui|renfort|aide))?(?![\w-])", 0.7),
    # « Autour de B, le projet A … »; « B, C et D sont parties prenantes de A »
    _involves("part-stakeholders", r"{S},? (?:est|sont|seront) {ADV}parties? prenantes? de {J}"),
    # « B et C en sont parties prenantes »
    _Shape("part-stakeholders-of-it", r"{S},? en {BE} {ADV}parties? prenantes?", "grp:involves", _PROJECTS | {"Laboratory"}, _ANY, 0.75),
    # « A relève à la fois de B et de C », « A, qui appartient à B et à C », « A appartient à deux maisons : B et C »
    _unit("unit-hangs", r"{X}{UNIT},? (?:qui |lequel |laquelle |et |dont )?(?:{HANGS})"),
    # « A, mixte entre B et C », « A, partagé entre B et C »
    _unit("unit-between", r"{X}{UNIT},? (?:qui est |est |et )?(?:mixte|commune?|partagée?|conjointe?|communes?) (?:entre {Y}|(?P<z>{TO}))"),
    # « A, unité placée sous la tutelle de B et de C », « A est placé sous la double tutelle de B et C »
    _unit("unit-put-under", r"{X}{UNIT},? (?:qui est |est |et )?(?:placée? )?sous (?:la )?(?:double |triple |co-?)?(?:tutelle|cotutelle) {ADV}(?:conjointe )?(?P<y>{DE})"),
    # « A, que B et C possèdent en commun », « A, unité que se partagent B et C »
    _unit("unit-had-together", r"{X}{UNIT},? (?:que |qu')(?:{Y},? (?:se partagent|partagent|cogèrent|copilotent|codirigent|ont en commun|(?:possèdent|gèrent|pilotent|animent|administrent) (?:en commun|ensemble|conjointement|à parts égales))|(?:se partagent|cogèrent|copilotent) {Y2})"),
    # « A, unité que B partage avec C »
    _unit("unit-shared-with", r"{X}{UNIT},? (?:que |qu')(?P<y>{ITEM}) (?:partage|cogère|codirige|copilote|gère|possède|administre) {ADV}avec (?P<z>{LIST})"),
    # « A, à laquelle concourent B et C », « A, sur laquelle veillent ensemble B et C »
    _unit("unit-watched-over", r"{X}{UNIT},? (?:à laquelle|auquel|sur laquelle|sur lequel) (?:concourent|contribuent|veillent|participent) {ADV}{Y}"),
    # « A, dont B et C exercent la tutelle », « A, dont B assure la tutelle avec C »
    _unit("unit-tutelle-held", r"{X},? dont {Y},? (?:exerce(?:nt)?|assure(?:nt)?|partagent|se partagent|ont|a) {ADV}(?:la |une )?(?:co)?tutelle(?: avec (?P<z>{LIST}))?"),
    # « A, pôle auquel B et C ont adhéré », « A, auquel B est affilié »
    _member("member-relative", r"{X}(?:,? (?:un |le )?(?:pôle|cluster|réseau|association|fédération|groupement)(?: [a-zà-ÿ-]+){0,3})?,? (?:auquel|à laquelle|que|qu'|dont) {Y},? {ADV}(?:(?:a|ont|avait|avaient|est|sont|vient de|viennent de|s'est|se sont|fait|font) {ADV}(?:adhér\w+|s'affilier|affiliée?s?|rejoint|rejoindre|intégré|intégrer|partie)|adhère(?:nt)?|appartien(?:t|nent))(?![\w-])"),
    # « A, dont font partie B et C »
    _member("member-part-inverted", r"{X},? (?:auquel|à laquelle|dont) (?:fait|font|ont adhéré|a adhéré|adhèrent|appartiennent|sont membres|est membre) {ADV}(?:partie )?{ADV}{Y}"),
    # « B et C adhèrent à A », « B est affilié à A », « B vient d'intégrer A »
    _member("member-verb", r"{S},? (?:qui )?(?:(?:est|sont) {ADV}affiliée?s? à|(?:s'est|se sont) {ADV}(?:affiliée?s?|ralliée?s?) à|(?:a|ont) {ADV}(?:adhéré à|intégré|rejoint)|(?:vient|viennent) de (?:adhérer à|s'affilier à|intégrer|rejoindre)|adhère(?:nt)? {ADV}à|(?:intègre|intègrent|rejoignent) {ADV}) ?{X}"),
    # « l'adhésion de B à A »
    _member("member-noun", r"\b(?:acte de |de |salue |annonce |confirme |acte |après )?(?:l'|son )?(?:adhésion|appartenance|affiliation|intégration|ralliement) de {Y} à {X}", 0.8),
    # « Voltéa. PME lyonnaise. Membre du pôle A. »: said of whom the lines before speak of
    _member("member-alone", r"^(?:[•–-] ?)?(?:Membre|Adhérente?|Affiliée?)(?: [a-zé]{4,15})? (?:de|à) {X}(?: depuis ⟨[DY]\d+⟩)? ?\.?$", 0.75),
    # « B assure la conduite de A », « B en assure le pilotage »
    _led("lead-holds", r"{S},? (?:qui )?{HOLD} {LEAD} de {J}"),
    _led("lead-holds-whose", r"{J}{GAP} dont {Y},? {HOLD} {ADV}{LEAD}"),
    _led("lead-holds-for", r"{J}{GAP} (?:pour lequel|pour laquelle|sur lequel|auquel|dans lequel) {Y},? {HOLD} {ADV}{LEAD}"),
    _led("lead-holds-it", r"{S},? (?:qui )?en {HOLD} {ADV}{LEAD}", 0.75),
    # « B et C conduiront ensemble A »
    _led("lead-together", r"{S},? (?:qui )?(?:condui(?:sent|ront)|mèn(?:ent|eront)|pilot(?:ent|eront)|port(?:ent|eront)|coordonn(?:ent|eront)) {ADV}{J}", 0.8),
    # « A (450 000 €) : coordonné par B »
    _led("lead-of-item", r"^(?:\d+[.)] ?|[•–-] ?)?{J} ?[:–—-] ?(?:projet )?(?:porté|coordonné|piloté|conduit|mené|animé|emmené|dirigé)e? par {Y}", 0.85),
    # « A : coordonné par B en partenariat avec C », « Avec C, B conduit le projet A »
    _Shape("partner-of-item", r"^(?:\d+[.)] ?|[•–-] ?)?{J} ?[:–—-] [^.;:]{0,140} en (?:partenariat|lien|collaboration) avec {Y}", "grp:partner", _PROJECTS, _ANY, 0.75),
    _Shape("partner-with-leader", r"(?:^|[.;] )[Aa]vec {Y}, ⟨O\d+⟩ (?:conduit|mène|pilote|porte|coordonne|a lancé|lance|conduira|mènera) (?:un projet, )?{J}", "grp:partner", _PROJECTS, _ANY, 0.8),
    # « A, emmené par B »
    _led("lead-by", r"{J}(?:,? (?:un )?projet(?: [a-zà-ÿ-]+){0,3})?,? (?:est |sera |a été )?{LED} {ADV}par {Y}"),
    _led("lead-by-ahead", r"^(?:[«•–-] ?)?(?i:{LED}|pilotée?|portée?|coordonnée?|menée?|animée?) {ADV}par {Y}, {J}", 0.8),
)  # fmt: skip


#: What some sentence of a family of shapes must hold: the others are not looked at.
_KEYS = {
    "part": re.compile(
        r"particip|collabor|contribu|coop|associ|engag|impliqu|investi|œuvr|embarqu|concour|intervi|prend|joi|mobilis|uni|rassembl"
        r"|représent|regroup|fédér|trouve|crois|compt|relèv|voit|prêt|apport|travaill|prenante",
        re.I,
    ),
    "unit": re.compile(r"relèv|relev|dépend|appart|mixte|commun|partag|conjoint|tutelle|gèr|pilot|dirig|poss|concour|contribu|veill|particip|administr"),
    "member": re.compile(r"adh|affili|rejoi|rejoign|intègr|intégr|parti|membre|appart|ralli", re.I),
    "partner": re.compile(r"[Aa]vec "),
    "lead": re.compile(r" par |ensemble|conjoint|ent |ont |" + _LEAD + "|" + _LED + r"|portage", re.I),
}  # fmt: skip


@functools.cache
def _compiled(shape: _Shape) -> re.Pattern[str]:
    text = shape.expression
    words = {
        "{HANGS}": _HANGS,
        "{GAP}": r"(?:(?!⟨J)[^.;:]){0,130}?(?:,| et|⟩)",
        "{J}": r"⟨[JOF](?P<x>\d+)⟩(?: \([^()]*\))?",
        "{X}": WHOLE,
        "{Y2}": "(?P<z>{LIST})",
        "{Y}": PLAYERS,
        "{S}": SUBJECT,
        "{INTO}": _INTO,
        "{IN}": _IN,
        "{HOLD}": _HOLD,
        "{LEAD}": _LEAD,
        "{LED}": _LED,
        "{BE}": r"(?:est|sont|seront|sera)",
        "{UNIT}": _UNIT,
        "{ADV}": _ADV,
        "{ITEM}": r"⟨O\d+⟩(?: \([^()]*\))?",
        "{LIST}": LIST,
        "{DE}": repeating("de"),
        "{TO}": repeating("à"),
    }
    for slot, said in words.items():
        text = text.replace(slot, said)
    return re.compile(text)


def ties_of_verbs(reading: Reading) -> Iterator[Said]:
    """« A, auquel sont associés B et C », « A relève à la fois de B et de C », « B en assure le pilotage »: see the table."""
    for shape in _SHAPES:
        for hit in find_bare(reading, _compiled(shape), _KEYS[shape.name.partition("-")[0]]):
            players = [
                t for n in "yzvw" if n in hit.match.groupdict() for t in listed(hit, n) if t.kind in shape.players
            ]
            whole = _whole(hit, shape)
            if shape.name == "member-alone":
                spoken = spoken_of(reading, hit.masked, 0, shape.players)
                players = [spoken] if spoken is not None else []
            for player in players if whole is not None and whole.kind in shape.wholes else ():
                if whole is not None and player.id != whole.id:
                    left, right = (player, whole) if shape.turned else (whole, player)
                    yield Claim(left.id, shape.predicate, right.id, hit.span, shape.name, shape.confidence)


def _whole(hit: Hit, shape: _Shape) -> Thing | None:
    """Return the whole that a shape names, else what « y », « en » and « lui » take up."""
    if "x" in hit.match.groupdict():
        return hit.thing("x")
    kinds = shape.wholes | _TAKEN_UP
    start = hit.match.start()
    spoken = spoken_of(hit.reading, hit.masked, start, kinds, back=5)
    return spoken or last_named(hit.reading, hit.masked, start, kinds)
