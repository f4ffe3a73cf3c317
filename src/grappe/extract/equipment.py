"""Nouns of premises and equipment before a name: « le télescope X », « l'ensemble de lancement Y », « la souchothèque Z »."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grappe.extract.premises_words import NOUNS, kind_of

__all__ = ["Head", "kind_of_head"]

#: Premises that are called by who owns them, by their place or by what goes on there, and not by a name of their own.
_OWNED = re.compile(
    r"(?:sites?|sièges?|locaux|bureaux|extension|entrepôts?|ateliers?|magasins?|centres?|espaces?|laboratoires?|labos?|usines?|stations?"
    r"|aile|hubs?|quais?|docks?|réserves?|ZAC|zones?|surfaces?|incubateurs?|pépinières?|plateaux?|chaînes?|lignes?|unités?)\b",
    re.I,
)
#: Collections of samples have nouns of their own, made when they are needed; those of culture are none.
_COLLECTION = r"(?!biblio|média|disco|hypo|ciné|ludo|pinaco|vidéo|arto|photo|phono)[a-zà-ÿ]{3,}thèque|[a-zà-ÿ]{3,}-?banque|collection nationale"
_INSTALLATION = (
    r"ensembles? (?:de |d')[a-zà-ÿ]+|lignes? de lumière|tours? de (?:mesure|guet)s?|radiotélescopes?|pas de tir|bassins? (?:de |d')[a-zà-ÿ]+"
    r"|accélérateurs? (?:de particules|d'électrons|linéaires?)|unités? de méthanisation|navires? [a-zà-ÿ]+|catamarans?|voiliers?|stations? (?:de |d')[a-zà-ÿ]+"
    r"|caissons?(?: [a-zà-ÿ]+)?|réacteurs?(?: de [a-zà-ÿ]+| [a-zà-ÿ]+)?|aimants?|drones? [a-zà-ÿ-]+|halles? [a-zà-ÿ]+|serres? [a-zà-ÿ]+"
)
_PLATFORM = r"plateaux?(?: technique| d'imagerie| de [a-zà-ÿ]+)?|infrastructures?(?: de recherche| nationale)?"
_HEAD = re.compile(
    rf"(?<![\w-])(?:(?P<collection>{_COLLECTION})|(?P<installation>{_INSTALLATION})|(?P<platform>{_PLATFORM})|(?P<noun>{NOUNS}))"
    r"(?P<words>(?: (?!de |du |des |et |ou |est |a |en |à |au |sur |par |pour )[a-zà-ÿ][\w-]+){0,2}) $",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Head:
    """A noun before a name: where it begins and ends (with its adjectives), and the class of what it names."""

    start: int
    end: int
    kind: str


def kind_of_head(text: str, before: int) -> Head | None:
    """Return the noun of premises or equipment that ends before a place of the text; None if there is none."""
    found = _HEAD.search(text, max(0, before - 60), before)
    if found is None:
        return None
    if found[0].split()[0].endswith("s") and text[: found.start()].endswith((" de ", " d'", " des ")):
        return None  # « le fabricant de robots viticoles X »
    end = before - 1
    if found["collection"] or found["platform"]:
        return Head(found.start(), end, "TechnologyPlatform")
    if found["installation"]:
        return Head(found.start(), end, "Facility")
    if _OWNED.match(found["noun"]):
        return None
    return Head(found.start(), end, kind_of(found["noun"]))
