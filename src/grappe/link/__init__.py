"""From entities to decisions on identity; no reading or writing here."""

from grappe.link.resolution import resolve

__all__ = ["resolve"]
