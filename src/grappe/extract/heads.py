"""Whom a body, a project or a platform is led by: « que dirige », « à la tête de », « en assure la présidence »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Said
from grappe.extract.reading import Masked, Reading, Thing, pattern
from grappe.extract.spoken_of import led_things, topic_of

__all__ = ["heads"]

_LED_BY = r"(?:dirigée?s?|pilotée?s?|conduite?s?|animée?s?|menée?s?|présidée?s?|coordonnée?s?|portée?s?|emmenée?s?)"
#: Ways of leading that are no title: « tient les rênes de », « assure la présidence de ».
_HOLDS = r"(?:tient les rênes|(?:a pris|prend|prendra|assure|assume|exerce|occupe|reprend) la (?:direction|présidence|tête|coordination|responsabilité)(?: scientifique| générale)?)"
_AFTER_BODY = (
    (rf",?(?: et)? dont {{P:p}} (?:{_HOLDS}|dirige (?:les|l') ?équipes?|est (?:le |la |l')(?:direct|présid|responsab|coordin)\w+)", "whom-person-leads"),
    (r"(?:[.,:)]| et)* À sa tête,? {P:p}", "whom-person-leads"),
    (rf"(?:,| et|,? est|,? a été)? ?{_LED_BY} (?:à ce jour |aujourd'hui |scientifiquement |depuis ⟨D\d+⟩ )?par {{P:p}}", "led-by-person"),
    (r",? que (?:dirige|pilote|préside|coordonne|anime|mène) {P:p}", "whom-person-leads"),
    (r",? placée? sous (?:la direction|la responsabilité|l'autorité|la présidence|la houlette) de {P:p}", "under-direction"),
)  # fmt: skip
_BEFORE_BODY = (
    (rf"{{P:p}}(?:, (?:[^⟨⟩.;]|⟨[OFL]\d+⟩){{1,110}},)?,? (?:qui )?{_HOLDS} de {{OJFG:o}}", "who-leads"),
    (r"{P:p}(?:, (?:[^⟨⟩.;]|⟨[OFL]\d+⟩){1,110},)?,? (?:qui )?(?:a succédé|succède|succédera) à ⟨P\d+⟩(?:,[^⟨⟩.;]{1,60},)? à la (?:présidence|direction|tête) de {OJFG:o}", "who-leads"),
    (r"{P:p}(?:, (?:[^⟨⟩.;]|⟨[OFL]\d+⟩){1,110},)?,? (?:qui )?(?:conduit|coordonne|pilote|porte|mène|anime)(?: aussi| également| par ailleurs)? {J:o}", "who-leads"),
    (r"^(?:[^⟨⟩.;:]|⟨[DYL]\d+⟩){0,70}? et (?:présidée?|dirigée?|pilotée?|coordonnée?|emmenée?) (?:depuis ⟨[DY]\d+⟩ )?par {P:p}(?:, [^⟨⟩.;]{1,60})?, {OJFG:o}", "led-by-person-first"),
    (r"^(?:[^⟨⟩.;:]|⟨[DYL]\d+⟩){0,70}?[Pp]lacée?s? (?:depuis ⟨[DY]\d+⟩ )?sous (?:la direction|la responsabilité|l'autorité|la présidence|la houlette) de {P:p}(?:, [^⟨⟩.;]{1,60})?, {OJFG:o}", "led-by-person-first"),
    (r"{P:p},? (?:à la tête|aux commandes) de {OJFG:o}", "at-the-head"),
    (r"{P:p}(?:, [^⟨⟩.;]{1,70},)?,? (?:qui )?(?:dirige|pilote|préside|coordonne|anime|a pris la tête de|prend la tête de|prend les rênes de)(?: aussi| également| par ailleurs)? {OJFG:o}", "who-leads"),
    (r"[Ss]ous la (?:présidence|direction|houlette|coordination) (?:scientifique )?de {P:p}(?:, [^⟨⟩.;]{1,60})?,? {OJFG:o}", "presidency-of"),
    (r"(?:^|[,;•–-] )(?:[Pp]résidée?|[Dd]irigée?|[Cc]oordonnée?|[Pp]ilotée?|[Pp]ortée?) par {P:p}(?:,[^⟨⟩]*?(?:⟨O\d+⟩)?)?,(?: et [^⟨⟩]*⟨P\d+⟩,)? {OJFG:o}", "led-by-person-first"),
    (r"(?:[Pp]résidée?|[Dd]irigée?) par ⟨P\d+⟩,[^.;]*? et (?:dirigée?|présidée?|animée?|coordonnée?) par {P:p},? {OJFG:o}", "led-by-person-second"),
)  # fmt: skip


def heads(reading: Reading) -> Iterator[Said]:
    """« le Genoscope, que dirige Patrick Wincker », « dirigé par le Pr Jérôme Larghero », « CITHERA d'Annelise Bennaceur »."""
    for expression, rule in _AFTER_BODY:
        for hit in reading.find(pattern(expression)):
            body, who = _led_before(reading, hit.masked, hit.match.start()), hit.thing("p")
            if body is not None and who is not None:
                thing, at = body
                start = hit.masked.origin(at, at + 1, reading.mentions)[0]
                yield Claim(who.id, "org:headOf", thing.id, (min(start, hit.span[0]), hit.span[1]), rule)
    for expression, rule in _BEFORE_BODY:
        for hit in reading.find(pattern(expression)):
            who, led = hit.thing("p"), hit.thing("o")
            if who and led:
                yield Claim(who.id, "org:headOf", led.id, hit.span_of("o", "p"), rule)
    for hit in reading.find(pattern(r"{OJ:o}(?: \([^()]*\))? de {P:p}")):
        who, led = hit.thing("p"), hit.thing("o")
        if who and led and led_things(led):
            yield Claim(who.id, "org:headOf", led.id, hit.span, "genitive-of-leader", 0.8)
    for hit in reading.find(
        pattern(
            r"{P:p}(?: en|, qui (?:[^⟨⟩.;,]{1,40} et )?en|,)* (?:assure|assume|tient|exerce|a pris|prend) (?:la (?:direction|présidence|coordination|tête|responsabilité)|les rênes)(?! de)"
        )
    ):
        who, topic = hit.thing("p"), _led_topic(reading, hit.masked, hit.match.start())
        if who and topic is not None and " en" in hit.match[0]:
            yield Claim(who.id, "org:headOf", topic, hit.span, "leads-the-topic", 0.8)
    for hit in reading.find(
        pattern(
            r"(?:^|[.;:] )[Pp]lacée? sous (?:la direction|la responsabilité|l'autorité|la présidence|la houlette) de {P:p}, (?:cette|cet|ce|l'|le|la) ?(?:équipe|unité|laboratoire|plateforme|institut|structure|centre)"
        )
    ):
        who, topic = hit.thing("p"), _led_topic(reading, hit.masked, hit.match.start())
        if who and topic is not None:
            yield Claim(who.id, "org:headOf", topic, hit.span, "leads-the-topic", 0.8)
    for hit in reading.find(pattern(r"{P:p} et {P:q} (?:le|la|l'|les) ?(?:pilot|dirig|codirig|coordonn|anim)ent")):
        topic = _topic_before(reading, hit.span[0])
        for slot in ("p", "q"):
            if topic is not None and (who := hit.thing(slot)) is not None:
                yield Claim(who.id, "org:headOf", topic, hit.span, "they-lead-it", 0.75)


_GOVERNED = re.compile(
    r"(?:^|[ (])(?:de|à|par|avec|pour|chez|dans|sur|en|sous|au sein de) (?:⟨[OJFX]\d+⟩(?:, | et ))*$"
)


def _led_topic(reading: Reading, masked: Masked, before: int) -> int | None:
    """Return what a sentence is about, rather a unit or a project that the one before brings in than who founded it."""
    if masked.sentence.index and not re.search(r"⟨[OJF]\d+⟩", masked.text[:before]):
        earlier = reading.masked[masked.sentence.index - 1]
        for found in reversed([*re.finditer(r"⟨[OJF](\d+)⟩", earlier.text)]):
            thing = reading.thing_at(int(found[1]))
            if thing is not None and led_things(thing) and not _GOVERNED.search(earlier.text[: found.start()]):
                return thing.id
    return topic_of(reading, masked, before)


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
        free = [f for f in found if not _GOVERNED.search(masked.text[: f[1]])]
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
