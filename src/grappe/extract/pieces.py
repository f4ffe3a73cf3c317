"""A masked sentence in pieces: words with their part of speech, mentions, stops; brackets apart; verb groups found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from grappe.extract.nlp import Token
from grappe.extract.reading import Masked
from grappe.extract.verbs import Form, forms, guess

__all__ = ["WISHES", "Group", "Piece", "Pieces", "cut"]

#: Adverbs of several words, which govern nothing: « relève à la fois de A et de B ».
_SAID_TOGETHER = r"(?:tout )?à la fois|d'ores et déjà|l'une? et l'autre|(?:tous|toutes) les (?:deux|trois)|tout particulièrement|main dans la main|à parts égales|depuis peu|à ce jour|dès l'origine|depuis l'origine"
_PIECE = re.compile(
    rf"⟨(?P<letter>[A-Z])(?P<number>\d+)⟩|(?P<word>(?:{_SAID_TOGETHER})(?!\w)|aujourd'hui|\d[\d.,]*\d|[\w²€%]+(?:-[\w²]+)*'?)|(?P<stop>[^\w\s⟨⟩])"
)
_CLITICS = frozenset("ne n' y en se s' lui leur l' le la les nous vous me m'".split())
_ADVERBS = frozenset(
    """également aussi déjà officiellement récemment notamment ainsi tous toutes deux pas plus jamais désormais enfin
    finalement conjointement respectivement donc toujours encore bientôt intégralement entièrement majoritairement
    principalement largement aujourd'hui depuis en outre alors même actuellement par ailleurs
    """.split()
)
_NEGATIONS = frozenset("pas plus jamais aucun aucune guère point ni".split())
_MODALS = {"pouvoir": "conditional", "devoir": "", "aller": "", "vouloir": "wished"}
#: Verbs whose infinitive or object is not yet true: wish, request, plan under discussion, refusal.
WISHES = frozenset(
    """souhaiter vouloir espérer envisager négocier solliciter demander ambitionner rêver étudier réclamer refuser
    renoncer rejeter imaginer viser chercher tenter proposer plaider appeler menacer risquer ajourner abandonner
    aimer désirer décliner démentir exclure évoquer discuter réfléchir candidater postuler prétendre attendre escompter
    """.split()
)
_INFINITIVE = re.compile(r"(?:er|ir|re)$")
_NOUN_IN_TE = re.compile(r"té$|(?:uni|cié|rsi|cul|nau|ivi|ori|enti)tés$|ées?$(?<=nnées)|(?:ann|arm|entr|mus|lyc)ées?$")
#: Participles that are written like a form of the present.
_ALSO_PARTICIPLES = frozenset("rejoint construit conduit souscrit fait ouvert offert promis".split())
_AFTER_NOUN = frozenset({"DET", "ADP", "ADJ", "NUM"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a mention or a stop of a masked sentence, by its range there.

    ``determined`` tells a mention that has an article of its own: no noun before it is its head. ``low`` is the text in
    lower case, which is asked for some twenty times.
    """

    text: str
    start: int
    end: int
    sort: str
    pos: str = ""
    lemma: str = ""
    letter: str = ""
    number: int = -1
    determined: bool = False
    low: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "low", self.text.lower())


@dataclass(frozen=True, slots=True)
class Group:
    """A verb group: pieces ``first`` to ``last``; its main verb, voice, mood, and what takes it back (or "").

    ``restricted`` is « ne … que », which takes nothing back.
    """

    first: int
    last: int
    lemma: str
    mood: str
    voice: str
    modality: str = ""
    reflexive: bool = False
    plural: bool = False
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Pieces:
    """A sentence in pieces: ``brackets`` tells what stands in brackets after a piece (ranges of the masked text)."""

    masked: Masked
    line: tuple[Piece, ...]
    groups: tuple[Group, ...]
    brackets: Mapping[int, tuple[tuple[int, int], ...]]


