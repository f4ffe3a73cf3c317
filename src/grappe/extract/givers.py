"""Who gives a sum: what stands beside it (« X (2 M€) », « 2 M€ de X », « et X 2 M€ »), and the verb or noun it hangs on."""

from __future__ import annotations

import re
from dataclasses import replace

from grappe.extract.clauses import Frame, Phrase, frames_of
from grappe.extract.clitics import described
from grappe.extract.grants import (
    BACKING,
    GIVING,
    GRANT_WORDS,
    RECEIVING,
    Sum,
    deliberates,
    funders_in,
    ours,
    paid,
)
from grappe.extract.nominal import cleft, going, nominal, reaching
from grappe.extract.reading import Masked, Reading
from grappe.extract.receivers import TO, Told

__all__ = ["framed", "paired"]

_BY = ("par", "auprès", "de la part", "grâce")
_LIST = r"(?:(?:de |par |d'|auprès de )?⟨[OG]\d+⟩(?: \([^()]*\))?(?:(?:, | et |, et | ainsi que |, puis )(?:de |par |d'|auprès de )?⟨[OG]\d+⟩)*)"
_AFTER = re.compile(
    r"\)?(?: (?:d'aides? publiques?|d'aides?|d'avances? (?:remboursables?|récupérables?)|de subventions?(?: [a-zà-ÿ]+)?|de crédits(?: [a-zà-ÿ]+)?|de prêts?(?: [a-zà-ÿ]+)?|de fonds(?: [a-zà-ÿ]+)?|de financements?(?: [a-zà-ÿ]+)?|de dons?|"
    r"en (?:fonds propres|subventions?|prêts?|dette)|HT|TTC|maximum|au total|non dilutifs?|sous (?:la )?forme de [a-zà-ÿ' ]+))*,?(?: \([^()]*\))?"
    r"(?: (?:financée?s?|apportée?s?|versée?s?|attribuée?s?|accordée?s?|octroyée?s?|allouée?s?|votée?s?|consentie?s?|pris(?:es?)? en charge|provenant|proviennent|viennent|viendront|provient|vient|viendra|issus?|en provenance)(?: à parts égales)?)?"
    rf"(?:(?: [^⟨⟩;.,]{{0,40}})? auprès)? (?P<list>(?:de|par) {_LIST})"
)
_GIVER = r"(?:de |par )?⟨[OG]\d+⟩(?: \([^()]*\))?"
#: « 2 M€, moitié A, moitié B », « 2 M€, à parts égales entre A et B ».
_HALVES = re.compile(
    rf"\)?,? ?(?:[a-zà-ÿ]+ )?(?:(?:pour |par )?moitié {_GIVER}(?:,| et)+ (?:(?:pour |par )?moitié )?{_GIVER}"
    rf"|(?:(?:à|en) parts égales|pour moitié)(?: entre)? {_GIVER}(?:, {_GIVER})*(?: et (?:par )?{_GIVER})|(?:partagée?s?|répartie?s?|divisée?s?) (?:à parts égales )?entre {_GIVER}(?: et {_GIVER})"
    rf"|,? (?:venant )?(?:pour moitié) {_GIVER} et (?:pour (?:l'autre )?moitié )?{_GIVER})"
)
_AID = r"(?:aide|subvention|soutien|prêt|don|dotation|contribution|participation|apport|financement|avance|concours)"
_MOTIVE = r"(?:par|via|par le biais de|par l'intermédiaire de|au titre de|dans le cadre de|à travers|avec) [^⟨⟩,;()]{0,25}⟨[GI]\d+⟩"
_SHARE = re.compile(
    rf"⟨[OG](?P<f>\d+)⟩(?: \((?:[^()⟨⟩]|⟨[GIYD]\d+⟩)*\))?(?:,? {_MOTIVE})?"
    r"(?P<how> \((?:[^()⟨⟩]{0,20}⟨[GI]\d+⟩ ?[:,] ?)?| ?[:=] ?| [–-] | ?, ?(?:pour|à hauteur de|à raison de) | (?:à hauteur de|pour|à raison de|apporte|apportant|versant) | ?: (?:une? )?(?:subvention|aide|prêt|don)[^⟨⟩;]{0,20} de "
    rf"|,? dont (?:la |l'|le ){_AID}(?: [a-zà-ÿ]+)?,?(?: (?:est|s'élève|se monte|atteint|se chiffre|s'établit|sera))?(?: de| à)? "
    r"| une? (?:subvention|aide|prêt|avance|don|dotation|participation|contribution|apport)(?: [a-zà-ÿ]+){0,2} de |,? d'un montant (?:total |maximal |maximum |prévisionnel )?de |,? de l'ordre de | de | )$"
)
#: « A a versé 2 M€, B 1 M€ et C, par le FEDER, pour 500 k€ »: a giver whose verb is not said again.
_GAP = re.compile(
    rf"(?:[,;]|\bet|, et|\bpuis|\bmais|\btandis que) ⟨O(?P<f>\d+)⟩(?: \((?:[^()⟨⟩]|⟨[GIYD]\d+⟩)*\))?(?:,? {_MOTIVE})?(?:,? (?:de (?:son|leur) côté|quant à (?:elle|lui)|elle|lui|pour sa part),?)?"
    r"(?P<how>,)?(?: (?:y ajoutant|ajoutant|y apportant|apportant|versant|y consacrant|pour|à hauteur de|à raison de|près de|plus de|environ|quelque|les|(?P<with>par|d'|avec|via)|une? [a-zà-ÿ]+(?: (?:d'[a-zà-ÿ]+|de ⟨I\d+⟩|remboursable|bancaire))? de))*(?P<of> de)? $"
)
_AID_OF = re.compile(
    r"\b(?:aide|subvention|soutien|prêt|don|dotation|contribution|participation|apport|financement|avance|concours)s?(?: [a-zà-ÿ]+){0,2} de $",
    re.I,
)
_PAIRS = re.compile(r"⟨[OG]\d+⟩(?: \((?:[^()⟨⟩]|⟨[GIYD]\d+⟩)*\))? ?(?:\(|:|,? pour|,? à hauteur de)? ?⟨M\d+⟩")
_FOR_BY = re.compile(r", par ⟨[OG](?P<f>\d+)⟩")


