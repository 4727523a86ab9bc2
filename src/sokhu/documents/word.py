"""Word documents (.docx, .docm), read from the XML parts that hold text; nothing else of the package is opened.

The parts are walked here rather than through python-docx because its paragraphs leave out accepted insertions, content
controls and smart tags, all common in reports that passed through many hands, and it loads every picture.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from lxml import etree

from sokhu.core.problems import Problem
from sokhu.documents import guard, legacy, tables
from sokhu.documents.extracted import BlockKind, Extracted, Limits
from sokhu.documents.writing import Writer, clean, one_line

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFFICE = "/relationships/officeDocument"
# Word's own limit is 63 columns; a larger gridSpan is a broken or hostile file.
_MOST_COLUMNS = 200

_TRANSPARENT = {
    _W + n for n in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple")
}
_TRANSPARENT |= {_W + n for n in ("dir", "bdo")} | {_MATH + n for n in ("oMath", "oMathPara", "r")}
_BREAKS = {_W + "br": "\n", _W + "cr": "\n", _W + "tab": " ", _W + "ptab": " ", _W + "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    fonts: tuple[str, ...]
    outline: bool


@dataclass
class _Document:
    """What a paragraph needs to know of its document, and what is noted on the way."""

    styles: dict[str, _Style]
    default_fonts: tuple[str, ...]
    old_font_text: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)

    def style_named(self, style_id: str) -> str:
        style = self.styles.get(style_id)
        return style.name if style else ""

    def fonts_of(self, style_id: str) -> tuple[str, ...]:
        for _ in range(10):
            style = self.styles.get(style_id)
            if style is None:
                break
            if style.fonts:
                return style.fonts
            style_id = style.based_on
        return self.default_fonts

    def is_outline(self, style_id: str) -> bool:
        style = self.styles.get(style_id)
        return style is not None and style.outline


def read(data: bytes, filename: str, limits: Limits) -> Extracted:
    """The text of a Word document: paragraphs, tables, text boxes after their paragraph, footnotes at the end.

    Deleted and hidden text, headers, footers, comments, field codes and the table of contents are left out.
    Raises Problem: those of `guard.package` and `legacy.check`, document.nested_too_deep, .entities, .broken, .empty.
    """
    package = guard.package(data, limits)
    guard.office_kind(package)
    main = _main_part(package)
    body = _parsed(package, main).find(_W + "body")
    if body is None:
        raise Problem("document.broken", found=main)
    document = _styles(package, posixpath.dirname(main))
    writer = Writer(limits)
    _write_blocks(body, document, writer)
    _write_footnotes(package, posixpath.dirname(main), document, writer)
    if not writer.blocks:
        raise Problem("document.empty")
    extracted = writer.finished("docx", writer.title() or PurePath(filename).stem)
    legacy.check(extracted.text, " ".join(document.old_font_text))
    return extracted


def _main_part(package: guard.Package) -> str:
    if "_rels/.rels" in package.names():
        for relation in _parsed(package, "_rels/.rels"):
            if str(relation.get("Type")).endswith(_OFFICE):
                return posixpath.normpath(str(relation.get("Target")).lstrip("/"))
    return "word/document.xml"


def _parsed(package: guard.Package, name: str) -> etree._Element:
    """A part as XML. Entities are neither resolved nor fetched; a part that declares any is refused."""
    data = package.read(name)
    if _STRICT.encode() in data[:20_000]:
        data = data.replace(_STRICT.encode(), _W[1:-1].encode())
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        code = "document.nested_too_deep" if "depth" in str(error) else "document.broken"
        raise Problem(code, found=name, limit=package.limits.depth) from error
    except (ValueError, LookupError) as error:
        raise Problem("document.broken", found=name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Problem("document.entities", found=name)
    return root


def _styles(package: guard.Package, folder: str) -> _Document:
    name = posixpath.join(folder, "styles.xml")
    if name not in package.names():
        return _Document({}, ())
    root = _parsed(package, name)
    styles = {str(style.get(_W + "styleId")): _style(style) for style in root.iterfind(_W + "style")}
    default = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
    return _Document(styles, _fonts(default))


def _style(style: etree._Element) -> _Style:
    name = _value(style.find(_W + "name")).lower()
    outline = style.find(f"{_W}pPr/{_W}outlineLvl")
    is_outline = name.startswith("heading") or name == "title" or (outline is not None and _value(outline) != "9")
    return _Style(name, _value(style.find(_W + "basedOn")), _fonts(style.find(_W + "rPr")), is_outline)


def _value(element: etree._Element | None) -> str:
    return "" if element is None else str(element.get(_W + "val") or "")


def _fonts(properties: etree._Element | None) -> tuple[str, ...]:
    fonts = None if properties is None else properties.find(_W + "rFonts")
    return () if fonts is None else tuple(str(fonts.get(_W + kind) or "") for kind in ("ascii", "hAnsi"))


def _write_blocks(parent: etree._Element, document: _Document, writer: Writer) -> None:
    for child in parent:
        if child.tag == _W + "p":
            _write_paragraph(child, document, writer)
        elif child.tag == _W + "tbl":
            _write_table(child, document, writer)
        elif child.tag in _TRANSPARENT:
            _write_blocks(child, document, writer)
        elif child.tag == _MC + "AlternateContent":
            _write_blocks(_choice(child), document, writer)


def _write_paragraph(paragraph: etree._Element, document: _Document, writer: Writer) -> None:
    style_id = _value(paragraph.find(f"{_W}pPr/{_W}pStyle"))
    outer, document.boxes = document.boxes, []
    text = _text_of(paragraph, document)
    boxes, document.boxes = document.boxes, outer
    # "toc 1": the table of contents repeats every heading with a page number that would read as a figure.
    if not document.style_named(style_id).startswith("toc "):
        writer.paragraph(text, _kind(paragraph, style_id, document))
    for box in boxes:
        _write_blocks(box, document, writer)


def _kind(paragraph: etree._Element, style_id: str, document: _Document) -> BlockKind:
    if document.style_named(style_id) == "caption":
        return "caption"
    outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    is_heading = document.is_outline(style_id) or (outline is not None and _value(outline) != "9")
    return "heading" if is_heading else "paragraph"


def _text_of(paragraph: etree._Element, document: _Document) -> str:
    style_id = _value(paragraph.find(f"{_W}pPr/{_W}pStyle"))
    return "".join(_pieces(paragraph, style_id, document))


def _pieces(parent: etree._Element, style_id: str, document: _Document) -> Iterator[str]:
    """The visible text of a paragraph's runs, those of insertions, links, controls and formulas included."""
    for child in parent:
        if child.tag == _W + "r":
            yield _run_text(child, style_id, document)
        elif child.tag == _MATH + "t":
            yield child.text or ""
        elif child.tag in _TRANSPARENT or str(child.tag).startswith(_MATH):
            yield from _pieces(child, style_id, document)
        elif child.tag == _MC + "AlternateContent":
            yield from _pieces(_choice(child), style_id, document)


