"""Whose figure it is: the province, zone, region or block that governs a passage."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from sokhu.core.narrative.clauses import Layout
from sokhu.core.narrative.places import COUNTRY, Place
from sokhu.core.narrative.source import Source

BLOCK = "Khối thi đua đồng bằng sông Hồng"
REGION = "(vùng)"  # stands in the vocabulary for the region a text speaks of
DELTA = "Đồng bằng sông Hồng"
_NATIONAL = re.compile(
    r"(?<![0-9.,])[4-6][0-9] (?:tỉnh|địa phương)|bộ kế hoạch và đầu tư|cục đầu tư nước ngoài"
    r"|vụ quản lý (?:các )?(?:kkt|khu kinh tế)|tổng cục thống kê|\(mpi\)|ngành kinh tế quốc dân|việt nam"
)
_STATISTICS = re.compile(
    r"theo (?:số liệu |báo cáo )?(?:của |từ )?(?:tổng cục thống kê|cục đầu tư nước ngoài|bộ kế hoạch và đầu tư)"
)
_GENERAL = (
    "tỉnh",
    "thành phố",
    "các kcn",
    "các khu",
    "ban quản lý",
    " ban ",
    "các doanh nghiệp",
    "doanh nghiệp kcn",
    "toàn bộ",
)
PASSING = 0.12  # share of the main place's weight below which another governs its own paragraph only
MANY, EVEN = 4, 0.35  # of so many places none is the text's own when the most frequent has less than this share
DOMINANT = 0.75  # share of all weight from which the main place is hardly to be mistaken
_AREA = re.compile(
    r"^khu (?:đang|có|đã|hiện)|(?:trong|tại) kkt (?!và|,|[0-9])|(?:khu kinh tế|kkt|khu) này|toàn khu (?!vực)"
    r"|(?:^|, )khu kinh tế (?:đã|đang|hiện|có) "
)
_AUTHORITY = re.compile(r"(?:ubnd|ủy ban nhân dân|hđnd|chủ tịch|lãnh đạo) (?:tỉnh|thành phố)")
_FURTHER = re.compile(r"^[-+• ]*(?:trong (?:đó|số|tổng số)|cụ thể|riêng)(?! (?:năm|tháng|quý|6|9|tỉnh|thành))")
TITLE = 45  # tokens at the head of a text: its title and lead
_LOCATIVE = frozenset({"tại", "ở", "vào", "trong", "của", "bàn", "thuộc", "tỉnh", "phố", "tp"})


@dataclass(frozen=True, slots=True)
class _Wording:
    """What the words of a sentence say of whose figures stand in it."""

    general: bool  # of a whole province: "các KCN", "toàn bộ"
    area: bool  # of the economic zone spoken of: "trong KKT"
    further: bool  # goes on with the sentence before: "Trong đó"


class Scopes:
    """The governing place of every passage of one text."""

    def __init__(self, source: Source, layout: Layout, places: list[Place], is_heading: Callable[[int], bool]) -> None:
        self.source, self.layout, self.is_heading = source, layout, is_heading
        self.places = [place for place in places if not place.weak]
        self.main = self._main()
        self.region = self._own_region()
        for place in self.places:
            place.name = (self.region or place.name) if place.name == REGION else place.name
        self.places = [place for place in self.places if place.name != REGION]
        has_block = "khối thi đua" in source.folded or "cụm thi đua" in source.folded
        if not has_block:
            self.places = [place for place in self.places if place.name != BLOCK or "đồng bằng" in self._words(place)]
        for place in self.places:
            if place.name == BLOCK and not has_block:
                place.name = DELTA
            elif place.name == DELTA and has_block:
                place.name = BLOCK
        if has_block and self.region and "đồng bằng sông hồng" not in source.folded:
            for place in self.places:
                place.name = self.region if place.name == BLOCK else place.name
        self.main = self._main()
        self.by_sentence: dict[int, list[Place]] = defaultdict(list)
        for place in self.places:
            if (
                place.name == COUNTRY
                and self.main != COUNTRY
                and self._words(place) in ("tại việt nam", "vào việt nam")
                and not self._of_all(place)
            ):
                continue  # what a company makes here, says nothing of whose figures these are
            self.by_sentence[layout.sentence_of(place.start)].append(place)
        self.running: str | None = None
        self.subject = self._subject()
        zones = [place for place in self.places if place.kind == "zone" or place.zone]
        self.zoned = any(place.start < TITLE for place in zones) or 4 * len(zones) >= len(self.places) > 0
        self.several = self.weight.get(self.main or "", 0.0) < DOMINANT * sum(self.weight.values())
        self.faint = self.main is not None and self._in_passing(self.main)
        self.zone: tuple[int, str] | None = None
        self.zone_sentence = -9
        self.area: str | None = None  # the economic zone that last governed a figure
        self.running_paragraph = -1
        self.parted: tuple[int, str] | None = None  # a part named for one sentence, and that sentence
        self.listed: int | None = None  # the list line in which the running place was named
        self.headings: list[str | None] | None = None
        self.unsaid: tuple[int, tuple[str | None, float]] | None = None  # the last sentence without a place, and whose
        self.areas = {name for place in self.places if (name := place.zone or place.name).startswith("KKT")}
        self.kinds = Counter((sentence, place.kind) for sentence, there in self.by_sentence.items() for place in there)
        self.leading = self._leading()
        self.semicolons = [at for at in source.places_of(";") if layout.depth[at] == 0]
        self.wordings: dict[int, _Wording] = {}

    def of(self, sentence: int, first: int, last: int) -> tuple[str | None, float]:
        """The scope of the figure at the tokens of a sentence, and how sure it is. To be asked in reading order."""
        if sentence not in self.by_sentence:
            return self._unsaid(sentence)
        found = self._in_sentence(sentence, first, last)
        if found is not None and found.zone and (area := self._this_area(found, first)) is not None:
            found = area
        if found is not None and found.kind == "home":
            self.zone = None
            self.running = self.running if self.running and not self._passing(self.running) else None
            self._leave_heading(sentence)
            return self._carried(sentence, general=True)
        if found is not None:
            self._remember(found, sentence)
            return found.name, 0.97 if self.kinds[sentence, found.kind] == 1 else 0.9
        return self._carried(sentence)

    def _unsaid(self, sentence: int) -> tuple[str | None, float]:
        """The place of all figures of a sentence that names none."""
        if self.unsaid is None or self.unsaid[0] != sentence:
            self.unsaid = sentence, self._carried(sentence)
        return self.unsaid[1]

    def _this_area(self, board: Place, first: int) -> Place | None:
        """ "Theo Ban Quản lý KKT mở Chu Lai, tại khu kinh tế này ...": the zone, not the board's province."""
        said = self.source.text(board.end, first)
        return Place(board.start, board.end, board.zone or "", "zone") if _AREA.search(said) else None

    def _of_all(self, place: Place) -> bool:
        """ "tổng vốn của nhà đầu tư nước ngoài đăng ký vào Việt Nam": the country's figures, in a province's text."""
        lines = self.layout.sentences[self.layout.sentence_of(place.start)]
        said = self.source.text(lines.start, place.start)
        return "tổng vốn" in said and not any(word in said for word in ("công ty", "tập đoàn", "dự án"))

    def _own_region(self) -> str | None:
        """The region the text names first: what "toàn vùng" and, for its emulation block, "toàn khối" mean."""
        skipped = (BLOCK, DELTA, COUNTRY, REGION)
        return next((p.name for p in self.places if p.kind == "region" and p.name not in skipped), None)

    def _subject(self) -> str | None:
        """The one zone that the whole text is about: named in its head and more often than any province."""
        weight: dict[str, float] = defaultdict(float)
        zones = [place for place in self.places if place.kind == "zone" or place.zone]
        for place in zones:
            weight[place.zone or place.name] += 0.5 if place.zone else 1.0
        if not weight:
            return None
        name = max(weight, key=lambda zone: weight[zone])
        first = min(place.start for place in zones if name in (place.name, place.zone))
        others = [place for place in self.places if place.kind in ("province", "region") and place.name != COUNTRY]
        others = [place for place in others if not (place.zone or place.agent or place.site)]
        rival, opened = len(others), bool(others) and others[0].start < first
        alone = not others and name.startswith("KKT") and first < 3
        if alone and not any(p.name.startswith("KKT") and p.name != name for p in zones):
            return name  # "KKT mở Chu Lai có diện tích ...": the text opens with it and names no province
        if first >= TITLE or opened or weight[name] < max(1.5, rival) or weight[name] < 0.6 * sum(weight.values()):
            return None
        return name

    def _words(self, place: Place) -> str:
        return self.source.text(place.start, place.end)

    def _main(self) -> str | None:
        weight: dict[str, float] = defaultdict(float)
        for place in self.places:
            if place.kind in ("zone", "home"):
                continue
            if self._former(place):
                continue
            early = 2.0 if place.start < 120 else 1.0
            weight[place.name] += early * (4.0 if place.board else 0.5 if place.name == COUNTRY else 1.0)
        self.weight = weight
        if weight:
            best = max(weight, key=lambda name: weight[name])
            several = best != COUNTRY and len(weight) >= MANY and weight[best] < EVEN * sum(weight.values())
            national = COUNTRY in weight or _STATISTICS.search(self.source.text(0, TITLE))
            if national and (self._in_passing(best) or self._opened_by_country(best)):
                return COUNTRY
            return None if several else best
        local = any(place.kind == "home" and "tính" not in self._words(place) for place in self.places)  # "toàn tỉnh"
        return COUNTRY if not local and _NATIONAL.search(self.source.folded) else None

    def _opened_by_country(self, name: str) -> bool:
        """ "Việt Nam hiện có 316 khu công nghiệp ...": the country opens the text, the place comes after its head."""
        return self.places[0].name == COUNTRY and all(p.start >= TITLE for p in self.places if p.name == name)

    def _in_passing(self, name: str) -> bool:
        """The place is named once, and not in the head of the text."""
        named = [place for place in self.places if place.name == name]
        return len(named) == 1 and named[0].start >= TITLE

    def _in_sentence(self, sentence: int, first: int, last: int) -> Place | None:
        there = self.by_sentence[sentence]
        if (at := self._right_behind(there, last)) is not None:
            return at
        before = [p for p in there if p.end <= first and not self.layout.closed(p.start, first)]
        if self.subject:
            before = [p for p in before if p.zone or not p.agent]
        clause = self._clause(first)
        whole = [p for p in before if p.kind != "zone" or p.end > clause]
        before = whole if whole or self.main else before
        if before:
            return self._governing(before, first)
        near = (place for place in there if last <= place.start <= last + 12)
        return next((place for place in near if self._located(place, last)), None)

    def _right_behind(self, there: list[Place], last: int) -> Place | None:
        """ "..., vốn 80 triệu USD tại KCN Bảo Minh": the zone that follows at once."""
        if self.source.words[last : last + 1] not in (["tại"], ["ở"]):
            return None
        return next((p for p in there if p.start == last + 1 and p.kind == "zone"), None)

    def _clause(self, first: int) -> int:
        """The last semicolon before a figure, both outside brackets: what stands before it says of a zone is not said
        of the figure. -1 if there is none.
        """
        before = bisect_left(self.semicolons, first)
        return self.semicolons[before - 1] if before and self.layout.depth[first] == 0 else -1

    def _governing(self, before: list[Place], first: int) -> Place:
        """The nearest place before the figure; a province named after a zone ("KCN Sóng Thần, Bình Dương") yields to
        it.
        """
        nearest = before[-1]
        if nearest.kind == "home":
            named = [p for p in before if p.kind == "province" or (p.kind == "zone" and self.main is None)]
            return named[-1] if named else nearest
        row = self._row(before)
        if len(row) > 1 and (each := self._in_turn(row, first) or self._around(row)) is not None:
            return each
        located = nearest.kind == "province" and (nearest.agent or nearest.site)
        return before[-2] if located and len(before) > 1 and before[-2].kind == "zone" else nearest

    def _row(self, before: list[Place]) -> list[Place]:
        """The places named one after another up to the last: "KCN Lộc Sơn và KCN Phú Hội"."""
        row = before[-1:]
        for place in reversed(before[:-1]):
            joined = self.source.words[place.end : row[0].start] in (["và"], [","])
            if not joined or place.kind != row[0].kind:
                break
            row.insert(0, place)
        return row

    def _around(self, row: list[Place]) -> Place | None:
        """ "KCN Long Đức và KKT Định An (Trà Vinh)": several zones together are the province's."""
        if row[-1].kind != "zone":
            return None
        there = self.by_sentence[self.layout.sentence_of(row[-1].start)]
        return next((p for p in there if p.site and 0 <= p.start - row[-1].end <= 3), None)

    def _in_turn(self, row: list[Place], first: int) -> Place | None:
        """ "lần lượt 71% và 84%": each of the places has its own figure, in their order."""
        if " lần lượt " not in f" {self.source.text(row[-1].end, first)} ":
            return None
        told = sum(token.number for token in self.source.tokens[row[-1].end : first])
        return row[told] if told < len(row) else None

    def _closes(self, end: int) -> bool:
        return end >= len(self.source.tokens) or self.source.tokens[end].text in ".;…"

    def _located(self, place: Place, last: int) -> bool:
        tokens = self.source.tokens[last : place.start]
        if len(tokens) > 1 and tokens[0].text == "," and tokens[1].text in ("tại", "ở") and self._closes(place.end):
            tokens = tokens[1:]  # "..., vốn 40 triệu USD, tại KCN Nhơn Trạch VI."
        apart = any(token.number or token.text in ";.,và" for token in tokens)
        return any(token.text in _LOCATIVE for token in tokens[-3:]) and not apart

    def _remember(self, place: Place, sentence: int) -> None:
        here = self.layout.sentences[sentence]
        self.area = place.name if place.name.startswith("KKT") else self.area
        if place.kind == "zone":
            subject = next((other for other in self.by_sentence[sentence] if not other.agent), place)
            if subject.start == place.start or self.zone is not None:
                self.zone, self.zone_sentence = (here.paragraph, place.name), sentence
            return
        self.parted = (sentence, place.name) if self._former(place) else None
        if self.parted is not None:
            return
        self.zone = None
        listed = self.source.tokens[here.start].text in "-+*•" and place.name != self.main
        self.listed = here.paragraph if listed else None
        if place.name == COUNTRY and self.main != COUNTRY:
            return
        self.running, self.running_paragraph = place.name, here.paragraph

    def _former(self, place: Place) -> bool:
        """ "Nam Định (cũ)", "khu vực Bình Dương cũ": a part of what the text is about, for this clause only."""
        after = self.source.words[place.end : place.end + 2]
        before = self.source.words[max(0, place.start - 2) : place.start]
        return "cũ" in after or before == ["khu", "vực"]

    def _in_the_area(self) -> str | None:
        """ "trong KKT", "Khu đang sử dụng ...": the one economic zone that the text names."""
        if self.subject and self.subject.startswith("KKT"):
            return self.subject
        return next(iter(self.areas)) if len(self.areas) == 1 else self.area

    def _passing(self, name: str) -> bool:
        """The text is hardly about this place: it governs its own paragraph and no more."""
        return self.weight.get(name, 0.0) < PASSING * self.weight.get(self.main or "", 0.0)

    def _carried(self, sentence: int, *, general: bool = False) -> tuple[str | None, float]:
        here = self.layout.sentences[sentence]
        wording = self._wording(sentence)
        general = general or wording.general
        if self.parted is not None and wording.further and sentence == self.parted[0] + 1 and not general:
            return self.parted[1], 0.8
        near = self.zone is not None and self._goes_on(sentence, here.paragraph, further=wording.further)
        if self.zone and near and not general and sentence - self.zone_sentence <= 2:
            self.zone, self.zone_sentence = (here.paragraph, self.zone[1]), sentence
            return self.zone[1], 0.8
        if wording.area and (area := self._in_the_area()) is not None:
            return area, 0.8
        if (headed := self._headed(sentence)) is not None:
            return headed, 0.85
        if self.listed is not None and self.listed != here.paragraph:
            self.running, self.listed = None, None
        if self.running and self.running_paragraph != here.paragraph and self._passing(self.running):
            self.running = None
        self._look_back(sentence)
        if self.subject and (self.running is None or self.running_paragraph != here.paragraph) and not general:
            return self.subject, 0.85
        if self.running and self.running != self.main:
            return self.running, 0.85
        return self.running or self.main, 0.95 if self.main and not self.several else 0.86

    def _wording(self, sentence: int) -> _Wording:
        """Asked by every figure of the sentence, found out once."""
        if sentence not in self.wordings:
            here = self.layout.sentences[sentence]
            said = self.source.text(here.start, here.end)
            others = _AUTHORITY.sub("", said)
            general = any(phrase in others for phrase in _GENERAL)
            self.wordings[sentence] = _Wording(general, bool(_AREA.search(said)), bool(_FURTHER.match(said)))
        return self.wordings[sentence]

    def _goes_on(self, sentence: int, paragraph: int, *, further: bool) -> bool:
        """Of the zone's own paragraph, or right behind it "Trong đó ..."."""
        assert self.zone is not None
        return self.zone[0] == paragraph or (further and sentence == self.zone_sentence + 1)

    def _leave_heading(self, sentence: int) -> None:
        """ "Tính chung toàn tỉnh": from here on the zone of the heading above no longer governs."""
        self._headed(sentence)
        assert self.headings is not None
        zone = self.headings[sentence]
        while zone is not None and sentence < len(self.headings) and self.headings[sentence] == zone:
            self.headings[sentence] = None
            sentence += 1

    def _headed(self, sentence: int) -> str | None:
        """The zone that the nearest heading above names: "1. KKT Nghi Sơn" holds until the next heading."""
        if self.headings is None:
            self.headings, zone = [], None
            for index, lines in enumerate(self.layout.sentences):
                if self.is_heading(index):
                    named = [p for p in self.by_sentence.get(index, ()) if p.kind == "zone" and p.end >= lines.end - 2]
                    zone = named[0].name if named else None
                self.headings.append(zone)
        return self.headings[sentence]

    def _leading(self) -> dict[int, str]:
        """The first province or region of every sentence that is about one."""
        leading: dict[int, str] = {}
        for sentence, there in self.by_sentence.items():
            for place in there:
                if place.kind in ("province", "region") and place.name != COUNTRY and not self._former(place):
                    leading.setdefault(sentence, place.name)
        return leading

    def _look_back(self, sentence: int) -> None:
        """A province that the sentences just before are about ("Chuyện ở Cần Thơ khá hơn") governs from there on."""
        here = self.layout.sentences[sentence]
        for earlier in range(sentence - 1, max(-1, sentence - 4), -1):
            if self.layout.sentences[earlier].paragraph != here.paragraph:
                return
            if (named := self.leading.get(earlier)) is not None:
                self.running, self.running_paragraph = named, here.paragraph
                return