def cut(masked: Masked, tokens: Mapping[int, Token]) -> Pieces:
    """Cut a masked sentence into pieces; ``tokens`` are the document's, by where they start."""
    line: list[Piece] = []
    brackets: dict[int, list[tuple[int, int]]] = {}
    depth, opened = 0, 0
    for found in _PIECE.finditer(masked.text):
        if found["stop"] == "(":
            opened = found.end() if depth == 0 else opened
            depth += 1
        elif found["stop"] == ")" and depth:
            depth -= 1
            if depth == 0:
                brackets.setdefault(len(line) - 1, []).append((opened, found.start()))
        elif not depth:
            line.append(_piece(found, masked, tokens))
    if depth:  # a bracket that never closes hides nothing
        line.extend(
            _piece(f, masked, tokens) for f in _PIECE.finditer(masked.text, opened) if f["stop"] not in ("(", ")")
        )
    pieces = tuple(line)
    return Pieces(masked, pieces, _groups(pieces, masked), {k: tuple(v) for k, v in brackets.items()})


def _piece(found: re.Match[str], masked: Masked, tokens: Mapping[int, Token]) -> Piece:
    start, end = found.span()
    if found["letter"]:
        own = start > 0 and masked.offsets[start] > masked.offsets[start - 1] + 1
        return Piece(found[0], start, end, "mention", "", "", found["letter"], int(found["number"]), own)
    if found["stop"]:
        return Piece(found[0], start, end, "stop")
    token = tokens.get(masked.offsets[start])
    if " " in found[0]:
        return Piece(found[0], start, end, "word", "ADV", found[0].lower())
    return Piece(found[0], start, end, "word", token.pos if token else "", token.lemma if token else found[0].lower())


_TIMES = frozenset("an ans année années mois semaine semaines jour jours siècle siècles".split())


def _ago(line: tuple[Piece, ...], i: int) -> bool:
    """Return whether *a* at a place belongs to « il y a dix ans », which is a time and no clause."""
    return (
        i > 1
        and line[i - 1].low == "y"
        and line[i - 2].low == "il"
        and any(p.low in _TIMES for p in line[i + 1 : i + 6] if p.sort == "word")
    )


_OBJECTS = frozenset({"en", "le", "la", "l'", "les", "lui", "y", "leur"})


def _subject_like(piece: Piece) -> bool:
    return piece.sort == "mention" or piece.low in ("qui", "il", "elle", "ils", "elles", "on", ",", "et")


def _form(line: tuple[Piece, ...], i: int) -> Form | None:
    """Return the verb form that a piece is, by the table, else by its part of speech."""
    if i >= len(line):
        return None
    piece = line[i]
    if piece.sort != "word" or (i and line[i - 1].text == "-"):
        return None
    if piece.low == "a" and _ago(line, i):
        return None
    if piece.low in ("entre", "entrent") and i and i + 1 < len(line) and line[i + 1].low in ("au", "à", "dans"):
        return Form("entrer", "finite")  # « X entre au capital de Y »
    before = line[i - 1] if i else None
    known = forms().get(piece.low)
    if known is not None:
        noun = before is not None and before.sort == "word" and (before.pos in _AFTER_NOUN or before.low == "de")
        clitic = before is not None and before.low in _CLITICS and before.pos == "PRON"
        if piece.low == "a" or known.lemma in ("être", "avoir"):
            return known
        if before is not None and before.low in _OBJECTS and i > 1 and _subject_like(line[i - 2]):
            return known  # « l'ANR le finance »
        after = line[i + 1].low if i + 1 < len(line) else ""
        if piece.low in _ALSO_PARTICIPLES and after in ("par", "en") and (before is None or before.text in ",–•:"):
            return Form(known.lemma, "participle")
        if known.ambiguous and (noun or before is None) and not clitic:
            return None
        if known.mood == "finite" and noun and not clitic and piece.pos not in ("VERB", "AUX"):
            return None
        return known
    named = before is not None and before.pos == "DET" and before.low not in _CLITICS - {"le", "la", "les", "l'"}
    if piece.pos in ("VERB", "AUX") and not piece.text[0].isupper() and _INFINITIVE.search(piece.lemma) and not named:
        return guess(piece.low, piece.lemma.lower())
    after_comma = (
        before is not None and before.text == "," and piece.pos == "NOUN" and not _NOUN_IN_TE.search(piece.low)
    )
    fronted = i == 0 and len(piece.text) > 4 and not _NOUN_IN_TE.search(piece.low)  # « Adossée à X, … »
    if (piece.pos == "ADJ" or after_comma or fronted) and re.search(r"[a-z]{3}(?:é|ée|és|ées)$", piece.low):
        return Form(re.sub(r"ée?s?$", "er", piece.low), "participle")
    return None


