"""What a document says of itself: its title, who publishes it, its date."""

from __future__ import annotations

import datetime
import re

from grappe.extract.normal import Normal
from grappe.extract.reading import Mention, Reading, Thing
from grappe.extract.values import find_dates
from grappe.iri import fold
from grappe.model import Block, Text

__all__ = ["issued", "publisher", "title"]


def title(text: Text) -> str | None:
    """Return the headline, its lines joined, as the layout shows it; None where there is none."""
    headline = _headline(text)
    if headline is None:
        return None
    told = re.sub(r"\s+", " ", text.content[headline.span.start : headline.span.end].replace("\u00ad", "")).strip()
    told = _SUBJECT.sub("", told)
    numbered = _NUMBERED.match(told)
    return numbered["name"] if numbered else told


#: « OBJET : SOUTIEN À LA RECHERCHE » is about what follows; « LA FEUILLE – n° 27 – 12 mars 2023 » is called LA FEUILLE.
_SUBJECT = re.compile(r"^(?:objet|sujet|point (?:n° ?)?\d+|question (?:n° ?)?\d+) ?: ?", re.I)
_NUMBERED = re.compile(r"(?P<name>(?:(?!(?:19|20)\d\d|\bmagazine|\bjournal|\brevue).){3,60}?) [–|-] [Nn]° ?\d+\b")
#: Lines of a head that say what sort of text it is, when, for whom, by whom: no headline.
_LABEL = re.compile(
    r"(?:communiqué|dossier|note d'|info |invitation|extrait|séance|délibération n|rapporteu|nombre de|vu |contact|service|tél|page\b|édition|newsletter|(?:la )?lettre d'|n°|temps de lecture|publiée? |par [A-ZÉ]"
    r"|adopté|siège|direction|délégation|\d+(?:\.\d+)*\.? |s'abonner|accueil|\d+ commentaire|rédaction|embargo)",
    re.I,
)
_NEWSPAPER = re.compile(
    r"L[ea]s? (?:Courrier|Journal|Gazette|Écho|Échos|Voix|Progrès|Nouvelles|Tribune|Quotidien|Dépêche|Messager|Républicain|Télégramme|Indépendant|Éclaireur|Hebdo)\b|L'(?:Écho|Indépendant|Éclaireur|Hebdo|Usine)\b"
)


#: The running head of a newspaper or a dispatch: names, a date and a page between dashes.
_MASTHEAD = re.compile(r"(?=.*\b(?:19|20)\d\d\b)(?=.*(?:\bpages?\b|\bp\. ?\d|[Nn]°|\s[–|-]\s.*\s[–|-]\s)).*\s[–|-]\s")


_DATED = re.compile(
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?\d{1,2}(?:er)? (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre) \d{4}",
    re.I,
)


def _headline(text: Text) -> Block | None:
    """Return the block of the headline: the first title that is no running head, else the short block after it."""
    head = _head(text)
    told = next((b for b in head if _SUBJECT.match(_flat(text, b)) or _NUMBERED.match(_flat(text, b))), None)
    if told is not None:
        return told
    first = next((b for b in text.blocks if b.kind == "title"), None)
    if first is not None and _is_no_headline(text, first):
        other = next((b for b in head if b is not first and _is_headline(text, b)), None)
        if other is None and _LABEL.match(_flat(text, first)):
            other = next((b for b in head if b.kind in ("title", "heading") and not _LABEL.match(_flat(text, b))), None)
        if other is not None:
            return other
    for i, block in enumerate(text.blocks):
        if block.kind != "title":
            continue
        if not _MASTHEAD.match(_flat(text, block)) and not _DATED.match(_flat(text, block)):
            return block
        after = text.blocks[i + 1] if i + 1 < len(text.blocks) else None
        if after is not None and len(_flat(text, after)) < 160 and not _flat(text, after).endswith("."):
            return after
        return block
    return None


def _head(text: Text) -> list[Block]:
    """Return the blocks before the first paragraph that is no line of the head."""
    out: list[Block] = []
    for block in text.blocks:
        if block.kind == "paragraph" and len(_flat(text, block)) > 110:
            break
        if block.kind != "furniture":
            out.append(block)
    return out


def _is_no_headline(text: Text, block: Block) -> bool:
    """Return whether the block that looks like a headline is a label, a newspaper's name or a body's."""
    told = _flat(text, block)
    return bool(_LABEL.match(told) or _NEWSPAPER.match(told))


def _is_headline(text: Text, block: Block) -> bool:
    told = _flat(text, block)
    return (
        block.kind in ("title", "heading")
        and len(told.split()) >= 4
        and not (_LABEL.match(told) or _NEWSPAPER.match(told) or _DATED.search(told) or ">" in told or "#" in told)
    )


def _flat(text: Text, block: Block) -> str:
    return re.sub(r"\s+", " ", text.content[block.span.start : block.span.end]).replace("\u2019", "'").strip()


