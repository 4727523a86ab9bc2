"""Whose figure it is: the province, zone, region or block that governs a passage."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sokhu.core.narrative.clauses import Layout
from sokhu.core.narrative.source import Source
from sokhu.core.narrative.vocabulary import Phrases, Vocabulary

PlaceKind = Literal["province", "zone", "region", "home"]
HOME = "(home)"
_NATIONAL = re.compile(r"(?<![0-9.,])[4-6][0-9] (?:tỉnh|địa phương)|bộ kế hoạch và đầu tư|cục đầu tư nước ngoài|vụ quản lý (?:các )?(?:kkt|khu kinh tế)|việt nam")
_COUNTED = frozenset({"tháng", "năm", "dự", "doanh", "ha", "héc", "hecta", "triệu", "tỷ", "nghìn", "quý", "ngày", "lao", "người", "kcn", "khu", "lượt", "nhà", "m"})
BLOCK = "Khối thi đua đồng bằng sông Hồng"
DELTA = "Đồng bằng sông Hồng"
COUNTRY = "Việt Nam"
_ROMAN = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "b", "a", "c", "mr"})
_BOARD = frozenset({"ban", "bql", "bqlkcn", "banqlkkt"})
_GENERAL = ("tỉnh", "thành phố", "các kcn", "các khu", "ban quản lý", " ban ", "các doanh nghiệp", "doanh nghiệp kcn", "toàn bộ")
_PRAISE = frozenset({"của", "đầu", "nhất", "chung", "với", "thứ", "bằng", "quân", "tiên", "fdi", "vốn"})  # "dẫn đầu cả nước"
_LOCATIVE = frozenset({"tại", "ở", "vào", "trong", "của", "bàn", "thuộc", "tỉnh", "phố", "tp"})


@dataclass(slots=True)
class Place:
    """A place named in the text: tokens from start to end, its name as scopes are given, how surely it can govern."""

    start: int
    end: int
    name: str
    kind: PlaceKind
    weak: bool = False
    board: bool = False


class Places:
    """Finds the places of a text; made once per vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        tables: Mapping[str, Any] = vocabulary.places
        self.names = Phrases()
        self.canonical: dict[str, str] = {}
        for row in tables["provinces"]:
            name, *others = row.split("|")
            for spelling in (name, *others):
                self.names.add(spelling.lower(), name)
        self.regions = Phrases(tables["regions"])
        self.short: Mapping[str, str] = tables["short"]
        self.boards = Phrases({province: [zone.lower()] for zone, province in ()})
        for zone, province in tables["boards"].items():
            self.boards.add(zone.lower(), province)
        self.not_before = Phrases({"no": tables["not_scope"]["before"]})
        kinds = {words: kind for words, kind in tables["zones"].items() if isinstance(kind, str)}
        self.zone_words = Phrases()
        for words, kind in kinds.items():
            self.zone_words.add(words, kind)
        self.inner = Phrases({"inner": tables["zones"]["inner"]})
        self.dropped = Phrases({"dropped": tables["zones"]["dropped"]})
        self.own: frozenset[str] = frozenset(tables["zones"]["own"])
        self.home = Phrases({HOME: tables["home"]["phrases"]})

    def find(self, source: Source) -> list[Place]:
        """All places of the text in reading order."""
        found: list[Place] = []
        index, tokens = 0, source.tokens
        while index < len(tokens):
            place = self._zone(source, index) or self._region(source, index) or self._province(source, index) or self._at_home(source, index)
            if place is None:
                index += 1
                continue
            found.append(place)
            index = place.end
        return found

    def _at_home(self, source: Source, index: int) -> Place | None:
        found = self.home.longest(source.tokens, index)
        return Place(index, found[0], HOME, "home") if found else None

    def _province(self, source: Source, index: int) -> Place | None:
        token = source.tokens[index]
        if name := self.short.get(token.text):
            return Place(index, index + 1, name, "province", board=True)
        if not token.capital:
            return None
        found = self.names.longest(source.tokens, index)
        if found is None:
            return None
        if any(not source.tokens[i].capital and source.tokens[i].text.isalpha() for i in range(index, found[0])):
            return None
        return Place(index, found[0], found[1][0], "province", self._weak(source, index), self._board(source, index))

    def _region(self, source: Source, index: int) -> Place | None:
        found = self.regions.longest(source.tokens, index)
        if found is None:
            return None
        praised = found[1][0] == COUNTRY and index > 0 and source.tokens[index - 1].text in _PRAISE
        return Place(index, found[0], found[1][0], "region", praised or self._weak(source, index))

    def _zone(self, source: Source, index: int) -> Place | None:
        """"KCN Tân Trường", "KKT mở Chu Lai", "KCN Phú Mỹ 3"; a board's or province's own zone words mean the province."""
        tokens = source.tokens
        found = self.zone_words.longest(tokens, index)
        if found is None or found[0] >= len(tokens):
            return None
        begin = at = found[0]
        if (dropped := self.dropped.longest(tokens, at)) and dropped[0] < len(tokens) and tokens[dropped[0]].capital:
            begin = at = dropped[0]
        if (inner := self.inner.longest(tokens, at)) and inner[0] < len(tokens) and tokens[inner[0]].capital:
            at = inner[0]
        end = self._name_end(source, at)
        if end == at or source.folded[tokens[at].start : tokens[end - 1].end] == "việt nam":
            return None
        board = self._board(source, index)
        owner = self.boards.longest(tokens, begin) or self.boards.longest(tokens, at)
        if owner and owner[0] == end and (board or self._with_others(source, end) or self._after_others(source, index)):
            return Place(index, end, owner[1][0], "province", board=board)
        province = self.names.longest(tokens, at)
        itself = province is not None and province[1][0] in self.own and not board and found[1][0] == "KKT"
        if province and province[0] == end and at == begin and not itself:
            return Place(index, end, province[1][0], "province", self._weak(source, index), board)
        name = source.cased[tokens[begin].start : tokens[end - 1].end]
        return Place(index, end, f"{found[1][0]} {' '.join(name.split())}", "zone", self._weak(source, index))

    def _name_end(self, source: Source, at: int) -> int:
        tokens = source.tokens
        end = at
        while end < len(tokens) and end - at < 8:
            token = tokens[end]
            gap = source.folded[tokens[end - 1].end : token.start] if end else ""
            near = len(gap) <= 2 and "\n" not in gap
            follows = end > at and (token.text in _ROMAN or (token.number and len(token.text) <= 2 and not self._counts(source, end)))
            if near and ((token.capital and token.text.isalpha() and self._in_name(source, at, end)) or follows):
                end += 1
            elif token.text == "-" and near and end > at and end + 1 < len(tokens) and tokens[end + 1].capital:
                end += 1
            else:
                break
        return end

    def _counts(self, source: Source, index: int) -> bool:
        """The number after a zone's name counts something of its own: "KCN Bắc Ninh 6 tháng"."""
        after = source.tokens[index + 1].text if index + 1 < len(source.tokens) else ""
        return after in _COUNTED or after in "/-%"

    def _in_name(self, source: Source, at: int, end: int) -> bool:
        """A new capitalised word goes on the name unless the zone words start again or a new sentence does."""
        return self.zone_words.longest(source.tokens, end) is None and source.tokens[end].text not in ("tỉnh", "đã", "có", "và", "tp", "công", "fdi", "ddi", "ông", "bà")

    def _with_others(self, source: Source, end: int) -> bool:
        """"KKT Dung Quất và các KCN tỉnh": the zone together with the province's other zones is the board's whole area."""
        words = [token.text for token in source.tokens[end : end + 5]]
        return words[:1] in (["và"], [","]) and any(word in ("kcn", "khu") for word in words[1:4]) and "các" in words[1:3] or words[:3] == ["và", "kcn", "tỉnh"]

    def _after_others(self, source: Source, index: int) -> bool:
        """ "các khu công nghiệp và Khu kinh tế Đình Vũ - Cát Hải": the board's whole area again."""
        words = " ".join(token.text for token in source.tokens[max(0, index - 5) : index])
        return words.endswith(("các khu công nghiệp và", "các kcn và", "các kcn ,", "các khu công nghiệp ,", "kcn và"))

    def _board(self, source: Source, index: int) -> bool:
        """The place ends the name of a board: "Ban Quản lý các KCN tỉnh Hải Dương"."""
        for back in range(index - 1, max(-1, index - 13), -1):
            token, after = source.tokens[back], source.tokens[back + 1]
            if "\n" in source.folded[token.end : after.start] or token.text in ".;" or (token.text == "," and index - back <= 4):
                return False
            if token.text in _BOARD:
                return True
        return False

    def _weak(self, source: Source, index: int) -> bool:
        for back in range(1, 6):
            if index >= back:
                found = self.not_before.longest(source.tokens, index - back)
                if found and index - 2 <= found[0] <= index and all(t.text in ("tỉnh", "tp", ".", "thành", "phố") for t in source.tokens[found[0] : index]):
                    return True
        return False


