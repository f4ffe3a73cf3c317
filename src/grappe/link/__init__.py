"""From entities to decisions on identity. Only :mod:`grappe.link.dumps` and :mod:`grappe.link.index` read and write."""

from grappe.link.identity import RULES, Named, identify
from grappe.link.judged import corrected, judged, without
from grappe.link.resolution import resolve, standing
from grappe.link.suppression import Veil, digests_of_names

__all__ = [
    "RULES",
    "Named",
    "Veil",
    "corrected",
    "digests_of_names",
    "identify",
    "judged",
    "resolve",
    "standing",
    "without",
]
