"""Small PDF and Word files, made by hand."""

from __future__ import annotations

import io
import zipfile

_WORD_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(*pages: str, packed: bytes = b"", filters: str = "/FlateDecode") -> bytes:
    """Return a PDF with one line of text a page; or with one packed stream for all of them."""
    numbers = range(len(pages))
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in numbers)
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, line in zip(numbers, pages, strict=True):
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] {resources} /Contents {5 + 2 * n} 0 R >>"
        drawn = packed or f"BT /F1 9 Tf 40 700 Td ({line}) Tj ET".encode()
        how = f"/Filter {filters}" if packed else ""
        stream = f"<< /Length {len(drawn)} {how} >>\nstream\n".encode() + drawn + b"\nendstream"
        objects += [page.encode(), stream]
    return _assembled(objects)


def _assembled(objects: list[bytes]) -> bytes:
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, each in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + each + b"\nendobj\n")
    table = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.writelines(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode())
    return out.getvalue()


def docx(*paragraphs: str, title: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    """Return a Word file with these paragraphs (XML of their runs, or plain text); parts replace or add others."""
    runs = [line if line.startswith("<") else f"<w:r><w:t>{line}</w:t></w:r>" for line in paragraphs]
    body = "".join(f"<w:p>{line}</w:p>" for line in runs)
    core = f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></c>'
    files = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{_WORD_SPACE}"><w:body>{body}</w:body></w:document>'.encode(),
        "docProps/core.xml": core.encode(),
    }
    files |= {f"word/{name}.xml": content for name, content in (parts or {}).items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()