class Scopes:
    """The governing place of every passage of one text."""

    def __init__(self, source: Source, layout: Layout, places: list[Place], is_heading: Callable[[int], bool]) -> None:
        self.source, self.layout, self.is_heading = source, layout, is_heading
        self.places = [place for place in places if not place.weak]
        self.main = self._main()
        has_block = "khối thi đua" in source.folded or "cụm thi đua" in source.folded
        if not has_block:
            self.places = [place for place in self.places if place.name != BLOCK or "đồng bằng" in self._words(place)]
        for place in self.places:
            if place.name == BLOCK and not has_block:
                place.name = DELTA
            elif place.name == DELTA and has_block:
                place.name = BLOCK
        self.main = self._main()
        self.by_sentence: dict[int, list[Place]] = defaultdict(list)
        for place in self.places:
            self.by_sentence[layout.sentence_of(place.start)].append(place)
        self.running: str | None = None
        self.zone: tuple[int, str] | None = None
        self.region: str | None = None
        self.zone_sentence = -9
        self.listed: int | None = None  # the list line in which the running place was named
        self.headings: list[str | None] | None = None

    def of(self, first: int, last: int) -> tuple[str | None, float]:
        """The scope of the figure at the tokens, and how sure it is. To be asked in reading order."""
        sentence = self.layout.sentence_of(first)
        found = self._in_sentence(sentence, first, last)
        if found is not None and found.kind == "home":
            self.zone = None
            self._leave_heading(sentence)
            return self._carried(sentence, general=True)
        if found is not None:
            self._remember(found, sentence)
            return found.name, 0.97
        carried = self._carried(sentence)
        return carried

    def _words(self, place: Place) -> str:
        return " ".join(token.text for token in self.source.tokens[place.start : place.end])

    def _main(self) -> str | None:
        weight: dict[str, float] = defaultdict(float)
        for place in self.places:
            if place.kind in ("zone", "home"):
                continue
            early = 2.0 if place.start < 120 else 1.0
            weight[place.name] += early * (4.0 if place.board else 0.5 if place.name == COUNTRY else 1.0)
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
        """The nearest place before the figure; a province named after a zone ("KCN Sóng Thần, Bình Dương") yields to it."""
        nearest = before[-1]
        if len(before) > 1 and nearest.kind == "province" and before[-2].kind == "zone" and nearest.start - before[-2].end <= 2:
            return before[-2]
        return nearest

    def _located(self, place: Place, last: int) -> bool:
        tokens = self.source.tokens[last : place.start]
        apart = any(token.number or token.text in ";.,và" for token in tokens)
        return any(token.text in _LOCATIVE for token in tokens[-3:]) and not apart

    def _remember(self, place: Place, sentence: int) -> None:
        here = self.layout.sentences[sentence]
        if place.kind == "zone":
            self.zone = (here.paragraph, place.name)
            self.zone_sentence = sentence
            return
        self.zone = None
        listed = self.source.tokens[here.start].text in "-+*•" and place.name != self.main
        self.listed = here.paragraph if listed else None
        if place.name == COUNTRY and self.main != COUNTRY:
            return
        if place.kind == "region":
            self.region = place.name
        self.running = place.name

    def _carried(self, sentence: int, *, general: bool = False) -> tuple[str | None, float]:
        here = self.layout.sentences[sentence]
        words = [token.text for token in self.source.tokens[here.start : here.end]]
        said = " ".join(words)
        if "cả vùng" in said or "toàn vùng" in said:
            return self.region or self.running or self.main, 0.8
        general = general or any(phrase in said for phrase in _GENERAL)
        if self.zone and self.zone[0] == here.paragraph and not general and sentence - self.zone_sentence <= 2:
            self.zone_sentence = sentence
            return self.zone[1], 0.8
        if (headed := self._headed(sentence)) is not None:
            return headed, 0.85
        if self.listed is not None and self.listed != here.paragraph:
            self.running, self.listed = None, None
        self._look_back(sentence)
        if self.running and self.running != self.main:
            return self.running, 0.85
        return self.running or self.main, 0.95 if self.main else 0.9

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
            named = [p for p in self.by_sentence.get(earlier, ()) if p.kind in ("province", "region") and p.name != COUNTRY]
            if named:
                self.running = named[0].name
                return
