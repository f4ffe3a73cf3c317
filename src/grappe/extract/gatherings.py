"""What was done or held on a day: verbs and nouns that make an occasion only beside its day, or beside who was there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.reading import Mention
from grappe.extract.source import Source
from grappe.extract.values import Date
from grappe.iri import KINDS

__all__ = ["NO_DAY", "on_a_day"]

#: What bodies and people do on a day: an occasion only where a day or those who are there are told beside it.
_ON_A_DAY: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(
            r"\b(?:ont|a|viennent de|vient de) (?:officiellement |conjointement |également |solennellement )?(?:signé|paraphé|ratifié|signer|parapher)\b|\b(?:signer|parapher)(?:a|ont)\b|\b(?:signée?s?|paraphée?s?)(?= [^.;]{0,90}\bpar\b)|\bsignatures ont été apposées|\b[Ss]ignature(?= (?:de|du|des|d')\b)"
        ),
        "Signing",
        "signature",
    ),
    (
        re.compile(
            r"\b[Ii]naugurée?s?(?= [^.;]{0,60}\bpar\b)|\bcoup(?:er|ent|ant|aient|ait|era|eront) le ruban\b|\b[Ii]nauguration(?! en)\b"
        ),
        "Inauguration",
        "inauguration",
    ),
    (
        re.compile(
            r"\b(?:a|ont) (?:fait visiter|fait découvrir|arpenté|parcouru|sillonné|reçu la visite|effectué une visite|guidé)\b|\b(?:fait|font|fera|feront) visiter\b|\bse visite(?:nt|ra|ront)?\b|(?<!nous )\bvisiter(?:a|ont)\b"
            r"|\b(?:accueill|re[çc])(?:e|ent|era|eront|ait|aient|evra|evront|evait|oit)\b(?= (?:sur (?:le|son|leur) (?:chantier|site)|dans (?:ses|leurs|les) (?:locaux|murs|ateliers)))"
            r"|\b(?:recevait|recevaient|accueillait|accueillaient|a reçu|ont reçu|recevra|accueillera)(?= (?:à [A-ZÀ-Þ][\w-]+,? )?(?:(?:le |ce )?[\w ]{0,25},? )?(?:les (?:dirigeants|élus|représentants)|une délégation|la (?:ministre|préfète)|le (?:ministre|préfet)|[A-ZÀ-Þ][a-zà-ÿ-]+ [A-ZÀ-Þ][a-zà-ÿ]))|(?<![\w-])(?:[Vv]isite|[Dd]éplacement)\b"
        ),
        "Visit",
        "visite",
    ),
    (re.compile(r"(?<!cette )(?<!la )\b[Cc]érémonie\b|\b[Ll]a cérémonie,? (?=le \d)"), "Event", "cérémonie"),
    (re.compile(r"\b[Rr]emise (?:des|du) (?:prix|trophées?|diplômes?|labels?)\b"), "Event", "remise"),
    (
        re.compile(
            r"(?:(?<=[Ll]ors de la )|(?<=cours de la )|(?<=marge de la )|(?<=occasion de la )|(?<=[Ll]ors du )|(?<=cours du ))(?:présentation|lancement|dévoilement|restitution|clôture)(?= (?:de|du|des|d')\b)|\b[Pp]oints? (?:de )?presse\b|\b[Cc]onférence de presse\b"
        ),
        "Event",
        "présentation",
    ),
)
#: Nouns of occasions that a day beside them makes one of their own, with a name or a field behind them.
_GATHERING = re.compile(
    r"(?<![\w-])(?:[Mm]atinée|[Mm]atinale|[Ss]oirée|[Pp]etit-déjeuner|[Jj]ournées?|[Cc]olloque|[Cc]ongrès|[Ff]orum|[Ss]alon|[Ss]éminaire|[Ww]ebinaire|[Ss]ymposium|[Cc]onférence|[Rr]encontres?|[Aa]ssises|[Aa]telier|[Pp]ortes ouvertes|[Hh]ackathon|[Cc]onvention d'affaires)\b"
    r"(?P<name> « [^«»]{2,50} »|(?: (?:annuel|régional|national|technique|scientifique)(?:le)?s?)?(?: (?!(?:à|au|en|le|les|que|se|aura|sera|est|chez)\b)(?:de|du|des|d'|de la|de l')? ?[\wÀ-ÿ'&-]+){0,1}(?: (?!(?:à|au|en|le|les|que|se|aura|sera|est|chez)\b)(?:et|&|de|des|du|d'|la|l')? ?[\wÀ-ÿ'-]+){0,3}?)(?= ?(?:[,.;:(–]|$)| (?:que|qu'|à|chez|le|aura|se|organis|consacr|proposé|réuni|sera|ouvert|est|en|s'est))"
)
#: A date after these is no occasion's day.
NO_DAY = re.compile(
    r"(?:depuis|dès|jusqu'à|jusqu'en|d'ici(?: à)?|avant|après|fondée?|créée?|née?|ouverte?|inaugurée? en|lancée? en|pour) (?:le )?$"
)
_OF_TITLE = re.compile(r"(?:Visite|Inauguration|Déplacement) (?:de|du|d')")
_ATTENDANCE = re.compile(
    r"en présence d|à l'(?:invitation|initiative) d|\b[Ii]naugurée?s? par (?:M\. |Mme )?[A-ZÀ-Þ]\w+ [A-ZÀ-Þ]|aux côtés d|accompagnée?s? (?:de|d'|par)|assist|à laquelle|avec [A-Z]\w+ [A-Z]"
)


def on_a_day(source: Source, taken: tuple[Mention, ...]) -> Iterator[tuple[int, int, str, str]]:
    """Return what was done, or held, in sentences that tell the day of it or who was there."""
    days = [
        m.start
        for m in taken
        if m.kind == "date"
        and isinstance(m.value, Date)
        and m.value.precision == "day"
        and not NO_DAY.search(source.text[max(0, m.start - 20) : m.start])
    ]
    named = {m.start for m in taken if KINDS.get(m.kind) == "event"}
    for sentence in source.sentences:
        dated = any(sentence.start <= day < sentence.end for day in days)
        there = _ATTENDANCE.search(source.text, sentence.start, sentence.end) is not None or (
            sentence.kind == "title" and _OF_TITLE.match(source.text, sentence.start) is not None
        )
        if not dated and not there:
            continue
        for expression, kind, label in _ON_A_DAY:
            for found in expression.finditer(source.text, sentence.start, sentence.end):
                yield *found.span(), kind, label
        for found in _GATHERING.finditer(source.text, sentence.start, sentence.end) if dated else ():
            name = found["name"].strip(" «»")
            label = name if "«" in found["name"] else found[0].strip()
            if not any(found.start() <= place <= found.end() + 3 for place in named):
                yield *found.span(), "Conference", label
