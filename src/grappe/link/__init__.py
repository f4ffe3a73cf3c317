"""From entities to decisions on identity; no reading or writing here."""

from grappe.link.judged import corrected, judged, without
from grappe.link.resolution import resolve, standing

__all__ = ["corrected", "judged", "resolve", "standing", "without"]
