"""The class of a name that does not tell it by itself: what stands about it says so, wherever the text names it.

Each cue is a pattern of language with the sentence it was written for. A cue that fires casts a vote for a class;
all passages that write the name the same way vote together, and the class with the most votes wins.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from grappe.extract import lexicon
from grappe.extract.mask import mask
from grappe.extract.nlp import is_french
from grappe.extract.reading import Masked, Mention, letter, pattern
from grappe.extract.source import Source
from grappe.extract.unknown import of_place
from grappe.extract.verbs import forms
from grappe.iri import fold

__all__ = ["CUES", "Cue", "typed"]

_KINDS: Mapping[str, str] = MappingProxyType({head.casefold(): kind for head, kind in lexicon.DESCRIBING_HEADS.items()})
_PLURALS: Mapping[str, str] = MappingProxyType({head.casefold(): kind for head, kind in lexicon.LIST_HEADS.items()})
_HEAD = rf"(?P<head>{lexicon.alternatives(list(lexicon.DESCRIBING_HEADS))})(?:e?s)?(?![\w-])"
_HEADS = rf"(?P<heads>{lexicon.alternatives(list(lexicon.LIST_HEADS))})(?![\w-])"
_DET = r"(?:(?:une?|le|la|les|l'|ce|cet|cette|son|sa|premi[eè]re?|jeune|grande?|petite?|ancienne?|nouve(?:au|l|lle)|futur|future|principal|célèbre) ?){0,3}"
#: Words of a noun phrase after its head: adjectives and complements, no verb and no other name.
_WORDS = r"(?: (?!et |ou |est |sont |ont |a |en (?:lien|partenariat)|qui |que |dont |où |auquel|auxquel|à laquelle|duquel|lequel|laquelle|avec |par |sur |comme |lauréat|créée?s?|fondée?s?|dirigée?s?|portée?s?|soutenue?s?|\w+(?:aient|ront|oir|ir|ez)(?![\w-])|\w+[^i]er(?![\w-]))(?:de |d'|des |du |en |à |la |l')*[a-zà-ÿ][\w'-]*){0,5}"
_NO_PREPOSITION = "".join(
    f"(?<! {w})" for w in ("de", "du", "des", "en", "à", "la", "le", "les", "au", "aux", "et", "ou", "par")
)
_ASIDE = r"(?: ?\((?:[^()]|⟨\w+⟩)*\))?"
#: One name of a list and what may go with it: a bracket, its place, its head.
_ITEM = r"⟨[XO]\d+⟩(?: ?\((?:[^()]|⟨\w+⟩)*\))?(?: de ⟨P\d+⟩|,? (?:à|en|basée? à) ⟨L\d+⟩)?"
_LIST = rf"(?P<list>{_ITEM}(?:(?: ?, ?| et | ou | & |, et |,? ainsi que | / |, puis |,? mais aussi | • )(?:de |par |avec |à )?{_ITEM})*)"


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern that tells the class of the names in slot ``x`` or group ``list``.

    ``kind`` is empty where the noun in group ``head`` or ``heads`` tells it; ``sentence`` is the one it was written
    for, about a name of no public list.
    """

    name: str
    sentence: str
    expression: re.Pattern[str]
    kind: str
    weight: float


def _cue(name: str, sentence: str, expression: str, kind: str = "", weight: float = 2.0) -> Cue:
    return Cue(name, sentence, pattern(expression), kind, weight)


_FIRM_VERB = (
    r"(?:emploie|employait|a levé|lève|lèvera|boucle|a bouclé|produit|produira|fabrique|commercialise|conçoit|développe|exporte|"
    r"recrute|réalise|a réalisé|vend|livre|industrialise|embauche|lance|a lancé|annonce|a annoncé|ambitionne|prévoit|investit|a investi|"
    r"compte (?:aujourd'hui |désormais )?\d|affiche|dispose|disposera|s'installe|s'implante|s'est (?:installée?|implantée?|dotée?)|a ouvert|ouvre|ouvrira|"
    r"a (?:été )?(?:créée?|fondée?|racheté|acquis|conçu|développé|reçu|obtenu|déposé|signé|implanté|installé|construit)|construit|construira|exploite|propose|"
    r"a démenti|dément|a (?:décliné|renoncé|passé son tour)|s'est retirée?|(?:a|avait) été (?:approchée?|sollicitée?|pressentie?)|n'entre pas|n'entrera pas|y est (?:installée?|hébergée?|implantée?)|mettra|a mis au point|fournit|fournira|équipe|assemble|assemblera)"
)
_HELD_BY = r"(?:PDG|CEO|CTO|DG|[Cc]o-?fondat(?:eur|rice)s?|[Ff]ondat(?:eur|rice)s?|[Gg]érante?s?|[Pp]résidente?-direct(?:eur|rice) générale?|[Dd]irigeante?s?|[Pp]atronn?e?)"

