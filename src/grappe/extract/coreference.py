"""What pronouns and definite descriptions take up again: « il », « cette unité », « l'entreprise », « la Région »."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from grappe.extract import lexicon
from grappe.extract.reading import Mention, letter
from grappe.extract.sentences import Sentence
from grappe.extract.source import Source
from grappe.iri import fold

__all__ = ["GOVERNED", "antecedent", "descriptions", "note_gender", "pronouns"]

_NOUNS = lexicon.alternatives(list(lexicon.DEFINITE))
#: The classes that each may stand for, by the noun in small letters.
_MEANT = {word.casefold(): kinds for word, kinds in lexicon.DEFINITE.items()}
_DEFINITE = re.compile(
    r"(?<![\w-])(?:(?P<determiner>le |la |l'|ledit |ladite |du |au |son |sa )"
    rf"(?P<adjective>(?:nouvelle?|nouvel|jeune|futur|future|même) )?(?P<noun>{_NOUNS})(?![\w-]|'| (?:de |du |des |d'|dédié|(?-i:[A-ZÀ-Þ])))"
    rf"|(?P<pointing>ce |cet |cette )(?P<which>(?:nouvelle?|nouvel|jeune|même) )?(?P<pointed>{_NOUNS})(?![\w-]|'))",
    re.I,
)
_PRONOUN = re.compile(
    r"(?:^|(?<=[;,] )|(?<= et )|(?<= où )|(?<= qu'))(?P<word>Il|Elle|Celui-ci|Celle-ci|Ce dernier|Cette dernière|il|elle|celui-ci|celle-ci)"
    r"(?:(?<=-ci)(?=, )|(?= (?!y a\b|s'agit|faut|faudra|reste à|est (?:prévu|possible|temps|à noter) "
    r"|(?:vous |nous |lui |leur |y )?(?:est|sera|a été|avait été|sont) (?:[a-zà-ÿ]+ment )?(?:(?:ainsi |donc |également )?(?:proposé|décidé|demandé|rappelé|précisé|convenu|donné acte) (?:de|d'|que|à)|(?:attribué|accordé|alloué|versé|octroyé|consenti|affecté) [^.;]{0,70}?(?:\bune? |\d)))))"
)
_FEMININE = re.compile(
    r"^(?:la |une |cette |sa )?(?:jeune |future |nouvelle )?(?:société|entreprise|start-up|startup|biotech|medtech|pousse|PME|ETI|unité|plateforme|plate-forme|usine|fondation|association|université|"
    r"école|région|agence|convention|préfecture|ville|métropole|halle|salle|ligne|chaîne|biofonderie|clinique|banque|équipe|fédération|alliance|commission|communauté|station|mutuelle|maison|technopole)",
    re.I,
)
_MASCULINE = re.compile(
    r"^(?:le |un |ce |son |l')?(?:futur |nouveau )?(?:institut|centre|laboratoire|pôle|cluster|biocluster|projet|programme|bâtiment|immeuble|site|CHU|hôpital|groupe|consortium|réseau|labex|dim|"
    r"ministère|département|contrat|plan|dispositif|fonds|plateau|équipement|conseil|synchrotron|parc)",
    re.I,
)
_HER = re.compile(r"(?:\bla|\bune|\bcette|\bsa|\bde la|\bà la) $", re.I)
_HIS = re.compile(r"(?:\ble|\bun|\bce|\bson|\bdu|\bau) $", re.I)
#: A name after a preposition is not what the sentence is about.
GOVERNED = re.compile(
    r"(?:(?:\b(?:par|de|du|des|à|au|aux|avec|pour|chez|dans|sur|en|sous|entre|selon|devant|vers|contre|via|dont celles|parmi)\b|\bd')(?: (?:le|la|les|un|une|son|sa|ses|leur|leurs|ce|cet|cette|l'))?"
    r"|(?:\bde|\bà|\bpar|\bavec|\bdans|\bpour|\bsur|\bsous|\bchez|\bentre) (?:la|le|les|l'))\s?$",
    re.I,
)
#: The subject of a relative clause: « unité que se partagent A et B », « que A dirige ».
_IN_RELATIVE = re.compile(
    r"\b(?:que|auquel|auxquels|à laquelle) (?:(?:se |s')?[a-zéèêàôûî]+(?:ent|e|t|ont|ra|ront)|outre) (?:l'|le |la |les )?$|\boutre (?:l'|le |la |les )?$"
)
_AGENT = re.compile(r"\b(?:par|auprès d[eu]|aux côtés d[eu]) (?:le |la |l'|les )?(?:[a-zé-]+ )?$")
_LISTED = re.compile(r"(?: ?\([^()]*\))?(?:, | et |, et | ou | ainsi que )(?:le |la |les |l')?$")
#: « Consacré à la robotique, il …»: what the sentence before has brought in last, not what it is about.
_FRONTED = re.compile(
    r"(?:Financ|Port|Coordonn|Pilot|Condui|Men|Dot|Consacr|Dédi|Lanc|D'une (?:surface|superficie|capacité))\w*\b"
)
#: What only a body or a project does: « elle emploie 40 personnes » is not said of its plant.
_BODILY = re.compile(
    r",? (?:(?:n'|ne |en |y |a |ont |avait |vient d'|vient de |va |entend |compte |souhaite |prévoit de )(?:(?:également|aussi|récemment|ensuite|déjà) )?)?"
    r"(?:emploi\w*|recrut\w*|salari\w+|lev(?:é|er|ait)\b|bouclé|conçoi\w+|conçu|vend(?:u|ra|ait)?\b|export\w+|commercialis\w+|invest\w+|exploit\w+|prévoit|envisage|projette|souhaite|entend|ambitionne|espère|détient|a été (?:fondée?|créée?|rachetée?)|"
    r"réalise|affiche|adhère|a (?:rejoint|adhéré|signé|obtenu|reçu|décroché|remporté)|rejoint|travaille|collabore|est (?:présidée?|spécialisée?|membre|née?|issue?|lauréate?))"
)
#: What is said of premises rather than of who has them: « elle s'étendra sur 900 m² ».
_SPATIAL = re.compile(
    r",? (?:s'étend\w*|occup(?:e|era) (?:une? |\d)|abrit(?:e|era)|compren(?:d|dra)|comporte(?:ra)?|mesure(?:ra)?|totalise(?:ra)?|se dresse|se situe|"
    r"(?:sera|a été|est|devrait être|doit être) (?:\w+ment )?(?:livrée?|construite?|bâtie?|inaugurée?|mise? en service|opérationnel(?:le)?|achevée?|édifiée?|érigée?|implantée?))"
)
#: Descriptions that stand only for what has a certain name.
_CALLED: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "région": re.compile(r"(?:region|conseil regional)"),
        "conseil régional": re.compile(r"(?:region|conseil regional)"),
        "conseil départemental": re.compile(r"(?:departement|conseil departemental)"),
        "département": re.compile(r"(?:departement|conseil departemental)"),
        "ville": re.compile(r"(?:ville|mairie)"),
        "métropole": re.compile(r".*(?:metropole|grand)"),
        "agglomération": re.compile(r".*(?:agglo|communaute|grand)"),
        "intercommunalité": re.compile(r".*(?:agglo|communaute|grand|metropole)"),
        "communauté d'agglomération": re.compile(r".*(?:agglo|communaute|grand)"),
        "ministère": re.compile(r"minister"),
        "préfecture": re.compile(r"prefecture"),
    }
)


def descriptions(source: Source, mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    """Find definite descriptions where no name stands."""
    yield from _heads(source, mentions)
    yield from _firms_of(source, mentions)
    for found in _DEFINITE.finditer(source.text):
        noun = found["noun"] or found["pointed"]
        start, end = found.start("noun" if found["noun"] else "pointed"), found.end()
        if any(m.start < end and start < m.end for m in mentions if m.rule != "demonym"):
            continue
        if noun.casefold() in ("région", "département", "ville") and not noun[0].isupper():
            continue
        if noun.casefold() in ("installation", "équipement", "extension") and source.text.startswith(" et l'", end):
            continue  # « l'installation et l'équipement de … » are done to something
        determiner = (found["determiner"] or found["pointing"]).casefold().strip()
        if determiner in ("son", "sa") and noun.casefold() not in ("établissement",):
            continue
        yield Mention(start, end, (start, end), "Organization", noun, f"definite:{determiner}")


_FIRM_OF = re.compile(
    r"(?<![\w-])(?P<determiner>[Ll]a |[Ll]e |[Ll]'|[Cc]ette )(?P<noun>société|coopérative|entreprise|PME|start-up|startup|jeune pousse|biotech|medtech|deeptech|ETI|groupe)(?= (?:de |d')[A-ZÀ-Þ])"
)


def _firms_of(source: Source, mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    """Find « la société de Brest »: a firm spoken of, told by its town."""
    towns = {m.start for m in mentions if m.kind == "Place"}
    for found in _FIRM_OF.finditer(source.text):
        start, end = found.span("noun")
        place = end + (4 if source.text[end : end + 4] == " de " else 3)
        if place in towns and not any(m.start < end and start < m.end for m in mentions):
            yield Mention(
                start,
                end,
                (start, end),
                "Organization",
                found["noun"],
                f"definite:{found['determiner'].casefold().strip()}",
            )


def _heads(source: Source, mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    """Find « la Station » where the text has named a « Station biologique de … »: the head of a name, in capitals."""
    heads = {
        m.label.split()[0]
        for m in mentions
        if m.facility is None and letter(m.kind) in "OJFE" and " " in m.label and m.label[0].isupper()
    }
    heads = {h for h in heads if h.casefold() in lexicon.NAME_HEADS or h.casefold() in lexicon.COMMON_HEADS}
    for head in sorted(h for h in heads if h.casefold() not in _MEANT):
        for found in re.finditer(
            rf"(?<![\w-])(?P<determiner>[Ll]e |[Ll]a |[Ll]'|[Dd]u |[Aa]u )(?P<noun>{re.escape(head)})(?![\w-]|'| (?:de |du |des |d'|[A-ZÀ-Þ]))",
            source.text,
        ):
            start, end = found.span("noun")
            if not any(m.start < end and start < m.end for m in mentions):
                yield Mention(
                    start,
                    end,
                    (start, end),
                    "Organization",
                    head,
                    f"definite-head:{found['determiner'].casefold().strip()}",
                )


def pronouns(source: Source, mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    """Find subject pronouns that stand for a thing."""
    for sentence in source.sentences:
        piece = source.text[sentence.start : sentence.end]
        for found in _PRONOUN.finditer(piece):
            start, end = sentence.start + found.start("word"), sentence.start + found.end("word")
            if not any(m.start < end and start < m.end for m in mentions if m.rule != "demonym"):
                yield Mention(start, end, (start, end), "Organization", found["word"], "pronoun")


def antecedent(
    source: Source, mention: Mention, before: list[Mention], owner: list[int], genders: Mapping[int, str]
) -> int | None:
    """Return the thing that a pronoun or description takes up, among the mentions before it; None for none."""
    if mention.rule == "pronoun":
        return _subject(source, mention, before, owner, genders)
    noun = mention.label.casefold()
    if mention.rule.startswith("definite-head"):
        named = [t for m, t in zip(before, owner, strict=True) if t >= 0 and fold(m.label).startswith(f"{fold(noun)} ")]
        return named[-1] if named else None
    kinds = _MEANT[noun]
    called = _CALLED.get(noun)
    fitting = [
        i
        for i, (m, t) in enumerate(zip(before, owner, strict=True))
        if t >= 0
        and m.kind in kinds
        and m.rule != "demonym"
        and not (called is not None and not called.match(fold(m.label)) and not m.rule.startswith("definite"))
        and not (
            noun == "équipe"
            and mention.rule != "definite:cette"
            and "équipe" not in source.text[m.start : m.end].casefold()
        )
    ]
    if not fitting:
        return None
    namesakes = [
        i
        for i in fitting
        if re.match(rf"(?:l')?{re.escape(fold(noun))}\b", fold(source.text[before[i].start : before[i].end]))
    ]
    namesakes = [i for i in namesakes if not before[i].rule.startswith("definite")]
    if namesakes:  # « le centre » is what the text calls a centre
        same = {owner[i] for i in namesakes}
        fitting = [i for i in fitting if owner[i] in same]
    nearest = source.sentence_of(before[fitting[-1]].start)
    if nearest is None or noun in _CALLED:
        return owner[fitting[-1]]
    together = [i for i in fitting if before[i].start >= nearest.start]
    free = [i for i in together if not _governed(source, before, i)]
    if not free:  # the company of the sentence before, rather than one that this sentence only mentions
        earlier = [
            s.start for s in source.sentences[max(0, nearest.index - 2) : nearest.index] if s.block == nearest.block
        ]
        free = [i for i in fitting if earlier and before[i].start >= earlier[0] and not _governed(source, before, i)]
    if not free and kinds == ("Company",) and (main := _protagonist(source, before, owner, fitting)) is not None:
        return main
    if not free and _AGENT.search(source.text[max(0, before[together[-1]].start - 30) : before[together[-1]].start]):
        # « souscrit par le groupe X. Bpifrance prête 2 M€ à la société »: not who has done it
        free = [i for i in fitting if not _governed(source, before, i)]
    return owner[(free or together)[-1]]


def _protagonist(source: Source, before: list[Mention], owner: list[int], fitting: list[int]) -> int | None:
    """Return the firm that a text is about, which « la société » means where another is only named as a giver."""
    told = Counter(owner[i] for i in fitting)
    ranked = told.most_common(2)
    if not ranked or ranked[0][1] < 3 or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    thing = ranked[0][0]
    return thing if any(owner[i] == thing and not _governed(source, before, i) for i in fitting) else None


def _governed(source: Source, before: list[Mention], i: int) -> bool:
    """Return whether a mention stands after a preposition, or is listed after one that does."""
    while True:
        lead = source.text[max(0, before[i].start - 24) : before[i].start]
        if GOVERNED.search(lead) or _IN_RELATIVE.search(source.text[max(0, before[i].start - 48) : before[i].start]):
            return True
        listed = _LISTED.search(lead)
        if listed is None or i == 0 or before[i].start - listed.end() + listed.start() - 24 > before[i - 1].end:
            return False
        between = source.text[before[i - 1].end : before[i].start]
        if between != lead[listed.start() :] or letter(before[i - 1].kind) != letter(before[i].kind):
            return False
        follows = source.text[before[i].end : before[i].end + 4]
        if " et " not in between and not re.match(r",? et |, ", follows):
            return False
        i -= 1


def _subject(
    source: Source, mention: Mention, before: list[Mention], owner: list[int], genders: Mapping[int, str]
) -> int | None:
    """Return the subject of the clause or sentence before: a thing of the right gender, after no preposition."""
    word = mention.label.casefold()
    feminine = word in ("elle", "celle-ci", "cette dernière")
    here = source.sentence_of(mention.start)
    if here is None:
        return None
    letters = "OJ" if _BODILY.match(source.text, mention.end) else "OJFGI"
    if word not in ("il", "elle"):
        latest = _latest(mention, before, owner, {t: g for t, g in genders.items() if feminine == (g == "f")}, letters)
        if latest is not None:
            return latest
    if _SPATIAL.match(source.text, mention.end):
        begins = source.sentences[here.index - 1].start if here.index else here.start
        for m, t in zip(reversed(before), reversed(owner), strict=True):
            if m.start < begins:
                break
            single = m.facility is None or not m.facility.count
            if letter(m.kind) == "F" and single and genders.get(t) == ("f" if feminine else "m"):
                return t
    fronted = _FRONTED.match(source.text[here.start : mention.start]) is not None
    if fronted and not feminine and (project := _project_before(source, here, before, owner)) is not None:
        return project
    governed: int | None = None
    for sentence in (here, *reversed(source.sentences[max(0, here.index - 3) : here.index])):
        if sentence.block < here.block - 1:
            break
        free: int | None = None
        low, high = (
            bisect_left(before, at, key=lambda m: m.start) for at in (sentence.start, min(sentence.end, mention.start))
        )
        for i in range(low, high):
            m, t = before[i], owner[i]
            if t < 0:
                continue
            if letter(m.kind) not in letters or (m.facility and (m.facility.count or m.facility.noun.endswith("s"))):
                continue
            if m.rule == "demonym" or ("f" if feminine else "m") not in genders.get(t, "mf"):
                continue
            lead = source.text[sentence.start : m.start]
            if lead.count("(") > lead.count(")"):
                continue
            if _governed(source, before, i):
                governed = t if governed is None and sentence is not here else governed
                continue
            free = t if free is None or fronted else free
        if free is not None or governed is not None:
            return free if free is not None else governed
    return None


def _project_before(source: Source, here: Sentence, before: list[Mention], owner: list[int]) -> int | None:
    """« … s'inscrit dans X, un projet que Y pilote. Doté de 5 M€, il … »: the project that the sentence before names."""
    last = source.sentences[here.index - 1] if here.index else here
    if last.block < here.block - 1:
        return None
    told = [t for m, t in zip(before, owner, strict=True) if m.start >= last.start and letter(m.kind) == "J"]
    return told[0] if told else None


