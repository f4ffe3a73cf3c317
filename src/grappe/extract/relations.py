"""Relations between bodies and projects: units, members, partners, leaders, labels, signatories; years and headcounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Honour, Said, asserted, pairs
from grappe.extract.reading import Hit, Reading, Thing, pattern
from grappe.extract.values import Date, xsd
from grappe.model import Literal

__all__ = [
    "founded",
    "headcounts",
    "honours",
    "instruments",
    "involved",
    "led",
    "members",
    "partners",
    "signatories",
    "units",
]

_PLURAL_LIST = r"(?P<l>{0})"


def _each(
    reading: Reading,
    expression: str,
    predicate: str,
    rule: str,
    *,
    confidence: float = 0.9,
    kinds: tuple[str, ...] = ("paragraph", "item"),
) -> Iterator[Said]:
    """Claim a relation of each thing in group ``x`` with each in group ``y`` wherever the pattern is asserted."""
    for hit in reading.find(pattern(expression), kinds):
        if asserted(hit):
            for left, right in pairs(hit.things("x"), hit.things("y")):
                yield Claim(left.id, predicate, right.id, hit.span, rule, confidence)


#: What may stand between a thing and what is said of it: a bracket, an apposition, an adverb.
_GAP = r"(?: \((?:[^()]|⟨\w+⟩)*\))?(?:, (?!et )[^⟨⟩.;,]{0,60}(?:⟨[OTL]\d+⟩[^⟨⟩.;,]{0,20})?(?=,))?,?"


def led(reading: Reading) -> Iterator[Said]:
    """« projet MAGENTA, porté par l'INSERM », « Porté par l'Université de Tours, MAbImprove associe … »."""
    by = r"(?:est |a été |sera )?(?:porté|coordonné|piloté|conduit|mené|animé)e?s? (?:conjointement |à ce jour |notamment )?par"
    yield from _each(
        reading, rf"(?P<x>{{OJGF}}){_GAP} (?:un |une )?(?:projet |programme )?{by} (?P<y>{{O*}})", "grp:ledBy", "led-by"
    )
    yield from _each(
        reading,
        r"(?:Porté|Coordonné|Piloté|Conduit|Mené)e? par (?P<y>{O*}), (?P<x>{OJG})",
        "grp:ledBy",
        "led-by-first",
    )
    yield from _each(reading, r"(?P<y>{O}) (?:porte|pilote|coordonne) (?P<x>{J})", "grp:ledBy", "leads")
    for hit in reading.find(pattern(r"(?<![\w,])(?:Il|Elle) est (?:porté|coordonné|piloté)e? par (?P<y>{O*})")):
        del hit


def involved(reading: Reading) -> Iterator[Said]:
    """« Il s'appuie sur les expertises de ses deux laboratoires, CITHERA (…) et ART-TG », « associe l'Université de … »."""
    verb = r"(?:s'appuie(?:ra)?(?:nt)?|repose|associe(?:ra)?|réunit|réunira|rassemble|fédère|regroupe|implique|mobilise|a réuni|ont réuni|a associé|qui a réuni)"
    listed = (
        r"(?P<y>(?:[^⟨⟩.;:]{0,70}?[ ,'])??⟨O\d+⟩(?: \((?:[^()]|⟨\w+⟩)*\))?(?: de ⟨P\d+⟩|, (?:dirigée?|conduite?) par ⟨P\d+⟩|, à ⟨L\d+⟩| de ⟨O\d+⟩(?=,? (?:dirigé|et les|\())| ?, (?:dirigée?) par ⟨P\d+⟩,?)?"
        r"(?:(?: ?, ?|,? et |,? ainsi que )(?:[^⟨⟩.;:,]{0,30} )?⟨O\d+⟩(?: \((?:[^()]|⟨\w+⟩)*\))?(?:, à ⟨L\d+⟩)?)*)"
    )
    for hit in reading.find(
        pattern(
            rf"(?P<x>{{JO}}){_GAP} (?:et )?(?:[^⟨⟩.;,]{{0,20}} )?{verb} (?:notamment )?(?:sur |autour de )?{listed}"
        )
    ):
        if not asserted(hit):
            continue
        for left in hit.things("x"):
            if left.kind in ("PublicAuthority", "FundingAgency"):
                continue
            text = re.sub(r"\((?:[^()])*\)", "", hit["y"] or "")
            for number in re.findall(r"(?<!dirigé par )⟨O(\d+)⟩", text):
                right = reading.thing_at(int(number))
                if right is not None and right.id != left.id and not re.search(rf"⟨O\d+⟩ de ⟨O{number}⟩", text):
                    yield Claim(left.id, "grp:involves", right.id, hit.span, "involves")
    for hit in reading.find(
        pattern(
            r"(?:[Pp]armi (?:eux|elles|ces (?:équipes|partenaires))|dont (?:celles|ceux) de),? (?:celles de |ceux de )?(?P<y>{O})"
        )
    ):
        topic = next(
            (
                m
                for m in reversed(reading.masked[: hit.masked.sentence.index])
                if re.match(r"⟨[JO]\d+⟩|.*⟨[JO]\d+⟩ fédère", m.text)
            ),
            None,
        )
        if topic is not None:
            first = re.search(r"⟨[JO](\d+)⟩", topic.text)
            thing = reading.thing_at(int(first[1])) if first else None
            for right in hit.things("y"):
                if (
                    thing is not None
                    and thing.kind in ("ResearchNetwork", "Project", "Laboratory", "Cluster")
                    and thing.id != right.id
                ):
                    yield Claim(thing.id, "grp:involves", right.id, hit.span, "among-them", 0.7)


def partners(reading: Reading) -> Iterator[Said]:
    """« en lien avec l'Université Paris-Saclay et l'Université d'Évry », « en partenariat avec I2S »."""
    phrase = r"(?:en (?:étroit |étroite )?(?:lien|partenariat|collaboration|association|coopération|coordination)(?: \w+)? (?:avec|de)|aux côtés (?:de|d')|(?:travaill|collabor|coopèr)\w+ (?:en \w+ )?avec|s'est (?:allié|associé)\w* (?:à|avec)|développe [^⟨⟩.;,]{0,40}? avec)"
    for hit in reading.find(pattern(rf"{phrase} (?P<y>{{O*}}(?:, [^⟨⟩.;]{{0,50}},? et avec (?:le )?{{O*}})?)")):
        if not asserted(hit):
            continue
        owner = _attached(reading, hit)
        if owner is None:
            continue
        start = (
            min(
                reading.mentions[i].start
                for i in owner.mentions
                if hit.masked.sentence.start <= reading.mentions[i].start < hit.span[1]
            )
            if any(hit.masked.sentence.start <= reading.mentions[i].start < hit.span[1] for i in owner.mentions)
            else hit.span[0]
        )
        for right in hit.things("y"):
            if right.id != owner.id and not any(re.search(rf"⟨O{i}⟩ [^⟨⟩]*$", "") for i in right.mentions):
                yield Claim(owner.id, "grp:partner", right.id, (start, hit.span[1]), "partner-of", 0.8)


