"""How well a graph says what a person read in a document: gold files, and the measure of a graph against them."""

from grappe.evaluate.annotation import annotation
from grappe.evaluate.backing import Backing, Held, Passage, backing
from grappe.evaluate.drawn import Drawn, draw
from grappe.evaluate.figures import Figures, Rate, figures
from grappe.evaluate.gold import Fact, Gold, Named, read_gold
from grappe.evaluate.passage import likely_passage, sentence_at
from grappe.evaluate.scoring import Outcome, score

__all__ = [
    "Backing",
    "Drawn",
    "Fact",
    "Figures",
    "Gold",
    "Held",
    "Named",
    "Outcome",
    "Passage",
    "Rate",
    "annotation",
    "backing",
    "draw",
    "figures",
    "likely_passage",
    "read_gold",
    "score",
    "sentence_at",
]