_ASIDES = tuple(
    tuple(told.split())
    for told in (
        "de son côté", "de leur côté", "par ailleurs", "quant à elle", "quant à lui", "quant à elles", "quant à eux",
        "en outre", "pour sa part", "pour leur part", "à son tour", "à leur tour", "de plus", "en effet", "dans la foulée",
        "à cette occasion", "au total", "de nouveau", "à nouveau", "ce jour", "tour à tour", "à ce titre", "en retour",
    )
)  # fmt: skip


_ASIDES_BY_WORD = {first: tuple(t for t in _ASIDES if t[0] == first) for first in {t[0] for t in _ASIDES}}


def _aside(line: tuple[Piece, ...], i: int) -> int:
    """Return how many pieces from a place on are an aside: « a de son côté octroyé »."""
    for told in _ASIDES_BY_WORD.get(line[i].low, ()):
        if tuple(p.low for p in line[i : i + len(told)]) == told:
            return len(told)
    return 0


def _skip(line: tuple[Piece, ...], i: int) -> int:
    """Return the first place from ``i`` on that holds no adverb, no aside and no clitic."""
    if (
        i + 2 < len(line)
        and line[i].text == ","
        and line[i + 1].low in ("elle", "lui", "elles", "eux")
        and line[i + 2].text == ","
    ):
        i += 3  # « la Communauté a, elle, attribué »
    while i < len(line) and line[i].sort == "word":
        low = line[i].low
        if aside := _aside(line, i):
            i += aside
        elif (
            low in _ADVERBS
            or (line[i].pos == "ADV" and low != "comme" and low not in forms())
            or (low in _CLITICS and i + 1 < len(line) and _form(line, i + 1) is not None)
        ):
            i += 1
        else:
            break
    return i


def _participle(line: tuple[Piece, ...], i: int) -> Form | None:
    """Return the past participle that follows an auxiliary at a place, or None."""
    if i >= len(line) or line[i].sort != "word":
        return None
    piece = line[i]
    form = forms().get(piece.low) or _form(line, i)
    if form is not None and (form.mood == "participle" or piece.low in _ALSO_PARTICIPLES):
        return Form(form.lemma, "participle")
    if piece.pos == "VERB" and _INFINITIVE.search(piece.lemma) and piece.low != piece.lemma:
        return Form(piece.lemma.lower(), "participle")
    return None


def _groups(line: tuple[Piece, ...], masked: Masked) -> tuple[Group, ...]:
    out: list[Group] = []
    question = masked.text.rstrip(" »").endswith("?")
    i = 0
    while i < len(line):
        form = _form(line, i)
        if form is None:
            if line[i].sort == "word" and "-t-" in line[i].low:
                question = True
            i += 1
            continue
        group = _group(line, i, form, out, question=question)
        if _shares_auxiliary(line, group, out):
            group = replace(out[-1], first=group.first, last=group.last, lemma=group.lemma, reflexive=False)
        out.append(group)
        i = group.last + 1
    return tuple(out)


def _shares_auxiliary(line: tuple[Piece, ...], group: Group, earlier: list[Group]) -> bool:
    """Return whether a participle goes on a compound tense: « a emprunté 6 M€ à X et reçu de Y une aide »."""
    i = group.first
    if group.mood != "participle" or i < 2 or line[i - 1].low not in ("et", "puis") or not earlier:
        return False
    verb = earlier[-1]
    has = [p.low for p in line[verb.first : verb.last] if (f := forms().get(p.low)) is not None and f.lemma == "avoir"]
    agent = any(p.low == "par" for p in line[group.last + 1 : group.last + 2])
    return bool(has) and verb.voice == "active" and not agent and not re.search(r"(?:é|i|u)(?:e|s|es)$", line[i].low)