def _attached(reading: Reading, hit: Hit) -> Thing | None:
    """Return what a phrase of partnership attaches to: its clause's subject; a project is preferred to bodies beside it."""
    text = hit.masked.text[: hit.match.start()]
    last_stop = max(text.rfind(";"), text.rfind(":"))
    local = text[last_stop + 1 :]
    numbers = [(m[1], int(m[2])) for m in re.finditer(r"⟨([OJF])(\d+)⟩", local)]
    owned = re.search(r"⟨F\d+⟩(?:[^⟨⟩]|⟨S\d+⟩)*? de ⟨O(\d+)⟩(?!.*⟨[OJ])", local)
    if owned:
        return reading.thing_at(int(owned[1]))
    if not numbers and last_stop >= 0:
        numbers = [(m[1], int(m[2])) for m in re.finditer(r"⟨([OJF])(\d+)⟩", text)]
    for letters in ("J", "OF"):
        for sort, number in numbers:
            if (
                sort in letters
                and (thing := reading.thing_at(number)) is not None
                and thing.kind not in ("PublicAuthority", "FundingAgency")
            ):
                return thing
    return None


def members(reading: Reading) -> Iterator[Said]:
    """« membre du pôle de compétitivité Eurobiomed », « viennent d'y adhérer », « entreprise du cluster »."""
    group = r"(?P<y>{O})"
    yield from _each(
        reading,
        rf"(?P<x>{{O}})(?:(?:[^⟨⟩.;]|⟨[LDTPYM]\d+⟩|⟨O\d+⟩(?= \())*?,?| est| sont) (?:également |aussi |et )?(?:membres?|adhérente?s?|sociétaire) (?:fondateur |active? )?de {group}",
        "grp:memberOf",
        "member-of",
        confidence=0.85,
    )
    yield from _each(reading, rf"(?P<x>{{O}})[^⟨⟩.;]{{0,60}}? et membre de {group}", "grp:memberOf", "member-of")
    yield from _each(
        reading,
        rf"(?P<x>{{O*}})(?:[^⟨⟩.;]{{0,30}}?) (?:a|ont|vient de|viennent de|viennent d'|vient d') ?(?:rejoint|rejoindre|adhéré à|adhérer à|intégré|intégrer) {group}",
        "grp:memberOf",
        "joins",
    )
    yield from _each(
        reading,
        rf"(?P<x>{{O}})(?:, [^⟨⟩.;]{{0,40}}),? (?:entreprise|société|start-up|laboratoire|membre) de {group}",
        "grp:memberOf",
        "firm-of-cluster",
        confidence=0.75,
    )
    for hit in reading.find(
        pattern(
            r"(?P<x>{O*}(?:[^⟨⟩.;]{0,30}⟨[L]\d+⟩)?),? (?:viennent|vient) (?:d'y adhérer|de (?:la|le|les) rejoindre|d'adhérer)"
        )
    ):
        before = [
            t
            for n in re.findall(
                r"⟨O(\d+)⟩",
                " ".join(
                    m.text for m in reading.masked[max(0, hit.masked.sentence.index - 2) : hit.masked.sentence.index]
                ),
            )
            if (t := reading.thing_at(int(n))) is not None and t.kind in ("Cluster", "ResearchNetwork", "NonProfit")
        ]
        for member in hit.things("x"):
            if before and before[-1].id != member.id:
                yield Claim(member.id, "grp:memberOf", before[-1].id, hit.span, "joins-it", 0.75)
    for hit in reading.find(
        pattern(
            r"(?P<x>{O*}(?:[^⟨⟩.;]{0,30}⟨L\d+⟩)?),? (?:viennent|vient) (?:d'|de )(?:y|le|la|les) ?(?:adhérer|rejoindre)"
        )
    ):
        del hit


