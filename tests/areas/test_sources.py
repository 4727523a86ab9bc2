"""Bringing a document in: once, whole, and with nothing left behind when something goes wrong."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from unicodedata import normalize

import pytest
from django.conf import settings

from factories import HAI_PHONG, QUANG_NGAI, reach
from sokhu.areas.ledger.actions import propose
from sokhu.areas.ledger.models import Proposal
from sokhu.areas.sources import actions
from sokhu.areas.sources.actions import LEFTOVER_AGE, Described, add_document, sweep_uploads, unsaved_document
from sokhu.areas.sources.models import Document
from sokhu.core.problems import Problem

pytestmark = pytest.mark.usefixtures("book")
TEXT = "Năm 2024, Hải Phòng thu hút 4.943 triệu USD vốn FDI.".encode()


def bring(data: bytes = TEXT, name: str = "tin.txt", who: str = "an", **described: object) -> Document:
    told = Described(**({"speaker": "Báo Hải Phòng"} | described))  # type: ignore[arg-type]
    return add_document(reach(who), data, name, told, by=None, owner=reach(who).home)


def upload(data: bytes) -> Path:
    sha256 = hashlib.sha256(data).hexdigest()
    return Path(settings.UPLOADS) / sha256[:2] / sha256


def leftovers() -> list[Path]:
    return list(Path(settings.UPLOADS).rglob("*.part"))


def test_the_same_bytes_by_the_same_speaker_are_one_document() -> None:
    assert bring() == bring(name="khac-ten.txt") == bring(speaker=normalize("NFD", " Báo  Hải Phòng "))
    assert Document.objects.count() == 1


@pytest.mark.parametrize("other", [{"speaker": "Báo khác"}, {"stream_kind": "other_body"}, {"who": "chi"}])
def test_the_same_bytes_by_another_speaker_or_in_another_book_are_another_document(other: dict[str, str]) -> None:
    assert bring() != bring(**other)  # type: ignore[arg-type]
    assert {one.owner for one in Document.objects.all()} <= {HAI_PHONG, QUANG_NGAI}


def test_the_bytes_are_kept_under_their_digest_and_again_when_they_were_lost() -> None:
    document = bring()
    assert upload(TEXT).read_bytes() == TEXT
    assert document.sha256 == upload(TEXT).name
    upload(TEXT).unlink()
    bring()
    assert upload(TEXT).read_bytes() == TEXT
    assert leftovers() == []


def test_a_full_disk_leaves_neither_a_document_nor_half_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    data = b"Nam 2024 ghi 1 trieu USD, khong con cho."
    monkeypatch.setattr(actions.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        bring(data)
    assert not Document.objects.exists()
    assert not upload(data).exists()
    assert leftovers() == []


def test_what_cannot_be_read_leaves_nothing_behind() -> None:
    data = b"\x00\x01\x02 not a text \xff"
    with pytest.raises(Problem):
        bring(data, "a.pdf")
    assert not Document.objects.exists()
    assert not upload(data).exists()


def test_looking_at_a_document_writes_nothing() -> None:
    described = Described(speaker="Báo")
    document = unsaved_document(reach("an"), b"Khong ghi gi ca.", "a.txt", described, by=None, owner=HAI_PHONG)
    assert document.text
    assert not Document.objects.exists()
    assert not upload(b"Khong ghi gi ca.").exists()


def test_names_longer_than_their_column_are_cut_and_not_refused() -> None:
    document = bring(speaker="x" * 500, title="t" * 500, publisher="p" * 500, name="n" * 500 + ".txt")
    document.refresh_from_db()
    assert (len(document.speaker), len(document.title), len(document.publisher)) == (120, 300, 200)


def test_a_press_document_without_a_speaker_speaks_by_its_publisher_or_its_file() -> None:
    assert bring(speaker="", publisher="Báo Đầu tư").speaker == "Báo Đầu tư"
    assert bring(speaker="").speaker == "tin.txt"


def test_a_document_is_read_once_and_its_proposal_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    document = bring()
    first = propose(document, by=None)
    assert first.figures.count() == 1
    figure = first.figures.get()
    assert (figure.value, figure.unit, figure.ownership) == ("4943000000", "USD", "FDI")
    assert document.text[figure.start : figure.end]
    monkeypatch.setattr("sokhu.areas.ledger.actions.read_document", lambda _document: pytest.fail("read again"))
    assert propose(document, by=None) == first
    assert Proposal.objects.count() == 1


def test_a_document_whose_reading_was_interrupted_is_proposed_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    document = bring()

    def stopped(_document: Document) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("sokhu.areas.ledger.actions.read_document", stopped)
        with pytest.raises(KeyboardInterrupt):
            propose(document, by=None)
    assert not Proposal.objects.exists()
    assert propose(bring(), by=None).figures.count() == 1


def test_what_a_killed_upload_left_is_swept_when_it_is_a_day_old_and_nothing_else_is() -> None:
    bring()
    kept = upload(TEXT)
    old, young = kept.with_suffix(".old.part"), kept.with_suffix(".young.part")
    for leftover in (old, young):
        leftover.write_bytes(b"half")
    for aged in (old, kept):
        os.utime(aged, (0, aged.stat().st_mtime - LEFTOVER_AGE - 60))
    sweep_uploads()
    assert leftovers() == [young]
    assert kept.read_bytes() == TEXT
    young.unlink()
