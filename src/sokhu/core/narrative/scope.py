"""Whose figure it is: the province, zone, region or block that governs a passage."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from sokhu.core.narrative.clauses import Layout
from sokhu.core.narrative.places import COUNTRY, Place
from sokhu.core.narrative.source import Source

BLOCK = "Khối thi đua đồng bằng sông Hồng"
REGION = "(vùng)"  # stands in the vocabulary for the region a text speaks of
DELTA = "Đồng bằng sông Hồng"
_NATIONAL = re.compile(
    r"(?<![0-9.,])[4-6][0-9] (?:tỉnh|địa phương)|bộ kế hoạch và đầu tư|cục đầu tư nước ngoài"
    r"|vụ quản lý (?:các )?(?:kkt|khu kinh tế)|việt nam"
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
DOMINANT = 0.75  # share of all weight from which the main place is hardly to be mistaken
_AREA = re.compile(
    r"^khu (?:đang|có|đã|hiện)|(?:trong|tại) kkt (?!và|,|[0-9])|(?:khu kinh tế|kkt|khu) này|toàn khu (?!vực)"
    r"|(?:^|, )khu kinh tế (?:đã|đang|hiện|có) "
)
_FURTHER = re.compile(r"^[-+• ]*(?:trong (?:đó|số|tổng số)|cụ thể|riêng)(?! (?:năm|tháng|quý|6|9|tỉnh|thành))")
_AGENTS = frozenset({"ubnd", "ủy", "hđnd", "đạo", "thư", "tịch"})  # ủy ban, lãnh đạo, bí thư, chủ tịch
_SITE = frozenset(
    "( , ) thuộc nằm ở tại trên địa bàn về phía bắc nam đông tây của xã phường thị trấn huyện quận tx tp . tỉnh thành phố".split()
)
TITLE = 45  # tokens at the head of a text: its title and lead
_LOCATIVE = frozenset({"tại", "ở", "vào", "trong", "của", "bàn", "thuộc", "tỉnh", "phố", "tp"})


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
            self.by_sentence[layout.sentence_of(place.start)].append(place)
        self.running: str | None = None
        self.subject = self._subject()
        self.zone: tuple[int, str] | None = None
        self.zone_sentence = -9
        self.running_paragraph = -1
        self.listed: int | None = None  # the list line in which the running place was named
        self.headings: list[str | None] | None = None

    def of(self, first: int, last: int) -> tuple[str | None, float]:
        """The scope of the figure at the tokens, and how sure it is. To be asked in reading order."""
        sentence = self.layout.sentence_of(first)
        found = self._in_sentence(sentence, first, last)
        if found is not None and found.kind == "home":
            self.zone = None
            self.running = self.running if self.running and not self._passing(self.running) else None
            self._leave_heading(sentence)
            return self._carried(sentence, general=True)
        if found is not None:
            self._remember(found, sentence)
            beside = sum(place.kind == found.kind for place in self.by_sentence[sentence])
            return found.name, 0.97 if beside == 1 else 0.9
        return self._carried(sentence)

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
        others = [place for place in self.places if place.kind != "zone" and not place.zone and place.name != COUNTRY]
        others = [place for place in others if not self._only_site(place)]
        rival = sum(place.kind != "home" for place in others)
        opened = any(place.start < first and place.kind != "home" for place in others)
        if first >= TITLE or opened or weight[name] < max(1.5, rival) or weight[name] < 0.6 * sum(weight.values()):
            return None
        return name

    def _only_site(self, place: Place) -> bool:
        """The place is who acts ("UBND tỉnh Quảng Ngãi") or where a zone lies ("KCN Sóng Thần (tỉnh Bình Dương")."""
        tokens = self.source.tokens
        if any(token.text in _AGENTS for token in tokens[max(0, place.start - 3) : place.start]):
            return True
        zone = next((p for p in reversed(self.places) if p.end <= place.start and p.kind == "zone"), None)
        return zone is not None and self._lies_in(zone, place)

    def _lies_in(self, zone: Place, place: Place) -> bool:
        between = self.source.tokens[zone.end : place.start]
        if len(between) > 14 or "\n" in self.source.folded[self.source.tokens[zone.end - 1].end : self.source.tokens[place.start].start]:
            return False
        return all(token.text in _SITE or token.capital for token in between)

    def _words(self, place: Place) -> str:
        return " ".join(token.text for token in self.source.tokens[place.start : place.end])

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
            return max(weight, key=lambda name: weight[name])
        return COUNTRY if _NATIONAL.search(self.source.folded) else None

    def _in_sentence(self, sentence: int, first: int, last: int) -> Place | None:
        depth = self.layout.depth
        before = [p for p in self.by_sentence.get(sentence, ()) if p.end <= first and depth[p.start] <= depth[first]]
        before = [p for p in before if not self.layout.closed(p.start, first)]
        whole = [p for p in before if not (p.kind == "zone" and self._parted(p.end, first))]
        before = whole if whole or self.main else before
        if before:
            return self._governing(before)
        for place in self.by_sentence.get(sentence, ()):
            if place.start >= last and place.start - last <= 12 and self._located(place, last):
                return place
        return None

    def _parted(self, start: int, end: int) -> bool:
        """A semicolon outside brackets stands between: what one clause says of a zone is not said of the next."""
        tokens, depth = self.source.tokens, self.layout.depth
        return any(tokens[i].text == ";" and depth[i] == 0 for i in range(start, end)) and depth[end] == 0

    def _governing(self, before: list[Place]) -> Place:
        """The nearest place before the figure; a province named after a zone ("KCN Sóng Thần, Bình Dương") yields to
        it.
        """
        nearest = before[-1]
        if len(before) > 1 and nearest.kind == "province" and before[-2].kind == "zone":
            acts = any(t.text in _AGENTS for t in self.source.tokens[max(0, nearest.start - 3) : nearest.start])
            if acts or self._lies_in(before[-2], nearest):
                return before[-2]
        return nearest

    def _located(self, place: Place, last: int) -> bool:
        tokens = self.source.tokens[last : place.start]
        apart = any(token.number or token.text in ";.,và" for token in tokens)
        return any(token.text in _LOCATIVE for token in tokens[-3:]) and not apart

    def _remember(self, place: Place, sentence: int) -> None:
        here = self.layout.sentences[sentence]
        if place.kind == "zone":
            if self.by_sentence[sentence][0] is place or self.zone is not None:
                self.zone, self.zone_sentence = (here.paragraph, place.name), sentence
            return
        if self._former(place):
            return
        self.zone = None
        listed = self.source.tokens[here.start].text in "-+*•" and place.name != self.main
        self.listed = here.paragraph if listed else None
        if place.name == COUNTRY and self.main != COUNTRY:
            return
        self.running, self.running_paragraph = place.name, here.paragraph

    def _former(self, place: Place) -> bool:
        """ "Nam Định (cũ)", "khu vực Bình Dương cũ": a part of what the text is about, for this clause only."""
        after = [token.text for token in self.source.tokens[place.end : place.end + 2]]
        before = [token.text for token in self.source.tokens[max(0, place.start - 2) : place.start]]
        return "cũ" in after or before == ["khu", "vực"]

    def _in_the_area(self, said: str) -> str | None:
        """ "trong KKT", "Khu đang sử dụng ...": the one economic zone that the text names."""
        named = {place.name for place in self.places if place.kind == "zone" and place.name.startswith("KKT")}
        if len(named) != 1:
            return None
        return named.pop() if _AREA.search(said) else None

    def _dominant(self) -> bool:
        return self.weight.get(self.main or "", 0.0) >= DOMINANT * sum(self.weight.values())

    def _passing(self, name: str) -> bool:
        """The text is hardly about this place: it governs its own paragraph and no more."""
        return self.weight.get(name, 0.0) < PASSING * self.weight.get(self.main or "", 0.0)

    def _carried(self, sentence: int, *, general: bool = False) -> tuple[str | None, float]:
        here = self.layout.sentences[sentence]
        words = [token.text for token in self.source.tokens[here.start : here.end]]
        said = " ".join(words)
        general = general or any(phrase in said for phrase in _GENERAL)
        if self.zone and self.zone[0] == here.paragraph and not general and sentence - self.zone_sentence <= 2:
            self.zone_sentence = sentence
            return self.zone[1], 0.8
        if (area := self._in_the_area(said)) is not None:
            return area, 0.8
        if (headed := self._headed(sentence)) is not None:
            return headed, 0.85
        if self.listed is not None and self.listed != here.paragraph:
            self.running, self.listed = None, None
        if self.running and self.running_paragraph != here.paragraph and self._passing(self.running):
            self.running = None
        self._look_back(sentence)
        if self.running and self.running != self.main:
            return self.running, 0.85
        return self.running or self.main, 0.95 if self.main and self._dominant() else 0.86

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

    def _look_back(self, sentence: int) -> None:
        """A province that the sentences just before are about ("Chuyện ở Cần Thơ khá hơn") governs from there on."""
        here = self.layout.sentences[sentence]
        for earlier in range(sentence - 1, max(-1, sentence - 4), -1):
            if self.layout.sentences[earlier].paragraph != here.paragraph:
                return
            named = [
                p for p in self.by_sentence.get(earlier, ()) if p.kind in ("province", "region") and p.name != COUNTRY
            ]
            named = [p for p in named if not self._former(p)]
            if named:
                self.running, self.running_paragraph = named[0].name, here.paragraph
                return
