"""A clause as rules see it: a verb with its subject, its complements, its voice, and whether it is stated."""

from __future__ import annotations

from dataclasses import dataclass

from grappe.extract.phrases import Phrase
from grappe.extract.reading import Masked, Reading, Thing

__all__ = ["Frame"]


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb or deverbal noun with its arguments.

    ``subject`` of a passive is its patient. ``others`` are further readings of the subject, less likely ones last.
    ``modality`` is "" for what is stated as true, else negated, wished, conditional, question or purpose.
    ``taken`` holds all readings of what a relative pronoun before the verb takes up (the likeliest is a complement
    too), ``front`` the phrases with a preposition before the verb, ``there`` tells that « y » stands before it.
    """

    reading: Reading
    masked: Masked
    lemma: str
    voice: str
    modality: str
    subject: Phrase | None
    others: tuple[Phrase, ...]
    complements: tuple[Phrase, ...]
    start: int
    end: int
    mood: str = ""
    reflexive: bool = False
    taken: tuple[Phrase, ...] = ()
    front: tuple[Phrase, ...] = ()
    there: bool = False

    @property
    def stated(self) -> bool:
        """Whether the clause states what it says as true."""
        return not self.modality

    @property
    def subjects(self) -> tuple[Phrase, ...]:
        """All readings of the subject, the likeliest first."""
        return ((self.subject,) if self.subject else ()) + self.others

    def after(self, *prepositions: str) -> tuple[Phrase, ...]:
        """Return the complements after one of some prepositions; "" is the direct object."""
        return tuple(c for c in self.complements if c.preposition in prepositions)

    def things(self, phrase: Phrase | None) -> tuple[Thing, ...]:
        """Return the things that a phrase names, in order, each once."""
        found = (self.reading.thing_at(n) for n in (phrase.mentions if phrase else ()))
        return tuple(dict.fromkeys(t for t in found if t is not None))

    def span(self, *phrases: Phrase | None) -> tuple[int, int]:
        """Return the range of the normalised text that holds the verb and some phrases."""
        held = [(self.start, self.end), *((p.start, p.end) for p in phrases if p is not None)]
        return self.masked.origin(min(a for a, _ in held), max(b for _, b in held), self.reading.mentions)