def _latest(
    mention: Mention, before: list[Mention], owner: list[int], agreeing: dict[int, str], letters: str
) -> int | None:
    """Return what « celui-ci » and « ce dernier » take up: what was named last, wherever it stands, if its gender fits."""
    for m, t in zip(reversed(before), reversed(owner), strict=True):
        if mention.start - m.end > 320:
            return None
        if (
            t in agreeing
            and letter(m.kind) in letters
            and m.rule != "demonym"
            and not (m.facility and m.facility.count)
        ):
            return t
    return None


def note_gender(genders: dict[int, str], source: Source, mention: Mention, thing: int) -> None:
    """Note the gender of a thing that an article or a head noun shows: « la société X », « le groupe X »."""
    surface = source.text[mention.start : mention.end]
    lead = source.text[max(0, mention.start - 8) : mention.start]
    definite = mention.rule.startswith("definite")
    if _FEMININE.match(surface) or (definite and _FEMININE.match(mention.label)):
        genders[thing] = "f"
    elif _MASCULINE.match(surface) or (definite and _MASCULINE.match(mention.label)):
        genders[thing] = "m"
    elif thing in genders:
        return
    elif _HER.search(lead):
        genders[thing] = "f"
    elif _HIS.search(lead) or mention.kind in ("Project", "Hospital", "ResearchNetwork"):
        genders[thing] = "m"
    elif mention.kind == "University":
        genders[thing] = "f"