def units(reading: Reading) -> Iterator[Said]:
    """« unité mixte de l'Inserm, du CNRS et de l'ENS », « laboratoire commun à », « le Genoscope du CEA »."""
    noun = r"(?:(?:deux|trois|quatre) )?(?:unités?(?: mixtes?)?(?: de recherche)?(?: propres?)?|laboratoires?(?: de [^⟨⟩.;,]{0,30})?(?: communs?)?|équipes?|centres? [^⟨⟩.;,()]{0,25}|écoles?-membres?|écoles?|composantes?|services?|UMR(?: \d+)?|UAR|instituts?)"
    parents = r"(?P<y>(?:de |à )⟨O\d+⟩(?:(?:, |,? et )(?:de |à )⟨O\d+⟩)*)"
    for hit in reading.find(
        pattern(
            rf"(?P<x>{{O}})(?: \((?:[^()]|⟨\w+⟩)*\))?(?: et (?P<x2>{{O}})(?: \((?:[^()])*\))?)?,? (?:est |sont )?(?:une? )?{noun}(?: \([^()]*\))?,? (?:commune? |mixtes? |rattachée?s? |partagée? )?{parents}"
        )
    ):
        if asserted(hit):
            for left, right in pairs((*hit.things("x"), *hit.things("x2")), hit.things("y")):
                if (
                    left.kind not in ("PublicAuthority", "Company", "Cluster", "FundingAgency")
                    or left.kind == "University"
                ):
                    yield Claim(left.id, "org:unitOf", right.id, hit.span, "unit-of")
    for hit in reading.find(
        pattern(
            r"(?P<x>{O})(?: \((?:[^()]|⟨\w+⟩)*\))?,? (?:commune?|partagée?) (?P<y>à ⟨O\d+⟩(?:(?:, |,? et )à ⟨O\d+⟩)*)"
        )
    ):
        for left, right in pairs(hit.things("x"), hit.things("y")):
            yield Claim(left.id, "org:unitOf", right.id, hit.span, "common-to")
    for hit in reading.find(
        pattern(
            r"(?:(?:[Uu]nité|[Éé]cole-membre|[Ll]aboratoire|[Cc]omposante) de (?P<y>⟨O\d+⟩(?:(?:, | et )de ⟨O\d+⟩)*)), (?P<x>{O})"
        )
    ):
        for left, right in pairs(hit.things("x"), hit.things("y")):
            yield Claim(left.id, "org:unitOf", right.id, hit.span, "unit-of-first")
    for hit in reading.find(pattern(r"(?P<x>{O})(?: \((?:[^()⟨⟩])*\))? de (?P<y>{O})(?! et de ⟨[PO])")):
        for left, right in pairs(hit.things("x"), hit.things("y")):
            if (
                left.kind in ("Laboratory", "University")
                and right.kind in ("ResearchOrganization", "University", "Hospital", "Laboratory")
            ) or (
                left.kind == "Organization"
                and left.label[0].isupper()
                and right.kind in ("Hospital", "University", "ResearchOrganization")
                and left.entry is None
            ):
                yield Claim(left.id, "org:unitOf", right.id, hit.span, "genitive-of-body", 0.8)
    for hit in reading.find(
        pattern(
            r"(?P<n>(?:deux|trois|quatre|cinq) (?:laboratoires|unités|instituts|centres nationaux|centres|plateformes)) de (?P<y>{O})(?: de (?P<z>{O}))?(?:, | ?: ?)(?P<x>(?:(?!\. ).)*?⟨O\d+⟩(?:(?!\. ).)*)"
        )
    ):
        holder = hit.things("y")
        for z in hit.things("z"):
            yield Claim(holder[0].id, "org:unitOf", z.id, hit.span_of("y", "z"), "genitive-of-body", 0.8)
        text = re.sub(r"\([^()]*\)", "", hit["x"] or "")
        for number in re.findall(r"(?:^|(?:, |et ))(?:(?:le|la|l'|du) ?)?(?:[A-Z]\w+ )?⟨O(\d+)⟩", text):
            unit = reading.thing_at(int(number))
            if unit is not None and unit.kind == "Laboratory" and holder and unit.id != holder[0].id:
                yield Claim(unit.id, "org:unitOf", holder[0].id, hit.span, "laboratories-of", 0.8)