def _choice(alternate: etree._Element) -> etree._Element:
    """Word writes a text box twice, for new and for old readers: take the first."""
    return next(iter(alternate), alternate)


def _run_text(run: etree._Element, style_id: str, document: _Document) -> str:
    properties = run.find(_W + "rPr")
    if properties is not None and _is_on(properties.find(_W + "vanish")):
        return ""
    text = "".join(_run_pieces(run, document))
    character_style = _value(properties.find(_W + "rStyle")) if properties is not None else ""
    fonts = (
        _fonts(properties)
        or (document.fonts_of(character_style) if character_style else ())
        or document.fonts_of(style_id)
    )
    if text and any(legacy.LEGACY_FONT_NAME.match(font) for font in fonts):
        document.old_font_text.append(text)
    return text


def _is_on(flag: etree._Element | None) -> bool:
    return flag is not None and _value(flag) not in {"0", "false", "off"}


def _run_pieces(run: etree._Element, document: _Document) -> Iterator[str]:
    for child in run:
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag == _MC + "AlternateContent":
            document.boxes += _choice(child).iter(_W + "txbxContent")
        elif child.tag in {_W + "drawing", _W + "pict"}:
            document.boxes += child.iter(_W + "txbxContent")


def _write_footnotes(package: guard.Package, folder: str, document: _Document, writer: Writer) -> None:
    for part, tag in (("footnotes.xml", "footnote"), ("endnotes.xml", "endnote")):
        name = posixpath.join(folder, part)
        if name in package.names():
            for note in _parsed(package, name).iterfind(_W + tag):
                if note.get(_W + "type") in (None, "normal"):
                    _write_blocks(note, document, writer)


def _write_table(table: etree._Element, document: _Document, writer: Writer) -> None:
    """A table; one that holds tables is a frame for the page, so its cells are written one after another."""
    rows = [row for row in _children(table, "tr") if row.find(f"{_W}trPr/{_W}del") is None]
    if any(cell.find(f".//{_W}tbl") is not None for row in rows for cell in _children(row, "tc")):
        for row in rows:
            for cell in _children(row, "tc"):
                _write_blocks(cell, document, writer)
        return
    cells: list[tables.Cell] = []
    going_on: dict[int, int] = {}
    for r, row in enumerate(rows):
        _add_row(r, row, cells, going_on, document)
    head = next((r for r, row in enumerate(rows) if row.find(f"{_W}trPr/{_W}tblHeader") is None), len(rows))
    writer.table(tables.grid_of(cells, declared_head=head))


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == _W + name:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _children(child, name)


def _add_row(
    r: int, row: etree._Element, cells: list[tables.Cell], going_on: dict[int, int], document: _Document
) -> None:
    """Add a row's cells. going_on: column -> index in `cells` of the cell that a vertical merge may lengthen."""
    column = min(_number(row.find(f"{_W}trPr/{_W}gridBefore"), 0), _MOST_COLUMNS)
    for element in _children(row, "tc"):
        width = min(max(_number(element.find(f"{_W}tcPr/{_W}gridSpan"), 1), 1), _MOST_COLUMNS)
        merge = element.find(f"{_W}tcPr/{_W}vMerge")
        above = going_on.get(column)
        if merge is not None and _value(merge) != "restart" and above is not None and _reaches(cells[above], r):
            cell = cells[above]
            cells[above] = tables.Cell(cell.row, cell.column, cell.rows + 1, cell.columns, cell.text)
        else:
            going_on[column] = len(cells)
            cells.append(tables.Cell(r, column, 1, width, _cell_text(element, document)))
        column += width


def _reaches(cell: tables.Cell, row: int) -> bool:
    return cell.row + cell.rows == row


def _number(element: etree._Element | None, default: int) -> int:
    value = _value(element)
    return int(value) if value.isdecimal() and len(value) < 6 else default


def _cell_text(cell: etree._Element, document: _Document) -> str:
    texts = (clean(_text_of(paragraph, document)) for paragraph in _children(cell, "p"))
    return one_line(" ".join(text for text in texts if text))