def paired(reading: Reading, masked: Masked, one: Sum, told: dict[int, Told]) -> Told | None:
    """Read who gives a sum from what stands beside it: « X (2 M€) », « X : 2 M€ », « 2 M€ de X », « et X 2 M€ »."""
    before, after = masked.text[: one.start], masked.text[one.end :]
    if re.search(r"(?:,|et) pour $", before) and (by := _FOR_BY.match(after)):
        givers = funders_in(reading, [int(by["f"])])
        if givers:
            return Told(tuple(givers), "share-before-funder", 0.88, one.start, one.end + by.end())
    if labelled := _labelled(reading, masked, one):
        return labelled
    own = after.startswith(")") and re.search(r"⟨[OG]\d+⟩ \((?:[^()⟨⟩]|⟨[GI]\d+⟩)*$", before)
    if not own and (direct := _AFTER.match(after)):
        givers = funders_in(reading, map(int, re.findall(r"⟨[OG](\d+)⟩", re.sub(r"\([^()]*\)", "", direct["list"]))))
        if givers and not re.match(r".*par l'intermédiaire", after[: direct.end() + 20]):
            borne = re.search(r"\b(?:financ|pris|apport|vers)\w*(?: en charge)?(?: à parts égales)? par ", direct[0])
            rule = "cost-borne-by" if borne else "sum-of-funder"
            return Told(tuple(givers), rule, 0.92, one.start, one.end + direct.end())
    if halves := _HALVES.match(after):
        givers = funders_in(reading, map(int, re.findall(r"⟨[OG](\d+)⟩", halves[0])))
        if len(givers) > 1:
            return Told(tuple(givers), "sum-of-funder", 0.92, one.start, one.end + halves.end())
    if (
        told
        and (gap := _GAP.search(before))
        and (not gap["of"] or f" de ⟨M{[*told][-1]}⟩" in before)  # « A l'a dotée de 7 M€, B de 2 M€ »
        and (givers := funders_in(reading, [int(gap["f"])]))
    ):
        earlier = [*told.values()][-1]
        return Told(tuple(givers), "sum-gapped", 0.85, gap.start(), one.end, earlier.frame, earlier.beneficiaries)
    share = _SHARE.search(before)
    if share is not None and re.search(
        r"(?:\bà|\bpour) $|(?:cadre|titre|via|travers|biais|concours|appel|programme|dispositif)[^⟨⟩,]{0,25}$",
        before[: share.start()],
    ):
        share = None
    if share is not None:
        givers = funders_in(reading, [int(share["f"])])
        row = masked.sentence.kind in ("row", "item", "heading") or share.start() <= 2
        many = len(_PAIRS.findall(masked.text)) > 1
        how = share["how"]
        if givers and how.endswith("de ") and _AID_OF.search(before[: share.start()]):
            return Told(tuple(givers), "aid-of-funder", 0.88, share.start(), one.end)
        if (
            givers
            and (how in (" ", " de ") or how.startswith(" un"))
            and told
            and re.search(r"(?:\bet|,|puis|;) $", before[: share.start()])
        ):
            earlier = [*told.values()][-1]
            return Told(tuple(givers), "sum-gapped", 0.85, share.start(), one.end, earlier.frame, earlier.beneficiaries)
        if (
            givers
            and row
            and not how.endswith("de ")
            and (many or how.strip() in (":", "", "–", "-", "="))
            and not how.startswith(" (")
        ):
            return Told(tuple(givers), "row-of-funder", 0.85, share.start(), one.end)
        funded = GRANT_WORDS.search(masked.text) is not None
        if givers and how.startswith(" (") and (funded or (many and _money_before(reading, masked))):
            if _payees(reading, masked, int(share["f"])):
                return None
            return _bracketed(reading, masked, givers, int(share["f"]), share.start(), one.end)
        if givers and how.strip() and not how.startswith(" (") and not how.endswith("de ") and (many or funded):
            return Told(tuple(givers), "share-of-funder", 0.88, share.start(), one.end)
    return None