def _group(line: tuple[Piece, ...], i: int, form: Form, earlier: list[Group], *, question: bool) -> Group:
    first = i
    while (
        first
        and line[first - 1].sort == "word"
        and line[first - 1].low in _CLITICS
        and (
            line[first - 1].pos == "PRON"
            or line[first - 1].low in ("n'", "ne", "s'", "se", "y")
            or (line[first - 1].low in _OBJECTS and first > 1 and line[first - 2].sort == "mention")
        )
    ):
        first -= 1
    before = [p.low for p in line[first:i]]
    reflexive = bool({"s'", "se"} & set(before))
    negated = bool({"ne", "n'"} & set(before))
    last, lemma, mood, voice, modality = i, form.lemma, form.mood, "active", ""
    auxiliary = form.lemma if form.lemma in ("être", "avoir") else ""
    if mood == "participle":
        voice = "passive"
    j = _skip(line, i + 1)
    if auxiliary and (part := _participle(line, j)) is not None:
        lemma, last, voice = part.lemma, j, "passive" if auxiliary == "être" and not reflexive else "active"
        if part.lemma == "être" and (again := _participle(line, k := _skip(line, j + 1))) is not None:
            lemma, last, voice = again.lemma, k, "passive"
        if lemma in ("aller", "venir", "naître", "arriver", "entrer", "devenir", "rester"):
            voice = "active"
    elif form.lemma in _MODALS and j < len(line) and (inf := _form(line, j)) is not None and inf.mood == "infinitive":
        modality = _MODALS[form.lemma] if form.lemma != "pouvoir" or mood == "conditional" else ""
        lemma, last = inf.lemma, j
        if lemma == "être" and (part := _participle(line, k := _skip(line, j + 1))) is not None:
            lemma, last, voice = part.lemma, k, "passive"
    elif form.lemma == "venir" and i + 2 < len(line) and line[i + 1].low in ("de", "d'"):
        j = _skip(line, i + 2)
        if j < len(line) and (inf := _form(line, j)) is not None and inf.mood == "infinitive":
            lemma, last = inf.lemma, j
    if form.mood == "conditional":
        modality = "conditional"
    restricted = negated and _only(line, last)
    if negated and modality != "conditional" and not restricted:
        modality = "negated"
    if question:
        modality = "question"
    if mood == "infinitive" and not modality:
        modality = _governed(line, first, earlier)
    plural = line[i].low.endswith(("ent", "ont", "és", "ées", "us", "ues", "aient", "is"))
    if first and line[first - 1].low == "sans":
        modality = "negated"
    return Group(first, last, lemma, mood, voice, modality, reflexive, plural, restricted)


def _only(line: tuple[Piece, ...], last: int) -> bool:
    """Return whether *que* restricts a verb with *ne* rather than denies it: « n'en a donné que 1,2 M€ »."""
    for k, piece in enumerate(line[last + 1 : last + 6], last + 1):
        if piece.low in _NEGATIONS or piece.sort == "stop":
            return False
        if piece.low in ("que", "qu'"):
            return not any(p.low in _NEGATIONS for p in line[max(0, last - 3) : last]) and _form(line, k + 2) is None
    return False


def _governed(line: tuple[Piece, ...], first: int, earlier: list[Group]) -> str:
    """Return what the words before an infinitive make of it."""
    k = first - 1
    if (k >= 0 and line[k].low in ("pour", "afin", "en vue", "vue")) or (k > 0 and line[k].low in ("de", "d'") and line[k - 1].low in ("afin", "vue")):  # fmt: skip
        return "purpose"
    if earlier and first - earlier[-1].last <= 3 and (earlier[-1].lemma in WISHES):
        return "wished"
    if earlier and first - earlier[-1].last <= 3 and earlier[-1].modality:
        return earlier[-1].modality
    return ""
