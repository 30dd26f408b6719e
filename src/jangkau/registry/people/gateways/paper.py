"""HTML set on paper (WeasyPrint) and a page as a picture (PDFium). Both libraries are loaded when a report is made, so
that pages work on a machine without Pango. Nothing is fetched from anywhere: fonts and styles come from the
package."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from importlib import resources
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from jangkau.core.kernel import Refused

if TYPE_CHECKING:
    from weasyprint import Document

_MADE_AT = re.compile(rb"/CreationDate\(D:\d{14}[+-]\d\d'\d\d'\)")
_MARK = re.compile(rb"/ID\[<[0-9A-F]{32}><[0-9A-F]{32}>\](?=>>\s+startxref\s+\d+\s+%%EOF\s*\Z)")
WEIGHTS = (400, 600, 700)  # that style sheets of papers use
_FACE = '@font-face {{ font-family: "Jakarta"; {weight}src: url("file://{path}"); }}\n'
FONT = "static/vendor/plus-jakarta-sans/plus-jakarta-sans-latin-wght-normal.woff2"


class Press:
    """A style sheet of a room (its package and the file below its templates) and the fonts, read once for many sheets.
    `many`: the weights are cut from the variable font once (half a second), not again for every PDF (0.04 s each).
    Raises Refused where Pango is missing."""

    def __init__(self, package: str, style: str, *, many: bool = False) -> None:
        try:
            import weasyprint
            from weasyprint.text.fonts import FontConfiguration
        except OSError as missing:  # the shared library is not there
            raise Refused(
                "Pustaka Pango belum terpasang di server, jadi PDF tidak dapat dibuat. Pasang paket libpango-1.0-0, "
                "libpangoft2-1.0-0, dan libharfbuzz-subset0, lalu buat lagi.",
                "The Pango library is not installed on the server, so no PDF can be made. Install the packages "
                "libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0, then try again.",
            ) from missing
        os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # else fontTools writes the time of day into embedded fonts
        font = resources.files("jangkau.web.site").joinpath(FONT)
        own = resources.files(package).joinpath("templates", *style.split("/"))
        self._cut = TemporaryDirectory() if many else None
        face = _cut_faces(str(font), self._cut.name) if self._cut else _FACE.format(weight="", path=font)
        self._html = weasyprint.HTML
        self._fonts = FontConfiguration()
        self._css = weasyprint.CSS(string=face + own.read_text(), font_config=self._fonts)

    def sheets(self, html: str) -> Document:
        """The pages of one piece of HTML."""
        return self._html(string=html).render(stylesheets=[self._css], font_config=self._fonts)


def _cut_faces(font: str, folder: str) -> str:
    """The faces of WEIGHTS, each cut from the variable font into a file of the folder."""
    from fontTools.ttLib import TTFont  # comes with WeasyPrint; large, and needed for many sheets alone
    from fontTools.varLib.instancer import instantiateVariableFont

    faces = ""
    for weight in WEIGHTS:
        cut, path = TTFont(font, recalcTimestamp=False), f"{folder}/{weight}.ttf"
        instantiateVariableFont(cut, {"wght": weight}, inplace=True)
        cut.flavor = None
        cut.save(path)
        faces += _FACE.format(weight=f"font-weight: {weight}; ", path=path)
    return faces


def bound(documents: Sequence[Document]) -> bytes:
    """Documents bound into one PDF. The same pages give the same bytes: no clock, no chance."""
    pages = [page for document in documents for page in document.pages]
    return bytes(documents[0].copy(pages).write_pdf())


def joined(pdfs: Sequence[bytes]) -> bytes:
    """PDFs one after the other as one; for long papers, which take too much memory as one document. The same PDFs give
    the same bytes."""
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    for pdf in pdfs:
        part = pypdfium2.PdfDocument(pdf)
        whole.import_pages(part)
        part.close()
    target = BytesIO()
    whole.save(target)
    whole.close()
    return _timeless(target.getvalue())


def _timeless(pdf: bytes) -> bytes:
    """A PDF without the time of day and the number by chance that PDFium writes into it: others of the same length
    stand in their place, so that everything else stays where its table says."""
    pdf = _MADE_AT.sub(b"/CreationDate(D:19700101000000+00'00')", pdf, count=1)
    mark = hashlib.sha256(_MARK.sub(b"", pdf)).hexdigest()[:32].upper().encode()
    return _MARK.sub(b"/ID[<%s><%s>]" % (mark, mark), pdf)


def picture(pdf: bytes, pixels_wide: int) -> bytes:
    """The first page of a PDF as PNG."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    image = page.render(scale=pixels_wide / page.get_width()).to_pil()
    target = BytesIO()
    image.save(target, format="PNG", optimize=True)
    page.close()
    document.close()
    return target.getvalue()