#: The cues, in no order: votes add up.
CUES: tuple[Cue, ...] = (
    _cue(
        "apposition",
        "Voltéa, jeune pousse lyonnaise, recrute.",
        rf"{{XO:x}}{_ASIDE}(?:,| –| \(|:) ?{_DET}(?!pôle de ⟨[XL]){_HEAD}",
        weight=3,
    ),
    _cue(
        "copula",
        "Voltéa est une entreprise de services.",
        rf"{{XO:x}}{_ASIDE} (?:est|était|devient|reste|sera) (?:aujourd'hui )?{_DET}{_HEAD}",
        weight=3,
    ),
    _cue(
        "head-with-complement",
        "Le fabricant de batteries Voltéa recrute.",
        rf"(?<![\w-]){_HEAD}{_WORDS}{_NO_PREPOSITION} {{X:x}}",
        weight=2.5,
    ),
    _cue(
        "head-first",
        "Jeune pousse lyonnaise spécialisée dans la lumière, Voltéa recrute.",
        rf"(?:^|[.;:] |« )(?i:{_HEAD})(?![\w-])(?:[^⟨⟩.;:,]|⟨\w+⟩){{0,90}}, {{X:x}}",
        weight=2,
    ),
    _cue(
        "participle-first",
        "Créée en 2018 par deux chercheurs, Voltéa recrute.",
        r"(?:^|[.;:] )(?:Créée?|(?:Co-?)?[Ff]ondée?|Née?|Issue?|Basée?|Installée?|Implantée?|Spécialisée?|Constituée?|Essaimée?|Lauréate?|Dirigée?|Présidée?|Adhérente?|Passée?)(?![\w-])(?:[^⟨⟩.;:]|⟨\w+⟩){0,110}?, {X:x}",
        "Company",
        1.5,
    ),
    _cue(
        "head-then-name",
        "Cette entreprise lyonnaise, Voltéa, recrute.",
        rf"(?<![\w-])(?:[Uu]ne? |[Cc]ette |[Cc]e |[Ll]e |[Ll]a |[Ss]on |[Ss]a |[Ll]')(?:\w+ )?{_HEAD}{_WORDS}(?: (?:de|à) ⟨L\d+⟩)?,(?: baptisée?| nommée?| appelée?| dénommée?)? {{X:x}}[,.;:]",
        weight=2,
    ),
    _cue(
        "list",
        "Les entreprises suivantes : Voltéa, Calixo et Brumaire.",
        rf"(?<![\w-]){_HEADS}(?:{_WORDS}| de ⟨\w+⟩)*(?: ?:| ?\(|,)? (?:comme |telles? que |dont |notamment |que sont |parmi lesquel(?:le)?s |à savoir )?{_LIST}",
        weight=2.5,
    ),
    _cue(
        "firm-verb",
        "Voltéa a levé 3 M€.",
        rf"{{X:x}}{_ASIDE}(?:,[^⟨⟩.;]{{1,70}}(?:⟨[LO]\d+⟩[^⟨⟩.;]{{0,20}})?,)?,? (?:qui |y |lui )?(?:vient de |va |souhaite )?{_FIRM_VERB}(?![\w-])",
        "Company",
        1.5,
    ),
    _cue("firm-seat", "Voltéa, basée à Lyon, recrute.", r"{X:x},? (?:basée?|implantée?|installée?|créée?|fondée?|née?)(?: (?:elle|lui) aussi| également)? (?:à|en|par|près|dans)(?![\w-])", "Company", 1.5),
    _cue("office-of-firm", "Claire Morel, cofondatrice de Voltéa, est venue.", rf"(?<![\w-]){_HELD_BY}(?: et [\w -]{{3,30}})? (?:de |chez ){{X:x}}", "Company", 2),
    _cue("firms-verb", "Voltéa et Calixo ont signé des précommandes.", rf"{_LIST},? (?:ont|y ont|vont) (?:signé|investi|levé|développé|conçu|lancé|créé|construi|recrut|annonc|embauch|racheté|déposé|rejoint|commandé|choisi)\w*", "Company", 1.5),
    _cue("source", "Selon Voltéa, le marché triplera.", r"(?:[Ss]elon|[Dd]'après) {X:x}(?=[,.;])", "Company", 1.5),
    _cue("chez", "Claire Morel travaille chez Voltéa.", r"(?<![\w-])[Cc]hez {X:x}", "Company", 2),
    _cue("firm-genitive", "Les salariés de Voltéa déménagent.", r"(?<![\w-])(?:salariés|collaborateurs|filiales?|clients|fondateurs|dirigeants|actionnaires|usines?|capital|rachat|siège|produits|équipes R&D|ingénieurs|ateliers|technologie) de {X:x}", "Company", 1.5),
    _cue("bought-by", "L'atelier a été racheté par Voltéa.", rf"(?:rachetée?s?|acquise?s?|reprise?s?|développée?s?|conçue?s?|fabriquée?s?|exploitée?s?|commercialisée?s?|éditée?s?) par {_LIST}", "Company", 1.5),
    _cue("spun-off", "Le laboratoire a essaimé Voltéa.", rf"(?:essaimé|fait naître|donné naissance à|spin-offs? :?) {_LIST}", "Company", 2),
    _cue("investor", "La société Brumaire a levé 3 M€ auprès de Voltéa et de Calixo.", rf"(?:(?:lev|boucl|réuni|financ)\w* (?:[^.;]|⟨\w+⟩)*?auprès|⟨M\d+⟩[^.;]*? auprès|capital (?:s'ouvrir|est ouvert|s'est ouvert)[^.;⟨⟩]*? à|entr\w+ au capital[^.;⟨⟩]*?|actionnaires?(?: historiques?)?(?: \w+)?,?|souscrite? (?:(?:à parts égales|intégralement|en totalité) )?par|abondée? par|tour de table[^.;⟨⟩]*?(?:mené|conduit|piloté) par|(?:[Ll]es )?(?:fonds|[Ii]nvestisseurs?)(?: historiques?)?(?: \w+)?(?: ?:)?|tour de table[^.;⟨⟩]*?(?:⟨I\d+⟩ )?a (?:réuni|rassemblé|associé)|⟨I\d+⟩ (?:menée|conduite|pilotée|souscrite) par) (?:de )?{_LIST}", "FundingAgency", 2),
    _cue("investors-verb", "Voltéa et Calixo entrent au capital.", rf"{_LIST},? (?:(?:entre(?:nt|ront)?|sont entrés|est entrée?) au capital|(?:mène(?:nt)?|(?:a|ont) mené) (?:l'opération|le tour|la levée)|(?:remet(?:tent)?|(?:a|ont) remis) au pot|(?:participe(?:nt)?|(?:a|ont) participé) (?:au tour|à la levée)|(?:actionnaires?|investisseurs?)(?: historiques?)?(?=[,.;)]))", "FundingAgency", 2.5),
    _cue("lead-investor", "Chef de file de l'opération, Voltéa apporte 2 M€.", r"(?:[Cc]hef de file (?:de l'opération|du tour(?: de table)?|de la levée)|(?:tour|série|levée)(?: de (?:table|série|fonds))?(?: de)?(?: ⟨I\d+⟩)?), {X:x} (?:l'a |en |y |a |apporte|investit|souscrit|met|injecte|fournit)", "FundingAgency", 2.5),
    _cue("investor-office", "Claire Morel, associée chez Voltéa, est venue.", r"(?:(?<!co-)\b[Aa]ssociée?|[Pp]artner|[Dd]irect(?:eur|rice) d'investissements?|[Dd]irect(?:eur|rice) de participations|[Cc]hargée? d'investissements?|[Ii]nvestment \w+)(?: (?:chez|de)|,) {X:x}", "FundingAgency", 3),
    _cue("industrial-partner", "Le projet est mené avec Voltéa.", rf"(?:en partenariat|en collaboration|s'est associée?|s'est alliée?|travaille|collabore|mené|développé|conçu) (?:\w+ )?(?:avec|à) {_LIST}", "Company", 1),
    _cue("unit-led-by", "Voltéa, que dirige Claire Morel, recrute.", rf"{{X:x}}{_ASIDE},? (?:que (?:dirige|pilote)|dirigée? par|placée? sous la direction de) ⟨P\d+⟩", "Laboratory", 1),
    _cue("labelled-cluster", "Voltéa, pôle de compétitivité, recrute.", rf"{{XO:x}}{_ASIDE}, (?:le |un )?⟨A\d+⟩(?! par)", "Cluster", 3),
    _cue("place-beside-place", "La société Brumaire (Lyon et Voltéa) recrute.", r"\((?:⟨L\d+⟩(?:, | et ))+{X:x}\)", "Place", 2),
    _cue("ground", "L'atelier ouvre dans le parc d'activités de Voltéa.", r"(?<![\w-])(?:(?:[Pp]arcs?|[Zz]ones?|[Pp]ôle) (?:d'activités?|d'affaires|industriel(?:le)?|artisanale?|commerciale?|portuaire|économique)(?: économiques?)?|quartier|commune|village|hameau|lieu-dit|bourg|canton|presqu'île|vallon|faubourg) (?:de )?{X:x}", "Place", 3),
    _cue("built-at", "La ville fait sortir de terre un immeuble à Voltéa.", r"(?:sort(?:ir|ira|i)? de terre|immeuble|bâtiment)(?: de ⟨\w+⟩)?(?: [^.;⟨⟩]{0,20})? à {X:x}", "Place", 2),
    _cue("speaks-for", "Claire Morel est porte-parole de Voltéa.", r"[Pp]orte-parole de {X:x}", "NonProfit", 2),
    _cue("labelled-project", "L'Inserm donne 3 M€ pour Voltéa (labellisé par le pôle Minalogic).", r"{X:x},? \(?(?:labellisé|retenu|sélectionné|déposé) (?:par|dans|à)", "Project", 1.5),
    _cue("unit-number", "Voltéa (UMR 5510) recrute.", r"{X:x},? ?\(?(?:UMR|UMS|UAR|UPR|UR|EA|USR|U)(?:[ -]?S)? ?\d+", "Laboratory", 3),
    _cue("carried-by", "Voltéa, porté par le CNRS, démarre.", rf"{{X:x}}{_ASIDE}(?:,? (?:qui )?(?:est |a été |sera )?| ?[:–-] ?)(?:portée?|coordonnée?|pilotée?|conduit|menée?|déposée?|emmenée?) par (?:le |la |l')?⟨[OXP]\d+⟩", "Project", 1.5),
    _cue("whom-body-coordinates", "Voltéa, que coordonne le CNRS, démarre.", r"{X:x},? (?:que |qu')(?:coordonne|porte|pilote|conduit) ⟨[OX]\d+⟩", "Project", 1.5),
    _cue("this-project", "Le recyclage du lin est le sujet de Voltéa.", r"(?:sujet|thème|nom|besoins) de {X:x}", "Project", 1.5),
    _cue("funded-first", "Financé par l'Inserm, Voltéa réunit deux équipes.", r"(?:^|[.;:] )(?:⟨X\d+⟩ par|(?:Cofinancé|Financé|Doté|Consacré|Dédié|Porté|Coordonné|Piloté)(?![\w-]))(?:[^⟨⟩.;:]|⟨\w+⟩){0,160}?, {X:x} (?:est placé|est coordonné|réunit|associe|rassemble|mobilise|vise|porte sur|démarre|s'appuie|explore|doit durer)", "Project", 2),
    _cue("project-named", "Un programme de recherche a été lancé sous le nom de Voltéa.", r"(?:[Pp]rojet|[Pp]rogramme de recherche)(?:[^⟨⟩.;:]|⟨\w+⟩){0,80}? (?:sous le nom de|baptisé|nommé|appelé|dénommé|intitulé) {X:x}", "Project", 2),
    _cue("operation-sheet", "L'opération phare : Voltéa", r"(?:[Oo]pération|OPÉRATION)(?: [\wé]+)? ?: {X:x}\.?$", "Project", 2),
    _cue("presented-by", "Présenté par le CNRS, Voltéa démarre.", r"(?:^|[;:.] )(?:Présenté|Porté|Coordonné|Piloté|Conduit|Mené)e? par ⟨[OX]\d+⟩(?: ?\([^()]*\))?, {X:x}", "Project", 2),
    _cue("called", "Une entreprise est née à Metz sous le nom de Voltéa.", rf"(?<![\w-]){_HEAD}(?:(?:[^.;:,⟨⟩]|,\d|⟨[GL]\d+⟩){{0,60}}? (?:sous le nom de|du nom de|répondant au nom de)|{_WORDS} (?:baptisé|nommé|dénommé|appelé|intitulé)e?) {{X:x}}", weight=2.5),
    _cue("labelled", "La société Brumaire est labellisée Voltéa.", r"[Ll]abellisée?s? (?:« )?{X:x}", "Accreditation", 2),
    _cue("item-then-description", "• Voltéa – Créée en 2018, l'entreprise recrute.", rf"^[•·*–-]? ?{{X:x}}{_ASIDE} ?[–:-] (?:[^.;]{{0,90}}?)(?<![\w-])(?:l'|la |cette |ce |le )(?:jeune )?{_HEAD}", weight=2),
    _cue("office-in-body", "Claire Morel, directrice générale de Voltéa, est venue.", r"(?:[Dd]irect(?:eur|rice) (?:général|technique|scientifique|commercial|industriel)\w*|[Pp]résidente?) (?:de |chez ){X:x}", "Company", 1),
    _cue("legal-form", "La SAS Voltéa recrute.", r"(?<![\w-])(?:SAS|SARL|SASU|SA|SCOP|SCIC|EURL) {X:x}", "Company", 3),
    _cue("host-building", "Le laboratoire s'installera au sein de Voltéa.", r"(?:s'installe(?:ra)?|installée?|hébergée?|logée?) (?:dans|au sein de) {X:x}", "Building", 1),
    _cue("project-sheet", "Projet : Voltéa", r"^(?:(?:Projet|PROJET|Intitulé(?: du projet)?|Acronyme|Nom du projet|FICHE PROJET|Fiche projet|(?:FICHE|Fiche) ⟨X\d+⟩) ?:|(?:FICHE|Fiche) (?:n° ?)?\d+ ?[•:–.-]) {X:x}", "Project", 3),
    _cue("object-sheet", "Objet : Voltéa", r"^(?:Objet|OBJET) ?: {X:x}\.?$", "Project", 3),
    _cue("firm-sheet", "Bénéficiaire : Voltéa", r"^(?:Bénéficiaire|Entreprise|Société|Raison sociale|Porteur) ?: {X:x}", "Company", 1.5),
    _cue("member-of", "La société Brumaire est membre de Voltéa.", rf"(?:[Mm]embres? (?:\w+ )?|[Aa]dhérente?s? |adhéré )(?:de|à) {_LIST}", "Organization", 1),
    _cue("funded-by", "Le projet est soutenu par Voltéa.", rf"(?:financée?s?|soutenue?s?|subventionnée?s?|cofinancée?s?|accompagnée?s?) (?:\w+ )?par {_LIST}", "Organization", 1),
    _cue("attended", "La société Brumaire expose lors de Voltéa 2024.", r"(?:lors de|à l'occasion de|pendant|salon|édition de) {X:x} (?:19|20)\d\d", "Conference", 2),
    _cue("building-works", "La première pierre de Voltéa est posée.", r"(?:première pierre|permis de construire|livraison|inauguration|pose) de {X:x}", "Building", 1),
    _cue("call-laureate", "Le projet est lauréat de Voltéa.", r"(?:lauréate?s? (?:\w+ )?|dans le cadre |au titre )de {X:x}", "Programme", 1.5),
)  # fmt: skip