def honours(reading: Reading) -> Iterator[Said]:
    """« récemment labellisé "intégrateur industriel" par le SGPI (défi biomédicaments) »."""
    label = (
        r"(?:labellisée?s?|certifiée?s?|agréée?s?) (?:en ⟨D\d+⟩ )?{A:a}(?: \([^()⟨⟩]*\))?(?: (?:en |depuis |le )?⟨D\d+⟩)?(?: par {O:w})?(?: (?:en |depuis |le )?⟨D\d+⟩)?"
        r"(?: ?(?:\(|,? ?dans le cadre de |,? ?au titre de )(?:le |de )?{G:g})?"
    )
    for hit in reading.find(
        pattern(rf"(?P<x>{{OJFG}})(?P<gap>(?:[^.;⟨⟩]|⟨[DLTO]\d+⟩)*?) (?:a été |est |et |récemment |,)*{label}")
    ):
        yield from _honour(reading, hit)
    for hit in reading.find(
        pattern(
            r"[Ll]abellisée? {A:a}(?: par {O:w})?(?: en ⟨D\d+⟩)?(?: ?(?:\(|,? ?dans le cadre de )(?:le )?{G:g})?, (?P<x>{OJF})"
        )
    ):
        yield from _honour(reading, hit)


def _honour(reading: Reading, hit: Hit) -> Iterator[Said]:
    recipient, label = next(iter(hit.things("x")), None), hit.thing("a")
    awarder, programme = hit.thing("w"), hit.thing("g")
    if recipient is None or label is None or not asserted(hit):
        return
    if "gap" in hit.match.re.groupindex and (
        closer := re.findall(r"(?:^|, et |^ et )?⟨O(\d+)⟩ (?:a été|est)\b", hit["gap"] or "")
    ):
        recipient = reading.thing_at(int(closer[-1])) or recipient
    del reading
    yield Honour(
        recipient.id,
        label.id,
        hit.span,
        "labelled",
        awarder.id if awarder else None,
        programme.id if programme else None,
    )