def issued(normal: Normal, blocks: tuple[Block, ...]) -> datetime.date | None:
    """Return the document's own date: the first full date of its head, or of the dateline of its first paragraph.

    A date inside running prose is the date of what the prose tells, not of the document.
    """
    seen = 0
    for block in blocks:
        start, end = normal.copy_range(block.span)
        if start >= end:
            continue
        piece = normal.text[start:end]
        head = block.kind in ("heading", "furniture", "title", "row") or len(piece) < 110
        window = piece if head else piece[:60]
        for date in find_dates(window):
            if date.precision != "day" or date.relative or date.end_lexical:
                continue
            before, after = window[: date.start], window[date.end :]
            if re.match(r"C'est\b", before) or (
                block.kind == "title" and re.match(r" (?:pour|par|à|en|dans|sur|au|de)\b", after)
            ):
                continue  # the date of what the words tell
            dateline = re.match(r" ?(?:[–—-]|\(|$|à \d|,?\s*$|N°|1/1|, \d{1,2} ?h\b)|\. [A-ZÀ-Þ]", after) or (
                re.match(r"\s+\S", after) and len(before) < 40
            )
            if head or (
                dateline
                and len(before) < 45
                and re.match(r"^[A-ZÀ-Þ][\w' ()/-]*,? (?:le )?(?:\w+ )?$|^$|.*(?:DÉLIBÉRATION|du |le )$", before)
            ):
                return datetime.date.fromisoformat(date.lexical)
        if not head:
            seen += 1
            if seen >= 2:
                break
    return None


def publisher(reading: Reading, blocks: tuple[Block, ...], normal: Normal) -> int | None:
    """Return the body that a header, footer or credit names; None where none does.

    A header is a line of the document's head that holds little but the body's name, or the name beside the kind of
    the document (« GENOPOLE – Communiqué de presse »); a footer is a last line with the name and an address.
    """
    head_end = next((normal.copy_range(b.span)[0] for b in blocks if b.kind == "title"), 0)
    bodies = [
        (i, m, t) for i, m in enumerate(reading.mentions) if (t := reading.thing_at(i)) is not None and _may_publish(t)
    ]
    for line in blocks:
        start, end = normal.copy_range(line.span)
        if start >= head_end:
            break
        if (named := _named_by_line(reading, normal.text[start:end])) is not None:
            return named
    for _, mention, thing in bodies:
        if mention.rule == "newspaper" and re.match(r"\W*$", normal.text[: mention.start]):
            return thing.id  # the name of a newspaper above its article
        if mention.start >= head_end:
            break
        if _DATELINE.match(normal.text[mention.start : mention.start + 60]):
            continue
        block = _block_text(blocks, normal, mention)
        if block is not None and _MASTHEAD.match(block) and block.startswith(normal.text[mention.start : mention.end]):
            return thing.id
        name = normal.text[mention.start : mention.end]
        if block is not None and re.match(rf"{re.escape(name)} [–—|-] (?![Cc]ommuniqué)", block):
            return thing.id  # « ADEME – Direction régionale Corse »: a part of it speaks for it
        if block is not None and _mostly_name(block, name):
            return thing.id
    for masked in (*reading.masked[:4], *reversed(reading.masked[-8:])):
        edited = re.search(
            r"(?:[ée]ditée?|[Pp]ubliée?)(?: (?:le )?⟨D\d+⟩)? par (?:la [Dd]irection [^⟨⟩.,;]{3,40} )?(?:de )?⟨O(\d+)⟩|^(?:La |LA )?(?i:lettre)(?: d'information| d'actualités)? de ⟨O(\d+)⟩",
            masked.text,
        )
        if edited and (by := reading.thing_at(int(edited[1] or edited[2]))) is not None and _may_publish(by):
            return by.id
    for masked in reversed(reading.masked[-8:]):
        credit = re.match(
            r"\(?(?:©|La [Ll]ettre [^⟨]{0,20}–) ?⟨O(\d+)⟩|⟨O(\d+)⟩ ?[–,-] ?(?:\d{1,4},? |[Mm]entions légales|[Pp]lan du site|[Tt]ous droits)|© ⟨O(\d+)⟩",
            masked.text,
        )
        if credit:
            credited = reading.thing_at(int(next(g for g in credit.groups() if g)))
            if credited is not None:
                return credited.id
    return None


#: « Grasse, le 10 février 2025 »: where it was written, not by whom.
_DATELINE = re.compile(r"[A-ZÀ-Þ][\w' -]{2,30}, (?:le )?(?:\w+ )?\d{1,2}(?:er)? \w+ \d{4}")


def _named_by_line(reading: Reading, line: str) -> int | None:
    """Return the body whose name a line of the head is, written otherwise than where the text found it: in capitals."""
    for part in re.split(r", | [–—|-] ", line):
        name = re.sub(r"^prefete? (?=de |du |des |d )", "prefecture ", fold(part))
        for thing in reading.things:
            if _may_publish(thing) and name in map(fold, (thing.label, *thing.aliases)):
                return thing.id
    return None


def _may_publish(thing: Thing) -> bool:
    return (
        thing.kind
        not in ("Person", "Place", "Project", "Programme", "Accreditation", "AidScheme", "FundingContract", "Theme")
        and thing.named
        and not thing.kind.endswith("Facility")
    )


def _block_text(blocks: tuple[Block, ...], normal: Normal, mention: Mention) -> str | None:
    for block in blocks:
        start, end = normal.copy_range(block.span)
        if start <= mention.start < end:
            return normal.text[start:end]
    return None


_KIND_OF_DOCUMENT = re.compile(
    r"communiqués?|dossier|presse|invitation|espace|délibération|extrait|registre|des|de|n°|lettre|dépêche|note|la|le|les|l'|publiée?|à|du|\d+|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|[–|/I:,.()°-]|cp|cr|h\d*|\d+h\d+",
    re.I,
)


def _mostly_name(block: str, name: str) -> bool:
    rest = block.replace(name, " ", 1)
    rest = re.sub(r"[A-ZÀ-Þ][\w'-]+, (?=le )", " ", rest)
    words = [w for w in re.findall(r"[\w°']+|[–|/:()-]", rest) if not _KIND_OF_DOCUMENT.fullmatch(w)]
    return len(words) <= 2
