"""Grappe: documents about innovation clusters, made into a knowledge graph with evidence."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
