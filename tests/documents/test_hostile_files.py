"""Files that are broken, locked, of another kind, or built to hurt. Each ends in a Problem, quickly."""

from __future__ import annotations

import threading
import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.samples import FILES, SENTENCES, assert_positions_hold, page, refusal, texts, with_part, word_of
from sokhu.core.problems import Problem
from sokhu.documents import Limits, child, extract

WORD = word_of(SENTENCES)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def archive(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "x.doc", "document.old_doc"),
        (OLE + "Workbook".encode("utf-16-le"), "x.xls", "document.old_doc"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "x.docx", "document.encrypted"),
        (archive({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}), "x.docx", "document.xlsx_later"),
        (archive({"mimetype": b"application/vnd.oasis.opendocument.text"}), "x.odt", "document.unknown_kind"),
        (archive({"a.txt": b"abc"}), "x.zip", "document.unknown_kind"),
        (b"{\\rtf1 abc}", "x.doc", "document.unknown_kind"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "x.pdf", "document.picture"),
        (bytes(range(256)) * 20, "x.txt", "document.unknown_kind"),
        (b"%PDF-1.7\nnothing", "x.pdf", "document.broken"),
        (b"PK\x03\x04 nothing", "x.docx", "document.broken"),
        (WORD[: len(WORD) // 2], "x.docx", "document.broken"),
        (b"   \n ", "x.html", "document.empty"),
        (page("<script>1</script>"), "x.html", "document.empty"),
        (word_of([]), "x.docx", "document.empty"),
    ],
)
def test_files_that_cannot_be_read_are_told_for_what_they_are(data: bytes, name: str, code: str) -> None:
    problem = refusal(data, name)
    assert (problem.code, problem.where) == (code, name)


def test_the_content_decides_before_the_name() -> None:
    assert extract(WORD, "x.pdf").kind == "docx"
    assert extract((FILES / "report.pdf").read_bytes(), "x.txt").kind == "pdf"


def test_a_file_above_the_limit_is_refused_by_its_size() -> None:
    problem = refusal(b"a" * 2_000_001, "x.txt", Limits(file_bytes=2_000_000))
    assert (problem.code, problem.params) == ("document.too_large", {"found": "2,0 MB", "limit": "2,0 MB"})


def test_a_text_above_the_limit_is_refused_by_its_length() -> None:
    limits = Limits(characters=100)
    for data, name in ((b"abc " * 30, "x.txt"), (WORD, "x.docx"), (page("<p>abc</p>" * 50), "x.html")):
        assert refusal(data, name, limits).code == "document.too_long"


def bomb() -> bytes:
    return with_part(WORD, "word/media/image1.png", lambda _: b"\0" * 300_000_000)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    data = bomb()
    started = time.monotonic()
    assert refusal(data, "x.docx").code == "document.bomb"
    assert time.monotonic() - started < 5


def test_a_part_packed_beyond_reason_is_a_bomb_even_when_small() -> None:
    assert refusal(with_part(WORD, "word/x.xml", lambda _: b" " * 5_000_000), "x.docx").code == "document.bomb"


def test_many_entries_are_a_bomb() -> None:
    assert refusal(archive({f"word/{i}": b"" for i in range(6000)}), "x.docx").code == "document.bomb"


def test_a_directory_that_lies_about_a_size_is_refused() -> None:
    data = with_part(WORD, "word/document.xml", lambda part: part + b"<!-- -->" * 100_000)
    at = data.rindex(b"word/document.xml") - 46
    lying = data[: at + 24] + (1000).to_bytes(4, "little") + data[at + 28 :]
    assert refusal(lying, "x.docx").code == "document.broken"


def test_a_part_locked_with_a_password_is_told_as_locked() -> None:
    at = WORD.rindex(b"word/document.xml") - 46
    assert refusal(WORD[: at + 8] + b"\x01" + WORD[at + 9 :], "x.docx").code == "document.encrypted"


def test_deep_nesting_is_refused() -> None:
    html = page("<div>" * 10_000 + "sâu" + "</div>" * 10_000)
    assert refusal(html, "x.html").code == "document.nested_too_deep"
    deep = with_part(
        WORD, "word/document.xml", lambda part: part.replace(b"<w:body>", b"<w:body>" + b"<w:sdt>" * 10_000, 1)
    )
    assert refusal(deep, "x.docx").code == "document.nested_too_deep"


def test_nesting_within_the_limit_is_read() -> None:
    html = page("<div><span>" * 100 + SENTENCES[0] + "</span></div>" * 100)
    assert texts(extract(html, "x.html")) == [SENTENCES[0]]


