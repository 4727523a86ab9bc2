"""Web pages: the article without the menus around it, its tables with their merged cells, its title and its date.

trafilatura says which words are the article; the text itself is taken from the page's own tree, because trafilatura's
output flattens merged cells and drops short paragraphs that may hold a figure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any

from lxml import etree
from lxml import html as markup

from sokhu.core.problems import Problem
from sokhu.documents import legacy, plain, tables
from sokhu.documents.extracted import BlockKind, Extracted, Limits
from sokhu.documents.writing import Writer, clean, one_line

_SKIPPED = {
    "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "head", "select", "option", "button",
    "textarea", "input", "video", "audio", "canvas", "map", "datalist", "dialog",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
    "label", "mark", "nobr", "o:p", "q", "s", "samp", "small", "span", "strike", "strong", "st1:place", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
}  # fmt: skip
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_AROUND = {"nav", "footer", "aside"}
_AROUND_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "menu"}
_AROUND_NAME = re.compile(
    r"(?:^|[\s_-])(?:menu|nav(?:bar)?|footer|sidebar|breadcrumbs?|related|comments?|share|social|banner|ads?|quang-?cao"
    r"|tin-?lien-?quan|lien-?quan|tags?|pagination|paging|copyright|toolbar|popup|login|search)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_DATE = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d")
_DATE_NAMES = {
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "pubdate", "publishdate", "publish-date", "published_time",
}  # fmt: skip
_LITTLE = 200


@dataclass
class _Piece:
    """A paragraph or table of the page before it is known whether it belongs to the article."""

    element: etree._Element
    kind: BlockKind
    text: str
    linked: int = 0
    around: bool = False
    grid: tables.Grid | None = None
    is_hit: bool = False

    @property
    def mostly_links(self) -> bool:
        return self.linked * 2 > len(self.text)


@dataclass
class _Walk:
    """Gathers the pieces of a page in reading order."""

    limits: Limits
    pieces: list[_Piece] = field(default_factory=list)
    cut: bool = False
    _open: list[str] = field(default_factory=list)
    _linked: int = 0

    def block(self, element: etree._Element, kind: BlockKind, around: bool) -> None:
        """Read the inside of a block element; text between its child blocks is a paragraph of its own."""
        self._text(element.text, False)
        for child in element:
            self._child(child, element, kind, around)
            self._text(child.tail, False)
        self.close(element, kind, around)

    def _child(self, child: etree._Element, parent: etree._Element, kind: BlockKind, around: bool) -> None:
        if _is_skipped(child):
            return
        tag = str(child.tag)
        if tag == "br":
            self._open.append("\n")
        elif tag in _INLINE and next(_blocks_in(child), None) is None:
            self._inline(child, tag == "a")
        else:
            self.close(parent, kind, around)
            self._enter(child, tag, kind, around)

    def _enter(self, child: etree._Element, tag: str, kind: BlockKind, around: bool) -> None:
        inside = around or _is_around(child)
        if tag == "table" and _is_data_table(child):
            self._table(child, inside)
        elif tag in _HEADINGS:
            self.block(child, "heading", inside)
        elif tag in {"caption", "figcaption"}:
            self.block(child, "caption", inside)
        else:
            self.block(child, kind if tag in _INLINE else "paragraph", inside)

    def _inline(self, element: etree._Element, linked: bool) -> None:
        self._text(element.text, linked)
        for child in element:
            if not _is_skipped(child):
                if child.tag == "br":
                    self._open.append("\n")
                self._inline(child, linked or child.tag == "a")
            self._text(child.tail, linked)

    def _text(self, text: str | None, linked: bool) -> None:
        if text:
            self._open.append(" ".join(re.split(r"\s+", text)))
            self._linked += len(text.strip()) if linked else 0

    def close(self, element: etree._Element, kind: BlockKind, around: bool) -> None:
        """End the open paragraph; two line breaks in a row end one too."""
        linked, self._linked = self._linked, 0
        whole, self._open = "".join(self._open), []
        for part in re.split(r"\n[ \u00a0]*\n\s*", whole):
            text = clean(part)
            if text:
                self.pieces.append(_Piece(element, kind, text, min(linked, len(text)), around))

    def _table(self, element: etree._Element, around: bool) -> None:
        caption = element.find("caption")
        if caption is not None:
            self.block(caption, "caption", around)
        grid, cut = _grid(element, self.limits)
        self.cut = self.cut or cut
        text = " ".join(cell.text for row in grid.owners for cell in row if cell)
        linked = sum(len(one_line("".join(str(text) for text in link.itertext()))) for link in element.iter("a"))
        self.pieces.append(_Piece(element, "table", text, linked, around, grid))


def read(data: bytes, filename: str, limits: Limits) -> Extracted:
    """The article of a page, or the whole page where no article stands out.

    Raises Problem: document.nested_too_deep, .wrong_encoding, .legacy_font, .too_long, .empty, .broken.
    """
    root = _parsed(_characters(data), limits)
    walk = _Walk(limits)
    body = root.find("body")
    walk.block(body if body is not None else root, "paragraph", False)
    writer = Writer(limits)
    if walk.cut:
        writer.warn("document.table_cut", found=limits.cells, kept=limits.cells)
    title = _title(root)
    for piece in _article(root, walk.pieces, title):
        if piece.grid is not None:
            writer.table(piece.grid)
        else:
            writer.paragraph(piece.text, piece.kind)
    if not writer.blocks:
        raise Problem("document.empty")
    extracted = writer.finished("html", title or writer.title() or PurePath(filename).stem, _published(root))
    legacy.check(extracted.text)
    return extracted


def _characters(data: bytes) -> str:
    """The page's characters: UTF-8 or UTF-16 when they fit, else the charset the page names."""
    try:
        return plain.decoded(data).removeprefix("\ufeff")
    except Problem as problem:
        named = _CHARSET.search(data[:4096])
        if problem.code == "document.legacy_font" or not named:
            raise
        try:
            return data.decode(named.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            raise problem from None


def _parsed(text: str, limits: Limits) -> etree._Element:
    parser = markup.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root: etree._Element = markup.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise Problem("document.empty") from error
    except etree.LxmlError as error:
        raise Problem("document.broken", found="HTML") from error
    _refuse_what_was_cut([entry.message.lower() for entry in parser.error_log if "LIMIT" in entry.type_name], limits)
    return root


def _refuse_what_was_cut(messages: list[str], limits: Limits) -> None:
    """The parser stops without an error at its own limits: 256 levels, ten million letters in one passage."""
    if any("depth" in message for message in messages):
        raise Problem("document.nested_too_deep", found="HTML", limit=limits.depth)
    if messages:
        raise Problem("document.too_long", found="HTML", limit=limits.characters)


def _is_skipped(element: etree._Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return True
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _is_around(element: etree._Element) -> bool:
    """Whether the element says of itself that it stands around the article: menu, footer, related news."""
    if element.tag in _AROUND or (element.get("role") or "") in _AROUND_ROLES:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_AROUND_NAME.search(names[:500])) and element.tag not in {"body", "article", "main"}


def _blocks_in(element: etree._Element) -> Iterator[etree._Element]:
    return (
        inner for inner in element.iterdescendants() if isinstance(inner.tag, str) and inner.tag not in _INLINE | {"br"}
    )


def _is_data_table(table: etree._Element) -> bool:
    """Old sites lay the whole page out in tables: one that holds tables, headings or long paragraphs is a frame."""
    if next(table.iterdescendants("table", "article", "h1", "h2", "ul"), None) is not None:
        return False
    return any(len(list(row.iterchildren("td", "th"))) > 1 for row in table.iter("tr"))


def _grid(table: etree._Element, limits: Limits) -> tuple[tables.Grid, bool]:
    rows = [row for row in table.iter("tr") if not _is_skipped(row)]
    spanned = [[_cell(cell) for cell in row.iterchildren("td", "th")] for row in rows]
    cells, cut = tables.placed(spanned, limits.cells)
    return tables.grid_of(cells, _declared_head(rows, spanned)), cut


def _declared_head(rows: list[etree._Element], spanned: list[list[tables.SpannedCell]]) -> int:
    """Rows in <thead>, else the leading rows made of <th> alone (one <th> beside figures names its row)."""
    in_head = sum(1 for row in rows if (parent := row.getparent()) is not None and parent.tag == "thead")
    if in_head:
        return in_head
    return next((r for r, row in enumerate(spanned) if not row or not all(c.is_head for c in row)), 0)


def _cell(cell: etree._Element) -> tables.SpannedCell:
    return tables.SpannedCell(_cell_text(cell), _span(cell, "rowspan"), _span(cell, "colspan"), cell.tag == "th")


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 6 else 1


def _cell_text(cell: etree._Element) -> str:
    return one_line("".join(_cell_pieces(cell)))


def _cell_pieces(element: etree._Element) -> Iterator[str]:
    yield re.sub(r"\s+", " ", element.text or "")
    for child in element:
        if not _is_skipped(child):
            apart = "" if child.tag in _INLINE else " "
            yield apart
            yield from _cell_pieces(child)
            yield apart
        yield re.sub(r"\s+", " ", child.tail or "")


def _article(root: etree._Element, pieces: list[_Piece], title: str) -> list[_Piece]:
    """The pieces of the article: inside the smallest element that holds nine tenths of what trafilatura kept.

    Headline, date and lead often stand above that element: "đến nay" in the article means the date there.
    """
    _mark_hits(root, pieces)
    hits = sum(len(piece.text) for piece in pieces if piece.is_hit)
    own = [piece for piece in pieces if not piece.around and not piece.mostly_links]
    if hits < max(_LITTLE, 0.3 * sum(len(piece.text) for piece in own)):
        return own or pieces
    container = _container(pieces, hits)
    inside = [piece.is_hit or _is_inside(piece.element, container) for piece in pieces]
    body = inside.index(True)
    first = _headline(pieces, body, title)
    return [
        piece
        for i, piece in enumerate(pieces)
        if piece.is_hit or ((inside[i] or first <= i < body) and not piece.around and not piece.mostly_links)
    ]


def _headline(pieces: list[_Piece], body: int, title: str) -> int:
    """Where the article's headline stands above its body; `body` where there is none near it."""
    named = _start(title)
    for i in range(body - 1, max(body - 12, -1), -1):
        if pieces[i].element.tag == "h1" or (named and _start(pieces[i].text) == named):
            return i
    return body


def _mark_hits(root: etree._Element, pieces: list[_Piece]) -> None:
    kept = _kept_starts(root)
    for piece in pieces:
        piece.is_hit = piece.grid is None and _start(piece.text) in kept


def _kept_starts(root: etree._Element) -> set[str]:
    """The first letters of every line that trafilatura takes for the article; none where it gives up."""
    import trafilatura

    try:
        page = trafilatura.bare_extraction(
            markup.fromstring(etree.tostring(root, encoding="unicode", method="html")),
            include_comments=False, include_tables=False, favor_recall=True, with_metadata=False,
        )  # fmt: skip
    except Exception:  # a page it cannot digest is read whole
        return set()
    text = str(getattr(page, "text", "") or "")
    return {_start(line) for line in text.splitlines() if line.strip()}


def _start(text: str) -> str:
    return re.sub(r"[\W_]+", "", clean(text)[:120]).lower()[:50]


def _container(pieces: list[_Piece], hits: int) -> etree._Element:
    weights: dict[etree._Element, int] = {}
    for piece in pieces:
        if piece.is_hit:
            for element in (piece.element, *piece.element.iterancestors()):
                weights[element] = weights.get(element, 0) + len(piece.text)
    heavy = [element for element, weight in weights.items() if weight >= 0.9 * hits]
    return max(heavy, key=lambda element: sum(1 for _ in element.iterancestors()))


def _is_inside(element: etree._Element, container: etree._Element) -> bool:
    return element is container or any(ancestor is container for ancestor in element.iterancestors())


def _title(root: etree._Element) -> str:
    """og:title, else the only <h1>, else <title> without the site's name behind a bar."""
    for meta in root.iter("meta"):
        if (meta.get("property") or "").lower() == "og:title" and (meta.get("content") or "").strip():
            return str(meta.get("content"))
    heads = [one_line(_cell_text(head)) for head in root.iter("h1")]
    if len(heads) == 1 and heads[0]:
        return heads[0]
    named = root.find("head/title")
    return re.split(r"\s+[|–»]\s+", one_line(named.text or ""))[0] if named is not None else ""


def _published(root: etree._Element) -> date | None:
    """The date that the page's own metadata gives as its publication; never guessed from the text."""
    for value in _date_values(root):
        found = _DATE.match(value.strip())
        if found:
            try:
                return date.fromisoformat(found.group())
            except ValueError:
                continue
    return None


def _date_values(root: etree._Element) -> Iterator[str]:
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if name.lower() in _DATE_NAMES:
            yield meta.get("content") or ""
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            yield from _linked_dates(script.text or "")
    for element in root.iter("time"):
        if element.get("pubdate") is not None or (element.get("itemprop") or "").lower() == "datepublished":
            yield element.get("datetime") or ""


def _linked_dates(text: str) -> Iterator[str]:
    try:
        found: Any = json.loads(text[:200_000])
    except (ValueError, RecursionError):
        return
    listed = found if isinstance(found, list) else [found]
    for entry in listed:
        for node in [entry, *(entry.get("@graph", []) if isinstance(entry, dict) else [])]:
            if isinstance(node, dict) and isinstance(node.get("datePublished"), str):
                yield node["datePublished"]