def signatories(reading: Reading) -> Iterator[Said]:
    """« convention entre A et B », « Contrat Région Île-de-France/Genopole », « X a signé le contrat », « signée par A et B »."""
    for hit in reading.find(pattern(r"{I:c}(?:[^⟨⟩.;]|⟨[DY]\d+⟩)*? entre (?P<y>{O*})")):
        if asserted(hit):
            yield from _signed(hit, "between")
    for hit in reading.find(pattern(r"{I:c},? (?:(?:de )?(?P<y>{O} ?(?:/|-|–|et) ?{O}))")):
        yield from _signed(hit, "parties-of-contract")
    for hit in reading.find(
        pattern(r"{I:c}(?:[^⟨⟩.;]|⟨[DYL]\d+⟩)*? signée?(?: [^⟨⟩.;]*?(?:⟨D\d+⟩)?)? par (?P<y>{OP*})")
    ):
        if asserted(hit):
            yield from _signed(hit, "signed-by")
    signer = r"{OP:s}(?:, [^⟨⟩.;]*?(?:⟨[OL]\d+⟩)?,)?"
    for hit in reading.find(
        pattern(
            rf"(?P<y>{signer}(?:,? et {{OP:t}}(?:, [^⟨⟩.;]*?(?:⟨[OL]\d+⟩)?,?)?)?) (?:a|ont) (?:également |officiellement |aussi )?(?:signé|paraphé|conclu)(?: (?:ce )?⟨D\d+⟩)?,?(?: à ⟨L\d+⟩,)? (?:[^⟨⟩.;]{{0,30}} )?{{I:c}}"
        )
    ):
        contract = hit.thing("c")
        if contract is not None and asserted(hit) and contract.kind == "FundingContract":
            for slot in ("s", "t"):
                if (who := hit.thing(slot)) is not None:
                    yield Claim(contract.id, "grp:signatory", who.id, hit.span, "has-signed")


def _signed(hit: Hit, rule: str) -> Iterator[Said]:
    contract = hit.thing("c")
    if contract is not None and contract.kind == "FundingContract":
        for party in hit.things("y"):
            yield Claim(contract.id, "grp:signatory", party.id, hit.span, rule)


def instruments(reading: Reading) -> Iterator[Said]:  # noqa: ARG001 - kept in the table for laureates of calls
    """« lauréat de l'appel à manifestation d'intérêt Bioclusters »: see :mod:`grappe.extract.assemble` for awards without a sum."""
    return iter(())