#: Shapes of a name that a firm's most often has: a capital inside, an ending of trade names.
_SHAPES = (
    (re.compile(r"^(?:[A-Z]?[a-zà-ÿ]+)(?:[A-Z][a-zà-ÿ]+)+$|^[a-z]{1,4}[A-Z]\w{3,}$"), "Company", 1.0),
    (re.compile(r"^\w{2,}(?:tech|pharma|soft|zyme|medic|medical|robotics|systems|tronics|tronic|energie|energy|bio|gen|genics|plast|therm|aero|nergy)$", re.I), "Company", 1.0),
    (re.compile(r"^\w{3,}(?:pole|pôle)$", re.I), "Cluster", 1.0),
    (re.compile(r"^\w{3,}parc$", re.I), "Place", 1.0),
    (re.compile(r"^\w{3,}scope$"), "Laboratory", 0.6),
)  # fmt: skip
#: The weight from which a cue names the class itself.
_TELLING = 2
_MODEL_PLACE = re.compile(r"(?:\bà|\bÀ|près de|depuis|entre) ?$")
#: What a name may be that a cue of an apposition overrules: its own noun tells little.
_VAGUE = frozenset({"Organization"})
_FIRM = frozenset({"apposition", "copula", "head-with-complement", "head-then-name"})
#: The rules that say a class weakly, so that the same name elsewhere may say otherwise.
_WEAK = frozenset({"apposition", "list", "same-name", "capitals", "model", "firm-verb", "name-ending", "name-shape", "listed-with", "name-alone"})  # fmt: skip


