"""Ties that a noun tells and no verb of its own: partners, tutelles, « fait partie de »."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grappe.extract.claims import Claim, Said, asserted
from grappe.extract.reading import Reading, pattern

__all__ = ["ties"]

_PROSE = ("paragraph", "item", "row")
_PROJECT = frozenset(
    {"Project", "Programme", "ResearchNetwork", "Laboratory", "Cluster", "TechnologyPlatform", "NonProfit"}
)
_GROUP = frozenset({"Cluster", "ResearchNetwork", "NonProfit"})
_UNIT = frozenset({"Laboratory", "Organization", "TechnologyPlatform"})
_BODY = frozenset({"ResearchOrganization", "University", "Hospital", "Laboratory", "Organization"})
_ANY = (
    _PROJECT
    | _UNIT
    | _BODY
    | {"Company", "PublicAuthority", "FundingAgency", "Hospital", "University", "Facility", "Building"}
)
_MEMBERS = _ANY - {"PublicAuthority", "FundingAgency", "Facility", "Building"}


@dataclass(frozen=True, slots=True)
class _Tie:
    """A wording: a pattern with subject ``x`` and object ``y``, what it states, of which classes, how surely."""

    rule: str
    predicate: str
    expression: str
    subjects: frozenset[str]
    objects: frozenset[str]
    confidence: float


_TIES = (
    # « Les partenaires du projet MISTRAL sont l'Inria et le CNRS. »
    _Tie(
        "tie-partners-are",
        "grp:involves",
        r"[Ll]es (?:partenaires|membres|acteurs|participants) de {OJ:x} sont (?P<y>{O*})",
        _PROJECT,
        _MEMBERS,
        0.8,
    ),
    # « Autour du projet MISTRAL sont réunis l'Inria et le CNRS. »
    _Tie(
        "tie-gathered-around",
        "grp:involves",
        r"[Aa]utour de {OJ:x},? (?:sont|se sont) (?:réunis|rassemblés|associés|mobilisés) (?P<y>{O*})",
        _PROJECT,
        _MEMBERS,
        0.8,
    ),
    # « Le projet SIROCCO est placé sous la houlette de l'Inria. »
    _Tie(
        "tie-under-lead",
        "grp:ledBy",
        r"{OJG:x}(?:,| est| sera)? (?:placée? |conduite? |menée? |mis en œuvre )?sous (?:la houlette|l'égide|le pilotage|la coordination|la conduite|la responsabilité) (?P<y>de {O})",
        _PROJECT,
        _ANY,
        0.8,
    ),
    # « Le pilotage du projet SIROCCO est assuré par le CNRS. »
    _Tie(
        "tie-lead-assured",
        "grp:ledBy",
        r"(?:pilotage|coordination|portage|conduite|direction) de {OJG:x} (?:est|sera|a été) (?:assurée?|confiée?)s? (?P<y>(?:par|à) {O})",
        _PROJECT,
        _ANY,
        0.85,
    ),
    # « Le CNRS assure la coordination du projet BORA. »
    _Tie(
        "tie-assures-lead",
        "grp:ledBy",
        r"(?P<y>{O}),? (?:qui )?(?:assure|assurera|a pris|prend) (?:la coordination|le pilotage|le portage|la conduite|la tête) de {OJG:x}",
        _PROJECT,
        _ANY,
        0.85,
    ),
    # « Le projet BORA est dirigé par l'Inserm. »
    _Tie("tie-directed-by", "grp:ledBy", r"{J:x},?(?: est| sera)? dirigée? par (?P<y>{O*})", _PROJECT, _ANY, 0.85),
    # « La société Voltéa fait partie du pôle Medicen. »
    _Tie(
        "tie-part-of",
        "grp:memberOf",
        r"(?P<x>{O*})(?:, [^⟨⟩.;:,]{0,40},)? (?:fait|font|faisant) (?:aussi |également )?partie (?P<y>de {O*})",
        _MEMBERS,
        _GROUP,
        0.85,
    ),
    # « Le pôle Medicen accueille un nouveau membre : la société Nordal. »
    _Tie(
        "tie-new-member",
        "grp:memberOf",
        r"{O:y} (?:accueille|compte|enregistre|a accueilli) [^⟨⟩.;:]{0,40}(?:membres?|adhérente?s?)(?: de plus)? ?: ?(?P<x>{O*})",
        _MEMBERS,
        _GROUP,
        0.8,
    ),
    # « La société Voltéa, partenaire de l'Inria, grandit. »
    _Tie(
        "tie-partner-noun",
        "grp:partner",
        r"{OJ:x}(?: \([^()]*\))?,? (?:est |sont )?(?:(?:un |le |les |des )?(?:autres? |principaux |principal )?)partenaires?(?: [a-zé]{4,14}){0,2} (?P<y>de {O*})(?! ont)",
        _ANY - {"PublicAuthority", "FundingAgency"},
        _ANY,
        0.75,
    ),
    # « La société Voltéa, en partenariat avec l'Inria, teste des attelles. »
    _Tie(
        "tie-partner-aside",
        "grp:partner",
        r"^(?:[–•›*-] ?)?(?:(?:À|En|Depuis|Dès) [^,]{1,40}, )?{OJ:x}(?: \([^()]*\))?, en (?:étroite? )?(?:partenariat|collaboration|lien|association|coopération)(?: étroite?)? (?P<y>avec {O*}(?:,? et avec {O})?)(?= ?,)",
        _ANY - {"PublicAuthority", "FundingAgency"},
        _ANY,
        0.8,
    ),
    # « La société Voltéa et l'Inria sont partenaires depuis l'origine. »
    _Tie(
        "tie-are-partners",
        "grp:partner",
        r"{OJ:x} et {O:y} (?:sont|restent|étaient) (?:[a-zé]+ )?(?:partenaires|alliés)(?! de )",
        _ANY - {"PublicAuthority", "FundingAgency"},
        _ANY,
        0.8,
    ),
    # « La société Voltéa œuvre main dans la main avec l'Inria et la société ARD. »
    _Tie(
        "tie-hand-in-hand",
        "grp:partner",
        r"{OJ:x}(?: \([^()]*\)|,[^⟨⟩.;:]{3,90},)? (?:qui )?(?:travaille|œuvre|collabore|coopère|avance|opère)(?:nt|ra|ront)? (?:depuis ⟨[DY]\d+⟩ |étroitement |désormais |aussi )*(?:main dans la main|de concert|en tandem|en binôme|étroitement|de longue date) (?P<y>avec [^.;:⟨⟩]{0,12}{O}[^.;:]{0,60}?(?:et|,) {O}|avec {O})",
        _ANY - {"PublicAuthority", "FundingAgency"},
        _ANY,
        0.8,
    ),
    # « La société Voltéa et l'Inria développent ensemble un ingrédient. »
    _Tie(
        "tie-work-together",
        "grp:partner",
        r"{O:x} et {O:y} (?:développent|conçoivent|mènent|travaillent|élaborent|étudient|testent|produisent|mettent au point) ensemble",
        _MEMBERS,
        _MEMBERS,
        0.8,
    ),
    # « La société Voltéa est membre des pôles Images & Réseaux et Medicen. »
    _Tie(
        "tie-member-of-several",
        "grp:memberOf",
        r"{O:x}(?: \([^()]*\)|,[^⟨⟩.;:]{3,60},)?(?:,| est| sont)? (?:également |aussi |à la fois )?(?:membre|adhérente?|affiliée?)s?(?: [a-zé]{4,12})? (?:des|aux) (?:pôles|clusters|réseaux|groupements|consortiums)(?: de compétitivité)? (?P<y>{O*})",
        _MEMBERS,
        _GROUP,
        0.85,
    ),
    # « Elle est membre du pôle Medicen, de même que la société Nordal. »
    _Tie(
        "tie-member-likewise",
        "grp:memberOf",
        r"(?:membre|adhérente?|affiliée?)s?(?: [a-zé]{4,12})? (?:de|à) {O:y},? (?:de même que|tout comme|à l'instar de|à l'image de) (?P<x>{O*})",
        _MEMBERS,
        _GROUP,
        0.8,
    ),
    # « Trois entreprises ont rejoint le pôle Medicen : Voltéa, la maison niçoise Nordal et Kelp. »
    _Tie(
        "tie-several-join",
        "grp:memberOf",
        r"(?:[Dd]eux|[Tt]rois|[Qq]uatre|[Cc]inq|[Ss]ix|[Pp]lusieurs|[Dd]'autres|[Dd]e) (?:[a-zé-]+ ){1,4}(?:ont|viennent de|vont) (?:rejoint|rejoindre|adhéré à|adhérer à|intégré|intégrer|adhéré|adhérer) (?:à )?{O:y}(?:,? en ⟨[DY]\d+⟩)? ?: ?(?P<x>[^.;]*)",
        _MEMBERS,
        _GROUP,
        0.85,
    ),
    # « Le laboratoire MARECO (CNRS, Inria) grandit. »
    _Tie(
        "tie-tutelles-in-bracket",
        "org:unitOf",
        r"{O:x} \((?P<y>⟨O\d+⟩(?: ?(?:/|,|–|-|et) ?⟨O\d+⟩)*)\)",
        frozenset({"Laboratory"}),
        _BODY - {"Laboratory"},
        0.75,
    ),
    # « Le CNRS, par son laboratoire MARECO, participe. »
    _Tie(
        "tie-by-its-unit",
        "org:unitOf",
        r"{O:y}(?: \([^()]*\))?,? (?:via|par le biais de|par l'intermédiaire de|à travers|par) {O:x}(?=,| de ⟨L\d+⟩)",
        frozenset({"Laboratory"}),
        _BODY - {"Laboratory"},
        0.75,
    ),
)


def ties(reading: Reading) -> Iterator[Said]:
    """« fait partie du pôle X », « partenaire de X », « X (CNRS, Inria) »: see the table."""
    for tie in _TIES:
        for hit in reading.find(pattern(tie.expression), _PROSE):
            if not asserted(hit):
                continue
            for left in hit.things("x"):
                for right in hit.things("y"):
                    if left.id != right.id and left.kind in tie.subjects and right.kind in tie.objects:
                        yield Claim(left.id, tie.predicate, right.id, hit.span, tie.rule, tie.confidence)
