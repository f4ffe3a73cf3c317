"""Forms of the French verbs that carry facts, and of those that take a fact back."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["Form", "forms", "guess"]

#: Verbs in -er that a rule speaks of; their forms are made below.
_ER = """
    financer cofinancer préfinancer apporter accorder attribuer verser allouer octroyer consacrer voter injecter
    débloquer engager contribuer mobiliser donner doter subventionner participer aider payer ajouter abonder affecter
    prêter léguer approuver décider annoncer confirmer renouveler renforcer compléter décrocher lever boucler remporter
    toucher bénéficier empocher sécuriser collecter coûter porter coordonner piloter mener animer diriger présider
    associer rassembler fédérer impliquer intégrer adhérer appuyer reposer allier collaborer travailler coopérer
    développer signer parapher créer fonder lancer employer compter dénombrer labelliser certifier agréer sélectionner
    désigner retenir rattacher gérer regrouper récompenser accompagner valider nouer sceller ratifier
    compter adosser héberger installer inaugurer rénover équiper régler assumer supporter encaisser
    épauler refermer clôturer monter organiser occuper abriter disposer posséder exploiter
    louer partager loger emménager déménager implanter situer aménager intégrer projeter codévelopper coorganiser
    emprunter codiriger copiloter coprésider chapeauter emmener superviser exposer déployer tourner former constituer composer fonctionner démarrer veiller affilier
"""
_IR = "réunir investir bâtir fournir garantir choisir établir unir"
_OTHER = {
    "soutenir": "soutient soutiennent soutiendra soutiendront soutenait soutenaient soutint soutenu soutenue soutenus soutenues soutenir soutenant soutiendrait",
    "obtenir": "obtient obtiennent obtiendra obtiendront obtenait obtint obtenu obtenue obtenus obtenues obtenir obtenant obtiendrait",
    "retenir": "retient retiennent retiendra retenu retenue retenus retenues retenir",
    "appartenir": "appartient appartiennent appartenait appartenir appartenant appartiendra",
    "recevoir": "reçoit reçoivent recevra recevront recevait reçut reçu reçue reçus reçues recevoir recevant recevrait",
    "percevoir": "perçoit perçoivent percevra percevront percevait perçut perçu perçue perçus perçues percevoir percevant",
    "mettre": "met mettent mettra mettront mettait mit mis mise mises mettre mettant mettrait",
    "remettre": "remet remettent remettra remettront remit remis remise remises remettre",
    "faire": "fait font fera feront faisait fit faite faits faites faire faisant ferait",
    "rejoindre": "rejoint rejoignent rejoindra rejoindront rejoignait rejointe rejoints rejointes rejoindre rejoignant",
    "prendre": "prend prennent prendra prendront prenait prit pris prise prises prendre prenant prendrait",
    "consentir": "consent consentent consentira consentiront consentait consenti consentie consentis consenties consentir consentant",
    "promettre": "promet promettent promettra promettront promettait promis promise promises promettre promettant",
    "conclure": "conclut concluent conclura conclu conclue conclus conclues conclure concluant",
    "construire": "construit construisent construira construiront construite construits construites construire",
    "conduire": "conduit conduisent conduira conduite conduits conduites conduire conduisant",
    "acquérir": "acquiert acquièrent acquerra acquis acquise acquises acquérir",
    "souscrire": "souscrit souscrivent souscrira souscrite souscrits souscrites souscrire",
    "naître": "naît naissent naquit né née nés nées naître",
    "être": "est sont était étaient sera seront fut furent serait seraient été étant être",
    "avoir": "a ont avait avaient aura auront eut eurent aurait auraient eu ayant avoir ait aient",
    "revenir": "revient reviennent reviendra reviendront revenait revenu revenue revenir",
    "aller": "va vont allait allaient ira iront aller",
    "venir": "vient viennent venait venaient viendra venir",
    "devoir": "doit doivent devra devront devait devaient devrait devraient devoir",
    "pouvoir": "peut peuvent pourra pourront pouvait pouvaient pourrait pourraient pouvoir",
    "vouloir": "veut veulent voudra voulait voulaient voudrait voudraient vouloir",
    "comprendre": "comprend comprennent comprendra comprenait comprendre",
    "accueillir": "accueille accueillent accueillera accueilleront accueillait accueillaient accueilli accueillie accueillis accueillies accueillir accueillant accueillerait",
    "offrir": "offre offrent offrira offriront offrait offert offerte offerts offertes offrir offrant offrirait",
    "ouvrir": "ouvre ouvrent ouvrira ouvriront ouvrait ouvert ouverte ouverts ouvertes ouvrir ouvrant ouvrirait",
    "tenir": "tient tiennent tiendra tiendront tenait tenaient tenu tenue tenus tenues tenir tenant tiendrait",
    "servir": "sert servent servira serviront servait servi servir servant",
    "concourir": "concourt concourent concourra concouraient concourir concourant",
    "placer": "placé placée placés placées placer plaçant",
    "prévoir": "prévoit prévoient prévoira prévoyait prévu prévue prévus prévues prévoir prévoyant",
}
#: Forms that are also nouns or adjectives; what stands before them decides.
_NOUNS = frozenset(
    "aide aides porte portes pilote pilotes compte comptes finance finances mise mises vote dote prête fait faits"
    " engage anime lance parapha groupe don associé associés associées participe appui reçu reçus acquis prévu prise prises offre supporte levée levées montant"
    " conduite conclus employé employés forme formes offres partage partages loge".split()
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a verb: its lemma, and its mood in one word.

    ``mood`` is finite, conditional, participle (past), gerund or infinitive.
    """

    lemma: str
    mood: str
    ambiguous: bool = False


