"""Names whose head noun is part of them: « Institut de biologie moléculaire et cellulaire (IBMC) »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from grappe.extract import lexicon
from grappe.extract.nlp import Token
from grappe.extract.reading import Mention
from grappe.extract.source import Ranked, Source, is_body, propose
from grappe.extract.verbs import forms
from grappe.extract.words import NOT_NAMES, UPPER, WORD, spells

__all__ = ["acts", "bracketed_end", "headed"]

_HEADS = re.compile(
    r"(?<![\w-])(?P<head>" + lexicon.alternatives(list(lexicon.NAME_HEADS)) + r")(?= |s )",
    re.I,
)  # fmt: skip


#: A conference that is called by its subject and has a date or a host: « assises de la bioproduction du 21 mai ».
_OCCASION = re.compile(
    r"(?P<name>(?:assises|colloque|congrès|salon|forum|rencontres|sommet|journées?) (?:(?:nationale?s|régionale?s|annuel(?:le)?s?|internationale?s?|européen(?:ne)?s?) )?"
    r"(?:de la |de l'|des |du |d'|de |sur la |sur le |sur les |sur l')[a-zà-ÿ][\w' -]{3,50}?)(?=,? (?:du \d|le \d|les \d|organis|qui se tien|se tien|aur[ao]))"
)


#: « Plan de financement », « Plan du site »: no programme.
_OF_NOTHING = re.compile(
    r" (?:de |du |d'|des )(?:financement|campus|site|table|masse|situation|actions?|charge|vol|formation|travail|roulement)\b"
)
_CAPITAL_ONLY = frozenset(
    {
        "pôle",
        "fonds",
        "plan",
        "caisse",
        "union",
        "confédération",
        "collectif",
        "syndicat",
        "réseau",
        "muséum",
        "pays",
        "opéra",
        "mémorial",
        "orchestre",
        "musée",
        "théâtre",
    }
)
#: Heads of a name in small letters too: « le lycée Louise-Michel », « la chambre d'agriculture du Tarn ».
_SMALL = frozenset({"lycée", "conservatoire", *(h for h in lexicon.NAME_HEADS if h.startswith("chambre "))})
_PROPER = re.compile(rf" (?:de la |de l'|du |des |de |d')?[{UPPER}]")
_WITH_NAME = re.compile(
    rf"(?:{lexicon.alternatives([h for h in lexicon.COMMON_HEADS if ' ' in h and h.split()[0] in lexicon.NAME_HEADS])}) {WORD}"
)


#: « Agence Alpes Info »: an agency of the press is a firm, others are mostly public.
_NEWS = re.compile(r"agence (?:.* )?(?:info|éco|presse|news|médias?|infos)(?: .*)?", re.I)


#: « Agence Belle Étoile » is called as firms are, « Agence régionale de la forêt » is not.
_TRADE_NAME = re.compile(rf"(?: {WORD})+")
#: A commune is one body, whatever it is called by: « Mairie de Lys », « commune de Lys ».
_TOWN = re.compile(rf"(?:mairie|commune|municipalité) (?P<of>(?:de |d'|du |des )[{UPPER}].*)", re.I)


def _has_place(source: Source, words: str) -> bool:
    return any(e.kind == "Place" for m in source.gazetteer.find(words) for e in m.entries)


#: Who is elected stands for a body: « deux élus du Pays d'Iroise ».
_OF_ELECTED = re.compile(
    r"(?:[ÉéEe]lue?s|[Pp]résidente?|[Cc]onseill(?:er|ère)s?|[Cc]onseil)(?: \w+)? (?:du |de |des )$"
)


_IN_TOWN = re.compile(rf"(?P<own>[\w' -]+? {WORD}) (?:de |d'|à )(?P<town>[{UPPER}][\w'-]+(?: [{UPPER}][\w'-]+)*)$")


def _is_place(source: Source, words: str) -> bool:
    return any(m.end - m.start == len(words) and m.entries[0].kind == "Place" for m in source.gazetteer.find(words))


def _stands(source: Source, start: int, name: str) -> bool:
    """Return whether capitals may be a name: in the head of a text, in prose, or where the text has it otherwise too."""
    here = next(source.sentences_at(start), None)
    if here is None or here.index < 2 or re.search(r"[a-zà-ÿ]{3,}", source.text[here.start : here.end]):
        return True
    found = re.finditer(rf"(?i:{re.escape(name)})", source.text)
    return any(f[0][0].isupper() and not f[0].isupper() for f in found)


def headed(source: Source) -> Iterator[Ranked]:
    """Names whose head noun is part of them: « Institut de biologie moléculaire et cellulaire (IBMC) »."""
    index = {t.start: i for i, t in enumerate(source.tokens)}
    lowered = {head.casefold(): kind for head, kind in lexicon.NAME_HEADS.items()}
    matches = source.gazetteer.find(source.text)
    public = [(m.start, m.end) for m in matches if not m.ambiguous]
    ends = {m.start: m for m in matches}
    for found in _HEADS.finditer(source.text):
        head, start = found["head"], found.start()
        if start not in index or any(a < start < b for a, b in public):  # « Rennes Métropole » has no head to come
            continue
        kind = lowered[head.casefold()]
        capital = head[0].isupper()
        spelt = bracketed_end(source.text, start, found.end())
        end = spelt or _extent(source, index[start], found.end(), capital=capital, whole=kind == "FundingContract")
        if (here := source.sentence_of(start)) is not None:
            end = min(end, here.end)
        if kind == "Place" and (town := _IN_TOWN.match(source.text[start:end])) and _is_place(source, town["town"]):
            end = start + town.end("own")  # « le parc Futura de Béthune »
        name = source.text[start:end]
        rest = source.text[found.end() : end]
        known = ends.get(start)
        if known is not None and all(e.kind == "Place" for e in known.entries):
            known = None
        if head.casefold() == "pays":  # « le Pays d'Iroise », which acts as a body where it has an office or gives
            if found.start() in ends or not re.match(rf" (?:de |d'|du |des ){WORD}", rest):
                continue
            if _OF_ELECTED.search(source.text, max(0, start - 40), start):
                kind = "PublicAuthority"
        if head.casefold() == "plateau" and re.match(rf" {WORD}", rest) and ends.get(start) is None:
            continue  # « le plateau X » is a platform
        if kind == "Place" and source.text[found.end() : found.end() + 1] == "s":
            continue  # « Les Bassins du Lac » is no basin
        if head.startswith("ZA") and not _PROPER.match(rest):
            continue  # zones à atmosphère contrôlée
        if head.casefold() in _CAPITAL_ONLY and (not capital or _OF_NOTHING.match(rest)):
            continue
        if not capital and kind == "PublicAuthority" and re.match(r" (?:à|au|aux|avec|entre|et)(?![\w-])", rest):
            continue  # « une plateforme commune au CHU et à l'Université »
        if name.isupper() and known is None and not _stands(source, start, name):
            continue  # a heading in capitals: « UNE PLATEFORME POUR TOUS »
        if not capital and _WITH_NAME.match(source.text, start):
            continue  # « l'école d'ingénieurs X »: the noun says what X is, and is no part of its name
        if known is not None and not re.search(rf"[{UPPER}]", source.text[known.end : end]):
            entry = known.entries[0]  # a public name, and an adjective that is none of it
            inner = (start, known.end)
            added = [t for t in source.tokens[index[start] :] if known.end <= t.start < end]
            if any(t.pos != "ADJ" or t.text.lower() in forms() for t in added):
                end = known.end  # « l'Agence … finance » says what it does
            yield Ranked(
                Mention(start, max(end, known.end), inner, entry.kind, entry.label, "gazetteer", (), entry), 88
            )
            continue
        if head.casefold() == "campus" and (numbered := re.match(r" \d{1,2}(?![\w,.])", source.text[found.end() :])):
            yield Ranked(propose(start, found.end() + numbered.end(), kind, f"{head}{numbered[0]}", "head-noun"), 80)
            continue
        if not capital and kind == "Conference":
            named = _OCCASION.match(source.text, start)
            if named:
                yield Ranked(propose(start, named.end("name"), kind, named["name"], "head-noun"), 74)
                continue
        if not rest.strip() or not (re.search(rf"[{UPPER}]", rest) or (capital and (spelt or len(rest.split()) >= 2))):
            continue
        if not capital and not re.search(rf"(?:^| |'|-)[{UPPER}]", rest):
            continue
        if head.casefold() == "direction régionale" and not re.search(r" (?:de|du|des)\b| d'", rest):
            continue  # « Direction régionale Bretagne » is that of the agency above
        if kind == "Company" and not (capital and re.search(rf"[{UPPER}]", rest) and not name.isupper()):
            continue
        if head.isupper() and head.casefold() in ("commission", "conseil", "comité", "département") and name.isupper():
            continue
        if not capital and kind == "Place" and re.match(r" (?:d'|(?:de|du|des|à) )?+(?:la |l')?+[a-zà-ÿ]", rest):
            continue  # « le plateau d'imagerie X »
        if (
            not capital
            and not (head.casefold() in _SMALL and _PROPER.match(rest))
            and kind
            in (
                "Laboratory",
                "Organization",
                "FundingContract",
                "Conference",
                "TechnologyPlatform",
            )
        ):
            continue
        if capital and kind == "PublicAuthority" and not re.search(rf"[{UPPER}]|'", rest):
            continue
        if _NEWS.fullmatch(name) or (head == "Agence" and _TRADE_NAME.fullmatch(rest) and not _has_place(source, rest)):
            kind = "Company"
        mention = propose(start, end, kind, name, "head-noun")
        if town := _TOWN.fullmatch(name):
            mention = replace(mention, label=f"Ville {town['of']}", aliases=(name,))
        if head.casefold() == "association" and re.match(rf" [{UPPER}]", rest):
            mention = replace(mention, aliases=(rest.strip(),))
        # An acronym of all of it holds a name together, whatever other names are part of it.
        yield Ranked(mention, 90 if capital and spelt else 86 if capital else 74)


#: What cannot stand between a name's head and its acronym: a verb, a relative, another name's head.
_NO_NAME = re.compile(
    r"[ '](?:a|est|ont|sont|été|qui|que|dont|nom|avec|où|par)(?![\w-])|, (?!d'|de |du |des )"
    rf"|,? et (?:le|la|l'|les|du|de la|de l'|des|au|aux|à la|à l') ?(?:{'|'.join(h.capitalize() for h in lexicon.NAME_HEADS if ' ' not in h)})(?![\w-])"
)


_BRACKETED = re.compile(r"[^().;:«»]{4,110}? \((?P<acronym>[A-ZÉÈ][\w&/-]{1,11}(?: [A-Z\d][\w/]*)?)(?:\)|, U[A-Z]+ \d)")


def bracketed_end(text: str, start: int, after: int) -> int | None:
    """Return where a name ends that is followed by its acronym in brackets, if the acronym is made of its letters."""
    found = _BRACKETED.match(text, after)
    if not found:
        return None
    end = found.start("acronym") - 2
    if _NO_NAME.search(text, after, found.start("acronym")) and not _initials(found["acronym"], text[start:end]):
        return None
    return end if spells(found["acronym"], text[start:end]) else None


def _initials(acronym: str, name: str) -> bool:
    """Return whether an acronym is made of the initials of all words of a name: « Microbiologie, adaptation … (MAP) »."""
    words = [w for w in re.findall(r"\w+", name) if len(w) > 3 or w[0].isupper()]
    return "".join(w[0] for w in words).casefold() == acronym.casefold()


#: Verbs of what bodies do, which the tagger takes for nouns after a long name: « l'Agence de l'énergie pilote l'appel ».
_ACTS = re.compile(
    r"(?:accueill|recrut|embauch|emploi|pilot|port|coordonn|financ|lanc|annonc|travaill|compt|propos|développ|dispos|rassembl|regroup|fédèr|mèn|particip|organis|apport|vers|consacr|attribu|ouvr|inaugur"
    r"|étudi|mesur|form|présent|dirig|gèr|exploit|occup|abrit|héberg|test|sign|expériment|analys|obt|install|emménag|invest|associ|accompagn)(?:e|era|ent|eront|ient|iendra|it|ira)"
    r"|rejoint|rejoindra|réunit|réunira|soutient|soutiendra|construit|construira|prévoit|produit|conduit|remet|rend|reçoit|bénéficie\w*|conçoit|vient|va|doit|peut|fait|fera|sera|aura|était|avait"
)
_SAID_OF = re.compile(
    r"(?:né|créé|fondé|placé|installé|situé|implanté|ouvert|rattaché|dirigé|porté|doté|financé|labellisé|inauguré|livré|attendu|basé|présidé)e?s?"
)
_SURE = re.compile(
    r"(?:rejoin|réuni|soutien|construi|prévoi|bénéfici|accueill|recrut|emploie|emménag|sera|aura|était|avait|va$|vient|doit|peut|fera|reçoit|conçoit)"
)


def acts(tokens: tuple[Token, ...], i: int) -> bool:
    """Return whether a token is a verb with its object, or a participle with its complement, and no part of a name."""
    word, after = tokens[i].text, tokens[i + 1] if i + 1 < len(tokens) else None
    if _SAID_OF.fullmatch(word):
        return after is not None and after.text.casefold() in (
            "en",
            "par",
            "à",
            "au",
            "le",
            "sous",
            "depuis",
            "dans",
            "sur",
            "de",
            "d'",
        )
    if not _ACTS.fullmatch(word):
        return False
    return _SURE.match(word) is not None or (after is not None and after.pos in ("DET", "PRON", "NUM", "ADV"))


#: Words that stand before a verb and within no name: « l'Office de l'eau y ajoute 80 000 € ».
_BEFORE_VERBS = frozenset({"se", "y", "n'", "ne", "lui", "leur"})
_LINK = frozenset({"de", "du", "des", "d'", "la", "l'", "le", "les", "en", "aux", "au", "à", "et"})


#: What a body is for or works on, and no place or use: « Institut de recherche sur les sols », not « … sur le site de ».
_ABOUT = re.compile(
    r"(?:pour|contre|(?<=recherche )sur|(?<=recherches )sur|(?<=étude )sur|(?<=études )sur|(?<=Réseau )sur|(?<=Observatoire )sur) (?:la |le |les |l')"
    r"(?!sites?\b|campus|plateaux?\b|territoires?\b|périodes?\b|durées?\b|comptes?\b|années?\b|constr|créations?\b|projets?\b|montants?\b|premi|second|derni|ach|acqui|réal|mise|exten|travaux|besoins?\b|saisons?\b)[a-zà-ÿ]"
)


#: Heads that what they are for may follow at once: « Association pour la forêt », « Réseau sur le stockage ».
_CAUSES = re.compile(
    r"(?:Association|Fondation|Ligue|Alliance|Comité|Union|Collectif|Réseau|Caisse|Agence|Centre|Institut|Plan|Fonds)"
)


#: Several objects of one study: « Centre de recherche sur les ions, les matériaux et la photonique ».
_FIELD = r"(?:la |le |les |l')[a-zà-ÿ-]{4,}(?: [a-zà-ÿ-]{4,})?"
_SEVERAL = re.compile(
    rf"\w+ {_FIELD}(?:, {_FIELD})* et {_FIELD}(?= ?[,.;)(]| de l| d[eu] [A-ZÀ-Þ]| (?:a|est|ont|sont|{_ACTS.pattern})(?![\w-]))"
)


def _purpose(source: Source, i: int) -> int:
    """Return where the words end at least with which a name goes on to say what it is for; 0 if it does not."""
    start = source.tokens[i].start
    if _ABOUT.match(source.text, start) is None:
        return 0
    several = _SEVERAL.match(source.text, start)
    return several.end() if several else source.tokens[i].end


#: Endings of learned common nouns, which a capital does not make a proper name (« Institut de Génomique numérique »).
_COMMON_NOUN = re.compile(
    r"(?:iques?|logies?|tions?|omies?|graphies?|thérapies?|ances?|ences?|ités?|ments?|eries?|ures?)$"
)


def _extent(source: Source, i: int, head_end: int, *, capital: bool, whole: bool = False) -> int:
    """Return where the noun phrase of a name ends: complements in *de*, adjectives, proper names."""
    tokens, end, last_proper = source.tokens, head_end, False
    while i < len(tokens) and tokens[i].end <= head_end:
        i += 1
    gap_end = end
    while i < len(tokens):
        token = tokens[i]
        if token.start - gap_end > 1:
            break
        word = token.text
        if word.casefold() in NOT_NAMES and len(word) > 2 and not word.isupper():
            break
        if word.islower() and acts(tokens, i) and (end > head_end or token.pos in {"VERB", "AUX"}):
            break
        if word in _BEFORE_VERBS or (word == "à" and end == head_end):
            break
        if word.casefold() in ("s'", "en") and i + 1 < len(tokens) and acts(tokens, i + 1):
            break
        proper = bool(re.match(rf"{WORD}$|[{UPPER}]", word)) and word.casefold() not in NOT_NAMES
        if proper and _COMMON_NOUN.search(word) and not word.isupper():
            proper = False
        if whole and proper and is_body(source, token.start):
            break
        bare = end == head_end and not _CAUSES.fullmatch(source.text, source.tokens[i - 1].start, head_end)
        if capital and not last_proper and not bare and (about := _purpose(source, i)):
            if about > token.end:
                return about
            gap_end = token.end  # « Caisse de solidarité pour l'autonomie », « Institut de recherche sur le lin »
        elif word.casefold() in _LINK:
            nxt = next((t for t in tokens[i + 1 : i + 4] if t.text.casefold() not in _LINK), None)
            if nxt is None or (nxt.pos in {"VERB", "AUX", "PRON", "PUNCT", "SCONJ"} and not nxt.text[0].isupper()):
                break
            joined = i + 1 < len(tokens) and (tokens[i + 1] is nxt or tokens[i + 1].text in {"de", "d'", "du", "des"})
            if word.casefold() == "et" and re.match(lexicon.ROLE, nxt.text):
                break
            if word == "à" and nxt.text[:1].isupper():
                break  # where it is, and no part of its name
            if word.casefold() == "et" and not (
                joined and capital and not last_proper and nxt.pos in {"ADJ", "NOUN"} and nxt.text.islower()
            ):
                break
            if last_proper and (
                (nxt.text.isupper() and not word.isupper())
                or nxt.text[0].islower()
                or word.casefold() in {"à", "en", "au", "et"}
            ):
                break
            if is_body(source, nxt.start) and end > head_end:
                break
            gap_end = token.end
        elif proper:
            end = gap_end = token.end
            last_proper = True
        elif (not last_proper and capital and token.pos in {"NOUN", "ADJ", "PROPN", "VERB"} and word[0].isalpha()) or (
            not last_proper and not capital and token.pos in {"ADJ", "NOUN"} and end == head_end and word[0].isalpha()
        ):
            end = gap_end = token.end
        elif word == "&" and i + 1 < len(tokens) and tokens[i + 1].text[:1].isupper():
            gap_end = token.end
        elif word in {"-", "/"} or (word.isdigit() and last_proper and len(word) <= 2 and token.start - end <= 1):
            gap_end = token.end
            end = token.end if word.isdigit() else end
        else:
            break
        i += 1
    return end
