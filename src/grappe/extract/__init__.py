"""Text to facts, by rules of language over spaCy's tokens, gazetteers and grammars of values.

The stages, each a function over frozen values: :mod:`normal` (a clean copy that knows its offsets), :mod:`sentences`,
:mod:`nlp` (tokens), values, :mod:`names` and :mod:`typing` (who is named), :mod:`premises` and :mod:`events` (what
has no name), :mod:`references` (who is meant), :mod:`mask`, the table of :mod:`rules`, :mod:`assemble`.
"""

from __future__ import annotations

from grappe.extract.extractor import VERSION, extract
from grappe.extract.nlp import PRELOAD

__all__ = ["PRELOAD", "VERSION", "extract"]
