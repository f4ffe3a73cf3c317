"""What stands beside a name: the common noun before it, the acronym or the full name after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from grappe.extract import lexicon
from grappe.extract.equipment import kind_of_head
from grappe.extract.headed import acts, bracketed_end
from grappe.extract.nlp import is_french
from grappe.extract.reading import Mention
from grappe.extract.source import Source, is_body
from grappe.extract.verbs import forms
from grappe.extract.words import NOT_NAMES, UPPER, spells

__all__ = ["with_acronyms", "with_heads", "with_tails"]

_ADJECTIVES = (
    r"(?: (?!(?:de|du|des|et|ou|est|a|ont|sont|en|à|au|aux|par|avec|entre|pour|sur|sous|dans|chez|que|qui|dont|où|comme|auquel|auxquels|lequel|laquelle|lesquels|lesquelles|duquel|desquels|lors|commune?|le|la|les|leurs?|son|sa|ses|une?) )"
    r"[a-zà-ÿ][\w-]+){0,2}"
)
_COMMON_HEAD = re.compile(
    r"(?<![\w-])(?P<head>"
    + lexicon.alternatives(list(lexicon.COMMON_HEADS))
    + rf")(?P<adjectives>{_ADJECTIVES})(?: \([A-Z]{{2,6}}\))? $",
    re.I,
)


def with_heads(source: Source, names: list[Mention]) -> list[Mention]:
    """Take the common noun before a name into its mention, and learn the name's class from it."""
    lowered = {head.casefold(): kind for head, kind in lexicon.COMMON_HEADS.items()}
    out: list[Mention] = []
    for name in names:
        head = _COMMON_HEAD.search(source.text, max(0, name.start - 70), name.start)
        if head is not None and any(w in forms() for w in head["adjectives"].split()):
            head = None  # « le projet réunit X »
        if head is not None and any(head.start() < s.end <= name.start for s in source.sentences_at(head.start())):
            head = None  # the head ends the heading before
        while head is not None and out and out[-1].rule == "capitals" and out[-1].start >= head.start():
            out.pop()  # capitals inside the head itself: « Domaine d'Intérêt Majeur X »
        if head is not None and not any(s.start <= head.start() and name.start < s.end for s in source.sentences):
            head = None  # the last word of a headline is no head of the first of the sentence below
        if (institute := _institute(source, name)) is not None:
            out.append(institute)
            continue
        if head is None and name.rule in ("capitals", "name-ending"):
            out.append(_equipment(source, name, out))
            continue
        blocked = head is not None and bool(out) and out[-1].end > head.start()
        said = head is not None and not head["adjectives"] and name.rule == "head-noun"  # « l'incubateur Cité de X »
        if head is None or blocked or (name.kind in ("Person", "Place") and name.rule != "capitals" and not said):
            out.append(name)
            continue
        if head["head"] in ("Fondation", "FONDATION") and name.entry is not None and not head["adjectives"]:
            own = source.text[head.start() : name.end]  # « la Fondation Université de X » is not the university
            out.append(
                Mention(head.start(), name.end, (head.start(), name.end), "NonProfit", own, "public-name-and-more")
            )
            continue
        kind = lowered[head["head"].casefold()]
        if kind == "FundingContract" and (head["adjectives"] or name.rule != "capitals"):
            out.append(name)  # « l'accord-cadre entre le CEA et X »
            continue
        if name.rule in ("capitals", "name-ending") or (said and name.kind == "Place"):
            name = replace(name, kind=kind, rule="head-before")
        full = f"{head['head']} {source.text[slice(*name.core)]}"
        if kind == "ResearchNetwork" and name.rule == "head-before" and re.match(r"domaine|DIM", head["head"], re.I):
            name = replace(name, label=f"DIM {name.label}")  # its name is a field: alone it would name the field
        out.append(replace(name, start=head.start(), aliases=(*name.aliases, full)))
    return out


#: Heads that are acronyms, and with the town after them a name: « l'IHU Strasbourg », « l'IRT Bordeaux ».
_INSTITUTE = re.compile(r"(?<![\w-])(?P<head>IHU|IRT|ITE|MSH|OSU|DHU|FHU|CIC|IUT|IAE|CRITT) (?:de |d')?$")
_INSTITUTES = {**dict.fromkeys(("DHU", "FHU"), "ResearchNetwork"), **dict.fromkeys(("IUT", "IAE"), "University"), "CRITT": "Organization"}  # fmt: skip


def _institute(source: Source, name: Mention) -> Mention | None:
    """« l'IHU Strasbourg » is an institute, not the town."""
    head = _INSTITUTE.search(source.text, max(0, name.start - 9), name.start) if name.kind == "Place" else None
    if head is None:
        return None
    start, kind = head.start(), _INSTITUTES.get(head["head"], "Laboratory")
    return Mention(start, name.end, (start, name.end), kind, source.text[start : name.end], "head-noun")


