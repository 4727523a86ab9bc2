"""Plain text stays as the file has it; encodings are decoded when sure; old fonts are named."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.samples import (
    SENTENCES,
    assert_positions_hold,
    in_tcvn3,
    in_viqr,
    in_vni,
    page,
    refusal,
    texts,
    word,
    word_of,
)  # fmt: skip
from sokhu.core.problems import Problem
from sokhu.documents import extract, legacy

TEXT = "\n\n".join(SENTENCES)


@given(st.text(min_size=1).filter(lambda text: text.strip("\ufeff \t\r\n\f\v\u00a0\x00")))
def test_the_text_of_a_txt_file_is_the_file_itself(text: str) -> None:
    try:
        extracted = extract(text.encode("utf-8"), "x.txt")
    except (Problem, UnicodeEncodeError):
        return
    if extracted.kind == "txt" and not text.startswith(("\ufeff", "\x00")) and "\x00" not in text:
        assert extracted.text == text
        assert_positions_hold(extracted)


def test_line_ends_byte_order_mark_and_decomposed_letters_stay() -> None:
    text = "\ufeff" + unicodedata.normalize("NFD", TEXT).replace("\n", "\r\n")
    extracted = extract(text.encode(), "x.txt")
    assert extracted.text == text
    assert texts(extracted)[0] == unicodedata.normalize("NFD", SENTENCES[0])
    assert extracted.title == SENTENCES[0]


def test_lines_are_paragraphs_and_evenly_wrapped_lines_are_one() -> None:
    assert texts(extract("\n".join(SENTENCES).encode(), "x.txt")) == list(SENTENCES)
    wrapped = "Các khu công nghiệp trên địa bàn tỉnh đã thu hút thêm nhiều\n" * 3 + "dự án."
    assert len(extract(wrapped.encode(), "x.txt").blocks) == 1


def test_capital_lines_are_headings() -> None:
    assert [block.kind for block in extract(f"KẾT QUẢ THU HÚT\n{SENTENCES[0]}".encode(), "x.txt").blocks] == [
        "heading",
        "paragraph",
    ]


def test_lines_pasted_from_a_spreadsheet_are_a_table() -> None:
    extracted = extract("Khu\tVốn đăng ký\nGò Sỏi\t12,5\nHòn Ngọc\t 7 \n".encode(), "x.txt")
    table = extracted.blocks[0].table
    assert table is not None
    assert table.header_paths == ("Khu", "Vốn đăng ký")
    assert table.rows[2] == ("Hòn Ngọc", "7")
    assert_positions_hold(extracted)


@pytest.mark.parametrize("mark", [b"\xff\xfe", b""])
def test_utf16_is_decoded(mark: bytes) -> None:
    extracted = extract(mark + TEXT.encode("utf-16-le"), "x.txt")
    assert extracted.text.lstrip("\ufeff") == TEXT


def test_windows_1258_is_decoded_when_sure() -> None:
    apart = unicodedata.normalize("NFD", TEXT)
    for whole in "ăâêôơưĂÂÊÔƠƯ":
        apart = apart.replace(unicodedata.normalize("NFD", whole), whole)
    # A dot below sorts before the letter's own sign in NFD; the code page has it after.
    apart = "".join(_in_order(letter) for letter in unicodedata.normalize("NFC", TEXT)) if "\u0302" in apart else apart
    assert texts_in_nfc(apart.encode("cp1258")) == list(SENTENCES)


def _in_order(letter: str) -> str:
    whole = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in whole if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(mark for mark in whole if mark not in tone)) + tone


def texts_in_nfc(data: bytes) -> list[str]:
    return [unicodedata.normalize("NFC", text) for text in texts(extract(data, "x.txt"))]


def test_bytes_of_no_encoding_are_refused_with_their_place() -> None:
    problem = refusal(b"dong mot\ndong hai \xff\xfe\xc3 abc \x81", "x.txt")
    assert problem.code == "document.wrong_encoding"
    assert problem.params["found"] == "0xff (byte 18, line 2)"


def test_utf8_encoded_twice_is_refused() -> None:
    twice = TEXT.encode().decode("cp1252", "replace").encode()
    assert refusal(twice, "x.txt").params["found"] == "UTF-8 × 2"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (in_tcvn3(TEXT), "TCVN3 (ABC)"),
        (in_vni(TEXT), "VNI"),
        (in_tcvn3(TEXT).decode("cp1252").encode(), "TCVN3 (ABC)"),
        (in_vni(TEXT).decode("cp1252").encode(), "VNI"),
        (in_viqr(TEXT).encode(), "VIQR"),
        (in_tcvn3(SENTENCES[0]), "TCVN3 (ABC)"),
        (in_vni(SENTENCES[0]), "VNI"),
    ],
)
def test_text_in_an_old_font_is_named(data: bytes, name: str) -> None:
    problem = refusal(data, "cu.txt")
    assert (problem.code, problem.where, problem.params["found"]) == ("document.legacy_font", "cu.txt", name)


def test_old_letters_in_word_and_on_pages_are_named() -> None:
    old = [in_tcvn3(sentence).decode("cp1252") for sentence in SENTENCES]
    assert refusal(word_of(old, ".VnTime"), "x.docx").params["found"] == "TCVN3 (ABC)"
    assert refusal(word_of(old), "x.docx").params["found"] == "TCVN3 (ABC)"
    assert refusal(page("".join(f"<p>{text}</p>" for text in old)), "x.html").params["found"] == "TCVN3 (ABC)"
    vni = [in_vni(sentence).decode("cp1252") for sentence in SENTENCES]
    assert refusal(word_of(vni, "VNI-Times"), "x.docx").params["found"] == "VNI"


def test_one_line_in_a_font_named_vntime_is_enough() -> None:
    def build(document: object) -> None:
        for sentence in SENTENCES:
            document.add_paragraph(sentence)  # type: ignore[attr-defined]
        document.add_paragraph().add_run(in_tcvn3("Tổng số").decode("cp1252")).font.name = ".VnTime"  # type: ignore[attr-defined]

    assert refusal(word(build), "x.docx").code == "document.legacy_font"


def test_unicode_letters_in_a_font_with_an_old_name_are_read() -> None:
    assert texts(extract(word_of(SENTENCES, ".VnTime"), "x.docx")) == list(SENTENCES)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.upper(),
        unicodedata.normalize("NFD", TEXT),
        "Công ty TNHH Müller Österreich, São Paulo, Société Générale, Nestlé, Citroën, Škoda và Häfele tại KCN.",
        "Bụi mịn 10 µm, 5 µm, 2,5 µm; nhiệt độ 30°C; diện tích 12 m²; ½ số hộ; © 2024 · Bản quyền · Liên hệ",
        "What is this? It isn't a problem. Add the address (two+ copies) ~ 5 ^ 2. Who? Me? So? No.",
        "1.234,5\n2.345,6\n",
    ],
)
def test_unicode_text_is_not_taken_for_an_old_font(text: str) -> None:
    assert legacy.legacy_font(text) == ""


@pytest.mark.parametrize(
    "word_", ["nghiệp", "Đường", "quyết", "giải", "khuỷu", "Huế", "yên", "ưu", "uỷ", "ủy", "hoà", "hòa", "xoong"]
)
def test_syllables_of_vietnamese_are_known(word_: str) -> None:
    assert legacy.is_syllable(word_)


@pytest.mark.parametrize("word_", ["hßa", "hoøa", "Müller", "strength", "xã́", "", "bcd"])
def test_other_letters_are_no_syllable(word_: str) -> None:
    assert not legacy.is_syllable(word_)


def test_an_empty_file_is_told_as_empty() -> None:
    assert refusal(b"", "x.txt").code == "document.empty"
    assert refusal("\ufeff \r\n\t".encode(), "x.txt").code == "document.empty"
