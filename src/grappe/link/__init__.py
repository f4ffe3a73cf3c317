"""From entities to decisions on identity. Only :mod:`grappe.link.dumps` and :mod:`grappe.link.index` read and write."""

from grappe.link.judged import corrected, judged, without
from grappe.link.resolution import resolve, standing

__all__ = ["corrected", "judged", "resolve", "standing", "without"]
