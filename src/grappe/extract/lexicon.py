"""The words of French on which the rules turn: head nouns and their classes, roles, triggers.

Every entry is a common word of the language or of French public life, never the name of one body.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from grappe.iri import fold

__all__ = [
    "COMMON_HEADS",
    "DEFINITE",
    "DESCRIBING_HEADS",
    "HEADS",
    "LIST_HEADS",
    "NAME_HEADS",
    "ROLE",
    "ROLE_PLURAL",
    "SAYS",
    "SAYS_SURELY",
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
                "équipementier", "constructeur", "éditeur", "fabricant", "coopérative", "SAS", "SARL", "SASU", "SCOP", "SCIC", "chantier naval", "chimiste", "papetier", "manufacture", "distillerie", "brasserie", "fonderie", "scierie", "laiterie", "conserverie", "cristallerie", "tannerie", "filature", "biscuiterie", "armateur", "verrier", "brasseur", "laboratoire pharmaceutique",
                "laboratoires pharmaceutiques", "scale-up", "licorne", "énergéticien", "avionneur", "opérateur", "studio",
            ),
            "Company",
        ),
        **dict.fromkeys(
            ("biocluster", "cluster", "pôle de compétitivité", "pôle", "technopole", "technopôle", "pôle d'excellence", "bio-cluster", "technocampus"),
            "Cluster",
        ),
        **dict.fromkeys(
            ("laboratoire", "laboratoire commun", "laboratoire de recherche", "unité", "unité mixte de recherche", "unité de recherche", "unité propre", "UMR", "équipe", "LabCom", "IRL", "institut", "institut de recherche", "centre de recherche", "IHU", "centre d'investigation clinique", "centre"),
            "Laboratory",
        ),
        **dict.fromkeys(
            ("LabEx", "Labex", "laboratoire d'excellence", "DIM", "domaine d'intérêt majeur", "Domaine d'intérêt majeur", "Domaine d'Intérêt Majeur", "GDR", "groupement de recherche", "consortium", "réseau", "réseau de recherche", "RHU", "fédération de recherche", "structure fédérative", "structure fédérative de recherche", "Domaine d'Intérêt Majeur de recherche", "domaine de recherche et d'innovation majeur", "DIM"),
            "ResearchNetwork",
        ),
        **dict.fromkeys(
            ("association", "mutuelle", "fondation", "fondation de coopération scientifique", "syndicat professionnel", "fédération professionnelle", "ONG", "fonds de dotation", "fédération", "collectif"),
            "NonProfit",
        ),
        **dict.fromkeys(("projet", "Equipex", "EquipEx", "Équipex", "ÉquipEx", "démonstrateur", "projet de recherche", "Projet"), "Project"),
        **dict.fromkeys(
            ("programme", "plan", "appel", "appel à projets", "AAP", "appel à manifestation d'intérêt", "AMI", "AAP", "appel à candidatures", "concours", "grand défi", "PEPR", "initiative", "stratégie"),
            "Programme",
        ),
        **dict.fromkeys(("dispositif", "aide", "prêt", "chèque"), "AidScheme"),
        **dict.fromkeys(("bâtiment", "immeuble", "usine", "tour", "pavillon", "gigafactory", "giga-usine", "ensemble immobilier"), "Building"),
        **dict.fromkeys(("plateforme", "plate-forme", "plateau technique", "plateau technologique"), "TechnologyPlatform"),
        **dict.fromkeys(("fonds", "fonds d'investissement", "société de gestion", "société d'investissement", "banque", "fonds d'amorçage"), "FundingAgency"),
        **dict.fromkeys(("agglomération", "communauté d'agglomération", "communauté urbaine", "communauté de communes", "métropole", "intercommunalité"), "PublicAuthority"),
        **dict.fromkeys(("agence", "GIP", "groupement d'intérêt public", "syndicat mixte", "régie", "établissement public", "SATT", "incubateur", "accélérateur", "SEM", "GIE", "CCI", "éco-organisme"), "Organization"),
        **dict.fromkeys(("convention", "accord-cadre", "contrat"), "FundingContract"),
        **dict.fromkeys(("école d'ingénieurs", "école d'ingénieures", "école de commerce", "école de management"), "University"),
        **dict.fromkeys(("label",), "Accreditation"),
        **dict.fromkeys(("cyclotron", "synchrotron", "supercalculateur", "centre de données", "data center", "datacenter", "navire", "halle", "hôtel d'entreprises", "pépinière", "pépinière d'entreprises", "ferme pilote", "ferme expérimentale", "soufflerie", "banc d'essais", "banc d'essai", "fablab", "tiers-lieu"), "Facility"),
    }
)  # fmt: skip

#: Nouns that say of a name what it is, in apposition, as a predicate, or before it: « X, spécialiste de … ».
DESCRIBING_HEADS: Mapping[str, str] = MappingProxyType(
    {
        **{h: k for h, k in COMMON_HEADS.items() if h not in ("site", "tour", "aide", "halle", "initiative", "prêt", "équipe", "centre", "plan", "programme", "banque", "label", "stratégie", "concours", "convention", "accord-cadre", "contrat")},
        **dict.fromkeys(("spécialiste", "leader", "filiale", "pionnier", "concepteur", "éditeur", "fabricant", "fleuron", "sous-traitant", "pépite", "équipementier", "constructeur", "géant", "laboratoire pharmaceutique", "laboratoire de biotechnologie", "entreprise de taille intermédiaire", "jeune entreprise innovante", "cabinet", "maison mère", "coentreprise", "co-entreprise", "joint-venture", "maison", "bureau d'études", "industriel", "exploitant", "transporteur", "armateur", "semencier", "motoriste", "chimiste", "exploitante", "fournisseur", "intégrateur", "distributeur", "assureur", "opérateur", "hébergeur", "chantier naval", "distillateur", "brasseur", "aciériste", "métallurgiste", "plasturgiste", "lunetier", "horloger", "recycleur", "affineur", "meunier", "fromager", "laitier", "logisticien", "promoteur", "foncière", "biscuitier", "torréfacteur", "imprimeur", "filateur", "tanneur", "fondeur", "chaudronnier", "électronicien", "roboticien", "prestataire", "enseigne", "pharmacien d'officine", "champion", "rival", "rivale", "concurrent", "concurrente", "biopharma", "cleantech", "edtech", "insurtech", "spin-out", "plateforme en ligne", "place de marché", "gestionnaire", "exploitant agricole", "emballeur", "traiteur industriel", "carrossier", "loueur", "installateur", "équipementière", "agence de design", "agence d'architecture", "cabinet d'architectes", "cabinet d'architecture", "laboratoire français", "négociant", "sellier", "maroquinier", "parfumeur", "confiseur", "charcutier", "volailler", "sucrier", "amidonnier", "malteur", "vinificateur", "tonnelier", "bâtisseur", "constructrice", "conceptrice", "pionnière", "fabricante", "éditrice", "fournisseuse", "productrice", "producteur", "géante", "start-up industrielle", "brasserie", "entreprise familiale", "startup", "gazier", "sidérurgiste", "cimentier", "verrier", "papetier", "robotique"), "Company"),
        **dict.fromkeys(("unité mixte", "unité de recherche", "unité", "laboratoire", "laboratoire commun", "UMR", "centre de recherche", "centre national", "unité mixte de recherche", "équipe-projet", "équipe de recherche"), "Laboratory"),
        **dict.fromkeys(("centre de lutte contre le cancer", "centre hospitalier", "établissement de santé", "hôpital", "clinique"), "Hospital"),
        **dict.fromkeys(("cluster", "pôle", "pôle de compétitivité", "technopole", "technopôle", "biocluster", "pôle d'innovation"), "Cluster"),
        **dict.fromkeys(("école d'ingénieurs", "école-membre", "université", "grande école", "école", "établissement-composante", "établissement d'enseignement supérieur"), "University"),
        **dict.fromkeys(("association", "fondation", "syndicat", "ONG", "fédération", "collectif", "collectif de riverains"), "NonProfit"),
        **dict.fromkeys(("projet", "démonstrateur"), "Project"),
        **dict.fromkeys(("plateforme", "plateau technique", "plate-forme", "infrastructure de recherche"), "TechnologyPlatform"),
        **dict.fromkeys(("bâtiment", "immeuble", "usine", "gigafactory"), "Building"),
        **dict.fromkeys(("fonds", "fonds d'investissement", "société de gestion", "société de capital-risque", "société de capital-investissement", "family office", "business angel", "réseau de business angels", "investisseur"), "FundingAgency"),
        **dict.fromkeys(("commune", "ville", "village", "quartier", "zone d'activités", "parc d'activités", "zone industrielle", "port"), "Place"),
        **dict.fromkeys(("agence", "agence de développement", "agence régionale", "centre de ressources", "centre de transfert", "centre de transfert de technologie", "incubateur", "accélérateur", "groupement d'intérêt public", "établissement public", "comité", "union", "confédération", "réseau d'entreprises", "chambre consulaire"), "Organization"),
        **dict.fromkeys(("institut de recherche technologique", "organisme de recherche", "institut national", "centre technique", "centre technique industriel"), "ResearchOrganization"),
        **dict.fromkeys(("consortium", "réseau de recherche", "fédération de recherche", "groupement de recherche", "réseau national"), "ResearchNetwork"),
        **dict.fromkeys(("équipe mixte", "équipe commune", "équipe du laboratoire", "équipe de l'institut"), "Laboratory"),
        **dict.fromkeys(("salon", "colloque", "congrès", "forum", "conférence", "hackathon", "rendez-vous annuel"), "Conference"),
        **dict.fromkeys(("appel à projets", "appel à manifestation d'intérêt", "programme d'accélération", "programme national", "programme européen", "plan d'investissement"), "Programme"),
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
        "alliance": "NonProfit",
        "agence": "Organization",
        "établissement": "Organization",
        "chambre": "Organization",
        "comité": "Organization",
        "conservatoire": "Organization",
        "office": "Organization",
        "groupement": "Organization",
        "banque": "Organization",
        "maison": "Building",
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
        "eurométropole": "PublicAuthority",
        "direction régionale": "PublicAuthority",
        "secrétariat général": "PublicAuthority",
        "commissariat": "PublicAuthority",
        "commission": "PublicAuthority",
        "campus": "Place",
        "quartier": "Place",
        "parc": "Place",
        "parc national": "Place",
        "parc naturel régional": "Place",
        **dict.fromkeys(
            (
                "technoparc",
                "aéroparc",
                "agroparc",
                "écoparc",
                "éco-parc",
                "bioparc",
                "europarc",
                "écoquartier",
                "éco-quartier",
                "île",
            ),
            "Place",
        ),
        **dict.fromkeys(
            (
                "centre de transfert",
                "centre technique",
                "centre de ressources",
                "centre de formation",
                "centre régional d'innovation",
            ),
            "Organization",
        ),
        **dict.fromkeys(
            (
                "chambre d'agriculture",
                "chambre de commerce et d'industrie",
                "chambre de métiers et de l'artisanat",
                "chambre de commerce",
                "chambre de métiers",
            ),
            "Organization",
        ),
        **dict.fromkeys(("ZAC", "ZAE", "ZFU"), "Place"),
        "pôle": "Cluster",
        **dict.fromkeys(("fonds", "plan"), "Programme"),
        **dict.fromkeys(
            ("bassin", "marais", "port", "baie", "golfe", "rade", "massif", "friche", "zone", "palais"),
            "Place",
        ),
        "institut carnot": "ResearchNetwork",
        "inspection générale": "PublicAuthority",
        **dict.fromkeys(
            (
                "direction générale",
                "direction départementale",
                "direction interrégionale",
                "syndicat intercommunal",
                "syndicat départemental",
            ),
            "PublicAuthority",
        ),
        **dict.fromkeys(("fédération de recherche", "réseau"), "ResearchNetwork"),
        **dict.fromkeys(("caisse", "muséum", "opéra", "mémorial", "orchestre", "musée", "théâtre"), "Organization"),
        **dict.fromkeys(("union", "confédération", "collectif", "syndicat"), "NonProfit"),
        "pays": "Place",
        "autorité": "PublicAuthority",
        "établissement public foncier": "PublicAuthority",
        "zone d'activités": "Place",
        "zone industrielle": "Place",
        "plateau": "Place",
        "vallée": "Place",
        "presqu'île": "Place",
        "plateforme": "TechnologyPlatform",
        "plate-forme": "TechnologyPlatform",
        "contrat": "FundingContract",
        "convention": "FundingContract",
        **dict.fromkeys(
            (
                "papeteries",
                "papeterie",
                "tissages",
                "filatures",
                "aciéries",
                "fonderies",
                "fonderie",
                "forges",
                "chantiers",
                "ateliers",
                "établissements",
                "verreries",
                "verrerie",
                "brasserie",
                "brasseries",
                "distillerie",
                "transports",
                "domaines",
                "moulins",
                "tanneries",
                "conserverie",
                "conserveries",
                "laiterie",
                "fromagerie",
                "scierie",
                "scieries",
                "constructions",
                "imprimerie",
                "éditions",
                "faïencerie",
                "manufacture",
                "salaisons",
                "biscuiterie",
                "huilerie",
                "sucrerie",
                "cristallerie",
                "porcelaines",
                "cimenterie",
                "raffinerie",
                "coopérative",
                "caves",
                "vergers",
                "pêcheries",
                "carrières",
            ),
            "Company",
        ),
        **dict.fromkeys(("CRITT", "CRT", "SATT", "GIP", "GIE", "CCI", "CRESS", "CDHU"), "Organization"),
        **dict.fromkeys(("IUT", "INSA", "ENS", "IAE", "IEP", "UTT", "ENSAM"), "University"),
        "mutuelle": "NonProfit",
        "cité": "Place",
        "technopole": "Cluster",
        "technopôle": "Cluster",
        "lycée": "Organization",
        "station biologique": "Laboratory",
        "station marine": "Laboratory",
        "station": "Laboratory",
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

#: Nouns that head names, folded: alone they name nothing.
HEADS = frozenset(fold(head) for head in (*NAME_HEADS, *COMMON_HEADS))

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
        "groupes industriels": "Company",
        "sociétés": "Company",
        "entreprises": "Company",
        "fabricants": "Company",
        "acteurs industriels": "Company",
        "laboratoires": "Laboratory",
        "centres nationaux": "Laboratory",
        "équipes": "Laboratory",
        "investisseurs": "FundingAgency",
        "fonds": "FundingAgency",
        "fonds d'investissement": "FundingAgency",
        "pôles": "Cluster",
        "clusters": "Cluster",
        "écoles d'ingénieurs": "University",
        "grandes écoles": "University",
        "écoles": "University",
        "associations": "NonProfit",
        "fondations": "NonProfit",
        "projets": "Project",
        "communes": "Place",
        "villes": "Place",
        "partenaires industriels": "Company",
        "plateformes": "TechnologyPlatform",
    }
)

#: Last words of a name that tell its class.
SUFFIX_KINDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^Lab(?:Com |-)|^(?:IRT|ITE|IHU|MSH|OSU|CIC|UMR|UAR) |^[A-Z][A-Z0-9]{2,}-(?:CNRS|Inserm|INSERM|INRAE|CEA|IRD|Inria)$|^(?:CEA|Inserm|Inria|CNRS|INRAE)-[A-Z]\w+$"), "Laboratory"),
    (re.compile(r"^(?:SATT|CRITT|CRT|GIP|CCI|EPF|EPFL|GIE|Incubateur|Pépinière) "), "Organization"),
    (re.compile(r"^(?:DHU|FHU|RHU|GDR|GIS|SFR|RTRA|RMT|LabEx|Labex|Carnot) "), "ResearchNetwork"),
    (re.compile(r"^(?:INSA|IUT|ENS|IAE|Polytech|Sciences Po) "), "University"),
    (re.compile(r"^(?:Aéro|Agro|Éco|Eco|Bio|Techno|Euro|Héli)parc\b|^(?:Parc|Quartier|Campus|Zone|Domaine) "), "Place"),
    (re.compile(r"\b(?:Capital|Ventures?|Partners|Participations|Invest(?:issements?)?|Equity|Gestion)$"), "FundingAgency"),
    (re.compile(r"\b(?:Université|University)$"), "University"),
    (re.compile(r"\b(?:Métropole|Agglomération|Agglo)$|^Grand(?:e)? (?!Ouest|Est|Sud|Nord|Prix|Parc)[A-Z]\w+$|^Grand[A-ZÀ-Þ]\w+$|^Agglo[a-z]\w+$|^Métropole\b"), "PublicAuthority"),
    (re.compile(r"\b(?:SAS|SA|SARL|SE|Inc|GmbH|Ltd|Pharma(?:ceuticals)?|\w*[Tt]herapeutics|Biotech|Biologics|Technologies|Biosciences|Industries|Systems|Genomics|Robotics|Energy|Labs|Group|Medical)$"), "Company"),
    (re.compile(r"^(?:Fondation|Association) \w"), "NonProfit"),
    (re.compile(r"\b(?:Cluster|Biocluster|Technop[oô]le|Valley)$"), "Cluster"),
    (re.compile(r"\b(?:Business Park|Park)$"), "Place"),
    (re.compile(r"\b(?:Days|Summit|Week|Forum|Expo|Salon)$"), "Conference"),
)  # fmt: skip

#: Definite descriptions, and the classes that each may stand for.
DEFINITE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(("société", "entreprise", "start-up", "startup", "jeune pousse", "PME", "biotech", "medtech", "groupe", "firme", "industriel", "deeptech", "ETI", "équipementier", "chimiste", "constructeur", "fabricant", "énergéticien", "éditeur", "aciériste", "sidérurgiste", "verrier", "cimentier", "jeune entreprise", "coentreprise", "co-entreprise"), ("Company",)),
        **dict.fromkeys(("pôle", "cluster", "biocluster", "technopole", "pôle de compétitivité"), ("Cluster",)),
        **dict.fromkeys(("institut", "IHU", "laboratoire", "unité", "unité mixte", "centre de recherche"), ("Laboratory",)),
        "centre": ("Laboratory", "Hospital", "Building", "Facility"),
        "équipe": ("Laboratory",),
        **dict.fromkeys(("Département", "Ville", "préfecture", "conseil régional", "conseil départemental"), ("PublicAuthority",)),
        "mutuelle": ("NonProfit",),
        "coopérative": ("Company",),
        **dict.fromkeys(("station", "observatoire"), ("Laboratory",)),
        **dict.fromkeys(("LabEx", "consortium", "réseau", "DIM"), ("ResearchNetwork",)),
        "structure": ("Organization", "Laboratory", "NonProfit", "Cluster", "ResearchNetwork", "FundingAgency"),
        **dict.fromkeys(("incubateur", "accélérateur", "comité"), ("Organization",)),
        "fédération": ("NonProfit", "ResearchNetwork"),
        **dict.fromkeys(("communauté urbaine", "communauté de communes", "eurométropole"), ("PublicAuthority",)),
        "projet": ("Project",),
        **dict.fromkeys(("Grand défi", "défi", "appel à manifestation d'intérêt", "appel"), ("Programme",)),
        **dict.fromkeys(("métropole", "agglomération", "collectivité", "intercommunalité", "communauté d'agglomération"), ("PublicAuthority",)),
        "ministère": ("PublicAuthority",),
        "organisme": ("ResearchOrganization",),
        **dict.fromkeys(("programme", "plan", "appel", "appel à projets", "AAP", "dispositif"), ("Programme", "AidScheme")),
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
#: Nouns of functions; ``_`` stands for the feminine that is written with e, (e) or ·e.
_FUNCTIONS = (
    "[Pp]résident_(?:[ -](?:directeur|directrice)[ -]général_)?", "[Dd]irect(?:eur|rice)s?", "[Mm]aire", "[Aa]djoint_",
    "[Mm]inistre", "[Ss]ecrétaire", "[Pp]réf(?:et|ète)", "[Dd]élégué_", "[Cc]hargé_(?= (?:de |d'|du |des ))",
    "[Rr]esponsable", "[Cc]hef(?:fe)?(?= (?:de |d'|du |des ))", "[Cc]oordinat(?:eur|rice)", "[Cc]oordonnat(?:eur|rice)",
    "[Ff]ondat(?:eur|rice)", "[Gg]érant_", "[Dd]irigeant_", "[Aa]dministrat(?:eur|rice)", "[Tt]résori(?:er|ère)",
    "[Cc]onseill(?:er|ère)", "[Dd]éputé_", "[Ss]énat(?:eur|rice)", "[Rr]ect(?:eur|rice)", "[Dd]oyen(?:ne)?",
    "[Pp]rofesseur_", "[Mm]aître(?:sse)? de conférences", "[Cc]herch(?:eur|euse)", "[Ee]nseignant_(?:-cherch(?:eur|euse))?",
    "[Ii]ngénieur_", "[Dd]octorant_", "[Pp]ost-?[Dd]octorant_", "[Mm]édecin", "[Aa]ttaché_(?= (?:de |d'))", "[Rr]eprésentant_",
    "[Pp]orte-parole", "[Cc]ommissaire", "[Hh]aut(?:e)?-commissaire", "[Gg]ouverneur_", "[Aa]mbassad(?:eur|rice)",
    "[Aa]nimat(?:eur|rice)", "[Aa]ssocié_", "[Tt]echnicien(?:ne)?", "[Pp]harmacien(?:ne)?", "[Bb]iologiste",
    r"(?!dia|cata|ana|homo|mono|épi)\w+logue", r"\w+iatre", "[Cc]hirurgien(?:ne)?", "PDG", "DG", "DGA", "DGS", "CEO", "CTO",
    "CSO", "COO", "CFO", "CMO", r"[Cc]hief \w+ [Oo]fficer", "[Ii]nspect(?:eur|rice)", "[Mm]embre du (?:directoire|bureau)",
    "[Cc]onservat(?:eur|rice)", "[Aa]rchitecte", "[Pp]ilote", "[Pp]artner", "[Mm]anageu?(?:r|se)", "[Rr]éférent_",
    "[Cc]onsultant_", "[Ii]nfirmi(?:er|ère)", "[Cc]orrespondant_",
)  # fmt: skip
#: The head of a function that somebody holds.
ROLE = (
    r"(?:(?:[Pp]remi(?:er|ère) |[Aa]ncien(?:ne)? )?(?:[Vv]ice-|[Cc]o-?|[Ss]ous-|ex-)?(?:"
    + "|".join(_FUNCTIONS).replace("_", _G)
    + r"))(?![\w-])"
)
#: The same in the plural.
ROLE_PLURAL = r"(?:(?:[Vv]ice-|[Cc]o-?)?(?:" + "|".join(_FUNCTIONS).replace("_", _G) + r")s)(?![\w-])"

#: Verbs of saying in any form, by their stems: first those that no other sense is likely for beside quoted words.
SAYS_SURELY = r"(?:(?:s'est |se |s')?(?:prédi|lâch|jur|amus|plaisant|complèt|expliqu|soulign|précis|rappel|estim|déclar|affirm|ajout|résum|sourit|souri|confi|observ|plaid|lanc|témoign|réag|indiqu|détaill|conclu|insist|répond|assur|prévien|prévenu|tempèr|tempér|nuanc|regrett|interrog|salu|réjoui|félicit|comment|racont|poursui|martèl|martel|reconnaî|gliss)\w*)"
_SAYS_ELSE = (
    r"(?:(?:s'est |se |s')?(?:dit|écri|souffl|not|avanc|annonc|promet|promis|ironis|calcul|analys|espèr|admet|admis|concèd|concéd|pointe|justifi|invit|raill|enchaîn|renchéri|abond|constat|déplor|exclam|étonn|souvien|enthousiasm|inquièt|impatient|défend|répèt|répét|alert|philosoph|clam|murmur|traduit|relèv|relev|glose|badin|rassur|reconnu)\w*"
    r"|(?:aime|tient|tenu|se plaît|veut|voulu|souhaite|préfère|fait|faisait|vient|se plait)(?: (?:à|de|bien|elle|lui|aussi|encore))* (?:rappeler|souligner|préciser|dire|redire|répéter|insister|valoir|savoir|remarquer|observer|croire|noter|saluer))"
)
SAYS = rf"(?:{SAYS_SURELY}|{_SAYS_ELSE})"