def founded(reading: Reading) -> Iterator[Said]:
    """« Ciloa, biotech créée en 2011 », « Immunotech (1982) »."""
    made = r"(?:créée?s?|fondée?s?|nées?|lancée?s? )"
    for hit in reading.find(
        pattern(
            rf"(?P<x>{{O*}}){_GAP}(?: [^⟨⟩.;]{{0,50}}?)?,? ?(?:est |a été |, toutes (?:deux|trois) )?{made} (?:en |le |depuis )?{{D:d}}"
        )
    ):
        yield from _founded(hit)
    for hit in reading.find(
        pattern(
            r"(?:Créée?|Fondée?|Née?) (?:en |le )?{D:d}(?: par ⟨P\d+⟩(?:, ⟨P\d+⟩)*(?: et ⟨P\d+⟩)?)?(?: et [^⟨⟩.;]*(?:⟨O\d+⟩)?)?, (?P<x>{O})"
        )
    ):
        yield from _founded(hit)
    for hit in reading.find(pattern(r"⟨\w+⟩(?:[^⟨⟩.;]|⟨\w\d+⟩)*? (?:et de ⟨O\d+⟩ )?fondée en {D:d}")):
        first = re.match(r"⟨O(\d+)⟩", hit.match[0])
        thing = reading.thing_at(int(first[1])) if first else None
        if thing and thing.kind == "Laboratory" and (date := hit.mention("d")) and isinstance(date.value, Date):
            lexical, datatype = xsd(date.value)
            yield Claim(thing.id, "grp:foundedIn", Literal(lexical, datatype), hit.span, "founded-in", 0.75)
    for hit in reading.find(pattern(r"(?P<x>{O}) \({D:d}\)")):
        yield from _founded(hit, years_only=True)


def _founded(hit: Hit, *, years_only: bool = False) -> Iterator[Said]:
    date = hit.mention("d")
    if (
        date is None
        or not isinstance(date.value, Date)
        or not asserted(hit)
        or (years_only and date.value.precision != "year")
    ):
        return
    lexical, datatype = xsd(date.value)
    for thing in hit.things("x")[-2:] if "toutes" in hit.match[0] else hit.things("x")[-1:]:
        if thing.kind not in ("PublicAuthority",):
            yield Claim(thing.id, "grp:foundedIn", Literal(lexical, datatype), hit.span, "founded-in")


_STAFF = r"(?:salariée?s?|collaborat(?:eurs?|rices?)|employée?s?|personnes|agents|emplois directs)"


def headcounts(reading: Reading) -> Iterator[Said]:
    """« Evotec emploie 4 900 personnes », « cette société de 13 salariés »."""
    number = r"(?P<n>\d{1,3}(?:[ .]\d{3})+|\d{1,6})"
    for hit in reading.find(
        re.compile(
            rf"⟨O(?P<x>\d+)⟩(?:,(?:[^⟨⟩.;]|⟨[DLOY]\d+⟩){{1,120}}?,)?[^⟨⟩.;]{{0,25}}? (?:emploie|compte|rassemble|s'appuie sur|employait) (?:aujourd'hui |désormais |près de |plus de |environ |quelque )*{number} {_STAFF}(?! (?:à|en) (?:recruter|venir))"
        )
    ):
        yield from _headcount(hit)
    for hit in reading.find(
        re.compile(
            rf"⟨O(?P<x>\d+)⟩,? (?:\w+ )?(?:de|d'une équipe de|forte de) (?:près de |plus de |environ )?{number} {_STAFF}"
        )
    ):
        yield from _headcount(hit)


def _headcount(hit: Hit) -> Iterator[Said]:
    thing = hit.reading.thing_at(int(hit["x"] or 0))
    if thing is not None and asserted(hit) and thing.kind not in ("PublicAuthority", "FundingAgency"):
        digits = re.sub(r"\D", "", hit["n"] or "")
        yield Claim(thing.id, "grp:employeeCount", Literal(digits, "xsd:integer"), hit.span, "headcount")
