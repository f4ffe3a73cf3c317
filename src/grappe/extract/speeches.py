"""Who says what: the words between quotation marks and the person behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract import lexicon
from grappe.extract.claims import Said, Speech
from grappe.extract.reading import Masked, Mention, Reading

__all__ = ["speeches"]

#: « résume-t-elle », « dit-il », « a-t-elle prévenu »: who spoke last.
_INVERTED = re.compile(r" ?[,.]? ?(?:(?:s'|se |en |y )?[a-zà-ÿ]+(?:-t)?-(?:il|elle)\b|(?:a|s'est)-t-(?:il|elle)\b)")
#: « lâche l'élu », « confie la dirigeante », « écrit la directrice à ses équipes ».
_BY_OFFICE = re.compile(
    rf" ?[,.]? ?(?:s'|se |a |en |lui |nous )*{lexicon.SAYS}(?: encore| aussi| ainsi)? (?:(?:le |la |l')(?P<noun>{lexicon.ROLE}|élue?|patronn?e?|dirigeante?|entrepreneu\w+|scientifique|intéressée?|industriel(?:le)?|édile|chercheu\w+|spécialiste|universitaire)|(?P<latter>ce dernier|cette dernière|celui-ci|celle-ci))(?![\w-])"
)
_AFTER = re.compile(r"(?: ?[,.]? ?)(?P<verb>[^⟨⟩]{0,90}?(?:⟨[OFLGJE]\d+⟩[^⟨⟩]{0,40}?)?)⟨P(?P<p>\d+)⟩")


def speeches(reading: Reading) -> Iterator[Said]:
    """« … », explique Ludivine Brossard. — Pour Marc Delrieu, président d'Eurobiomed, « … » — « … », dit-elle."""
    for place, masked in enumerate(reading.masked):
        for found in re.finditer(r"⟨Q(\d+)⟩", masked.text):
            quoted = reading.mentions[int(found[1])]
            speaker = _speaker(reading, place, masked, found)
            if speaker is None:
                continue
            mention, start, end = speaker
            who = reading.thing_at(mention)
            if who is not None:
                yield Speech(who.id, quoted.core, masked.origin(start, end, reading.mentions), "quotation")


def _speaker(reading: Reading, place: int, masked: Masked, found: re.Match[str]) -> tuple[int, int, int] | None:
    """Return the mention of who says a quotation, and the range of the masked text that says so."""
    rest = masked.text[found.end() :]
    taken_up = _INVERTED.match(rest) or _BY_OFFICE.match(rest)
    after = None if taken_up and "⟨P" not in taken_up[0] and not _named_at_once(rest, taken_up) else _AFTER.match(rest)
    before = [*re.finditer(r"⟨P(\d+)⟩", masked.text[: found.start()])]
    lead = masked.text[before[0].end() : found.start()] if before else ""
    if before and re.search(r"[:,»] ?$|^(?:[^.;]*)$", lead):
        return int(before[0][1]), before[0].start(), found.end()
    if after:
        return int(after["p"]), found.start(), found.end() + after.end()
    if (
        not before
        and place
        and reading.masked[place - 1].text.endswith((":", ": "))
        and (earlier := re.findall(r"⟨P(\d+)⟩", reading.masked[place - 1].text))
    ):
        return int(earlier[0]), found.start(), found.end()
    if (told := _by_layout(reading, place, masked)) is not None:
        return told, found.start(), found.end()
    quoted = reading.mentions[int(found[1])]
    if reading.normal.text[quoted.start] not in '«"':  # goes on after who speaks is named inside the marks
        last = _last_person(reading, masked, quoted, "")
        return None if last is None else (last, found.start(), found.end())
    latter = _LATTER.search(masked.text[: found.start()])
    if latter and latter["name"] and reading.mentions[int(latter["name"])].rule != "pronoun":
        latter = None
    if taken_up or latter:
        said = taken_up[0] if taken_up else ""
        if latter:
            name = latter["name"]
            mention = reading.mentions[int(name)] if name else None
            said = reading.normal.text[mention.start : mention.end] if mention else latter["who"] or latter["of"] or ""
        her = bool(re.search(r"(?:\bla |[Ee]lle\b|élue$|ée$|ice$|dernière\b|celle-ci)", said)) or None
        him = bool(re.search(r"(?:\ble |[Ii]l\b|élu$|é$|eur$|dernier\b|celui-ci)", said)) and not her
        noun = taken_up.groupdict().get("noun") if taken_up else None
        titled = _titled(reading, masked, quoted, noun) if noun else None
        last = (
            titled
            if titled is not None
            else _last_person(
                reading, masked, quoted, "f" if her else "m" if him else "", latter="derni" in said or "-ci" in said
            )
        )
        if last is not None:
            return last, found.start(), found.end() + (taken_up.end() if taken_up else 0)
    return None


