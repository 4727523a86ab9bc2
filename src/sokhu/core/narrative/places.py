"""Places in a text: provinces, zones by name, regions, and boards, which answer for their province."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sokhu.core.narrative.source import Source
from sokhu.core.narrative.vocabulary import Phrases, Vocabulary

PlaceKind = Literal["province", "zone", "region", "home"]
HOME = "(home)"  # the province the text speaks of, named again without its name: "toàn tỉnh"
COUNTRY = "Việt Nam"
_ROMAN = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "b", "a", "c", "mr"})
NAME = 8  # tokens that the name of a zone or a company may have
_BOARD = frozenset({"ban", "bql", "bqlkcn", "banqlkkt"})


@dataclass(slots=True)
class Place:
    """A place named in the text: tokens from start to end, its name as scopes are given, how surely it can govern."""

    start: int
    end: int
    name: str
    kind: PlaceKind
    weak: bool = False
    board: bool = False
    zone: str | None = None  # the zone that a board is named after: it answers for its province
    agent: bool = False  # named as who acts: "UBND tỉnh Quảng Ngãi"
    site: bool = False  # only says where the zone named before it lies: "KCN Sóng Thần (tỉnh Bình Dương"


class Places:
    """Finds the places of a text; made once per vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        tables: Mapping[str, Any] = vocabulary.places
        self.names = Phrases()
        for row in tables["provinces"]:
            name, *others = row.split("|")
            for spelling in (name, *others):
                self.names.add(spelling.lower(), name)
        self.regions = Phrases(tables["regions"])
        self.short: Mapping[str, str] = tables["short"]
        self.boards = Phrases()
        for zone, province in tables["boards"].items():
            self.boards.add(zone.lower(), province)
        self.not_before = Phrases({"no": tables["not_scope"]["before"]})
        kinds = {words: kind for words, kind in tables["zones"].items() if isinstance(kind, str)}
        self.zone_words = Phrases()
        for words, kind in kinds.items():
            self.zone_words.add(words, kind)
        self.inner = Phrases({"inner": tables["zones"]["inner"]})
        self.dropped = Phrases({"dropped": tables["zones"]["dropped"]})
        self.counted = frozenset(tables["counted"]["next"])
        self.praise = frozenset(tables["praise"]["before"])
        self.agents = frozenset(tables["site"]["agents"])
        self.site = frozenset(tables["site"]["words"])
        self.own: frozenset[str] = frozenset(tables["zones"]["own"])
        self.companies: frozenset[str] = frozenset(tables["companies"]["words"])
        self.home = Phrases({HOME: tables["home"]["phrases"]})
        self.kinds = (self.zone_words, self.regions, self.names, self.home)

    def find(self, source: Source) -> list[Place]:
        """All places of the text in reading order."""
        found: list[Place] = []
        end, tokens = 0, source.tokens
        for index in self._openings(source):
            if index < end:
                continue
            place = (
                self._zone(source, index)
                or self._region(source, index)
                or self._province(source, index)
                or self._at_home(source, index)
            )
            if place is None:
                continue
            place.weak = place.weak or self._enumerated(source, place, found)
            place.agent = any(token.text in self.agents for token in tokens[max(0, place.start - 3) : place.start])
            place.site = place.kind == "province" and self._lies_there(source, place, found)
            found.append(place)
            end = place.end
        return found

    def _openings(self, source: Source) -> list[int]:
        """The tokens at which a place may start."""
        return sorted(set(source.places_of(self.short)).union(*(one.openings(source) for one in self.kinds)))

    def _lies_there(self, source: Source, place: Place, found: list[Place]) -> bool:
        """Between the zone before it and the place stand only names and words of where something lies."""
        if not found or found[-1].kind != "zone" or place.start - found[-1].end > 14:
            return False
        between = source.tokens[found[-1].end : place.start]
        line = source.folded[source.tokens[found[-1].end - 1].end : source.tokens[place.start].start]
        return "\n" not in line and all(token.text in self.site or token.capital for token in between)

    def _enumerated(self, source: Source, place: Place, found: list[Place]) -> bool:
        """One of several names in a row: "4 KCN Tam Hiệp, Bắc Chu Lai", "gồm Mộc Bài và Xa Mát"; also "so với Bắc Ninh,
        Bắc Giang", of which the first already governs nothing.
        """
        tokens = source.tokens
        before = tokens[place.start - 1] if place.start else None
        if place.kind == "zone" and before is not None and before.number and len(before.text) <= 2:
            return place.end < len(tokens) and tokens[place.end].text in (",", "và", ":")
        if not found or not found[-1].weak or found[-1].kind != place.kind or place.board or found[-1].name == COUNTRY:
            return False
        between = source.words[found[-1].end : place.start]
        return between in (["và"], [","], [",", "và"], ["và", "tỉnh"], [",", "tỉnh"])

    def _at_home(self, source: Source, index: int) -> Place | None:
        found = self.home.longest(source, index)
        if found is None:
            return None
        named = found[0] < len(source.tokens) and source.tokens[found[0]].capital
        if named and self.names.longest(source, found[0]):
            return None  # "của tỉnh Khánh Hòa": the name says it
        return Place(index, found[0], HOME, "home")

    def _province(self, source: Source, index: int) -> Place | None:
        token = source.tokens[index]
        if name := self.short.get(token.text):
            return Place(index, index + 1, name, "province", board=True)
        if not token.capital:
            return None
        found = self.names.longest(source, index)
        if found is None:
            return None
        if any(not source.tokens[i].capital and source.tokens[i].text.isalpha() for i in range(index, found[0])):
            return None
        weak = self._weak(source, index) or self._of_company(source, index)
        return Place(index, found[0], found[1][0], "province", weak, self._board(source, index))

    def _of_company(self, source: Source, index: int) -> bool:
        """The name of a company ends with the province: "Công ty TNHH Kim Sa Hà Nội"."""
        start = index
        while start and index - start < NAME and source.tokens[start - 1].capital and self._touching(source, start):
            start -= 1
        return start < index and bool(self.companies & set(source.words[max(0, start - 2) : index]))

    def _touching(self, source: Source, index: int) -> bool:
        return source.folded[source.tokens[index - 1].end : source.tokens[index].start] == " "

    def _region(self, source: Source, index: int) -> Place | None:
        found = self.regions.longest(source, index)
        if found is None:
            return None
        if source.words[index] == "việt" and index and self._touching(source, index):
            before = source.tokens[index - 1]
            if before.capital or before.text in ("người", "động"):
                return None  # "Công ty Toyota Việt Nam có ...", "người Việt Nam có ..."
        ahead = [token.text for token in source.tokens[max(0, index - 2) : index] if not token.number]
        praised = found[1][0] == COUNTRY and bool(ahead) and ahead[-1] in self.praise
        return Place(index, found[0], found[1][0], "region", praised or self._weak(source, index))

    def _zone(self, source: Source, index: int) -> Place | None:
        """ "KCN Tân Trường", "KKT mở Chu Lai", "KCN Phú Mỹ 3"; a board's or province's own zone words mean the
        province.
        """
        tokens = source.tokens
        found = self.zone_words.longest(source, index)
        if found is None or found[0] >= len(tokens):
            return None
        begin = at = found[0]
        if (dropped := self.dropped.longest(source, at)) and dropped[0] < len(tokens) and tokens[dropped[0]].capital:
            begin = at = dropped[0]
        if (inner := self.inner.longest(source, at)) and inner[0] < len(tokens) and tokens[inner[0]].capital:
            at = inner[0]
        if self.regions.longest(source, at):
            return None  # "các KCN, KKT Duyên hải miền Trung": the region is found by itself
        end = self._name_end(source, at)
        if end == at or source.folded[tokens[at].start : tokens[end - 1].end] == "việt nam":
            return None
        board = self._board(source, index)
        owner = self.boards.longest(source, begin) or self.boards.longest(source, at)
        if owner and owner[0] == end and (board or self._with_others(source, end) or self._after_others(source, index)):
            said = source.cased[tokens[begin].start : tokens[end - 1].end]
            return Place(
                index, end, owner[1][0], "province", board=board, zone=f"{found[1][0]} {said}" if board else None
            )
        province = self.names.longest(source, at)
        bracketed = end < len(tokens) and tokens[end].text == "(" and tokens[index - 1].text not in ("các", ",", "và")
        itself = bracketed and found[1][0] == "KCN" and not board
        itself = itself or (province is not None and province[1][0] in self.own and not board and found[1][0] == "KKT")
        itself = itself or (" " in found[1][0] and not board)  # "KKTCK Lào Cai": the border zone, not the province
        whole = province is not None and (province[0] == end or board)  # behind a board's a person's name may follow
        if province and whole and at == begin and not itself:
            return Place(index, province[0], province[1][0], "province", self._weak(source, index), board)
        end = self._without_province(source, at, end)
        name = source.cased[tokens[begin].start : tokens[end - 1].end]
        return Place(index, end, f"{found[1][0]} {' '.join(name.split())}", "zone", self._weak(source, index))

    def _without_province(self, source: Source, at: int, end: int) -> int:
        """ "KKT Vân Phong - Khánh Hòa": a known zone with its province behind it is that zone."""
        known = self.boards.longest(source, at)
        if known is None or known[0] + 1 >= end or source.tokens[known[0]].text != "-":
            return end
        behind = self.names.longest(source, known[0] + 1)
        return known[0] if behind and behind[0] == end and behind[1] == known[1] else end

    def _name_end(self, source: Source, at: int) -> int:
        tokens = source.tokens
        end = at
        while end < len(tokens) and end - at < NAME:
            token = tokens[end]
            gap = source.folded[tokens[end - 1].end : token.start] if end else ""
            near = len(gap) <= 2 and "\n" not in gap
            follows = end > at and (
                token.text in _ROMAN or (token.number and len(token.text) <= 2 and not self._counts(source, end))
            )
            lettered = gap == "" and end > at and token.number and len(tokens[end - 1].text) == 1  # "Mỹ Xuân B1"
            follows = follows or (lettered and tokens[end - 1].capital)
            named = token.capital and token.text.isalpha() and self._in_name(source, at, end)
            joined = token.text == "-" and end > at and end + 1 < len(tokens) and tokens[end + 1].capital
            if not (near and (named or follows or joined)):
                break
            end += 1
        return end

    def _counts(self, source: Source, index: int) -> bool:
        """The number after a zone's name counts something of its own: "KCN Bắc Ninh 6 tháng"."""
        after = source.tokens[index + 1].text if index + 1 < len(source.tokens) else ""
        return after in self.counted or after in "/-%"

    def _in_name(self, source: Source, at: int, end: int) -> bool:
        """A new capitalised word goes on the name unless the zone words start again or a new sentence does."""
        return self.zone_words.longest(source, end) is None and source.tokens[end].text not in (
            "tỉnh",
            "đã",
            "có",
            "và",
            "trên",
            "tại",
            "ở",
            "của",
            "với",
            "được",
            "vào",
            "trong",
            "thu",
            "tp",
            "công",
            "fdi",
            "ddi",
            "ông",
            "bà",
        )

    def _with_others(self, source: Source, end: int) -> bool:
        """ "KKT Dung Quất và các KCN tỉnh": the zone together with the province's other zones is the board's whole
        area.
        """
        words = source.words[end : end + 5]
        return (
            words[:1] in (["và"], [","]) and any(word in ("kcn", "khu") for word in words[1:4]) and "các" in words[1:3]
        ) or words[:3] == ["và", "kcn", "tỉnh"]

    def _after_others(self, source: Source, index: int) -> bool:
        """ "các khu công nghiệp và Khu kinh tế Đình Vũ - Cát Hải": the board's whole area again."""
        words = source.text(max(0, index - 5), index)
        return words.endswith(("các khu công nghiệp và", "các kcn và", "các kcn ,", "các khu công nghiệp ,", "kcn và"))

    def _board(self, source: Source, index: int) -> bool:
        """The place ends the name of a board: "Ban Quản lý các KCN tỉnh Hải Dương"."""
        for back in range(index - 1, max(-1, index - 13), -1):
            token, after = source.tokens[back], source.tokens[back + 1]
            if (
                "\n" in source.folded[token.end : after.start]
                or token.text in ".;"
                or (token.text == "," and index - back <= 4)
            ):
                return False
            if token.text in _BOARD:
                return True
        return False

    def _weak(self, source: Source, index: int) -> bool:
        for back in range(1, 6):
            if index >= back:
                found = self.not_before.longest(source, index - back)
                if (
                    found
                    and index - 2 <= found[0] <= index
                    and all(t.text in ("tỉnh", "tp", ".", "thành", "phố") for t in source.tokens[found[0] : index])
                ):
                    return True
        return False
