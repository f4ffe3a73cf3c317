"""Whom a body, a project or a platform is led by: « que dirige », « à la tête de », « en assure la présidence »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Said
from grappe.extract.headship import GOVERNED, headed, led_topic
from grappe.extract.reading import Masked, Reading, Thing, pattern
from grappe.extract.spoken_of import led_things

__all__ = ["heads"]

_LED_BY = r"(?:dirigée?s?|pilotée?s?|conduite?s?|animée?s?|menée?s?|présidée?s?|coordonnée?s?|portée?s?|emmenée?s?)"
_AFTER_BODY = (
    (r",?(?: et)? dont {P:p} (?:dirige (?:les|l') ?équipes?|est (?:le |la |l')(?:direct|présid|responsab|coordin)\w+)", "whom-person-leads"),
    (r",? que (?:dirige|pilote|préside|coordonne|anime|mène) {P:p}", "whom-person-leads"),
    (rf"(?:,| et|,? est|,? a été)? ?{_LED_BY} (?:à ce jour |aujourd'hui |scientifiquement |depuis ⟨D\d+⟩ )?par {{P:p}}", "led-by-person"),
)  # fmt: skip
_BEFORE_BODY = (
    (r"{P:p}, à qui (?:revient|échoit|a été confiée|est confiée) la (?:présidence|direction|coordination|responsabilité) de {OJFG:o}", "who-leads"),
    (r"[Ss]ous la (?:présidence|direction) de {P:p}(?:, [^⟨⟩.;]{1,60})?,? {OJFG:o}", "presidency-of"),
    (r"{P:p}(?:, (?:[^⟨⟩.;]|⟨[OFL]\d+⟩){1,110},)?,? (?:qui )?(?:dirige|pilote|préside|coordonne|anime)(?: aussi| également| par ailleurs)? {OJFG:o}", "who-leads"),
    (r"{P:p},? (?:à la tête|aux (?:commandes|manettes|rênes)) de {OJFG:o}", "at-the-head"),
    (r"(?:[Àà] la tête|[Aa]ux commandes) de {OJFG:o}, {P:p}", "at-the-head"),
)  # fmt: skip


def heads(reading: Reading) -> Iterator[Said]:
    """« le Genoscope, que dirige Patrick Wincker », « dirigé par le Pr Jérôme Larghero », « CITHERA d'Annelise Bennaceur »."""
    told = set[tuple[int, int]]()
    for sentence, claim in headed(reading):
        told.add((sentence, claim.subject))
        yield claim
    for sentence, claim in _by_wording(reading):
        if (sentence, claim.subject) not in told:
            yield claim


#: « À sa tête, P », « aux commandes : la Dre P », « à la manœuvre, P et Q ».
_AT_ITS_HEAD = pattern(
    r"(?:^|[.;:,)] ?|et )(?:[Àà] (?:sa|leur) tête|[Aa]ux (?:commandes|manettes|rênes)(?: [a-z]+s)?|[Àà] (?:ses|leurs) commandes|[Àà] la (?:manœuvre|barre|baguette))"
    r"(?: ?[,:]| depuis ⟨D\d+⟩ ?[,:]?) (?:[^⟨⟩.;:]{1,50}[ ,])?(?P<who>{P*})"
)