def _equipment(source: Source, name: Mention, before: list[Mention]) -> Mention:
    """« le télescope Vigie-Sud », « la souchothèque X »: premises and equipment that have a name."""
    found = kind_of_head(source.text, name.start)
    if found is None or any(m.end > found.start for m in before[-1:]):
        return name
    if not any(s.start <= found.start and name.start < s.end for s in source.sentences_at(found.start)):
        return name
    full = f"{source.text[found.start : found.end]} {name.label}"
    return replace(name, start=found.start, kind=found.kind, rule="head-before", aliases=(*name.aliases, full))


#: Names of these classes go on in small letters: « l'association Terre de hêtre », « l'appel à projets Qubits robustes ».
_LONG = frozenset({"NonProfit", "Programme", "AidScheme", "Accreditation", "FundingContract"})
_LINKS = frozenset(
    {"de", "du", "des", "d'", "pour", "contre", "en", "et", "la", "le", "l'", "les", "au", "aux", "à", "sans", "sur"}
)
_ENDS = re.compile(
    r"(?:lanc|port|cré|dédi|dot|financ|souten|publi|ouver|opér|pilot|consacr|destin|clos|coordonn|gér|bas|implant|install|fond|présid|dirig|repr[ée]sent|invit|membre|doté|lauréat|qui|que)\w*"
)
_AFTER_EN = frozenset(
    {"partenariat", "lien", "collaboration", "faveur", "cours", "charge", "vue", "france", "région", "europe"}
)
_TRADE_TAIL = re.compile(rf" (?:d'|de la |de l'|de |du |des )(?P<of>[{UPPER}]\w+(?:-[{UPPER}]\w+)*)")
#: Teams and units are called by their fields: « l'équipe Sols et carbone », « l'unité Sciences pour l'environnement ».
_TITLED = frozenset({"Laboratory"})
_FIELDS = frozenset({"Laboratory", "ResearchNetwork"})
_JOINED = re.compile(
    r"(?: [a-zà-ÿ]{4,})?(?:,(?: [a-zà-ÿ]{4,}){1,2})* (?:et|pour) (?!les? |la |l'|sa |son |ses |leurs? |une? |des |d'|dont |pour |qui |par |avec |ainsi )"
    r"[a-zà-ÿ]{4,}(?: (?:des |du |de |d')?[a-zà-ÿ]{4,}(?=[,.;)(]| de l| d[eu] [A-ZÀ-Þ]))?(?!\w| \()|"
    r" pour (?:l'|la |le |les )[a-zà-ÿ]{4,}"
)


def with_tails(source: Source, names: list[Mention]) -> list[Mention]:
    """Take into a name the words in small letters that it goes on with, where its head is one whose names do so."""
    out: list[Mention] = []
    for i, name in enumerate(names):
        if out and name.start < out[-1].end:
            continue
        later = next((n.start for n in names[i + 1 :] if n.rule not in ("capitals",)), len(source.text))
        headed = name.rule in ("head-before", "head-noun") and name.entry is None
        end = name.end
        if headed and name.end == name.core[1] and (spelt := bracketed_end(source.text, name.core[0], name.end)):
            end = spelt
        elif headed and name.kind in _LONG and name.end == name.core[1]:
            end = _tail(source, name.end, later)
        elif name.rule == "head-before" and name.kind in _FIELDS and " " not in name.label and is_french(name.label):
            joined = _JOINED.match(source.text, name.end)
            end = joined.end() if joined else _tail(source, name.end, later)
        elif name.rule == "head-before" and name.kind in _TITLED and (joined := _JOINED.match(source.text, name.end)):
            end = joined.end()
        elif (
            headed
            and re.fullmatch(rf"[{UPPER}]\w+", source.text[slice(*name.core)])
            and (
                name.kind in ("Organization", "Facility", "Building")
                or (
                    name.kind in ("Company", "Project")
                    and (name.label.endswith("s") or is_french(name.label.casefold()))
                )
            )
        ):
            trade = _TRADE_TAIL.match(source.text, name.end)
            end = trade.end() if trade and not is_body(source, trade.start("of")) else end
        if end > name.end:
            label = name.label + source.text[name.end : end]
            aliases = tuple(a + source.text[name.end : end] for a in name.aliases)
            name = replace(name, end=end, core=(name.core[0], end), label=label, aliases=aliases)
        out.append(name)
    return out


