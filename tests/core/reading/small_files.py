"""One small list in every format that is read, written byte by byte where no library writes the format. The people are
invented."""

import io
import struct
import zipfile
from datetime import date

from workbooks import workbook

ANI, BUDI = "3202014107905001", "3202010203859002"
ROWS = [
    ["DAFTAR PEKERJA RENTAN DESA CITEPUS", "", "", "", "", "", ""],
    ["NO", "NIK", "NAMA", "TGL LAHIR", "L/P", "ALAMAT", "PENGHASILAN"],
    [1, ANI, "ANI YULIANI", date(1990, 7, 1), "P", "Kp. Cibuntu RT 01/02", 1_500_000],
    [2, BUDI, "BUDI", "02-03-1985", "L", "Kp. Cibuntu RT 01/02 Ds. Tonjong", "Rp 1.500.000,-"],
    [3, 3202010105909000, "ASEP (alm)", "31-02-1980", "L", "", ""],
    ["", "JUMLAH", "3 orang", "", "", "", ""],
]
_END = 0xFFFFFFFE  # the last sector of a chain


def zipped(parts: dict[str, bytes]) -> bytes:
    """An archive of the parts, in their order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xlsx(rows: list[list]) -> bytes:
    return workbook(rows, [["catatan"]])


def xlsm(rows: list[list]) -> bytes:
    """With a part where macros stand; nobody looks into it."""
    return zipped({**parts_of(xlsx(rows)), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 no macro"})


def csv(rows: list[list], separator: str = ";") -> bytes:
    return "\r\n".join(separator.join(map(str, row)) for row in rows).encode()


def html(rows: list[list]) -> bytes:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><body><table>{lines}</table></body></html>".encode()


def ods(rows: list[list]) -> bytes:
    """An OpenDocument sheet; the last row repeats to the end of the sheet, as office programs write it."""

    def cell(value) -> str:
        if value == "":
            return "<table:table-cell/>"
        if isinstance(value, date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    tail = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="DATA">{lines}{tail}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = b"<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>"
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content.encode()})


def xlsb(rows: list[list]) -> bytes:
    """A binary workbook: records of a number, a length and a body."""

    def record(number: int, body: bytes = b"") -> bytes:
        head = bytes([number & 0x7F | 0x80, number >> 7]) if number > 127 else bytes([number])
        rest = len(body)
        while rest > 127:
            head, rest = head + bytes([rest & 0x7F | 0x80]), rest >> 7
        return head + bytes([rest]) + body

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    texts = sorted({str(cell) for row in rows for cell in row if not isinstance(cell, int)})
    shared = record(0x9F, struct.pack("<II", len(texts), len(texts)))
    shared += b"".join(record(0x13, b"\0" + wide(text)) for text in texts) + record(0xA0)
    sheet = record(0x81) + record(0x94, struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)) + record(0x91)
    for number, row in enumerate(rows):
        sheet += record(0x00, struct.pack("<I", number) + b"\0" * 13)
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet += record(0x05, struct.pack("<IId", column, 0, value))
            elif value != "":
                sheet += record(0x07, struct.pack("<III", column, 0, texts.index(str(value))))
    sheet += record(0x92) + record(0x82)
    book = record(0x83) + record(0x8F) + record(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide("DATA"))
    book += record(0x90) + record(0x84)
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{base}/worksheet" Target="worksheets/sheet1.bin"/>'
        f'<Relationship Id="rId2" Type="{base}/sharedStrings" Target="sharedStrings.bin"/></Relationships>'
    )
    return zipped({
        "[Content_Types].xml": b"<Types/>", "xl/workbook.bin": book, "xl/_rels/workbook.bin.rels": links.encode(),
        "xl/sharedStrings.bin": shared, "xl/worksheets/sheet1.bin": sheet,
    })  # fmt: skip


def xls(rows: list[list]) -> bytes:
    """An old binary workbook (BIFF8): one stream of records inside a compound file."""

    def record(number: int, body: bytes = b"") -> bytes:
        return struct.pack("<HH", number, len(body)) + body

    def text(value: str) -> bytes:
        return struct.pack("<HB", len(value.encode("utf-16-le")) // 2, 1) + value.encode("utf-16-le")

    rows = [[cell[:200] if isinstance(cell, str) else cell for cell in row] for row in rows]  # records are short
    texts = sorted({cell for row in rows for cell in row if isinstance(cell, str) and cell})
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    sheet += record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, len(rows[0]), 0))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                serial = value.toordinal() - date(1899, 12, 30).toordinal()
                sheet += record(0x203, struct.pack("<HHHd", number, column, 1, serial))
            elif isinstance(value, int):
                sheet += record(0x203, struct.pack("<HHHd", number, column, 0, value))
            elif value:
                sheet += record(0xFD, struct.pack("<HHHI", number, column, 0, texts.index(value)))
    sheet += record(0x0A)
    head = record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 0)) + record(0x42, struct.pack("<H", 1200))
    head += record(0xE0, struct.pack("<HH16x", 0, 0)) + record(0xE0, struct.pack("<HH16x", 0, 14))
    strings = record(0xFC, struct.pack("<II", len(texts), len(texts)) + b"".join(map(text, texts)))
    name = b"\4\0DATA"
    begins = len(head) + 4 + 6 + len(name) + len(strings) + 4
    bound = record(0x85, struct.pack("<IH", begins, 0) + name)
    return _compound(head + bound + strings + record(0x0A) + sheet)


def _compound(stream: bytes) -> bytes:
    """A compound file that holds one stream, Workbook: a table of sectors, a directory, the stream."""
    size = max(4096, -(-len(stream) // 512) * 512)
    sectors = size // 512
    table = [0xFFFFFFFD, _END, *range(3, 2 + sectors), _END]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack(
        "<16xHHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0, 0
    )

    def entry(name: str, kind: int, child: int, start: int, length: int) -> bytes:
        raw = name.encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII36xIQ", raw, len(raw) + 2 if name else 0, kind, 1, *(_END + 1, _END + 1, child), start, length
        )

    directory = entry("Root Entry", 5, 1, _END, 0) + entry("Workbook", 2, _END + 1, 2, size)
    directory += 2 * entry("", 0, _END + 1, 0, 0)
    return (
        head.ljust(512, b"\xff")
        + struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
        + directory
        + stream.ljust(size, b"\0")
    )


FORMATS = {  # each in which a list is read, and how it is written
    "a.xlsx": xlsx, "a.xlsm": xlsm, "a.xls": xls, "a.xlsb": xlsb, "a.ods": ods, "a.csv": csv,
    "a.tsv": lambda rows: csv(rows, "\t"), "a.txt": lambda rows: csv(rows, "     "),
    "b.csv": lambda rows: csv([[f'"{cell}"' for cell in row] for row in rows]),
    "c.csv": lambda rows: csv(rows).decode().encode("utf-16"), "a.html": html, "b.xls": html,
    "a.zip": lambda rows: zipped({"a/1.csv": csv(rows), "b.xlsx": xlsx(rows)}),
}  # fmt: skip


def every_format(rows: list[list]) -> list[tuple[str, bytes]]:
    """(name, bytes) of the same rows in every format that is read."""
    return [(name, write(rows)) for name, write in FORMATS.items()]
