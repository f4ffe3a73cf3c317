"""From entities to decisions on identity. Only :mod:`grappe.link.dumps` and :mod:`grappe.link.index` read and write."""

from grappe.link.judged import corrected, judged, without
from grappe.link.resolution import resolve, standing
from grappe.link.suppression import Veil, digests_of_names

__all__ = ["Veil", "corrected", "digests_of_names", "judged", "resolve", "standing", "without"]
