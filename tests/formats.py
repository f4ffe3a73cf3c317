"""The same text as a PDF, a web page and a Word document: what tests of reading are made of."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

__all__ = ["as_docx", "as_html", "as_pdf", "as_scan", "paragraphs"]


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a plain text, each on one line."""
    return [" ".join(p.split()) for p in re.split(r"\n\s*\n", text) if p.strip()]


def as_html(title: str, paragraphs: Sequence[str], *, date: str = "") -> bytes:
    """Return a page with menus, a side column and a footer around its article."""
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return f"""<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{title} | Un site</title></head><body>
<header><nav><ul><li><a href="/">Accueil</a></li><li><a href="/a">La société Menu emploie 99 salariés</a></li></ul>
</nav></header><main><div class="meta"><span class="date">{date}</span></div><article><h1>{title}</h1>{body}</article>
<aside><h2>À lire aussi</h2><ul><li><a href="/x">La société Ailleurs ouvre à Nantes</a></li></ul></aside></main>
<footer><p>© Mentions légales – cookies</p></footer></body></html>""".encode()


def as_docx(title: str, paragraphs: Sequence[str], *, header: str = "", items: Sequence[str] = ()) -> bytes:
    """Return a Word document with a header, a heading, list items and a struck-out word."""
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = header
    document.add_heading(title, 0)
    for text in paragraphs:
        document.add_paragraph(text)
    for text in items:
        document.add_paragraph(text, style="List Bullet")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(
    title: str, paragraphs: Sequence[str], *, columns: int = 1, header: str = "", footer: str = "", size: float = 10
) -> bytes:
    """Return a justified PDF: a bold headline over columns, running header and footer, page numbers, « fi » as one
    letter, words broken at the ends of lines.
    """
    import reportlab
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, NextPageTemplate, PageTemplate, Paragraph

    fonts = Path(reportlab.__file__).parent / "fonts"
    for font in ("Vera", "VeraBd"):
        pdfmetrics.registerFont(TTFont(font, fonts / f"{font}.ttf"))
    width, height = A4

    def furnish(canvas: Any, document: Any) -> None:
        canvas.setFont("Vera", 8)
        canvas.drawString(50, height - 40, header)
        canvas.drawString(50, 30, footer)
        canvas.drawRightString(width - 50, 30, f"Page {document.page}")

    gap = 20
    wide = (width - 100 - gap * (columns - 1)) / columns
    first = [Frame(50 + i * (wide + gap), 60, wide, height - 230) for i in range(columns)]
    later = [Frame(50 + i * (wide + gap), 60, wide, height - 120) for i in range(columns)]
    head = Frame(50, height - 160, width - 100, 100)
    body = ParagraphStyle(
        "body",
        fontName="Vera",
        fontSize=size,
        leading=1.3 * size,
        spaceAfter=0.8 * size,
        alignment=4,
        embeddedHyphenation=1,
    )
    bold = ParagraphStyle("title", parent=body, fontName="VeraBd", fontSize=15, leading=19, alignment=1)
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, invariant=1)
    document.addPageTemplates(
        [PageTemplate("first", [head, *first], onPage=furnish), PageTemplate("later", later, onPage=furnish)]
    )
    flow: list[Any] = [NextPageTemplate("later"), Paragraph(title, bold), FrameBreak()]
    flow += [Paragraph(text.replace("fi", "\ufb01"), body) for text in paragraphs]
    document.build(flow)
    return out.getvalue()


def as_scan(pages: int = 1) -> bytes:
    """Return a PDF of pictures."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for _ in range(pages):
        canvas.rect(50, 50, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
