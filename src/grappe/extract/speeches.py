"""Who says what: the words between quotation marks and the person behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract import lexicon
from grappe.extract.claims import Said, Speech
from grappe.extract.reading import Masked, Mention, Reading

__all__ = ["speeches"]

_SAYING = (
    r"(?:expliqu|soulign|précis|rappel|estim|déclar|affirm|ajout|résum|sourit|souri|confi|observ|plaid|lanc|témoign|réag|indiqu|détaill|conclu|insist|répond|assur|prévien|tempèr|tempér|nuanc|regrett|"
    r"interrog|salu|réjoui|félicit|comment|racont|poursui|martèl|reconnaî|gliss|amus|prédi|lâch|dit|écri|jur|souffl|plaisant|complèt|not|avanc|annonc|promet|ironis|calcul|analys|espèr|admet|concèd|pointe|"
    r"justifi|invit|raill|enchaîn|renchéri|abond|observ|constat|déplor|s'exclam|s'étonn|se souvien|s'enthousiasm|s'inquièt|s'impatient|se défend)\w*"
)
#: « résume-t-elle », « dit-il », « a-t-elle prévenu »: who spoke last.
_INVERTED = re.compile(r" ?[,.]? ?(?:(?:s'|se |en |y )?[a-zà-ÿ]+(?:-t)?-(?:il|elle)\b|(?:a|s'est)-t-(?:il|elle)\b)")
#: « lâche l'élu », « confie la dirigeante », « écrit la directrice à ses équipes ».
_BY_OFFICE = re.compile(
    rf" ?[,.]? ?(?:s'|se |a |en )*{_SAYING} (?:le |la |l')(?P<noun>{lexicon.ROLE}|élue?|patronn?e?|dirigeante?|entrepreneu\w+|scientifique|intéressée?|industriel(?:le)?|édile|chercheu\w+|spécialiste|universitaire)(?![\w-])"
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
        and re.search(r": ?$", reading.masked[place - 1].text)
        and (earlier := re.findall(r"⟨P(\d+)⟩", reading.masked[place - 1].text))
    ):
        return int(earlier[0]), found.start(), found.end()
    quoted = reading.mentions[int(found[1])]
    if reading.normal.text[quoted.start] not in '«"':  # goes on after who speaks is named inside the marks
        last = _last_person(reading, masked, quoted, "")
        return None if last is None else (last, found.start(), found.end())
    if taken_up:
        said = taken_up[0]
        her = bool(re.search(r"(?:\bla |elle$|élue$|ée$|ice$)", said)) or None
        him = bool(re.search(r"(?:\ble |il$|élu$|é$|eur$)", said)) and not her
        last = _last_person(reading, masked, reading.mentions[int(found[1])], "f" if her else "m" if him else "")
        if last is not None:
            return last, found.start(), found.end() + taken_up.end()
    return None


def _named_at_once(rest: str, taken_up: re.Match[str]) -> bool:
    """« confie la dirigeante, ⟨P⟩ »: the name follows."""
    return re.match(r"[^.;⟨]{0,60}(?:⟨[OFLGJ]\d+⟩)?[^.;⟨]{0,6}⟨P", rest[taken_up.end() :]) is not None


_GOVERNED = re.compile(r"(?:^|[ (])(?:à|de|par|avec|pour|chez|sous|selon) $")
_ROLE_AFTER = re.compile(rf" ?[,(] ?(?:la |le |l'|sa |son |ancien(?:ne)? )?({lexicon.ROLE}|élue?|chargée?|déléguée?)")
_ROLE_BEFORE = re.compile(rf"({lexicon.ROLE})(?: [a-zà-ÿ]+)?,? (?:M\.|Mme)? ?$")
_FEMININE = re.compile(r"(?:trice|ente|ière|euse|ée|ante|fe|ète|gue de|ienne|yenne)$")


def _last_person(reading: Reading, masked: Masked, quoted: Mention, gender: str) -> int | None:
    """Return the person spoken of before a quotation: the first that no preposition governs in the last sentence that
    names one whose function does not say another gender; no further than three blocks back.
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
