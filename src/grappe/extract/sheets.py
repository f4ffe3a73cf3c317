"""Money in the forms of deliberations: sheets of projects, with a beneficiary, a sum and a period each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Award, Said
from grappe.extract.grants import authority
from grappe.extract.reading import Masked, Reading, pattern
from grappe.extract.values import Money, Period

__all__ = ["recapitulations", "rows_of_beneficiaries", "sheets"]


def sheets(reading: Reading) -> Iterator[Said]:
    """Project sheets of a deliberation: « Bénéficiaire : X », « Montant de la subvention … 1 000 000,00 € », « Période : 2022-2025 »."""
    beneficiary, span = None, (0, 0)
    given = next((t.id for t in reading.things if reading.publisher == t.id), None)
    scheme = None
    for hit in reading.find(
        pattern(
            r"(?:[Dd]écide|DÉCIDE|[Aa]ttribue|[Aa]ccorde|[Aa]pprouve|[Aa]ffecte|[Oo]ctroie|[Vv]ote|[Aa]lloue)[^.;]*?(?:au titre|dans le cadre)[^.;⟨]*{GI:i}"
        )
    ):
        thing = hit.thing("i")
        scheme = thing.id if thing else None
    pending: tuple[Money, tuple[int, int]] | None = None
    for masked in reading.masked:
        if found := re.search(r"[Bb]énéficiaire(?:\(?s\)?)? ?:(?: ?(?:[A-ZÉ][\w'-]* ?){0,4}⟨[OJ](\d+)⟩)?", masked.text):
            thing = reading.thing_at(int(found[1])) if found[1] else None
            beneficiary = thing.id if thing else None
            span = masked.origin(found.start(), found.end(), reading.mentions)
            pending = None
        wanted = re.search(
            r"[Mm]ontant (?:de la |de l')?(?:subvention|aide)|[Ss]ubvention (?:attribuée|proposée)", masked.text
        )
        sums = [reading.mentions[int(n)] for n in re.findall(r"⟨M(\d+)⟩", masked.text)]
        if beneficiary is not None and given is not None and sums and (wanted or _labelled_before(reading, masked)):
            last = sums[-1]
            if isinstance(last.value, Money):
                pending = (last.value, (span[0], last.end))
                yield Award(
                    (given,),
                    beneficiary,
                    (span[0], last.end),
                    "sheet",
                    last.value.amount,
                    last.value.currency,
                    (scheme,) if scheme is not None else (),
                )
        if (
            beneficiary is not None
            and pending
            and (found := re.search(r"(?:[Pp]ériode|[Dd]urée|[Cc]alendrier|[Aa]nnées)[^:]*: ?⟨Y(\d+)⟩", masked.text))
        ):
            years = reading.mentions[int(found[1])]
            if isinstance(years.value, Period) and given is not None:
                yield Award(
                    (given,),
                    beneficiary,
                    (span[0], years.end),
                    "sheet",
                    pending[0].amount,
                    pending[0].currency,
                    (),
                    (years.value.start_year, years.value.end_year),
                )


def _labelled_before(reading: Reading, masked: Masked) -> bool:
    earlier = reading.masked[masked.sentence.index - 1] if masked.sentence.index else None
    return bool(earlier and re.search(r"[Mm]ontant (?:de la |de l')?(?:subvention|aide)", earlier.text))


_HEADER = re.compile(
    r"^(?=.*\b(?:[Bb]énéficiaires?|[Pp]orteurs?|[Ll]auréats?|[Aa]ttributaires?|[Ss]tructures?|[Oo]rganismes?|BÉNÉFICIAIRES?)\b)(?=.*\b(?:[Mm]ontants?|[Ss]ubventions?|[Aa]ides?|MONTANTS?|SUBVENTIONS?)\b)[^⟨:.]*$"
)


def rows_of_beneficiaries(reading: Reading) -> list[Masked]:
    """Return the rows of tables whose header names a column of beneficiaries and one of sums."""
    out: list[Masked] = []
    block = -10
    for masked in reading.masked:
        if _HEADER.match(masked.text) or re.match(r"^(?:RÉCAPITULATI|Récapitulati)", masked.text):
            block = masked.sentence.block
        elif masked.sentence.block - block > 1:
            continue
        elif "⟨M" in masked.text and len(masked.text) < 200 and not masked.text.rstrip().endswith("."):
            out.append(masked)
            block = masked.sentence.block
    return out


def _pays(reading: Reading, row: Masked) -> bool:
    """Return whether the header of a table names a column of those who pay."""
    place = row.sentence.index
    return any(
        re.search(r"\b[Ff]inanceurs?\b", m.text) and "⟨M" not in m.text
        for m in reading.masked[max(0, place - 20) : place]
    )


def recapitulations(reading: Reading) -> Iterator[Said]:
    """Rows under « Bénéficiaire Projet Montant »: « ESIEE PARIS PRO-6PO 500 000,00 € », given by who publishes."""
    publisher = authority(reading)
    for masked in rows_of_beneficiaries(reading):
        payer = re.search(r"⟨[OJF]\d+⟩.*?⟨O(\d+)⟩ ?⟨M\d+⟩", masked.text) if _pays(reading, masked) else None
        told = reading.thing_at(int(payer[1])) if payer else None
        giver = told.id if told is not None else publisher
        first = re.match(r"(?:\d+[.)]? )?⟨[OJF](\d+)⟩", masked.text)
        sums = [
            m for n in re.findall(r"⟨M(\d+)⟩", masked.text) if isinstance((m := reading.mentions[int(n)]).value, Money)
        ]
        thing = reading.thing_at(int(first[1])) if first else None
        if thing is not None and sums and isinstance(sums[-1].value, Money) and giver is not None and thing.id != giver:
            start = masked.sentence.start
            value = sums[-1].value
            yield Award(
                (giver,),
                thing.id,
                (start, sums[-1].end),
                "table-of-beneficiaries",
                value.amount,
                value.currency,
                confidence=0.85,
            )