#: « Aide de l'État : 2,6 M€, versés par X pour son compte », « Aides : 700 000 € (Région), 550 000 € (FEDER) ».
_LABEL_OF_AID = re.compile(
    rf"^(?:[–—•▪■*-] ?)?(?:[A-ZÀ-Þ][a-zà-ÿ' ]+ )?(?i:{_AID}|co-?financement|cofinanceur|financeur)s?(?: [a-zà-ÿ]+){{0,2}}(?: de ⟨[OG](?P<f>\d+)⟩)? ?: "
)
_GIVER_IN_BRACKET = re.compile(r" \((?:[a-zà-ÿ' ]{2,20} )?⟨[OG](?P<f>\d+)⟩\)")


def _labelled(reading: Reading, masked: Masked, one: Sum) -> Told | None:
    """Read who gives a sum from the label of its line, or from the bracket behind it in a line of aids."""
    label = _LABEL_OF_AID.match(masked.text)
    if label is None:
        return None
    own = _GIVER_IN_BRACKET.match(masked.text, one.end)
    number = own["f"] if own else label["f"] if label.end() == one.start else None
    givers = funders_in(reading, [int(number)]) if number else []
    end = own.end() if own else one.end
    return Told(tuple(givers), "aid-label", 0.9, one.start if own else label.start(), end) if givers else None


def _money_before(reading: Reading, masked: Masked) -> bool:
    """Return whether this block or the one before speaks of money given: « Financeurs », « cofinancé »."""
    place = masked.sentence.index
    return any(
        GRANT_WORDS.search(m.text)
        for m in reading.masked[max(0, place - 3) : place]
        if m.sentence.block >= masked.sentence.block - 1
    )


def _payees(reading: Reading, masked: Masked, number: int) -> bool:
    """Return whether a verb names a thing as given to: « finance X (2 M€) et Y (1 M€) », « réparti entre X (2 M€) … »."""
    for frame in frames_of(reading, masked):
        paying = (
            frame.voice == "active"
            and frame.lemma in GIVING | BACKING
            and funders_in(reading, [n for p in frame.subjects[:1] for n in p.mentions])
        )
        to = (
            frame.after("", *TO)
            if paying
            else frame.after("entre")
            if frame.lemma in ("répartir", "partager", "ventiler")
            else ()
        )
        if any(number in p.mentions for p in to):
            return True
    return False


def _bracketed(reading: Reading, masked: Masked, givers: list[int], number: int, start: int, end: int) -> Told:
    """« L'État (2 M€) et la Région (1 M€) financent X »: the verb of which the giver is a subject tells who is given."""
    for frame in frames_of(reading, masked):
        if frame.lemma not in GIVING | BACKING:
            continue
        if frame.voice == "active" and any(number in p.mentions for p in frame.subjects[:1]):
            return Told(tuple(givers), "share-in-bracket", 0.9, start, end, frame)
        if frame.voice == "passive" and any(number in p.mentions for p in frame.after("par")):
            payees = _payables(frame, frame.subjects[:1])
            if not payees and frame.subject is not None:
                payees = described(reading, masked, frame.subject, givers) or ()
            return Told(tuple(givers), "share-in-bracket", 0.9, start, end, None, payees)
    return Told(tuple(givers), "share-in-bracket", 0.88, start, end)


