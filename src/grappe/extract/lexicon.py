"""The words of French on which the rules turn: head nouns and their classes, roles, triggers.

Every entry is a common word of the language or of French public life, never the name of one body.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

__all__ = [
    "COMMON_HEADS",
    "DEFINITE",
    "LIST_HEADS",
    "NAME_HEADS",
    "ROLE",
    "SUFFIX_KINDS",
    "alternatives",
    "plural",
]


def alternatives(words: Mapping[str, object] | list[str] | tuple[str, ...]) -> str:
    """Return a regular expression of the words, longest first, so that the whole term wins over its first word."""
    return "|".join(sorted(words, key=lambda w: (-len(w), w)))


def plural(noun: str) -> str:
    """Return the plural of a French noun or noun phrase head by the usual rules.

    >>> plural("pôle"), plural("réseau"), plural("campus")
    ('pôles', 'réseaux', 'campus')
    """
    if noun.endswith(("s", "x", "z")):
        return noun
    if noun.endswith(("eau", "au", "eu")):
        return noun + "x"
    return noun + "s"


#: Common nouns that stand before a name and are not part of it (« la société X », « le projet Y »).
COMMON_HEADS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "société", "société de biotechnologie", "société de biotechnologies", "entreprise", "start-up", "startup",
                "jeune pousse", "jeune entreprise", "PME", "ETI", "TPE", "biotech", "medtech", "deeptech", "deep tech",
                "greentech", "fintech", "agritech", "foodtech", "spin-off", "groupe", "firme", "filiale", "industriel",
                "équipementier", "constructeur", "éditeur", "fabricant", "coopérative", "laboratoire pharmaceutique",
                "laboratoires pharmaceutiques", "scale-up", "licorne", "énergéticien", "avionneur", "opérateur",
            ),
            "Company",
        ),
        **dict.fromkeys(
            ("biocluster", "cluster", "pôle de compétitivité", "pôle", "technopole", "technopôle", "pôle d'excellence", "bio-cluster", "technocampus"),
            "Cluster",
        ),
        **dict.fromkeys(
            ("laboratoire", "laboratoire commun", "laboratoire de recherche", "unité", "unité mixte de recherche", "unité de recherche", "unité propre", "UMR", "équipe", "institut", "institut de recherche", "centre de recherche", "IHU", "centre d'investigation clinique", "centre"),
            "Laboratory",
        ),
        **dict.fromkeys(
            ("LabEx", "Labex", "laboratoire d'excellence", "DIM", "domaine d'intérêt majeur", "Domaine d'intérêt majeur", "Domaine d'Intérêt Majeur", "GDR", "groupement de recherche", "consortium", "réseau", "réseau de recherche", "RHU", "fédération de recherche", "Domaine d'Intérêt Majeur de recherche", "domaine de recherche et d'innovation majeur", "DIM"),
            "ResearchNetwork",
        ),
        **dict.fromkeys(
            ("association", "fondation", "fondation de coopération scientifique", "syndicat professionnel", "fédération professionnelle", "ONG", "fonds de dotation", "fédération", "collectif"),
            "NonProfit",
        ),
        **dict.fromkeys(("projet", "Equipex", "EquipEx", "Équipex", "ÉquipEx", "démonstrateur", "projet de recherche", "Projet"), "Project"),
        **dict.fromkeys(
            ("programme", "plan", "appel à projets", "appel à manifestation d'intérêt", "AMI", "AAP", "appel à candidatures", "concours", "grand défi", "PEPR", "initiative", "stratégie"),
            "Programme",
        ),
        **dict.fromkeys(("dispositif", "aide", "prêt", "chèque"), "AidScheme"),
        **dict.fromkeys(("bâtiment", "immeuble", "usine", "tour", "pavillon", "gigafactory", "giga-usine", "ensemble immobilier"), "Building"),
        **dict.fromkeys(("plateforme", "plate-forme", "plateau technique", "plateau technologique"), "TechnologyPlatform"),
        **dict.fromkeys(("fonds", "fonds d'investissement", "société de gestion", "société d'investissement", "banque", "fonds d'amorçage"), "FundingAgency"),
        **dict.fromkeys(("agglomération", "communauté d'agglomération", "communauté urbaine", "communauté de communes", "métropole", "intercommunalité"), "PublicAuthority"),
        **dict.fromkeys(("agence", "GIP", "groupement d'intérêt public", "syndicat mixte", "établissement public", "SATT", "incubateur", "accélérateur", "SEM", "GIE", "CCI"), "Organization"),
        **dict.fromkeys(("label",), "Accreditation"),
        **dict.fromkeys(("cyclotron", "synchrotron", "supercalculateur", "centre de données", "data center", "navire", "halle"), "Facility"),
    }
)  # fmt: skip

#: Head nouns that are part of the name (« Institut de … », « hôpital X », « Fondation X »).
NAME_HEADS: Mapping[str, str] = MappingProxyType(
    {
        "université": "University",
        "école": "University",
        "institut": "Laboratory",
        "centre": "Laboratory",
        "laboratoire": "Laboratory",
        "observatoire": "Laboratory",
        "unité": "Laboratory",
        "service hospitalier": "Laboratory",
        "hôpital": "Hospital",
        "hôpitaux": "Hospital",
        "centre hospitalier": "Hospital",
        "centre hospitalier universitaire": "Hospital",
        "CHU": "Hospital",
        "CHRU": "Hospital",
        "CHR": "Hospital",
        "clinique": "Hospital",
        "polyclinique": "Hospital",
        "hospices": "Hospital",
        "fondation": "NonProfit",
        "association": "NonProfit",
        "fédération": "NonProfit",
        "société savante": "NonProfit",
        "ligue": "NonProfit",
        "alliance": "Organization",
        "agence": "Organization",
        "établissement": "Organization",
        "chambre": "Organization",
        "comité": "Organization",
        "conservatoire": "Organization",
        "groupement": "Organization",
        "banque": "Organization",
        "maison": "Organization",
        "académie": "Organization",
        "ministère": "PublicAuthority",
        "préfecture": "PublicAuthority",
        "sous-préfecture": "PublicAuthority",
        "rectorat": "PublicAuthority",
        "ville": "PublicAuthority",
        "commune": "PublicAuthority",
        "mairie": "PublicAuthority",
        "conseil régional": "PublicAuthority",
        "conseil départemental": "PublicAuthority",
        "communauté d'agglomération": "PublicAuthority",
        "communauté de communes": "PublicAuthority",
        "communauté urbaine": "PublicAuthority",
        "département": "PublicAuthority",
        "métropole": "PublicAuthority",
        "direction régionale": "PublicAuthority",
        "secrétariat général": "PublicAuthority",
        "commissariat": "PublicAuthority",
        "commission": "PublicAuthority",
        "campus": "Place",
        "quartier": "Place",
        "parc": "Place",
        "parc national": "Place",
        "parc naturel régional": "Place",
        "technoparc": "Place",
        "zone d'activités": "Place",
        "zone industrielle": "Place",
        "plateau": "Place",
        "vallée": "Place",
        "presqu'île": "Place",
        "plateforme": "TechnologyPlatform",
        "plate-forme": "TechnologyPlatform",
        "contrat": "FundingContract",
        "convention": "FundingContract",
        "salon": "Conference",
        "colloque": "Conference",
        "congrès": "Conference",
        "forum": "Conference",
        "assises": "Conference",
        "journée": "Conference",
        "journées": "Conference",
        "rencontres": "Conference",
        "sommet": "Conference",
    }
)

#: Head nouns in the plural that announce a list of names: « les entreprises suivantes : A, B et C ».
LIST_HEADS: Mapping[str, str] = MappingProxyType(
    {
        **{plural(head): kind for head, kind in COMMON_HEADS.items() if " " not in head and head.islower()},
        "start-up": "Company",
        "PME": "Company",
        "jeunes pousses": "Company",
        "pôles de compétitivité": "Cluster",
        "unités mixtes de recherche": "Laboratory",
        "centres de recherche": "Laboratory",
        "instituts de recherche": "Laboratory",
        "organismes de recherche": "ResearchOrganization",
        "universités": "University",
        "hôpitaux": "Hospital",
        "CHU": "Hospital",
        "collectivités": "PublicAuthority",
        "industriels": "Company",
        "partenaires industriels": "Company",
        "plateformes": "TechnologyPlatform",
    }
)

#: Last words of a name that tell its class.
SUFFIX_KINDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:Capital|Ventures?|Partners|Participations|Invest(?:issements?)?|Equity|Gestion)$"), "FundingAgency"),
    (re.compile(r"\b(?:Université|University)$"), "University"),
    (re.compile(r"\b(?:Métropole|Agglomération|Agglo)$|^Grand(?:e)? [A-Z]\w+$|^Métropole\b"), "PublicAuthority"),
    (re.compile(r"\b(?:SAS|SA|SARL|SE|Inc|GmbH|Ltd|Pharma(?:ceuticals)?|Therapeutics|Biotech|Biologics|Technologies|Biosciences|Industries|Systems|Genomics|Robotics|Energy|Labs|Group|Medical)$"), "Company"),
    (re.compile(r"^(?:Fondation|Association)\b"), "NonProfit"),
    (re.compile(r"\b(?:Cluster|Biocluster)$"), "Cluster"),
    (re.compile(r"\b(?:Days|Summit|Week|Forum|Expo|Salon)$"), "Conference"),
)  # fmt: skip

#: Definite descriptions, and the classes that each may stand for.
DEFINITE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(("société", "entreprise", "start-up", "startup", "jeune pousse", "PME", "biotech", "medtech", "groupe", "firme", "industriel", "deeptech"), ("Company",)),
        **dict.fromkeys(("pôle", "cluster", "biocluster", "technopole", "pôle de compétitivité"), ("Cluster",)),
        **dict.fromkeys(("institut", "IHU", "laboratoire", "unité", "unité mixte", "centre de recherche"), ("Laboratory",)),
        "centre": ("Laboratory", "Hospital", "Building"),
        **dict.fromkeys(("LabEx", "consortium", "réseau", "DIM"), ("ResearchNetwork",)),
        "projet": ("Project",),
        **dict.fromkeys(("programme", "plan", "appel à projets", "dispositif"), ("Programme", "AidScheme")),
        **dict.fromkeys(("contrat", "convention", "contrat de plan"), ("FundingContract",)),
        "université": ("University",),
        "école": ("University",),
        **dict.fromkeys(("hôpital", "CHU", "centre hospitalier"), ("Hospital",)),
        "établissement": ("Hospital", "University", "Organization", "ResearchOrganization"),
        **dict.fromkeys(("association", "fondation"), ("NonProfit",)),
        "fonds": ("FundingAgency",),
        "agence": ("FundingAgency", "Organization"),
        "GIP": ("Organization", "Cluster"),
        "Région": ("PublicAuthority",),
        **dict.fromkeys(("plateforme", "plate-forme", "plateau technique"), ("TechnologyPlatform",)),
        **dict.fromkeys(("bâtiment", "immeuble", "usine", "site"), ("Building",)),
        **dict.fromkeys(("équipement", "installation", "extension"), ("LaboratoryFacility", "Facility", "TechnologyPlatform", "Building")),
        "biofonderie": ("Biofoundry",),
    }
)  # fmt: skip

_G = r"(?:e|\(e\)|·e)?"
#: The head of a function that somebody holds.
ROLE = (
    r"(?:(?:[Pp]remi[eè]re? |[Aa]ncien(?:ne)? )?(?:[Vv]ice-|[Cc]o-?|[Ss]ous-|ex-)?"
    r"(?:[Pp]résident" + _G + r"(?:[ -](?:directeur|directrice)[ -]général" + _G + r")?"
    r"|[Dd]irect(?:eur|rice)s?|[Mm]aire|[Aa]djoint" + _G + r"|[Mm]inistre|[Ss]ecrétaire|[Pp]réf(?:et|ète)"
    r"|[Dd]élégué"
    + _G
    + r"|[Cc]hargé"
    + _G
    + r" (?:de |d')|[Rr]esponsable|[Cc]hef(?:fe)? (?:de |d'|du )|[Cc]oordinat(?:eur|rice)|[Cc]oordonnat(?:eur|rice)"
    r"|[Ff]ondat(?:eur|rice)|[Gg]érant"
    + _G
    + r"|[Aa]dministrat(?:eur|rice)|[Tt]résori(?:er|ère)|[Cc]onseill(?:er|ère)|[Dd]éputé"
    + _G
    + r"|[Ss]énat(?:eur|rice)|[Rr]ect(?:eur|rice)|[Dd]oyen(?:ne)?|[Pp]rofesseur"
    + _G
    + r"|[Cc]herch(?:eur|euse)|[Ii]ngénieur"
    + _G
    + r"|[Dd]octorant"
    + _G
    + r"|[Mm]édecin|[Aa]ttaché"
    + _G
    + r" (?:de |d')|[Rr]eprésentant"
    + _G
    + r"|[Pp]orte-parole|[Cc]ommissaire|[Hh]aut-commissaire"
    r"|[Aa]nimat(?:eur|rice)|[Aa]ssocié"
    + _G
    + r"|[Tt]echnicien(?:ne)?|[Pp]harmacien(?:ne)?|[Bb]iologiste|\w+logue|\w+iatre|[Cc]hirurgien(?:ne)?"
    r"|[Pp]résident-directeur général|PDG|DG|DGA|DGS|CEO|CTO|CSO|COO|CFO|[Cc]hief \w+ [Oo]fficer|[Cc]onseill(?:er|ère)|[Ii]nspect(?:eur|rice)"
    r"|[Vv]ice-doyen(?:ne)?|[Ss]ecrétaire (?:perpétuel|d'État)|[Mm]embre du directoire|[Cc]onservat(?:eur|rice)|[Aa]rchitecte|[Pp]ilote|[Pp]artner))"
    r"(?![\w-])"
)
