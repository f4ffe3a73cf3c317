"""The nouns of premises and equipment, the class of each, and the phrases around them that are none.

Every entry is a common word of the language; no name of one building stands here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

__all__ = [
    "BARE_AREA_ONLY",
    "DEFINITE",
    "FEMININE",
    "FITTINGS",
    "GENERIC",
    "GROUNDS",
    "NOT_PREMISES",
    "NOUN",
    "NOUNS",
    "PARTS",
    "POSSESSIVE",
    "kind_of",
]

_LINE_OF = (
    r"(?!crédits?\b|métro|bus\b|tram|trains?\b|conduite|mire|défense|force|budget|chemin|valeurs?\b|approvisionnement"
    r"|télévision|magasins|commandement|caractères|température|froid|solidarité|recherche|partage|codes?\b"
    r"|financement|distance|départ|vente|transmission|blocs|restaurants|hôtels|distribution|survie|vie\b)"
)

#: Classes that are parts of premises, never the premises spoken of.
PARTS = frozenset({"CleanRoom", "ProductionLine"})
#: Determiners by which a text speaks of premises again, and of somebody's.
DEFINITE = frozenset(
    ("le", "la", "l'", "ce", "cet", "cette", "du", "au", "de la", "de l'", "les", "ces", "à la", "à l'")
)
POSSESSIVE = frozenset(("son", "sa", "ses", "leur", "leurs"))

#: Machines and fittings of premises: in the plural only, for they are told of only where they are counted.
FITTINGS = (
    r"alambics|autoclaves|caissons|cabines|robots|réfrigérateurs|congélateurs|cryostats|enceintes|imprimantes|presses|étuves"
    r"|hottes|photobioréacteurs|réacteurs|centrifugeuses|broyeurs|extrudeuses|lyophilisateurs|évaporateurs|digesteurs"
    r"|spectrographes|diffractomètres|tomographes|machines(?! virtuelles)|automates|métiers à tisser|ponts roulants|turbines|réservoirs"
    r"|aquariums|aimants|lasers|postes de (?:soudage|pilotage)|chambres (?:de |d')(?!commerce|métiers|agriculture|hôtes?|bonne)[a-zà-ÿ][\w-]+"
    r"|colonnes (?:de |d'|à )[a-zà-ÿ][\w-]+|cellules (?:de |d')(?!crise|veille|soutien|coordination)[a-zà-ÿ]{4,}|tunnels (?:de |d')[a-zà-ÿ][\w-]+|bornes (?:de |d')[a-zà-ÿ][\w-]+"
)

#: Nouns of physical things as regular expressions, with the class of what they name.
_FACILITY_NOUNS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            ("salles? blanches?", "salles? propres?", "salles? grises?", "ZAC", "zones? à atmosphère contrôlée",
             "zones? à empoussièrement contrôlé", "zones? blanches?"),
            "CleanRoom",
        ),
        **dict.fromkeys(
            (rf"lignes? (?:de |d'){_LINE_OF}[\w-]+", "lignes? pilotes?", "lignes? (?:automatisées?|robotisées?|semi-industrielles?|industrielles?)",
             rf"chaînes? (?:de |d'){_LINE_OF}[\w-]+", "chaînes? (?:automatisées?|robotisées?)"),
            "ProductionLine",
        ),
        **dict.fromkeys(
            ("plateformes?", "plates-formes", "plate-forme", "plateaux? techniques?", "plateaux? technologiques?", "plateaux? d'imagerie"),
            "TechnologyPlatform",
        ),
        **dict.fromkeys(("biofonderies?", "bio-fonderies?", "biofoundry", "bio-foundry"), "Biofoundry"),
        **dict.fromkeys(
            ("laboratoires?", "espaces? de laboratoires?", "plateaux? de laboratoires?", "surfaces de laboratoires?", "insectarium", "labos?"),
            "LaboratoryFacility",
        ),
        **dict.fromkeys(
            ("bâtiments?", "immeubles?", "usines?", "usine-école", "pavillon", "gigafactory", "gigafactories", "giga-?usines?", "méga-?usines?",
             "micro-?usines?", "sites? (?:industriels?|de production|de fabrication|logistiques?|d'assemblage|de recherche)", "halle industrielle", "ensemble immobilier",
             "centres? de (?:recherche et développement|recherche et de développement|R&D|production|fabrication|maintenance|tri|formation|conditionnement)",
             "centres? (?:logistiques?|industriels?|d'essais?|d'innovation|techniques?)", "raffineries?", "bioraffineries?", "distilleries?", "fonderies?",
             "manufactures?", "complexes? industriels?", "sites?", "siège(?: social)?", "technocentre", "édifice", "tours? de bureaux"),
            "Building",
        ),
        **dict.fromkeys(
            ("halles?", "halls?", "ateliers?", "ateliers? pilotes?", "ateliers? relais", "cyclotrons?", "synchrotrons?", "spectromètres?", "unités? pilotes?", "pilotes? industriels?",
             r"unités? (?:de |d')(?:production|fabrication|méthanisation|transformation|extraction|assemblage|recyclage|conditionnement|traitement|stockage|séchage|fermentation|démonstration|valorisation|liquéfaction|électrolyse|purification|formulation|remplissage)",
             "unités? (?:de |d')(?!recherche|formation|soins?|mesure|valeur|temps|compte|lieu|action|vie\\b|service|gestion|travail|police|commandement|l'|la |le |\\w+(?:gie|ique|rie|ine)s?\\b)[a-zà-ÿ]{4,}s", "unités? (?:industrielles?|préindustrielles?|semi-industrielles?)", "animaleries?", "serres?", "chambres? climatiques?", "chambres? froides?", "chambres? anéchoïques?", "microscopes?",
             "supercalculateurs?", "calculateurs?", "bancs? d'essais?", "bancs? de tests?", "hôtels? d'entreprises", "pépinières?(?: d'entreprises)?", "locaux", "extension", "entrepôts?",
             "data ?centers?", "datacentres?", "centres? de données", "centres? de calcul", "plateaux?", "hangars?", "accélérateurs? de particules", "bassins?(?: d'essais?)?", "fermes? (?:expérimentales?|pilotes?|aquacoles?|verticales?|photovoltaïques?|solaires?)",
             "showroom", "souffleries?", "stations? (?:d'essais?|expérimentales?|hydrogène|de recharge|d'avitaillement|de ravitaillement|de production|marines?|de pompage)", "électrolyseurs?", "méthaniseurs?",
             "démonstrateurs?", "bioréacteurs?", "fermenteurs?", "séquenceurs?", "télescopes?", "fours? (?:à|industriels?|électriques?)?", "cuves?", "fablabs?", "fab labs?", "tiers-lieux?", "living labs?",
             "incubateurs?", "amphithéâtres?", "auditorium", "écloseries?", "nurseries?", "réserves? techniques?", "simulateurs?", "imprimantes? 3D", "bureaux", "aile", "silos?",
             "salles? (?:de |d')(?!presse|concert|cinéma|spectacle|marchés?|bains?|attente|sport|classe)[a-zà-ÿ][\\w-]+", "salles? (?:anhydres?|sèches?|informatiques?|immersives?|techniques?)", "bancs? (?:de |d')(?!sable|poissons?|touche)[a-zà-ÿ][\\w-]+", "cellules? (?:blindées?|d'essais?)", "blocs? opératoires?", "stations?", "salles? (?:de |d')(?:réunion|formation|conférences?|travaux pratiques|cours|expérimentation|démonstration|essais?|tests?|culture|contrôle|pilotage|immersion|calcul|simulation)s?",
             "espaces? (?:de |d')(?!vie\\b|liberté|temps)[\\w-]+", "espaces?", "centres?", "hubs?", "villages? d'entreprises", "cité(?:s)? artisanales?", "magasins? de stockage", "puits", "quais?", "docks?", "cales? sèches?", "piste d'essais?",
             "centrales? (?:de |d')(?!achats?)[a-zà-ÿ]{4,}", "centrales? (?:solaires?|photovoltaïques?|hydroélectriques?|électriques?|biomasse|hydrogène)", "centrales?", "IRM", "scanners?", "pas de tir", "robots? (?:chirurgica(?:l|ux)|industriels?)", FITTINGS),
            "Facility",
        ),
    }
)  # fmt: skip

#: Any of these nouns, the longest first: in an expression, and in a text.
NOUNS = "|".join(sorted(_FACILITY_NOUNS, key=len, reverse=True))
NOUN = re.compile(rf"(?<![\w-])(?P<noun>{NOUNS})(?![\w-])", re.I)

_KINDS = tuple(
    (re.compile(noun + "$", re.I), kind)
    for noun, kind in sorted(_FACILITY_NOUNS.items(), key=lambda item: (item[1] == "Facility", -len(item[0])))
)


def kind_of(noun: str) -> str:
    """Return the class of a facility by its noun.

    >>> kind_of("salles blanches"), kind_of("usine"), kind_of("halle")
    ('CleanRoom', 'Building', 'Facility')
    """
    return next(kind for expression, kind in _KINDS if expression.match(noun))


#: Nouns that are premises only beside an area of their own (« un centre de 900 m² », « 3 000 m² de bureaux »).
BARE_AREA_ONLY = re.compile(
    r"(?:centres?|hubs?|incubateurs?|pépinières?|bureaux|espaces?|aile|siège(?: social)?|sites?|magasins?.*|docks?|puits|quais?|silos?|surfaces.*|stations?|cuves?|fours?.*|calculateurs?|centrales?|IRM|scanners?)",
    re.I,
)

#: Nouns of premises that are feminine.
FEMININE = re.compile(
    r"(?:plateforme|plate-forme|usine|halle|salle|ligne|chaîne|unité|pépinière|serre|station|ferme|extension|animalerie|tour|raffinerie|bioraffinerie|biofonderie|gigafactory|giga-usine|soufflerie|distillerie|fonderie|manufacture|écloserie|zone)\b"
)

#: What follows or precedes such a noun where no premises are meant.
NOT_PREMISES = re.compile(
    r"(?:(?:plateformes?|plates?-formes?) (?:numériques?|en ligne|digitales?|logicielles?|web|collaboratives?|participatives?|d'échanges?|de marché|de réservation|de vente|de financement|de crowdfunding|de streaming|de données|cloud|logistiques? numériques?|saas|d'apprentissage|de mise en relation)"
    r"|espaces? (?:boisée?s?|verts?|naturels?|publics?|protégée?s?|aériens?|européens?|économiques?|maritimes?|de liberté|de temps|de dialogue|d'échanges? numériques?)"
    r"|bâtiments? (?:et travaux|durables?\b(?! de)|intelligents?)"
    r"|usine (?:du futur|à gaz|4\.0)|centres? (?:d'intérêt|de gravité|historique|commercial|ville|-ville)"
    r"|sites? (?:web|internet|naturels?|classés?|protégés?|touristiques?|de vente|en ligne)|laboratoires? d'idées|pilotes? d'|unités? mixtes?|réserves? techniques? de)",
    re.I,
)

#: Grounds and nature: an area of theirs is no floor area.
GROUNDS = re.compile(
    r"\b(?:terrains?|parcelles?|parcs?|bois|boisée?s?|forêts?|zone naturelle|foncier|friches?|jardins?|champs?|vergers?|vignes?|vignoble|prairies?|lac|étangs?|domaine|emprise foncière|assiette foncière|ZAC de|zones? d'activités?|quartier|territoire|espaces? (?:verts?|naturels?)|exploitation|cultures?|panneaux|toitures?)\b"
)

#: Nouns by which a text takes up any of its facilities again (« l'équipement », « cet ensemble »).
GENERIC: frozenset[str] = frozenset(
    {"équipement", "équipements", "installation", "installations", "infrastructure", "édifice", "ensemble immobilier", "ensemble", "complexe", "lieu", "outil industriel", "outil", "espace", "site", "bâtiment", "locaux"}
)  # fmt: skip
