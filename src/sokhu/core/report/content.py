"""What a report is made of before any figure is known: sections of sentences, tables and charts, as people edit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sokhu.core.data import load_toml
from sokhu.core.numbers import Lang
from sokhu.core.problems import Problem, Problems
from sokhu.core.report.grammar import FigureField, Sentence, Vocabulary, figure_field, parsed

BlockKind = Literal["text", "table", "chart"]
By = Literal["figures", "members", "years"]
BLOCK_KINDS: tuple[BlockKind, ...] = ("text", "table", "chart")
WAYS: dict[BlockKind, tuple[By, ...]] = {
    "text": ("figures",),
    "table": ("figures", "members"),
    "chart": ("figures", "members", "years"),
}
LONGEST_HEADING, MOST_BLOCKS, MOST_LINES = 200, 200, 40


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a table or a chart. text: its sentences, or a figure a line. by: what its rows are."""

    kind: BlockKind
    text: str
    heading: str = ""
    by: By = "figures"


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    blocks: tuple[Block, ...] = ()


Content = tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class ParsedBlock:
    """A block with its sentence, or the figures of its lines."""

    block: Block
    sentence: Sentence = ()
    fields: tuple[FigureField, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedSection:
    heading: str
    blocks: tuple[ParsedBlock, ...]


def shipped(lang: Lang) -> Content:
    """The summary as this version ships it (catalogue/reports/summary.toml), in a language."""
    sections = load_toml("reports/summary.toml")["section"]
    return tuple(
        Section(one["heading"][lang], tuple(_shipped_block(block, lang) for block in one["block"])) for one in sections
    )


def shipped_parts() -> dict[str, str]:
    """Rarer breakdowns that placeholders may name besides the listed dimensions, each with the field that it fills."""
    parts: dict[str, str] = load_toml("reports/summary.toml")["parts"]
    return parts


def _shipped_block(table: Mapping[str, Any], lang: Lang) -> Block:
    text = table["text"]
    heading = table.get("heading", {}).get(lang, "")
    return Block(table["kind"], text if isinstance(text, str) else text[lang], heading, table.get("by", "figures"))


def as_data(content: Content) -> list[dict[str, Any]]:
    """As it is stored: plain lists and texts. `content_of` reads it back."""
    return [
        {
            "heading": section.heading,
            "blocks": [
                {"kind": one.kind, "heading": one.heading, "by": one.by, "text": one.text} for one in section.blocks
            ],
        }
        for section in content
    ]


def content_of(data: Sequence[Mapping[str, Any]]) -> Content:
    return tuple(Section(one["heading"], tuple(Block(**block) for block in one["blocks"])) for one in data)


def parsed_content(content: Content, vocabulary: Vocabulary) -> tuple[ParsedSection, ...]:
    """Every sentence and line parsed. Raises Problems, all at once, each with where="section.block" counted from 1."""
    problems: list[Problem] = []
    made = []
    if sum(len(section.blocks) for section in content) > MOST_BLOCKS:
        raise Problems([Problem("report.too_many_blocks", limit=MOST_BLOCKS)])
    for number, section in enumerate(content, 1):
        blocks = list(_parsed_blocks(section, number, vocabulary, problems))
        made.append(ParsedSection(section.heading, tuple(blocks)))
    if problems:
        raise Problems(problems)
    return tuple(made)


def _parsed_blocks(
    section: Section, number: int, vocabulary: Vocabulary, problems: list[Problem]
) -> Iterator[ParsedBlock]:
    for order, block in enumerate(section.blocks, 1):
        try:
            yield parsed_block(block, vocabulary)
        except Problem as wrong:
            problems.append(Problem(wrong.code, f"{number}.{order}", **wrong.params))


def parsed_block(block: Block, vocabulary: Vocabulary) -> ParsedBlock:
    """Raises what `parsed` and `figure_field` raise, "report.too_many_lines" and, for none, "report.no_lines"."""
    if block.kind == "text":
        return ParsedBlock(block, parsed(block.text, vocabulary))
    lines = [(number, line.strip()) for number, line in enumerate(block.text.splitlines(), 1) if line.strip()]
    if not lines:
        raise Problem("report.no_lines")
    if len(lines) > MOST_LINES:
        raise Problem("report.too_many_lines", found=len(lines), limit=MOST_LINES)
    fields = tuple(replace(figure_field(line, vocabulary, at=number), how="figure") for number, line in lines)
    return ParsedBlock(block, fields=fields)