def _by_wording(reading: Reading) -> Iterator[tuple[int, Claim]]:
    """Return what wordings tell that no clause does, each with the number of its sentence."""
    for expression, rule in _AFTER_BODY:
        for hit in reading.find(pattern(expression)):
            body, who = _led_before(reading, hit.masked, hit.match.start()), hit.thing("p")
            if body is not None and who is not None:
                thing, at = body
                start = hit.masked.origin(at, at + 1, reading.mentions)[0]
                yield (
                    hit.masked.sentence.index,
                    Claim(who.id, "org:headOf", thing.id, (min(start, hit.span[0]), hit.span[1]), rule),
                )
    for expression, rule in _BEFORE_BODY:
        for hit in reading.find(pattern(expression)):
            who, led = hit.thing("p"), hit.thing("o")
            if who and led:
                yield hit.masked.sentence.index, Claim(who.id, "org:headOf", led.id, hit.span_of("o", "p"), rule)
    for hit in reading.find(pattern(r"{OJ:o}(?: \([^()]*\))? de {P:p}")):
        who, led = hit.thing("p"), hit.thing("o")
        if who and led and led_things(led):
            yield hit.masked.sentence.index, Claim(who.id, "org:headOf", led.id, hit.span, "genitive-of-leader", 0.8)
    for hit in reading.find(_AT_ITS_HEAD):
        topic = led_topic(reading, hit.masked, hit.match.start())
        for who in hit.things("who") if topic is not None else ():
            if topic is not None:
                yield hit.masked.sentence.index, Claim(who.id, "org:headOf", topic, hit.span, "leads-the-topic", 0.8)
    for hit in reading.find(
        pattern(
            r"(?:^|[.;:] )[Pp]lacée? sous (?:la direction|la responsabilité|l'autorité|la présidence|la houlette) de {P:p}, (?:cette|cet|ce|l'|le|la) ?(?:équipe|unité|laboratoire|plateforme|institut|structure|centre)"
        )
    ):
        who, topic = hit.thing("p"), led_topic(reading, hit.masked, hit.match.start())
        if who and topic is not None:
            yield hit.masked.sentence.index, Claim(who.id, "org:headOf", topic, hit.span, "leads-the-topic", 0.8)
    for hit in reading.find(pattern(r"{P:p} et {P:q} (?:le|la|l'|les) ?(?:pilot|dirig|codirig|coordonn|anim)ent")):
        topic = _topic_before(reading, hit.span[0])
        for slot in ("p", "q"):
            if topic is not None and (who := hit.thing(slot)) is not None:
                yield hit.masked.sentence.index, Claim(who.id, "org:headOf", topic, hit.span, "they-lead-it", 0.75)


def _led_before(reading: Reading, masked: Masked, before: int) -> tuple[Thing, int] | None:
    """Return the body that a participle or relative clause attaches to, and where it stands in the masked text.

    « le centre X de thérapie de l'hôpital Y, que dirige Z »: the unit, not the body that it belongs to.
    """
    piece = masked.text[max(0, before - 220) : before]
    shift = max(0, before - 220)
    cut = max((m.end() for m in re.finditer(r"[;:.»]|⟨P\d+⟩(?:,| et)", piece)), default=0)
    found = [
        (thing, shift + m.start(), piece[m.end() :])
        for m in re.finditer(r"⟨[OJFG](\d+)⟩", piece)
        if m.start() >= cut and (thing := reading.thing_at(int(m[1]))) is not None
    ]
    if not found:
        return None
    if re.match(r" et ", masked.text[before : before + 4]):  # « X, née au sein de Y et présidée par Z »
        free = [f for f in found if not GOVERNED.search(masked.text[: f[1]])]
        if free:
            return free[-1][0], free[-1][1]
    near = [
        f
        for f in found
        if not re.match(r"(?: ?\([^()]*\))? (?:et|avec|ainsi que|puis) (?:le |la |l'|les )?⟨", f[2]) or f is found[-1]
    ]
    led = [f for f in near if led_things(f[0])]
    thing, at, _ = led[-1] if led else found[-1]
    return thing, at


def _topic_before(reading: Reading, at: int) -> int | None:
    """Return the subject of the sentence that ends before, or of this one's first clause."""
    for masked in reversed([m for m in reading.masked if m.sentence.start <= at]):
        first = next((int(n) for n in re.findall(r"⟨[OJ](\d+)⟩", masked.text)), None)
        if first is not None and reading.mentions[first].start < at:
            thing = reading.thing_at(first)
            return thing.id if thing else None
    return None