def test_declared_entities_are_neither_expanded_nor_fetched() -> None:
    laughs = b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    data = with_part(WORD, "word/document.xml", lambda part: part.replace(b"<w:document", laughs + b"<w:document", 1))
    assert refusal(data, "x.docx").code == "document.entities"
    assert (
        "root:"
        not in extract(b'<!DOCTYPE html [<!ENTITY c SYSTEM "file:///etc/passwd">]><p>&c; abc</p>', "x.html").text
    )


def test_a_part_outside_the_package_is_not_opened() -> None:
    data = with_part(WORD, "_rels/.rels", lambda part: part.replace(b"word/document.xml", b"../../etc/passwd"))
    assert refusal(data, "x.docx").code == "document.broken"


def test_a_file_that_takes_too_long_is_stopped() -> None:
    started = time.monotonic()
    problem = refusal(page("<p>abc def ghi klm" * 1_000_000), "x.html", Limits(seconds=1))
    assert problem.code == "document.too_heavy"
    assert problem.params["seconds"] == 1
    assert time.monotonic() - started < 8


def test_a_passage_that_the_parser_would_cut_is_refused() -> None:
    assert refusal(page("<p>" + "abc def " * 3_000_000), "x.html").code == "document.too_long"


def test_a_file_that_takes_too_much_memory_is_stopped() -> None:
    data = page("".join(f"<p>{i} {sentence}</p>" for i in range(20_000) for sentence in SENTENCES))
    assert refusal(data, "x.html", Limits(memory_bytes=60_000_000)).code == "document.too_heavy"


@pytest.mark.parametrize("event", ["socket.connect", "subprocess.Popen", "os.exec", "socket.getaddrinfo", "os.system"])
def test_the_reading_process_may_neither_reach_out_nor_start_programs(event: str) -> None:
    with pytest.raises(PermissionError):
        child._refuse(event, ())


def test_files_are_read_from_many_threads_at_once() -> None:
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(texts(extract(WORD, "x.docx")))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [list(SENTENCES)] * 4


def read_here(kind: str, data: bytes) -> None:
    """Read in this process: a Problem is fine, any other error is a bug that the process boundary would hide."""
    try:
        assert_positions_hold(child._read(kind, data, "x", Limits()))
    except Problem:
        return


FUZZ = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@given(st.binary(max_size=2000), st.sampled_from(["x.txt", "x.html", "x.docx", "x.pdf"]))
@settings(max_examples=300, deadline=None)
def test_random_bytes_give_a_text_or_a_problem(data: bytes, name: str) -> None:
    if not data.startswith((b"PK", b"%PDF")):
        try:
            assert_positions_hold(extract(data, name))
        except Problem:
            return


@FUZZ
@given(st.text(alphabet="<>/=\"' abtrdhplivn1é&;#\n", max_size=600))
def test_tag_soup_gives_a_text_or_a_problem(text: str) -> None:
    read_here("html", f"<html><body>{text}".encode())


TAGS = st.sampled_from(
    ["<table>", "</table>", "<tr>", "<td rowspan=3>", "<td colspan=4>", "<th>", "<thead>", "<p>", "</p>", "<div>",
     "</div>", "<br>", "<b>", "</b>", "<caption>", "<h1>", "<li>", "<a href=x>", "12,5", "Vốn đăng ký", "2024",
     "Khu công nghiệp. "]
)  # fmt: skip


@FUZZ
@given(st.lists(TAGS, max_size=60))
def test_tables_in_disorder_keep_their_positions(tags: list[str]) -> None:
    read_here("html", ("<html><body>" + "".join(tags)).encode())


DOCUMENT = zipfile.ZipFile(BytesIO(WORD)).read("word/document.xml")


@FUZZ
@given(st.integers(0, len(DOCUMENT) - 1), st.binary(max_size=8), st.integers(0, 40))
def test_a_damaged_word_part_gives_a_text_or_a_problem(at: int, put: bytes, cut: int) -> None:
    read_here("docx", with_part(WORD, "word/document.xml", lambda part: part[:at] + put + part[at + cut :]))


@FUZZ
@given(st.integers(0, len(WORD) - 1), st.binary(max_size=8))
def test_a_damaged_package_gives_a_text_or_a_problem(at: int, put: bytes) -> None:
    read_here("docx", WORD[:at] + put + WORD[at + len(put) :])


PDF = (FILES / "page-of-picture.pdf").read_bytes()


@FUZZ
@given(st.integers(0, len(PDF) - 1), st.binary(max_size=20), st.booleans())
def test_a_damaged_pdf_gives_a_text_or_a_problem(at: int, put: bytes, ends: bool) -> None:
    read_here("pdf", b"%PDF-1.4\n" + PDF[:at] + put + (b"" if ends else PDF[at + len(put) :]))