def typed(source: Source, names: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the names with the classes that their surroundings tell; names that stay without one are left out."""
    found = list(names)
    masked = [mask(source.text, sentence, names) for sentence in source.sentences]
    votes: dict[str, dict[tuple[str, str], float]] = defaultdict(lambda: defaultdict(float))
    for i, kind, rule, weight in _votes(source, found, masked):
        votes[fold(found[i].label)][kind, rule] += weight
    for i, kind, rule in list(_from_elsewhere(source, found, masked)):
        if rule == "same-name":
            found[i] = replace(found[i], kind=kind, rule=rule)
    for i, name in enumerate(found):
        told = _best(votes.get(fold(name.label)))
        if told is None:
            continue
        kind, rule, weight = told
        if not name.kind or (_is_vague(name) and rule in _FIRM and weight >= 3):
            found[i] = replace(name, kind=kind, rule=rule if not name.kind else name.rule)
    for learn in (_from_elsewhere, _from_company, _from_elsewhere):
        for i, kind, rule in list(learn(source, found, masked)):
            if not found[i].kind:
                found[i] = replace(found[i], kind=kind, rule=rule)
    for i, name in enumerate(found):
        if not name.kind and (kind := _otherwise(source, name)):
            found[i] = replace(name, kind=kind, rule="name-alone")
    for i, kind, rule in list(_from_elsewhere(source, found, masked)):
        if not found[i].kind:
            found[i] = replace(found[i], kind=kind, rule=rule)
    return tuple(m for m in _reconciled(found) if m.kind)


def _is_vague(name: Mention) -> bool:
    """Return whether a name's own noun says little of what it is: an alliance may be a cluster."""
    return name.entry is None and (name.kind in _VAGUE or name.label.startswith("Alliance "))


_ARTICLE = re.compile(r"(?:\b[Ll]'|\b(?:[Ll]e|[Ll]a|[Dd]u|[Aa]u) )$")
_GROUND = re.compile(r"\b(?:campus|site|quartier|parc|zone|île|plateau|domaine|faubourg|vallon|port) $")
_CIVIL = re.compile(r"\b(?:M|MM|Dr|Pr)\. $|\b(?:Mme|Mmes|Mlle|Dr|Dre|Pr|Me) $")
_PRIZE = re.compile(
    r"(?:[Pp]rix|[Mm]édaille|[Ll]oi|[Pp]rocédé|[Ee]ssai|[Mm]éthode|[Ll]ogiciel|[Nn]orme|[Aa]utoroute|[Pp]hase|[Ss]ubvention) $"
)


def _otherwise(source: Source, name: Mention) -> str:
    """Return the likely class of a name of which the text tells nothing: no French word, in prose, a firm or a unit."""
    here = next(source.sentences_at(name.start), None)
    before = source.text[max(0, name.start - 12) : name.start]
    if here is None or here.kind not in ("paragraph", "item") or _PRIZE.search(before) or _CIVIL.search(before):
        return ""
    words = re.findall(r"[^\W\d_][\w'-]*", name.label)
    if name.label.isupper() or re.fullmatch(r"[A-Z]+\d\w*|.{1,3}", name.label):
        told = len(name.label) >= 4 and _ARTICLE.search(before) is not None
        if told or is_french(name.label):
            return "Laboratory" if told and not is_french(name.label) else ""
        # Long capitals that can be spoken are what projects are called: « MISCANTHÉO », « ORPHIE-6000 ».
        spoken = len(re.findall(r"[AEIOUYÉÈ]+", name.label)) >= 2 and re.match(r"[A-ZÉÈÀ'-]{6,}(?:-\d+)?$", name.label)
        return "Project" if spoken and " " not in name.label else ""
    if _GROUND.search(source.text[max(0, name.start - 22) : name.start]) or re.match(r"(?:Sainte?|Ste?)-", name.label):
        return "Place"
    if re.search(r"\d{3}|[_@/]", name.label) or all(is_french(p) for w in words for p in w.split("-") if p):
        return ""
    if of_place(source, words[-1]) or (len(words) == 1 and source.gazetteer.is_first_name(name.label)):
        return ""
    if re.search(r"\b(?:au|dans le) $", before):
        return "Building"
    return "Organization" if _ARTICLE.search(before) else "Company"


def _best(told: Mapping[tuple[str, str], float] | None) -> tuple[str, str, float] | None:
    """Return the class with the most votes, the strongest rule that says it, and the sum; None under one vote."""
    if not told:
        return None
    sums: dict[str, float] = defaultdict(float)
    if any(weight >= _TELLING for weight in told.values()):  # a noun that says what it is outweighs what it does
        told = {place: weight for place, weight in told.items() if weight >= _TELLING}
    for (kind, _), weight in told.items():
        sums[kind] += weight
    kind = min(sums, key=lambda k: (-sums[k], k))
    if sums[kind] < 1:
        return None
    rule = max((weight, rule) for (k, rule), weight in told.items() if k == kind)[1]
    return kind, rule, sums[kind]


_ITEM_NAME = re.compile(r"^(?:[•·*–-]|\d{1,2}[.)])? ?⟨X(\d+)⟩")
_STARTED = re.compile(r"^(?:[•·*–-]|\d{1,2}[.)])? ?⟨X(\d+)⟩(?: ?\((?:[^()]|⟨\w+⟩)*\))?\.?$")
_LED_START = re.compile(
    r"^(?:(?:Coordonné|Porté|Piloté|Conduit|Mené)e? par |(?:Bénéficiaire|Porteur|Coordinat(?:eur|rice)|Chef de file|Consortium)s? ?:|Le projet\b|À sa tête, ⟨P)"
)
_ANNOUNCED = re.compile(rf"(?<![\w-]){_HEADS}")


def _from_items(masked: list[Masked]) -> Iterator[tuple[int, str, str, float]]:
    """« quatre projets sont lauréats : • SPINALP … • TOPOQ … », « • SPINALP (5,2 M€). Coordonné par le CEA, … »."""
    announced = ""
    for piece, following in zip(masked, [*masked[1:], None], strict=True):
        name = _ITEM_NAME.match(piece.text)
        if piece.sentence.kind == "item" and name and announced:
            yield int(name[1]), announced, "item-of-list", 2.5
        alone = _STARTED.match(piece.text)
        if alone and following is not None and _LED_START.match(following.text):
            yield int(alone[1]), "Project", "item-led-by", 2.5
        if piece.sentence.kind != "item":
            heads = list(_ANNOUNCED.finditer(piece.text))
            announced = _PLURALS[heads[0]["heads"].casefold()] if heads and piece.text.rstrip().endswith(":") else ""


#: Cues that reach over words from the noun to the name; a verb among these has the name for its object.
_THROUGH = MappingProxyType({"head-with-complement": ("head", "x"), "list": ("heads", "list")})


_PARTICIPLE = re.compile(r"[éiu]e?s?$|ises?$")


def _acts_between(text: str, hit: re.Match[str]) -> bool:
    noun, name = _THROUGH["list" if "heads" in hit.groupdict() else "head-with-complement"]
    between = text[hit.end(noun) : hit.start(name)]
    return ":" not in between and any(w in forms() and not _PARTICIPLE.search(w) for w in between.split())


def _votes(source: Source, names: list[Mention], masked: list[Masked]) -> Iterator[tuple[int, str, str, float]]:
    yield from _from_items(masked)
    for piece in masked:
        if "⟨X" not in piece.text and "⟨O" not in piece.text:
            continue
        for cue in CUES:
            for hit in cue.expression.finditer(piece.text):
                groups = hit.groupdict()
                kind = cue.kind
                if cue.name in _THROUGH and _acts_between(piece.text, hit):
                    continue  # « le projet réunit X »
                if not kind:
                    head, heads = groups.get("head"), groups.get("heads")
                    kind = _KINDS[head.casefold()] if head else _PLURALS[(heads or "").casefold()]
                if groups.get("x"):
                    yield int(groups["x"]), kind, cue.name, cue.weight
                else:
                    for number in re.findall(r"⟨X(\d+)⟩", re.sub(r"\([^()]*\)", "", groups["list"] or "")):
                        yield int(number), kind, cue.name, cue.weight
    for i, name in enumerate(names):
        if not name.kind:
            yield from _own_shape(source, i, name)
            yield from _where(source, i, name)
            yield from _by_adjective(source, i, name)


#: A noun or none between an article and an adjective of a place before a name: « la pépite grenobloise X », « le lyonnais X ».
_ADJECTIVE = re.compile(
    r"(?:\b(?:[Ll][ea]|[Uu]ne?|[Ss]on|[Ss]a|[Dd]u|[Aa]u|[Cc]e|[Cc]ette|chez|et|,)|\b[Ll]')\s?(?:(?P<noun>[a-zà-ÿ-]{3,}) )?(?P<adjective>[A-Za-zÀ-ÿ-]{4,}) $"
)
_NO_FIRM = re.compile(
    r"(?:site|ville|commune|quartier|capitale|région|agglomération|métropole|côte|port|campus|presse|quotidien|journal|salon|festival|maire|usine|centre|antenne|bassin|projet|programme|plan|loi|marché|député|sénat|secteur|territoire|plateau|vallée|parc|lac|club|lycée|collège|rue|gare|aéroport|navire|appel|prix|concours|filière|label|fonds|accélérateur|incubateur)\w*"
)


def _by_adjective(source: Source, i: int, name: Mention) -> Iterator[tuple[int, str, str, float]]:
    """« La pépite grenobloise Voltéa », « le lyonnais Voltéa »: who is of a place like that is mostly a firm."""
    before = _ADJECTIVE.search(source.text, max(0, name.start - 50), name.start)
    if before is None or (before["noun"] and (_NO_FIRM.fullmatch(before["noun"]) or before["noun"] in _KINDS)):
        return
    if of_place(source, before["adjective"]):
        yield i, "Company", "adjective-before-name", 2


#: « Installé à X », « À X, … », « fait construire à X un hôpital », « côté X », « X (Rhône) » after « à »: where things are.
_PUT = re.compile(
    r"(?:(?:(?:[Ii]nstall|[Ii]mplant|[Ss]itu|[Bb]as|[Ll]og|[Éé]tabli|[Cc]onstrui|[Bb]âti|[Oo]uver|[Ii]naugur|[Dd]émarr|[Dd]éménag|[Ee]mménag)[a-zé]*|[Ss]ise?|siège(?: social)?|usine|atelier|site|locaux|laboratoire|rendez-vous)"
    r"(?: [a-zà-ÿ]+)? à |(?:^|[.;:] )À |\bcôté )$"
)


def _where(source: Source, i: int, name: Mention) -> Iterator[tuple[int, str, str, float]]:
    """« Le CHU fait construire à X un hôpital », « À X, l'usine … »: a name after *à* alone, where things stand."""
    lead = source.text[max(0, name.start - 45) : name.start]
    begins = any(s.start == name.start - 2 for s in source.sentences_at(name.start - 2)) and lead.endswith("À ")
    put = (begins and source.text.startswith(",", name.end)) or _PUT.search(lead)
    if put and not name.label.isupper() and len(name.label.split()) < 3:
        yield i, "Place", "put-there", 2


def _own_shape(source: Source, i: int, name: Mention) -> Iterator[tuple[int, str, str, float]]:
    for shape, kind, weight in _SHAPES:
        if shape.search(name.label):
            yield i, kind, "name-shape", weight
            break
    labels = Counter(t.entity for t in source.tokens_in(name.start, name.end) if t.entity)
    if labels:
        label = labels.most_common(1)[0][0]
        before = source.text[max(0, name.start - 10) : name.start]
        if label == "LOC" and _MODEL_PLACE.search(before):
            yield i, "Place", "model", 1.5
        elif name.label.isupper() and " " in name.label:
            return  # capitals of a heading
        elif label == "ORG" and re.fullmatch(r"[A-Z][A-Z0-9-]{2,9}", name.label) and _ARTICLE.search(before):
            if name.label.isalpha() and len(name.label) > 6 and is_french(name.label.casefold()):
                return  # « L'ESSENTIEL »: a heading
            yield i, "Laboratory", "model", 1.0
        elif label == "ORG" and " " in name.label:
            yield i, "Company", "model", 1.0
        elif label == "ORG":
            yield i, "Company", "model", 0.6


def _from_elsewhere(source: Source, names: list[Mention], masked: list[Masked]) -> Iterator[tuple[int, str, str]]:
    """The class that the same name has where the text does tell it."""
    del masked
    votes: dict[str, Counter[str]] = {}
    for name in names:
        if name.kind:
            for form in (source.text[slice(*name.core)], *name.aliases):
                votes.setdefault(fold(form), Counter())[name.kind] += 1
    for i, name in enumerate(names):
        told = votes.get(fold(name.label))
        if not name.kind and told:
            yield i, min(told, key=lambda k: (-told[k], k)), "same-name"
    words = {form.split()[0]: c for form, c in votes.items() if len(form.split()) >= 2 and set(c) == {"Company"}}
    for i, name in enumerate(names):
        if not name.kind and fold(name.label) in words and len(name.label) > 3:
            yield i, "Company", "same-name"


def _from_company(source: Source, names: list[Mention], masked: list[Masked]) -> Iterator[tuple[int, str, str]]:
    """« Innate Pharma et Ipsogen »: what is listed with others is what they are."""
    del source
    for piece in masked:
        for found in re.finditer(_LIST, piece.text):
            numbers = [int(n) for n in re.findall(r"⟨[XO](\d+)⟩", re.sub(r"\([^()]*\)", "", found["list"]))]
            kinds = Counter(names[n].kind for n in numbers if names[n].kind)
            joined = re.search(r" et | ou | & |,? ainsi que |, puis | • ", found["list"])
            if len(numbers) < 2 or not kinds or not joined:
                continue
            kind, times = kinds.most_common(1)[0]
            if letter(kind) == "O" and times * 2 >= sum(kinds.values()):
                mixed = kind == "Laboratory" and len(kinds) > 1  # « l'Institut X, le CHU de Y et Z »
                for n in numbers:
                    if not names[n].kind:
                        firm = mixed and names[n].label[1:].islower()
                        yield n, "Company" if firm else _coordinate(kind), "listed-with"


def _coordinate(kind: str) -> str:
    """Return what an unknown name beside one of a class most likely is: public bodies are known, firms are not."""
    return kind if kind in ("Company", "FundingAgency", "Laboratory", "Cluster", "NonProfit") else "Company"


def _reconciled(names: list[Mention]) -> list[Mention]:
    """Return the names with one class where the text writes the same name twice and one reading is weak."""
    strong: dict[str, Mention] = {}
    for name in names:
        if name.kind and name.rule not in _WEAK and name.kind not in ("Person", "Place"):
            held = strong.setdefault(fold(name.label), name)
            if held.rule != "gazetteer" and name.rule == "gazetteer":
                strong[fold(name.label)] = name
    out = []
    for name in names:
        told = strong.get(fold(name.label))
        weak = name.rule in _WEAK and name.kind not in ("Person", "Place")
        out.append(replace(name, kind=told.kind) if told is not None and weak else name)
    return out