def _tail(source: Source, at: int, stop: int) -> int:
    end, link, preposition = at, False, False
    tokens = tuple(source.tokens_from(at))
    for n, token in enumerate(tokens):
        if token.start >= stop or token.start - end > (14 if link else 1) or n > 6:
            break
        word = token.text.casefold()
        if word in _LINKS:
            if word in ("le", "la", "les", "l'") and not preposition:
                break
            link, preposition = True, word not in ("et", "le", "la", "les", "l'")
            if word == "en" and next((t.text.casefold() for t in source.tokens_from(token.end)), "") in _AFTER_EN:
                break
            continue
        if acts(tokens, n):
            break
        last = source.text[token.end : token.end + 1] in (",", ".", ")", ";")
        fits = token.pos in ("NOUN", "ADJ", "PROPN") or (word.endswith("ant") and last) or (link and word == "demain")
        if not word[0].isalpha() or _ENDS.fullmatch(word) or word in NOT_NAMES or not fits:
            break
        end, link, preposition = token.end, False, False
    return end


_ACRONYM = re.compile(
    r" ?\((?:ou |dit |dite |ci-après |l'|le |la )?(?P<acronym>[A-Z0-9][\w&/.-]{1,14}(?: [A-Z\d][\w/]*)?)\)"
)
_EXPANSION = re.compile(
    rf", (?:(?:l'|le |la |ou |pour )\s?)?(?P<name>[{UPPER}][\w'-]+(?: [\w'-]+){{2,12}}?)(?=,| \(|\.|;| et l)"
)


def with_acronyms(source: Source, names: list[Mention]) -> Iterator[Mention]:
    """Join a name and its acronym, either way about: « Institut X (IX) », « IX, Institut X, »."""
    skip_until = -1
    for i, name in enumerate(names):
        if name.start < skip_until:
            continue
        if name.kind not in ("Person", "Place") and (full := _spelt_out(source, name)) is not None:
            skip_until = full.end()
            head = re.match(r"\w+", full["name"])
            kind = name.kind or lexicon.NAME_HEADS.get(head[0].casefold() if head else "", "")
            yield replace(name, end=full.end(), kind=kind, aliases=(*name.aliases, full["name"]))
            continue
        if name.kind not in ("Person", "Place") or name.rule == "head-noun":
            bracket = _ACRONYM.match(source.text, name.end)
            if (
                bracket
                and not re.fullmatch(r"\d+", bracket["acronym"])
                and _may_stand_for(source, bracket, name, names[i + 1 :])
            ):
                skip_until = bracket.end()
                inner = next((n for n in names[i + 1 :] if bracket.start() <= n.start < bracket.end()), None)
                kind, entry = name.kind, name.entry
                if not kind and inner is not None:
                    kind = inner.kind
                if (
                    entry is None
                    and inner is not None
                    and inner.entry is not None
                    and spells(bracket["acronym"], name.label)
                ):
                    entry, kind = inner.entry, inner.kind
                yield replace(
                    name, end=bracket.end(), kind=kind, entry=entry, aliases=(*name.aliases, bracket["acronym"])
                )
                continue
            expansion = _EXPANSION.match(source.text, name.end) if re.search(r"[A-Z]{2}", name.label) else None
            if expansion and is_body(source, expansion.start("name")):
                expansion = None  # « le CNRS, Centrale Nantes et Nantes Université » are three
            if expansion and spells(name.label, expansion["name"]) and len(name.label) <= 12:
                skip_until = expansion.end()
                end = expansion.end()
                if source.text[end : end + 1] == ",":
                    end += 1
                    skip_until = end
                head = re.match(r"\w+", expansion["name"])
                kind = name.kind or lexicon.NAME_HEADS.get(head[0].casefold() if head else "", "")
                yield replace(name, end=end, kind=kind, aliases=(*name.aliases, expansion["name"]))
                continue
        yield name


_FULL = re.compile(rf" ?\((?P<name>[{UPPER}][^()\d:;]{{10,120}})\)")


def _spelt_out(source: Source, name: Mention) -> re.Match[str] | None:
    """« l'IRIB (Institut de recherche …) »: the bracket spells the acronym before it."""
    full = _FULL.match(source.text, name.end) if re.fullmatch(r"[A-Z][A-Za-z0-9]{2,14}", name.label) else None
    if full is None or len(full["name"].split()) < 3 or not spells(name.label, full["name"]):
        return None
    words = [w for w in re.findall(r"\w+", full["name"]) if len(w) > 3]
    return full if len(words) * 2 >= sum(c.isupper() for c in name.label) else None


def _may_stand_for(source: Source, bracket: re.Match[str], name: Mention, later: list[Mention]) -> bool:
    acronym = bracket["acronym"]
    if spells(acronym, source.text[slice(*name.core)]):
        return True
    inner = next((n for n in later if bracket.start() <= n.start < bracket.end()), None)
    if inner is not None and inner.entry is not None:
        return inner.entry == name.entry
    known = inner is not None and inner.rule != "capitals"
    return bool(
        not known
        and acronym.isupper()
        and len(acronym) >= 2
        and acronym[0] == name.label[:1].upper()
        and name.kind != ""
    )