#: « Elle l'a redit : « … » », « De ce dernier, on retiendra la formule : « … » »: who spoke last, before the words.
_LATTER = re.compile(
    r"(?:^|[,;] )(?:(?P<who>Il|Elle|Ce dernier|Cette dernière|Celui-ci|Celle-ci|⟨O(?P<name>\d+)⟩) (?:l'|le |s'|se |en |y )*(?:a |est )?"
    rf"(?:{lexicon.SAYS}|redit)[^.;:]{{0,60}}|[^.;:⟨⟩]{{0,12}}\b(?P<of>ce dernier|cette dernière|celui-ci|celle-ci)\b[^.;:⟨⟩]{{0,60}}) ?: ?$"
)
#: A line that is a person with or without a function: « – Claire Morel, présidente de X ».
_SIGNED = re.compile(r"^(?:[–—-] ?|[Pp]ar )?(?:(?:M\.|Mme|Dr|Pr) )?⟨P(?P<p>\d+)⟩(?P<rest>(?:$|[ ,(].*))")
#: A heading that says whose words stand under it: « Trois questions à P », « Édito, par P », « Rencontre avec P ».
_WHOSE_WORDS = re.compile(
    r"(?i:\b(?:questions?|entretien|interview|rencontre|échange|conversation|parole|micro|édito(?:rial)?|mot|billet|invitée?|regard|témoignage|portrait|point de vue|tribune|avis|plume)\b)[^.;⟨⟩]{0,60}⟨P(?P<p>\d+)⟩"
)
#: A heading over words that are signed: « LE MOT DU MAIRE ».
_OWN_WORDS = re.compile(r"(?i:(?:le |l')?(?:mot|édito|éditorial|billet|message|regard|carnet)\b)")


def _signs(masked: Masked) -> int | None:
    """Return the person whose name, with a function at most, is all that a line says."""
    found = _SIGNED.match(masked.text)
    if found is None or len(found["rest"]) > 160 or "⟨Q" in found["rest"]:
        return None
    return None if masked.sentence.kind == "paragraph" and found["rest"].endswith((".", "!", "?")) else int(found["p"])


def _by_layout(reading: Reading, place: int, masked: Masked) -> int | None:
    """Return who says a quotation that stands alone: whose name stands on the line below it, or above it, or in the
    heading that announces an interview or an editorial, or signs the section.
    """
    if not re.fullmatch(r"(?:[–—•›>-] ?)?⟨Q\d+⟩ ?[.]?(?: ?[–—-] ?)?", masked.text):
        return None
    lines = reading.masked
    first = place
    while (
        first
        and (_signs(lines[first - 1]) is not None) != (_signs(lines[first]) is not None)
        and (_signs(lines[first - 1]) is not None or re.search(r"⟨Q\d+⟩ ?$", lines[first - 1].text))
    ):
        first -= 1  # a run of words and names in turn: either the names come first or the words
    above = _signs(lines[place - 1]) if place else None
    below = _signs(lines[place + 1]) if place + 1 < len(lines) else None
    if _signs(lines[first]) is not None and above is not None:
        return above
    if below is not None:
        return below
    for line in reversed(lines[max(0, place - 12) : place]):
        if line.sentence.kind not in ("heading", "title") and line.text.endswith((".", "!", "?", ":", "⟩")):
            continue
        if announced := _WHOSE_WORDS.search(line.text):
            return int(announced["p"])
        if line.sentence.kind == "heading" and _OWN_WORDS.match(line.text):
            return next((p for later in lines[place + 1 : place + 25] if (p := _signs(later)) is not None), None)
        if not line.text.endswith("?"):
            break
    return None