def _mood(form: str, lemma: str) -> str:
    if form == lemma:
        return "infinitive"
    if form.endswith(("rait", "raient")) and not form.endswith(("préparait",)):
        return "conditional"
    if form.endswith("ant"):
        return "gerund"
    if re.search(
        r"(?:é|és|ée|ées|ert|erts|erte|ertes|eilli|eillie|eillis|eillies|nu|nus|nue|nues|çu|çus|çue|çues|vu|vue|vus|vues|eu|clu|clus|clue|clues)$",
        form,
    ):
        return "participle"
    if re.search(
        r"(?:mis|mise|mises|sentie?s?|venue?s?|prise?s?|offerte?s?|acquise?s?|faite?s|jointe?s|(?:uit|rit)e?s|(?:uit|rit)e)$",
        form,
    ):
        return "participle"
    return "finite"


def _regular(lemma: str) -> Iterator[tuple[str, str]]:
    stem = lemma[:-2]
    hard = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    mute = stem
    if stem.endswith("y"):
        mute = stem[:-1] + "i"
    elif found := re.search(r"[eé](?=[lmnrtvdg]$|gr$|tr$)", stem):
        mute = stem[: found.start()] + "è" + stem[found.end() :]
        if stem.endswith("el") and lemma == "renouveler":
            mute = stem + "l"
    for ending in ("e", "ent", "era", "eront"):
        yield mute + ending, "finite"
        yield stem + ending, "finite"
    for ending in ("erait", "eraient"):
        yield mute + ending, "conditional"
    for ending in ("a", "ait", "aient"):
        yield hard + ending, "finite"
    yield stem + "èrent", "finite"
    for ending in ("é", "ée", "és", "ées"):
        yield stem + ending, "participle"
    yield hard + "ant", "gerund"
    yield lemma, "infinitive"


def _second(lemma: str) -> Iterator[tuple[str, str]]:
    stem = lemma[:-1]
    for ending in ("t", "ssent", "ra", "ront", "ssait", "ssaient", "rent"):
        yield stem + ending, "finite"
    yield stem + "rait", "conditional"
    for ending in ("", "e", "s", "es"):
        yield stem + ending, "participle"
    yield stem + "ssant", "gerund"
    yield lemma, "infinitive"


@functools.cache
def forms() -> MappingProxyType[str, Form]:
    """Return the forms of the verbs that rules speak of.

    >>> forms()["cofinancée"].lemma, forms()["octroiera"].lemma, forms()["mènerait"].mood
    ('cofinancer', 'octroyer', 'conditional')
    """
    out: dict[str, Form] = {}
    for lemma in _ER.split():
        if lemma.endswith("er"):
            for form, mood in _regular(lemma):
                out.setdefault(form, Form(lemma, mood, form in _NOUNS))
    for lemma in _IR.split():
        for form, mood in _second(lemma):
            out.setdefault(form, Form(lemma, mood, form in _NOUNS))
    for lemma, told in _OTHER.items():
        for form in told.split():
            out[form] = Form(lemma, _mood(form, lemma), form in _NOUNS)
    return MappingProxyType(out)


#: How past participles of verbs in -ir and -re end; in -er « organise » is no participle.
_PAST_OF_OTHERS = r"(?:ie|ies|ue|ues|us|ert|erte|erts|ertes|ite|ites|ise|ises)$"


def guess(word: str, lemma: str) -> Form:
    """Return the form of a verb that is in no table, by its ending.

    >>> guess("ouvrira", "ouvrir").mood, guess("réhabilités", "réhabiliter").mood, guess("organise", "organiser").mood
    ('finite', 'participle', 'finite')
    """
    if word == lemma:
        return Form(lemma, "infinitive")
    if word.endswith(("erait", "eraient", "irait", "iraient", "drait", "draient")):
        return Form(lemma, "conditional")
    if word.endswith("ant"):
        return Form(lemma, "gerund")
    ending = r"(?:é|ée|és|ées)$" if lemma.endswith("er") else _PAST_OF_OTHERS
    return Form(lemma, "participle" if re.search(ending, word) else "finite")