def framed(reading: Reading, masked: Masked, one: Sum, told: dict[int, Told]) -> Told | None:
    """Read who gives a sum from the verb or the noun on which it depends."""
    verb: Told | None = None
    for frame in frames_of(reading, masked):
        holder = next((p for p in frame.complements if one.number in p.mentions), None)
        patient = frame.subject if frame.subject and one.number in frame.subject.mentions else None
        if holder is None and patient is None and not cleft(masked, frame, one):
            continue
        if frame.voice == "noun" or _of_another(masked, frame, one):
            continue
        answer = _giving(reading, frame, patient) or _receiving(reading, frame)
        if answer is not None and (answer.funders or answer.beneficiaries):
            verb = verb or answer
            if answer.funders:
                return answer
    if (
        verb is None
        and (beside := _in_bracket(reading, masked, one) or _behind_colon(reading, masked, one)) is not None
    ):
        return beside
    return nominal(reading, masked, one) or reaching(reading, masked, one) or going(reading, masked, one, told) or verb


#: « Aux termes de la convention conclue avec X, Y recevra 2 M€ ».
_BY_CONTRACT = re.compile(r"[Aa]ux termes de ⟨I\d+⟩[^⟨⟩.;]{0,30} avec ⟨O(?P<f>\d+)⟩,")


def _in_bracket(reading: Reading, masked: Masked, one: Sum) -> Told | None:
    """« L'ADEME soutient X depuis 2021 (2,75 M€) »: the sum of the verb before the bracket."""
    opened = re.search(r"(?<!⟩) \([^()⟨⟩]{0,25}$|⟨[JFOD]\d+⟩ \($", masked.text[: one.start])
    if opened is None:
        return None
    for frame in reversed(frames_of(reading, masked)):
        if frame.end <= one.start and frame.voice == "active" and frame.mood == "finite":
            between = masked.text[frame.end : opened.start() + 1]
            turned = frame.subject is None or frame.subject.start > frame.start
            if turned or frame.lemma not in BACKING or not frame.stated or re.search(r"[;:(]|⟨M", between):
                return None
            objects = {n for p in frame.after("") for n in p.mentions}
            beside = re.search(r"⟨([A-Z])(\d+)⟩ \($", masked.text[: one.start])
            if beside is not None and beside[1] == "O" and int(beside[2]) not in objects:
                return None  # of whoever stands beside it
            answer = _giving(reading, frame, None)
            return replace(answer, rule="backer-bracket") if answer is not None else None
    return None


_AT_COLON = re.compile(r" ?(?::|[–—]|, avec|, soit) (?:une? [a-zà-ÿ]+(?: [a-zà-ÿ]+)? de |environ |près de |plus de )?$")


def _behind_colon(reading: Reading, masked: Masked, one: Sum) -> Told | None:
    """« L'État soutient X pour quatre ans : 960 k€ », « l'ANR le finance : 720 000 € accordés sur 2022-2025 »."""
    opened = _AT_COLON.search(masked.text[: one.start])
    if opened is None or "⟨M" in masked.text[: opened.start()]:
        return None
    verbs = [f for f in frames_of(reading, masked) if f.end <= opened.start() and f.mood == "finite" and f.stated]
    if not verbs or verbs[-1].lemma not in BACKING or verbs[-1].voice != "active":
        return None
    answer = _giving(reading, verbs[-1], None)
    return replace(answer, rule="backer-bracket") if answer is not None else None


#: What is done with a round by those who invest in it.
_SUBSCRIBED = frozenset({"souscrire", "mener", "emmener", "conduire", "réaliser", "garantir"})
_UNKNOWN_GIVER = re.compile(
    r"(?:,| et|, et|, puis) (?:le |la |l'|les )?(?!à |pour |de |dont |une? |en |dans |au |aux |par )[^\d⟨⟩;:]{3,70}$"
)


def _of_another(masked: Masked, frame: Frame, one: Sum) -> bool:
    """« X lui apporte 600 000 € et le DIM Y 150 k€ »: the second sum is of another giver, though no name is known there."""
    between = masked.text[frame.end : one.start]
    last = between.rfind("⟩")
    return "⟨M" in between and bool(_UNKNOWN_GIVER.match(between[last + 1 :]))