def _named_at_once(rest: str, taken_up: re.Match[str]) -> bool:
    """« confie la dirigeante, ⟨P⟩ »: the name follows."""
    return re.match(r"[^.;⟨]{0,60}(?:⟨[OFLGJ]\d+⟩)?[^.;⟨]{0,6}⟨P", rest[taken_up.end() :]) is not None


#: What those are who go by a noun of no office.
_CALLED = {
    "patron": r"PDG|présidente?-direct|direct|dirig|gérant|fondat|cofond|créa|lanc|mont",
    "dirige": r"PDG|présidente?-direct|direct|dirig|gérant|fondat|cofond|présid",
    "entrep": r"PDG|présidente?-direct|dirig|gérant|fondat|cofond|créa|lanc|mont",
    "indust": r"PDG|présidente?-direct|direct|dirig|gérant|fondat|cofond|présid",
    "élu": r"maire|adjoint|présid|conseill|élu|député|sénat",
    "édile": r"maire|adjoint|présid",
    "cherch": r"cherch|profess|direct",
    "scient": r"cherch|profess|scient",
    "univer": r"profess|universit|maître|présid",
}


def _titled(reading: Reading, masked: Masked, quoted: Mention, noun: str) -> int | None:
    """Return whom the text has lately called what a noun says: « la directrice », « l'élu », « la patronne »."""
    low = noun.casefold()
    office = {"direct": r"|direction\b|dirige\b", "présid": r"|présid(?:e|ence)\b"}.get(low[:6], "")
    named = rf"\b{re.escape(low)}\b{office}"
    called = re.compile(next((words for stem, words in _CALLED.items() if low.startswith(stem)), named), re.I)
    text = reading.normal.text
    for piece in reversed(reading.masked[: masked.sentence.index + 1]):
        if masked.sentence.block - piece.sentence.block > 8:
            return None
        for number in reversed(re.findall(r"⟨P(\d+)⟩", piece.text)):
            mention = reading.mentions[int(number)]
            if mention.end > quoted.start:
                continue
            after = re.match(r"[^.;:«]{0,70}", text[mention.end : piece.sentence.end])
            before = re.search(r"[^.;:,«]{0,50}$", text[piece.sentence.start : mention.start])
            if (after and called.search(after[0])) or (before and called.search(before[0])):
                return int(number)
    return None


_GOVERNED = re.compile(r"(?:^|[ (])(?:à|de|par|avec|pour|chez|sous|selon) $")
_ROLE_AFTER = re.compile(rf" ?[,(] ?(?:la |le |l'|sa |son |ancien(?:ne)? )?({lexicon.ROLE}|élue?|chargée?|déléguée?)")
_ROLE_BEFORE = re.compile(rf"({lexicon.ROLE})(?: [a-zà-ÿ]+)?,? (?:M\.|Mme)? ?$")
_FEMININE = re.compile(r"(?:trice|ente|ière|euse|ée|ante|fe|ète|gue de|ienne|yenne)$")


def _last_person(reading: Reading, masked: Masked, quoted: Mention, gender: str, *, latter: bool = False) -> int | None:
    """Return the person spoken of before a quotation: the first that no preposition governs in the last sentence that
    names one whose function does not say another gender, or the last of them (« ce dernier »); no further than three
    blocks back.
    """
    for piece in reversed(reading.masked[: masked.sentence.index + 1]):
        if masked.sentence.block - piece.sentence.block > 3:
            return None
        fitting = [
            (int(m[1]), _GOVERNED.search(piece.text[: m.start()]) is not None)
            for m in re.finditer(r"⟨P(\d+)⟩", piece.text)
            if reading.mentions[int(m[1])].end <= quoted.start
            and (not gender or _gender(reading, int(m[1])) in ("", gender))
        ]
        if fitting and latter:
            return fitting[-1][0]
        if fitting:
            return min(fitting, key=lambda f: f[1])[0]
    return None


def _gender(reading: Reading, number: int) -> str:
    """Return the gender that the function beside a person's name shows, if it shows one."""
    mention, text = reading.mentions[number], reading.normal.text
    role = _ROLE_AFTER.match(text, mention.end) or _ROLE_BEFORE.search(text[max(0, mention.start - 40) : mention.start])
    if role is None:
        return ""
    return (
        "f"
        if _FEMININE.search(role[1])
        else "m"
        if re.search(r"(?:teur|ent|ier|eur|é|ant|ef|ien|et)$", role[1])
        else ""
    )
