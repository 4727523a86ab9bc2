"""A book made, upgraded and filled: what `make run` does before it serves. Every step may run again."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from datetime import date

from sokhu.core.problems import Problems

Say = Callable[[str], None]

# Invented figures are never attached to a real zone: the illustrative book has none of these.
REAL_ZONES = "territory/zones.toml"
DEMO_DOMAIN_START = date(2020, 1, 1)
# username, full name, role, authority: one person for each role that a newcomer may want to look through
DEMO_ACCOUNTS = (
    ("canbo.haiphong", "An (cán bộ tổng hợp)", "officer", "board/hai-phong-2025"),
    ("truongban.haiphong", "Bình (lãnh đạo ban)", "head", "board/hai-phong-2025"),
    ("truongphong.haiphong", "Lan (trưởng phòng)", "division_head", "board/hai-phong-2025"),
    ("kiemtra.haiphong", "Minh (thanh tra, kiểm tra)", "auditor", "board/hai-phong-2025"),
    ("quantri.haiphong", "Oanh (quản trị viên)", "administrator", "board/hai-phong-2025"),
    ("canbo.quangngai", "Chi (cán bộ tổng hợp)", "officer", "board/quang-ngai-2025"),
    ("khoitruong", "Dũng (khối trưởng)", "block_head", "block/dong-bang-song-hong"),
    ("bo", "Giang (cơ quan trung ương)", "ministry", "country/viet-nam"),
)


def with_django() -> None:
    """Settings are read here, once, so that commands which need no book start at once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sokhu.site.settings")
    import django

    django.setup()


def prepare(say: Say, seed: int | None = None, size: str | None = None) -> None:
    """seed, size: of an illustrative book that is empty, where they are other than the settings say."""
    from django.conf import settings
    from django.core.management import call_command

    from sokhu.areas.sources.actions import sweep_uploads
    from sokhu.kit.book import is_illustrative
    from sokhu.kit.sealing.models import Batch

    say(f"== sổ | book: {settings.BOOK} ({settings.ENVIRONMENT.data})")
    settings.ENVIRONMENT.data.mkdir(parents=True, exist_ok=True)
    sweep_uploads()
    call_command("migrate", verbosity=0)
    is_new = not Batch.objects.exists()
    if is_illustrative():
        _fill_catalogue(say, left_out=(REAL_ZONES,))
        _fill_illustrative_book(say, seed, size)
    elif _fill_catalogue(say):
        _fill_sourced_book(say)
        _fill_zones(say)
    if settings.ENVIRONMENT.demo:
        make_demo_accounts(say)
    call_command("collectstatic", verbosity=0, interactive=False)
    _follow_new_rules(say, is_new=is_new)
    _make_copy(say)


def _follow_new_rules(say: Say, *, is_new: bool) -> None:
    from django.conf import settings

    from sokhu.areas.ledger.new_rules import follow_new_rules

    if count := follow_new_rules(settings.ENVIRONMENT.data, is_new=is_new):
        say(f"== quy tắc mới | new rules: {count} mục sổ bộ được tính lại | things of registers counted anew")


def _make_copy(say: Say) -> None:
    from sokhu.areas.ledger.copies import newest_copy, refresh

    refresh()
    copy = newest_copy()
    if copy is not None:
        say(f"== bản sao để tính tổng | copy for totals: {copy.totals.count()} tổng | totals")


def _fill_catalogue(say: Say, left_out: Collection[str] = ()) -> bool:
    """Whether the book is on the shipped catalogue now. A book that has one keeps it where the two contradict."""
    from sokhu.areas.catalogue.actions import load_shipped
    from sokhu.areas.catalogue.queries import newest_moment

    try:
        loaded = load_shipped(left_out)
    except Problems as conflicts:
        if not newest_moment():
            raise
        _say_conflicts(say, conflicts)
        return False
    counts = (
        f"{len(loaded.added)} mục mới | new, {loaded.same} như cũ | unchanged, {len(loaded.kept)} giữ bản của sổ | kept"
    )
    say(f"== danh mục | catalogue: {counts}")
    for conflict in loaded.kept:
        say(f"   {conflict}")
    return True


def _say_conflicts(say: Say, conflicts: Problems) -> None:
    from sokhu.kit.wording import all_worded

    say("!! danh mục | catalogue: bản mới mâu thuẫn với mục đã sửa trong sổ, chưa nạp gì; sổ chạy tiếp với danh mục cũ")
    say("   the new one contradicts items edited in this book; nothing was loaded, the book goes on with its own")
    for vi, en in zip(all_worded(conflicts, "vi"), all_worded(conflicts, "en"), strict=True):
        say(f"   {vi}\n   {en}")


def _fill_sourced_book(say: Say) -> None:
    from sokhu.cli.sourced import fill

    entered, left = fill()
    say(f"== sổ dẫn nguồn | sourced book: {entered} số liệu mới | new figures, {len(left)} chưa nhận | left open")
    for sentence in left:
        say(f"   {sentence}")


def _fill_illustrative_book(say: Say, seed: int | None, size: str | None) -> None:
    from django.conf import settings

    from sokhu.cli.illustrative.fill import illustrate, is_empty

    if not is_empty() and seed is None and size is None:
        return
    seed = settings.ENVIRONMENT.illustrative_seed if seed is None else seed
    size = size or settings.ENVIRONMENT.illustrative_size
    say(f"== sổ minh họa, số hạt giống {seed}, cỡ {size} | illustrative book, seed {seed}, size {size}")
    written = illustrate(seed, size, say)
    say(f"   {sum(written.counts.values())} bản ghi | records, {written.seconds:.0f} s")
    for one in written.planted.slips:
        say(f"   gài sẵn | planted: {one.board} {one.period} {one.shelf[0]} {one.shelf[1]} x {one.factor}")
    for event in written.planted.late:
        say(f"   gài sẵn | planted: {event.project.code} {event.day} ghi sau báo cáo | entered after the report")


def _fill_zones(say: Say) -> None:
    from sokhu.areas.zones.actions import take_over_places

    say(f"== sổ bộ khu | register of zones: {take_over_places()} khu mới | new zones")


def make_demo_accounts(say: Say) -> None:
    from sokhu.areas.accounts.actions import ensure_account
    from sokhu.cli.illustrative.outsiders import outsiders
    from sokhu.kit.book import is_illustrative

    accounts = [*((*one, "") for one in DEMO_ACCOUNTS), *(outsiders() if is_illustrative() else ())]
    for name, full, role, authority, subject in accounts:
        ensure_account(name, full, role, authority, DEMO_DOMAIN_START, subject)
    say(f"== tài khoản thử | demo accounts: {len(accounts)}")


def demo_lines() -> list[str]:
    """The demo accounts as `make run` prints them; nothing where they are switched off."""
    from django.conf import settings

    from sokhu.areas.accounts.queries import demo_users

    if not settings.ENVIRONMENT.demo:
        return []
    return ["Tài khoản thử, chọn ở trang đăng nhập | demo accounts, choose one on the log-in page:"] + [
        f"  {user.username:<20} {user.full_name}" for user in demo_users()
    ]