def _giving(reading: Reading, frame: Frame, patient: Phrase | None) -> Told | None:
    if frame.voice == "passive" and patient is not None and frame.lemma in _SUBSCRIBED:
        givers = funders_in(reading, [n for p in frame.after("par") for n in p.mentions])
        return Told(tuple(givers), "round-agent", 0.88, frame.start, frame.end, frame) if givers else None
    if frame.lemma not in GIVING | BACKING or (
        frame.lemma == "entrer" and "capital" not in frame.masked.text[frame.end :]
    ):
        return None
    rule = "giver-subject" if frame.lemma in GIVING else "backer-subject"
    if frame.voice == "passive":
        by = frame.after("par") or tuple(p for p in frame.complements if p.via == "charge")  # « à la charge de X »
        givers = funders_in(reading, [n for p in by for n in p.mentions])
        givers = givers or [g for p in by if (g := ours(reading, p)) is not None]
        told = any("M" in p.letters for p in frame.after(""))
        if not by and patient is None and not frame.subjects and frame.lemma in GIVING and told:
            return _decided(reading, frame)  # « Il est alloué à X une aide de 2 M€ »
        if not givers or (frame.lemma in BACKING and patient is None and frame.subject is None):
            return None
        if patient is not None and any("M" in p.letters for p in frame.complements):
            return None  # « son coût, 40 M€, est couvert à hauteur de 5 M€ par X »: the cost
        rule = rule.replace("subject", "agent")
        backed = () if patient or frame.lemma in GIVING else _payables(frame, frame.subjects[:1])
        return Told(tuple(givers), rule, 0.9, frame.start, max(p.end for p in by), frame, backed)
    for subject in frame.subjects[:2]:
        if (mine := ours(reading, subject)) is not None:
            return Told((mine,), rule, 0.85, subject.start, frame.end, frame)
        decided = deliberates(reading, subject)
        givers = [decided] if decided is not None else ([] if subject.via else funders_in(reading, subject.mentions))
        if givers:
            sure = 0.9 if subject is frame.subject else 0.7
            name = "deliberation" if decided is not None else rule
            return Told(tuple(givers), name, sure, subject.start, frame.end, frame)
    if not frame.subjects and (mine := ours(reading, None, frame)) is not None:
        return Told((mine,), rule, 0.85, frame.start, frame.end, frame)
    return _decided(reading, frame)


_HEADS = re.compile(
    r"(?:(?:[Aa]rticle|ARTICLE) \d+\w* ?[:.–-]? ?)?(?:\d{1,2} ?(?:°|[.)])\)? ?)?[–•*-]? ?"
    r"(?:(?:DÉCIDE|Décide|décide)\w* ?:? ?)?(?:[dD]')?(?:[dD]e )?(?:[Ii]l )?"
)


def _decided(reading: Reading, frame: Frame) -> Told | None:
    """« ARTICLE 2 – D'allouer à X … », « Il est attribué à X … »: the authority whose decision the text is."""
    heads = _HEADS.fullmatch(frame.masked.text[: frame.start])
    if frame.subjects or not heads or frame.mood not in ("finite", "infinitive"):
        return None
    if frame.voice == "passive" and not (
        re.search(r"\d", heads[0])
        or frame.masked.sentence.kind == "item"
        or (heads[0] and re.search(r"délibér", reading.normal.text, re.I))
    ):
        return None
    decided = deliberates(reading, Phrase("", "commission permanente", (), "", 0, 0))
    if decided is None:
        return None
    return Told((decided,), "deliberation-article", 0.85, frame.start, frame.end, frame)


def _receiving(reading: Reading, frame: Frame) -> Told | None:
    if frame.lemma not in RECEIVING or frame.voice != "active":
        return None
    borrows = frame.lemma == "emprunter"  # « a emprunté 6 M€ à X »
    sources = [p for p in frame.after("à" if borrows else "de", *_BY) if p.letters.strip("MDYS") and not p.via]
    givers = funders_in(reading, [n for p in sources for n in p.mentions])
    givers = givers or [g for p in frame.after("de", *_BY) if (g := ours(reading, p)) is not None]
    if not givers:  # « a bouclé une série B de 14 M€, souscrite par X »
        for other in frames_of(reading, frame.masked):
            if other.lemma in _SUBSCRIBED and other.mood == "participle" and other.start > frame.end and other.stated:
                sources = list(other.after("par"))
                givers = givers or funders_in(reading, [n for p in sources for n in p.mentions])
    if not givers and (bound := _BY_CONTRACT.search(frame.masked.text[: frame.start])):
        givers = funders_in(reading, [int(bound["f"])])
    receivers = _payables(frame, frame.subjects[:2])
    if not givers and not receivers:
        return None
    end = max([frame.end, *(p.end for p in sources)])
    rule = "borrower" if borrows else "receiver-subject"
    return Told(tuple(givers), rule, 0.92, frame.start, end, frame, receivers)


def _payables(frame: Frame, phrases: tuple[Phrase, ...]) -> tuple[int, ...]:
    for phrase in phrases:
        found = [t.id for t in frame.things(phrase) if paid(t) or (t.kind == "PublicAuthority" and not phrase.via)]
        if found:
            return tuple(found)
    return ()
