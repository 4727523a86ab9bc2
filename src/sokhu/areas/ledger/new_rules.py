"""A book that was filled by another version: what its registers move by the rules of this one."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from sokhu.areas.ledger.movements_checked import movements_checked
from sokhu.areas.ledger.registers import register_of, registers
from sokhu.core.parts import in_parts
from sokhu.kit.registers.actions import KIND, seal_anew
from sokhu.kit.registers.declaration import register_named
from sokhu.kit.sealing.actions import sealed_batch

FILE = "movement-rules"  # in the book's folder: which registers move what, as its movements follow it
REASON = "Theo quy tắc mới của chương trình"
VERSION = 1  # raised when registers move the same indicators by other rules than before
AT_ONCE = 1_000


def follow_new_rules(folder: Path, *, is_new: bool) -> int:
    """Seals anew the things that move something else by the rules of this version; how many there were.

    is_new: whether the book was filled by this version. Looking takes as long as the check of movements in
    `sokhu verify`, so that it is done once for each change of the rules.
    """
    kept, rules = folder / FILE, _rules()
    if kept.is_file() and kept.read_text() == rules:
        return 0
    count = 0 if is_new else _seal_anew()
    kept.write_text(rules)
    return count


def _rules() -> str:
    lines = (f"{one.code}: {', '.join(sorted(one.codes))}" for one in registers())
    return sha256("\n".join([str(VERSION), *sorted(lines)]).encode()).hexdigest()


def _seal_anew() -> int:
    others: dict[str, set[UUID]] = defaultdict(set)
    for stray in movements_checked():
        if stray.code == "completeness.movements_differ":
            others[register_of(stray.register).things].add(stray.thing)
    for code, ids in others.items():
        register = register_named(code)
        for some in in_parts(sorted(ids), AT_ONCE):
            with sealed_batch(KIND, author=None, reason=REASON) as batch:
                seal_anew(batch, register, list(register.model._default_manager.filter(pk__in=some)))
    return sum(map(len, others.values()))
