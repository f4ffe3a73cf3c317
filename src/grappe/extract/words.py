"""What words of names look like, which words are none, and whether an acronym spells a name."""

from __future__ import annotations

import re

from grappe.iri import fold

__all__ = ["COUNTRIES", "NAME", "NOT_NAMES", "SMALL_WORDS", "UPPER", "WORD", "abbreviates", "proper_case", "spells"]

UPPER = "A-ZÀ-ÖØ-Þ"
#: One word of a proper name: Renault, CentraleSupélec, bioMérieux, X-Fab, S.Oliver, 3M.
WORD = rf"(?:\d{{0,2}}[{UPPER}][\w'&+/-]*(?:\.[{UPPER}]\w*)*\w\+?|[a-zà-ÿ]{{1,4}}[{UPPER}][\w-]*)"
NAME = rf"{WORD}(?:(?: & | - | for | of (?:the )?| and | )(?:{WORD}|\d{{1,2}}(?:(?![\d,.]* ?(?:m²|m2|€|M|k|%|\w))|(?= (?:est|a|sera|ont|et|qui|au|dans|pour|par)\b)|(?=[,;:)](?: |$)))|\d\.\d(?!\d| ?[M€k%])))*"

#: Words of grammar, which a capital at the head of a sentence does not make a name.
SMALL_WORDS = frozenset(
    """
    le la les l un une des du de d ce cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes il elle ils
    elles on nous vous je  et ou mais donc or ni car que qui quoi dont où si quand comme lorsque puisque pour par
    avec sans sous sur dans en à au aux vers chez entre  depuis pendant après avant dès lors parmi selon afin ainsi
    aussi alors enfin puis cependant toutefois outre malgré grâce tous tout toute toutes  plus moins très bien
    chaque plusieurs deux trois quatre cinq six sept huit neuf dix aucun aucune autre autres même c'est s'y n y se
    ne pas non oui  aujourd'hui hier demain ici là voici voilà contact contacts prochain prochaine parallèlement
    concrètement également faut quant celui celle ceux celles dont derrière devant hors tandis bientôt désormais
    déjà jamais toujours certes ailleurs ensuite surtout voire
    """.split()
)

#: Countries, continents and seas, which are no places of this graph, folded.
COUNTRIES = frozenset(
    fold(name)
    for name in """
    France|Europe|Afrique|Asie|Amérique|Océanie|Amérique du Nord|Amérique du Sud|Amérique latine|Allemagne|
    Angleterre|Argentine|Australie|Autriche|Belgique|Brésil|Bulgarie|Canada|Chili|Chine|Chypre|Colombie|
    Corée|Corée du Sud|Croatie|Danemark|Écosse|Égypte|Espagne|Estonie|États-Unis|USA|Finlande|Grande-
    Bretagne|Grèce|Hongrie|Inde|Indonésie|Irlande|Islande|Israël|Italie|Japon|Lettonie|Lituanie|
    Madagascar|Malaisie|Malte|Maroc|Mexique|Monaco|Norvège|Nouvelle-Zélande|Pays-Bas|Pologne|Portugal|
    République tchèque|Roumanie|Royaume-Uni|UK|Russie|Sénégal|Serbie|Singapour|Slovaquie|Slovénie|Suède|
    Suisse|Taïwan|Tchéquie|Thaïlande|Tunisie|Turquie|Ukraine|Vietnam|Algérie|Cameroun|Côte d'Ivoire|
    Moyen-Orient|Outre-mer|Hexagone|Atlantique|Méditerranée
    """.replace("\n", "").split("|")
)

#: Nouns and abbreviations that are written with capitals and name nobody.
NOT_NAMES = frozenset(
    """
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi
    vendredi samedi dimanche  pr dr mme m mm mlle monsieur madame communiqué presse article vu considérant objet
    dossier annexe contact contacts montant total siret  ht ttc pme eti tpe bpf gmp iso rd r&d hq tél fax covid covid-19 adn arn ia
    adresse bénéficiaire représentant représentante période fiche responsable it tic etp ca pib cedex bp umr ums uar
    upr usr siren tva rse ipo cdi cdd r&i trl
    irm tep pcr
    """.split()
)


def spells(acronym: str, name: str) -> bool:
    """Return whether an acronym's letters come, in order, from the name's words, at least half of them initials.

    >>> spells("IBMC", "Institut de biologie moléculaire et cellulaire")
    True
    >>> spells("CNRS", "Institut de biologie moléculaire et cellulaire")
    False
    """
    every = fold(name).split()
    content = [w for w in every if w not in {"de", "du", "des", "et", "la", "le", "les", "d", "l", "en", "a", "pour"}]
    rest = "".join(w[0] for w in content[1:])  # « Métropole Toulon Provence Méditerranée (TPM) »
    if len(rest) > 2 and fold(acronym) == rest:
        return True
    return any(_spelt(acronym, words) for words in (content, every)) or abbreviates(acronym, name, least=2)


_GRAMMAR = frozenset("de du des et la le les d l en a au aux pour sur sous par".split())


def abbreviates(acronym: str, name: str, *, least: int = 3) -> bool:
    """Return whether an acronym is made of the beginnings of a name's words, in order, of nearly all of them.

    A name of fewer words than ``least`` has too little that tells.

    >>> abbreviates("IRCER", "Institut de recherche sur les céramiques"), abbreviates("LEM", "Laboratoire des eaux minérales")
    (True, True)
    >>> abbreviates("IRMA", "Institut de recherche sur les céramiques")
    False
    """
    words = [w for w in fold(name).split() if w not in _GRAMMAR]
    letters = fold(acronym)
    if len(letters) < 3 or len(words) < least or not letters.isalpha():
        return False

    def left(i: int, at: int, skipped: int) -> bool:
        if at == len(letters):
            return skipped + len(words) - i <= len(words) // 4
        if i == len(words):
            return False
        most = len(words[i])
        for taken in range(1, min(most, len(letters) - at) + 1):
            if words[i][:taken] == letters[at : at + taken] and left(i + 1, at + taken, skipped):
                return True
        return i > 0 and left(i + 1, at, skipped + 1)

    return left(0, 0, 0)


def _spelt(acronym: str, words: list[str]) -> bool:
    letters = [c for c in fold(acronym) if c.isalpha()]
    if not letters or not words or letters[0] != words[0][0]:
        return False
    # « HyPro » takes more than one letter of a word: only its capitals are initials.
    heads = letters if acronym.isupper() else [c.casefold() for c in acronym if c.isupper()] or letters
    initials = sum(1 for c in heads if any(w[0] == c for w in words))
    joined = iter("".join(words))
    in_order = sum(1 for c in letters if c in joined)
    return initials * 2 >= len(heads) and in_order * 3 >= len(letters) * 2


def proper_case(last: str) -> str:
    """Return a surname written in capitals as it is written otherwise.

    >>> proper_case("DUPONT"), proper_case("SAINT-AUBIN"), proper_case("Le Goff")
    ('Dupont', 'Saint-Aubin', 'Le Goff')
    """
    return re.sub(rf"[{UPPER}]{{2,}}", lambda m: m[0].capitalize(), last)
