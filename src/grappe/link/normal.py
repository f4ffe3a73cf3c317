"""Names made comparable: the key under which a name is looked up, and the words that tell it from others."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from grappe.iri import fold

__all__ = ["forms", "hashed", "is_acronym", "lookup_key", "words"]

#: What French texts write short, folded.
_SHORT: Mapping[str, str] = MappingProxyType(
    {
        "univ": "universite",
        "u": "universite",
        "university": "universite",
        "inst": "institut",
        "institute": "institut",
        "lab": "laboratoire",
        "labo": "laboratoire",
        "laboratory": "laboratoire",
        "ctr": "centre",
        "center": "centre",
        "nat": "national",
        "natl": "national",
        "nationale": "national",
        "dept": "departement",
        "dpt": "departement",
        "st": "saint",
        "ste": "sainte",
        "hop": "hopital",
        "hosp": "hopital",
        "hopitaux": "hopital",
        "hospitals": "hopital",
        "hospital": "hopital",
        "fac": "faculte",
        "rech": "recherche",
        "research": "recherche",
        "sci": "sciences",
        "science": "sciences",
        "assoc": "association",
        "chu": "centre hospitalier universitaire",
        "chru": "centre hospitalier regional universitaire",
        "ens": "ecole normale superieure",
        "ehess": "ecole hautes etudes sciences sociales",
        "cc": "communaute communes",
        "ca": "communaute agglomeration",
        "cu": "communaute urbaine",
    }
)

_EMPTY = frozenset(
    "de du des d la le les l un une et en pour a au aux sur the of and for in von und & par".split()  # both languages
)

#: Legal forms, at the start or the end of a company's name.
_FORMS = frozenset("sa sas sasu sarl eurl sci scop scic snc gie selarl selas sca scs gmbh inc ltd plc".split())
_LONG_FORM = re.compile(
    r"^(?:societe anonyme|societe par actions simplifiee|societe a responsabilite limitee)\b|"
    r"\b(?:societe anonyme|societe par actions simplifiee|societe a responsabilite limitee)$"
)
#: A territory's council is the body that its name stands for: « Conseil régional de Bretagne », « Région Bretagne ».
_COUNCIL = re.compile(r"^conseil (?:(?P<region>regional)|departemental|general)\b")
_COUNTRY = re.compile(r"\s*\((?:France|FR)\)\s*$", re.IGNORECASE)
_BRACKETED = re.compile(r"\(([^()]{2,40})\)")
_DASHED = re.compile(r"\s+[-–—:/]\s+")
_ACRONYM = re.compile(r"[A-Z0-9ÉÈ][\w&'’.+-]{0,14}")

#: Head nouns that a text puts before a name and a register leaves out.
_HEADED = re.compile(
    r"(?:l[ea]s?\s+|l['’]|une?\s+)?(?P<head>laboratoire|soci[ée]t[ée]|entreprise|start-?\s?up|jeune pousse|"
    r"unit[ée] de recherche|unit[ée]|[ée]quipe|groupe|biocluster|cluster|p[oô]le de comp[ée]titivit[ée]|p[oô]le|"
    r"association|[ée]tablissement|plate-?forme|institut|centre de recherche|organisme)\s+(?P<rest>\S.*)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:de|du|des|d|pour|en|national|r[ée]gional|universitaire)\b", re.IGNORECASE)


@functools.lru_cache(maxsize=200_000)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name that count: folded, short forms written out, legal forms and empty words left out.

    >>> words("Univ. de Montpellier")
    ('universite', 'montpellier')
    >>> words("Genopole (France)")
    ('genopole',)
    """
    folded = fold(_COUNTRY.sub("", name).replace(".", " " if ". " in name or name.endswith(".") else ""))
    folded = _COUNCIL.sub(lambda m: "region" if m["region"] else "departement", folded)
    found = _LONG_FORM.sub("", folded).split()
    while len(found) > 1 and found[-1] in _FORMS:
        found.pop()
    while len(found) > 1 and found[0] in _FORMS - {"sa", "sci"}:
        found.pop(0)
    if len(found) > 1:
        found = [part for word in found for part in _SHORT.get(word, word).split()]
    kept = [word for word in found if word not in _EMPTY]
    return tuple(kept or found)


def lookup_key(name: str) -> str:
    """Return the key under which a name is found: its words run together, so that spaces and hyphens do not count.

    >>> lookup_key("Nova Lab Bio") == lookup_key("NovaLab Bio SAS") == "novalabbio"
    True
    """
    return "".join(words(name))


def hashed(key: str) -> int:
    """Return a key as a signed number of 64 bits, which an index keeps instead of the text."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def is_acronym(text: str) -> bool:
    """Return whether a name looks like an acronym: one short word, half of it capitals or digits.

    >>> is_acronym("ART-TG"), is_acronym("CiTHERA"), is_acronym("Genopole")
    (True, True, False)
    """
    if not _ACRONYM.fullmatch(text):
        return False
    letters = [c for c in text if c.isalnum()]
    return len(letters) >= 2 and 2 * sum(c.isupper() or c.isdigit() for c in letters) >= len(letters)


def forms(name: str) -> Iterator[tuple[str, str]]:
    """Yield the forms of a name that a text may have put together, each with the words that say how it was got.

    >>> list(forms("Institut Jacques Monod (IJM)"))
    [('Institut Jacques Monod (IJM)', ''), ('Institut Jacques Monod', 'without its brackets'), ('IJM', 'in brackets')]
    """
    yield name, ""
    bare = _BRACKETED.sub(" ", name).strip()
    if bare != name and bare:
        yield bare, "without its brackets"
        for inside in _BRACKETED.findall(name):
            if is_acronym(inside.strip()):
                yield inside.strip(), "in brackets"
    parts = [part.strip() for part in _DASHED.split(bare, maxsplit=1) if part.strip()]
    if len(parts) == 2:
        short, long = sorted(parts, key=len)
        if is_acronym(short) and len(long) > 2 * len(short):
            yield long, "beside its acronym"
            yield short, "beside its name"
    if (headed := _HEADED.fullmatch(bare)) and not _GOES_ON.match(headed["rest"]):
        yield headed["rest"], f"without « {headed['head']} »"
