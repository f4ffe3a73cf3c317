"""Ties told by a noun that names a part in them: « A a pour tutelles B et C », « B, coordinateur de A », « A et ses partenaires ».

A noun of this sort (tutelle, coordinateur, partenaire, membre) says who stands to whom in the same way wherever French
puts it: after *avoir pour* or *comme*, as an attribute, in an apposition, after *dont* or *auquel*, in front of its
clause, before a colon. So each noun meets each of these shapes.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from grappe.extract.claims import Claim, Said
from grappe.extract.reading import Hit, Reading, Thing
from grappe.extract.relations import GROUPS
from grappe.extract.skeleton import ADVERBS, PLAYERS, SUBJECT, WHOLE, find_bare, last_named, listed

__all__ = ["ties_of_nouns"]

_PROJECTS = frozenset({"Project", "Programme", "ResearchNetwork", "TechnologyPlatform"})
_UNITS = frozenset({"Laboratory", "Organization", "TechnologyPlatform", "University"})
_BODIES = frozenset("ResearchOrganization University Hospital Laboratory Organization Company NonProfit".split())
_ANY = _BODIES | {"PublicAuthority", "FundingAgency", "Cluster", "ResearchNetwork"}


@dataclass(frozen=True, slots=True)
class _Part:
    """A noun that names a part: what it states, and of which classes the whole and who plays the part are.

    ``turned`` tells that the fact is said of who plays the part: a member is a member of the whole.
    """

    name: str
    noun: str
    predicate: str
    wholes: frozenset[str]
    players: frozenset[str]
    turned: bool = False


_PARTS = (
    _Part(
        "tutelle",
        r"(?:co-?)?tutelles?|établissements? (?:de tutelle|tutélaires?)|organismes? de tutelle",
        "org:unitOf",
        _UNITS,
        _BODIES,
    ),
    _Part(
        "leader",
        r"chef(?:fe)?s? de file|(?:co-?)?coordinat(?:eur|rice)s?|(?:co-?)?coordonnat(?:eur|rice)s?|(?:co-?)?porteu(?:r|se)s?|(?:co-?)?pilotes?|meneu(?:r|se)s?|leaders?|maîtres? d'œuvre",
        "grp:ledBy",
        _PROJECTS,
        _ANY,
    ),
    _Part("partner", r"partenaires?|équipiers?|équipières?", "grp:partner", _PROJECTS | _BODIES, _ANY),
    _Part(
        "member",
        r"membres?|adhérente?s?|sociétaires?|affiliée?s?",
        "grp:memberOf",
        GROUPS,
        _ANY - {"Cluster"},
        turned=True,
    ),
)
_BE = r"(?:est|sont|sera|seront|était|étaient|devient|deviennent|reste|restent|demeure|demeurent)"
_HAVE = r"(?:a|ont|aura|auront|avait|avaient|ayant)"
#: Adverbs beside a verb, and what counts or praises a noun before it.
_ADV = rf"(?:(?!et |ou )(?:{ADVERBS}|elle|lui|elles|eux|mêmes?),? )*"
_ART = r"(?:l'une? des |les |la |le |l'|ses |son |sa |leurs? |un |une |des |comme |en qualité de |pour )?(?:(?:deux|trois|quatre|cinq|plusieurs|seuls?|seules?|principa(?:l|le|les|ux)|premi(?:er|ère)s?|autres?|double|triple|nombreux|historiques?) )*"
#: What may stand behind the noun: « partenaire industriel », « membre fondateur ».
_MORE = r"(?: (?!et |ou |de |du |des |en |à |par |sur |pour |qui |que |dont |est |sont )[a-zé]{4,15})?"
_SHAPES: tuple[tuple[str, str, float], ...] = (
    # « A a pour tutelles B et C », « A a depuis 2019 pour partenaire B »
    ("has-for", r"{X}{FAR},? (?:lequel |laquelle |qui )?{HAVE} {ADV}(?:pour|comme) {ART}{N}{MORE},? {Y}", 0.9),
    # « Il a pour présidente P, pour directeur Q et pour membres B, C et D »
    ("has-for-further", r"{X},? (?:lequel |laquelle |qui )?{HAVE} (?:pour|comme) [^.;:]{3,120}?(?:,| et) (?:pour|comme) {ART}{N}{MORE},? {Y}", 0.85),
    # « A a B pour chef de file », « A a B comme coordinateur »
    ("has-it-for", r"{X},? (?:qui )?{HAVE} {ADV}{Y} (?:pour|comme) {ART}{N}(?![\w-])", 0.9),
    # « A, dont B et C sont les tutelles »
    ("whose", r"{X}{APP},? dont {Y},? {BE} {ADV}{ART}{N}(?![\w-])", 0.9),
    # « A, dont le chef de file est B », « A, dont les tutelles sont B et C »
    ("whose-is", r"{X}{APP},? (?:et )?dont {ART}{N}{MORE} {BE} {ADV}{Y}", 0.9),
    # « A, dont sont membres B et C »
    ("whose-are", r"{X}{APP},? (?:et )?dont {BE} {ADV}{ART}{N}{MORE} {Y}", 0.9),
    # « A, auquel B et C servent de tutelles »
    ("serves-as", r"{X},? (?:auquel|à laquelle|auxquels|auxquelles|à qui) {Y},? (?:sert|servent|servait|tient lieu|tiennent lieu|fait office|font office) de {ART}{N}(?![\w-])", 0.9),
    # « B est l'un des partenaires de A », « B, tutelle de A »
    ("is-of", r"{S},? (?:(?:qui )?{BE} {ADV}(?:l'un |l'une |un |une )?|comme |en tant que |en qualité de |à titre de )(?:de )?{ART}{N}{MORE} de {X}", 0.85),
    ("beside-of", r"{S},? {ART}{N}{MORE} de {X}", 0.8),
    # « Le chef de file de A est B », « Les tutelles de A : B et C »
    ("of-is", r"(?:[Ll]es? |[Ll]a |[Ll]'|^){N}{MORE} de {X},? (?:{BE} {ADV}|sont désormais |: ?|, c'est |s'appelle(?:nt)? ){Y}", 0.85),
    # « Coordinateur de A, B … », « Tous deux adhérents de A, B et C … »
    ("of-ahead", r"^(?:[«•–-] ?)?(?:[Tt]ou(?:te)?s (?:les )?(?:deux|trois) )?(?i:{N}){MORE} de {X}(?:(?: et |, )de (?P<z>⟨O\d+⟩))?(?: depuis ⟨[DY]\d+⟩)?, {Y}(?= [a-zà-ÿ'])", 0.85),
    # « A a trois tutelles : B, C et D »
    ("has-several", r"{X},? (?:qui )?(?:{HAVE}|compte|comptent|possède|réunit|rassemble) {ADV}{ART}{N}{MORE} ?: ?{Y}", 0.85),
    # « A compte B et C parmi ses membres », « A compte parmi ses partenaires B »
    ("counts-among", r"{X},? (?:qui )?(?:compte|comptent|comptera|a|range|cite) {ADV}(?:parmi|au nombre de|au rang de) (?:ses |leurs )?{N}{MORE},? {Y}", 0.85),
    ("counts-them-among", r"{X},? (?:qui )?(?:compte|comptent|comptera|range) {ADV}{Y},? (?:parmi|au nombre de|au rang de) (?:ses |leurs )?{N}(?![\w-])", 0.85),
    # « B figure parmi les partenaires de A »; « Parmi les membres de A figurent B et C »
    ("figures-among", r"{S},? (?:figure|figurent|compte|comptent|est|sont|se range|se rangent|prend place) {ADV}(?:parmi|au nombre de|au rang de) (?:les |la |le )?{N}{MORE} de {X}", 0.85),
    ("among-figure", r"[Pp]armi (?:les |la |le )?{N}{MORE} de {X},? (?:figure(?:nt)?|compte(?:nt)?|on (?:compte|trouve|retrouve|relève)|se trouve(?:nt)?|notamment)? ?{Y}", 0.85),
)  # fmt: skip
#: The same without the whole, which is what the text speaks of.
_OPEN_SHAPES: tuple[tuple[str, str, float], ...] = (
    # « B figure parmi ses partenaires », « Ses tutelles sont B et C », « Parmi ses membres figurent B et C »
    ("among-its", r"{S},? (?:figure|figurent|compte|comptent|est|sont) {ADV}(?:parmi|au nombre de) (?:ses|leurs) {N}(?![\w-])", 0.75),
    ("its-are", r"(?:Ses|Son|Sa|Leurs?) {NUM}{N}{MORE},? ?(?:{BE} {ADV}|: ?|, c'est |se nomment |s'appellent ){Y}", 0.75),
    ("among-its-figure", r"[Pp]armi (?:ses |leurs ){N}{MORE},? (?:figure(?:nt)?|compte(?:nt)?|on (?:compte|trouve|retrouve|relève)|notamment)? ?{Y}", 0.75),
    # « B en est le coordinateur », « De ce projet, B est le chef de file », « En sont membres B et C »
    ("is-of-it", r"{S},? en {BE} {ADV}{ART}{N}(?![\w-])", 0.75),
    ("of-it-is", r"(?:[Ee]n|[Yy]) {BE} {ADV}{ART}{N}{MORE} {Y}", 0.75),
    ("with-for", r"avec {Y} (?:pour|comme) {N}(?![\w-])", 0.75),
    ("with-for-ahead", r"avec (?:pour|comme) {ART}{N}{MORE},? {Y}", 0.75),
    ("of-that-is", r"^(?i:de) {X}, {Y} {BE} {ADV}{ART}{N}(?![\w-])", 0.8),
)  # fmt: skip


@functools.cache
def _key(noun: str) -> re.Pattern[str]:
    return re.compile(noun, re.I)


@functools.cache
def _patterns() -> tuple[tuple[str, _Part, re.Pattern[str], bool, float], ...]:
    out = []
    for part in _PARTS:
        words = {
            "X": WHOLE, "Y": PLAYERS, "S": SUBJECT, "N": f"(?:{part.noun})(?![\\w-])", "BE": _BE, "HAVE": _HAVE, "ADV": _ADV, "ART": _ART,
            "APP": r"(?:,? à ⟨L\d+⟩)?(?:, (?:une? |le |la )?(?!dont |et |qui |que )[a-zà-ÿ'-]+(?: (?!dont |et |qui |que )[a-zà-ÿ'-]+){0,4})?", "FAR": r"(?:, (?:un )?projet (?:que|dont|qui) (?:(?!⟨J)[^.;:]){0,110}? et(?= qui))?",
            "MORE": _MORE, "NUM": "(?:deux |trois |quatre |cinq |principaux |premiers? |autres? )?",
        }  # fmt: skip
        for shapes, closed in ((_SHAPES, True), (_OPEN_SHAPES, False)):
            for name, shape, sure in shapes:
                for slot, words_of in words.items():
                    shape = shape.replace(f"{{{slot}}}", words_of)
                out.append((f"noun-{name}", part, re.compile(shape), closed, sure))
    return tuple(out)


def ties_of_nouns(reading: Reading) -> Iterator[Said]:
    """« A a pour tutelles B et C », « A, dont B est chef de file », « B figure parmi ses partenaires »: see the tables."""
    for rule, part, expression, closed, sure in _patterns():
        for hit in find_bare(reading, expression, _key(part.noun)):
            players = [t for t in listed(hit, "y") if t.kind in part.players]
            for whole in _wholes(hit, part, players, closed=closed):
                for player in players:
                    if player.id == whole.id or (part.name == "partner" and whole.kind == player.kind == "Laboratory"):
                        continue
                    left, right = (player, whole) if part.turned else (whole, player)
                    yield Claim(left.id, part.predicate, right.id, hit.span, rule, sure)


def _wholes(hit: Hit, part: _Part, players: list[Thing], *, closed: bool) -> list[Thing]:
    """Return what the part is played in: what the pattern holds, else what the text speaks of."""
    numbers = [hit.match.groupdict().get("x"), *re.findall(r"⟨O(\d+)⟩", hit.match.groupdict().get("z") or "")]
    found = [t for n in numbers if n and (t := hit.reading.thing_at(int(n))) is not None]
    if not closed and not found:
        first = frozenset({"Project"}) & part.wholes
        for kinds, back in ((first, 1), (part.wholes, 2)):
            spoken = last_named(hit.reading, hit.masked, hit.match.start(), kinds, back=back)
            if spoken is not None and spoken not in players:
                return [spoken]
    return [t for t in found if t.kind in part.wholes]
