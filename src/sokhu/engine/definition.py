"""What every total is, as SQL: the one definition, in a text that DuckDB and PostgreSQL run unchanged.

The rules are those of docs/answers.md, tier by tier: zones first, then what is made of them. Each step makes a table
of candidates, keeps those that no earlier step has answered, and notes where what was said is something else.

Allowed here: CREATE TABLE AS, INSERT INTO … SELECT, inner and left joins, NOT EXISTS, GROUP BY named columns,
ROW_NUMBER, CASE, CAST. Not: division, means, rounding, dates, FILTER, QUALIFY, GROUPING SETS, updates (decision 10).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sokhu.core.cell import AWAITED
from sokhu.engine.keys import EMPTINESSES
from sokhu.engine.tables import AMOUNT, BY_FORMULA, BY_OWNERSHIP, BY_RATIO, OVER_PLACES, OVER_TIME, SAID, TOTAL, ddl

QUARTERS, HALVES, YEARS = 1, 2, 3  # steps of adding over time; nine months are made with the years
_COLUMNS = ", ".join(TOTAL)
_OWN_COLUMNS = (
    "measure, place, ownership, period, amount, emptiness, maturity, approx, unlike, late, differs, first_day,"
    " last_day, made"
)
_AWAITED = ", ".join(str(number) for number, word in enumerate(EMPTINESSES) if word in AWAITED)
_NOT_APPLICABLE = EMPTINESSES.index("not_applicable")
_NOTHING = "-999999999999999999"


@dataclass(frozen=True, slots=True)
class Shape:
    """How much of each kind of rule a book needs, so that no statement runs for nothing.

    tiers: layers of places above the zones; turns: which pairs of measures make ratios; depth: how many formulas stand
    in one another; straddles: (tier, step) in which some place changes its members; has_kinds: some figures are of one
    kind of zones; has_awaited: some were only said to be awaited; has_derived: some follow from registers; rounds: in
    how many parts the measures are added up, so that none fills the memory.
    """

    tiers: int
    turns: tuple[int, ...]
    depth: int
    straddles: frozenset[tuple[int, int]]
    has_kinds: bool
    has_awaited: bool
    has_derived: bool
    rounds: int = 1


def statements(shape: Shape) -> Iterator[str]:
    """All statements that fill `total` from the tables of the frame, in order."""
    for number in range(shape.rounds):
        yield from _round(number, shape)


def _round(number: int, shape: Shape) -> Iterator[str]:
    """The totals of some measures, with all that they are calculated from and into."""
    yield from _standing(number, shape)
    yield from _own(shape)
    yield ddl("growing", TOTAL)
    yield f"INSERT INTO growing ({_COLUMNS})\n{_as_totals('own', '1 = 1')}"
    for tier in range(shape.tiers + 1):
        yield from _tier(tier, shape)
    yield from _finished(shape)


def _standing(number: int, shape: Shape) -> Iterator[str]:
    """The newest on each shelf; of the shelves and streams the one that answers first.

    Counts that may answer for the weeks before their day are those that somebody gave, no register's.
    """
    yield f"""CREATE TABLE standing AS
SELECT measure, place, ownership, period, unlike, first_day, last_day, amount, emptiness, maturity, approx, turn, batch,
  derived
FROM (
  SELECT fact.*, ROW_NUMBER() OVER (
    PARTITION BY measure, place, ownership, period, first_day, last_day, shelf ORDER BY batch DESC) AS line
  FROM fact JOIN measure ON measure.id = fact.measure
  WHERE measure.round_number = {number}) newest
WHERE line = 1"""
    yield _first_of_streams("said", "1 = 1")
    if shape.has_derived:
        yield _first_of_streams("given", "standing.derived = 0")


def _first_of_streams(table: str, condition: str) -> str:
    return f"""CREATE TABLE {table} AS
SELECT measure, place, ownership, period, unlike, first_day, last_day, amount, emptiness, maturity, approx,
  CASE WHEN least <> most THEN 1 ELSE 0 END AS differs
FROM (
  SELECT told.*,
    ROW_NUMBER() OVER (
      PARTITION BY measure, place, ownership, period ORDER BY awaited, unlike, turn, batch DESC, first_day) AS line,
    MIN(CASE WHEN awaited = 0 THEN COALESCE(amount, {_NOTHING}) END) OVER (
      PARTITION BY measure, place, ownership, period, first_day, last_day) AS least,
    MAX(CASE WHEN awaited = 0 THEN COALESCE(amount, {_NOTHING}) END) OVER (
      PARTITION BY measure, place, ownership, period, first_day, last_day) AS most
  FROM (
    SELECT standing.*, CASE WHEN emptiness IN ({_AWAITED}) THEN 1 ELSE 0 END AS awaited
    FROM standing WHERE {condition}) told) ordered
WHERE line = 1"""


_IS_COUNT = "(measure.counts = 1 OR (measure.counts = 2 AND said.first_day = said.last_day))"


def _as_said(table: str, condition: str, shape: Shape) -> Iterator[str]:
    """What was said of each period: a flow by its name, of counts the last within it, else the first after it."""
    yield f"""CREATE TABLE {table} AS
SELECT said.measure, said.place, said.ownership, said.period, said.amount, said.emptiness, said.maturity, said.approx,
  said.unlike, CAST(0 AS SMALLINT) AS late, said.differs, said.first_day, said.last_day,
  CAST({SAID} AS SMALLINT) AS made
FROM said JOIN measure ON measure.id = said.measure JOIN period ON period.id = said.period
WHERE NOT {_IS_COUNT} AND {condition}"""
    given = "given" if shape.has_derived else "said"
    for late, among, nearest in ((0, "said", "-said.last_day"), (1, given, "said.last_day")):
        yield f"""CREATE TABLE step AS
SELECT measure, place, ownership, period, amount, emptiness, maturity, approx, unlike, late, differs, first_day,
  last_day, CAST({SAID} AS SMALLINT) AS made
FROM (
  SELECT said.measure, said.place, said.ownership, day_period.period, said.amount, said.emptiness, said.maturity,
    said.approx, CAST(0 AS SMALLINT) AS unlike, day_period.late, said.differs, said.first_day, said.last_day,
    ROW_NUMBER() OVER (
      PARTITION BY said.measure, said.place, said.ownership, day_period.period
      ORDER BY {nearest}) AS line
  FROM {among} said JOIN measure ON measure.id = said.measure JOIN day_period ON day_period.day_number = said.last_day
  WHERE day_period.late = {late} AND {_IS_COUNT} AND {condition}) counted
WHERE line = 1"""
        yield _kept(table)
        yield "DROP TABLE step"


def _own(shape: Shape) -> Iterator[str]:
    """What each place said of itself for each period: as said, over time, of both ownerships.

    That a figure is awaited is kept aside: whatever can be made goes before it.
    """
    if shape.has_awaited:
        yield from _as_said("awaited", f"said.emptiness IN ({_AWAITED})", shape)
    yield from _as_said("own", f"said.emptiness NOT IN ({_AWAITED})", shape)
    yield "CREATE TABLE gap (measure INTEGER, place INTEGER, ownership SMALLINT, period INTEGER)"
    for step in (QUARTERS, HALVES, YEARS):
        yield f"""CREATE TABLE step AS
SELECT own.measure, own.place, own.ownership, piece.whole AS period, CAST(SUM(own.amount) AS {AMOUNT}) AS amount,
  CAST(0 AS SMALLINT) AS emptiness, MIN(own.maturity) AS maturity, MAX(own.approx) AS approx, MAX(own.unlike) AS unlike,
  CAST(0 AS SMALLINT) AS late, CAST(0 AS SMALLINT) AS differs, MIN(own.first_day) AS first_day,
  MAX(own.last_day) AS last_day, CAST({OVER_TIME} AS SMALLINT) AS made
FROM own JOIN piece ON piece.part = own.period JOIN measure ON measure.id = own.measure
WHERE piece.step = {step} AND measure.flows = 1 AND own.amount IS NOT NULL
GROUP BY own.measure, own.place, own.ownership, piece.whole, piece.parts
HAVING COUNT(*) = piece.parts
  AND SUM(own.last_day - own.first_day + 1) = MAX(own.last_day) - MIN(own.first_day) + 1"""
        yield _differing("own")
        yield _kept("own")
        yield "DROP TABLE step"
    yield f"""CREATE TABLE step AS
SELECT own.measure, own.place, CAST(0 AS SMALLINT) AS ownership, own.period,
  CAST(SUM(own.amount) AS {AMOUNT}) AS amount, CAST(0 AS SMALLINT) AS emptiness, MIN(own.maturity) AS maturity,
  MAX(own.approx) AS approx, MAX(own.unlike) AS unlike, MAX(own.late) AS late, CAST(0 AS SMALLINT) AS differs,
  MIN(own.first_day) AS first_day, MAX(own.last_day) AS last_day, CAST({BY_OWNERSHIP} AS SMALLINT) AS made
FROM own JOIN measure ON measure.id = own.measure
WHERE own.ownership IN (1, 2) AND measure.adds = 1 AND own.amount IS NOT NULL
GROUP BY own.measure, own.place, own.period
HAVING COUNT(*) = 2 AND MIN(own.first_day) = MAX(own.first_day) AND MIN(own.last_day) = MAX(own.last_day)"""
    yield _differing("own")
    yield _kept("own")
    yield "DROP TABLE step"


def _as_totals(table: str, condition: str) -> str:
    return f"""SELECT said.measure, said.place, said.ownership, said.period, place.tier, period.era, said.amount,
  CAST(NULL AS {AMOUNT}) AS below, said.emptiness, said.maturity, said.approx, said.unlike, said.late, 0 AS spread,
  said.differs, 0 AS gap, said.first_day, said.last_day, 0 AS have, 0 AS want,
  CASE WHEN said.amount IS NULL THEN 0 ELSE 1 END AS whole, said.made
FROM {table} said JOIN place ON place.id = said.place JOIN period ON period.id = said.period
WHERE period.era >= 0 AND {condition}"""


def _tier(tier: int, shape: Shape) -> Iterator[str]:
    """Of the places of a tier: over members, by formula, of both ownerships, over maps, and then what is partial."""
    if tier:
        yield _over_places(tier)
        yield _differing("growing")
        yield _kept_of_tier(tier, "step.whole = 1")
        yield f"CREATE TABLE partial AS SELECT {_COLUMNS} FROM step WHERE whole = 0"
        yield "DROP TABLE step"
        for turn in shape.turns:
            yield _ratio_over_places(tier, turn)
            yield _kept_of_tier(tier, "step.whole = 1")
            yield _kept("partial", "step.whole = 0")
            yield "DROP TABLE step"
    for depth in range(1, shape.depth + 1):
        yield from _added(tier, _by_formula(tier, depth))
    for turn in shape.turns:
        yield from _added(tier, _by_ratio(tier, turn))
    yield from _added(tier, _by_ownership(tier))
    for step in (QUARTERS, HALVES, YEARS):
        if (tier, step) in shape.straddles:
            yield from _added(tier, _over_maps(tier, step))
    if tier:
        yield from _added(tier, f"CREATE TABLE step AS SELECT {_COLUMNS} FROM partial")
        yield "DROP TABLE partial"
    if shape.has_awaited:
        awaited = _as_totals("awaited", f"place.tier = {tier}")
        yield from _added(tier, f"CREATE TABLE step AS\n{awaited}")
    if shape.has_kinds:
        yield from _added(tier, _zones_of_a_kind(tier))


def _added(tier: int, candidates: str) -> Iterator[str]:
    yield candidates
    yield _kept_of_tier(tier)
    yield "DROP TABLE step"


def _over_places(tier: int) -> str:
    """From the members that have a figure; one to which the indicator does not apply is not missing."""

    def known(column: str) -> str:
        return f"CASE WHEN growing.amount IS NOT NULL THEN growing.{column} END"

    return f"""CREATE TABLE step AS
SELECT added.measure, added.holder AS place, added.ownership, added.period, CAST({tier} AS SMALLINT) AS tier, added.era,
  added.amount, CAST(NULL AS {AMOUNT}) AS below, CAST(0 AS SMALLINT) AS emptiness, added.maturity, added.approx,
  added.unlike, added.late, CASE WHEN added.windows = 1 THEN 0 ELSE 1 END AS spread, CAST(0 AS SMALLINT) AS differs,
  CAST(0 AS SMALLINT) AS gap, added.first_day, added.last_day, added.have, makeup_want.want - added.spared AS want,
  CASE WHEN added.have + added.spared = makeup_want.want AND added.wholes = 1 THEN 1 ELSE 0 END AS whole,
  CAST({OVER_PLACES} AS SMALLINT) AS made
FROM (
  SELECT growing.measure, makeup.holder, growing.ownership, growing.period, growing.era, measure.cut,
    CAST(SUM(growing.amount) AS {AMOUNT}) AS amount, MIN({known("maturity")}) AS maturity,
    MAX({known("approx")}) AS approx, MAX({known("unlike")}) AS unlike, MAX({known("late")}) AS late,
    MIN({known("first_day")}) AS first_day, MAX({known("last_day")}) AS last_day, COUNT(growing.amount) AS have,
    COUNT(*) - COUNT(growing.amount) AS spared, MIN({known("whole")}) AS wholes,
    CASE WHEN MIN({known("first_day")}) = MAX({known("first_day")})
      AND MIN({known("last_day")}) = MAX({known("last_day")}) THEN 1 ELSE 0 END AS windows
  FROM growing
  JOIN measure ON measure.id = growing.measure
  JOIN makeup ON makeup.member = growing.place AND makeup.era = growing.era AND makeup.cut = measure.cut
  JOIN place ON place.id = makeup.holder
  WHERE place.tier = {tier} AND measure.adds = 1
    AND (growing.amount IS NOT NULL OR growing.emptiness = {_NOT_APPLICABLE})
  GROUP BY growing.measure, makeup.holder, growing.ownership, growing.period, growing.era, measure.cut
  HAVING COUNT(growing.amount) > 0) added
JOIN makeup_want ON makeup_want.holder = added.holder AND makeup_want.era = added.era AND makeup_want.cut = added.cut"""


def _ratio_over_places(tier: int, turn: int) -> str:
    """Only members that have both parts, nobody missing in them, are in the ratio of a wider place."""
    return f"""CREATE TABLE step AS
SELECT added.measure, added.holder AS place, added.ownership, added.period, CAST({tier} AS SMALLINT) AS tier, added.era,
  added.amount, added.below, CAST(0 AS SMALLINT) AS emptiness, added.maturity, added.approx, added.unlike, added.late,
  CASE WHEN added.windows = 1 THEN 0 ELSE 1 END AS spread, CAST(0 AS SMALLINT) AS differs, CAST(0 AS SMALLINT) AS gap,
  added.first_day, added.last_day, added.have, makeup_want.want,
  CASE WHEN added.have = makeup_want.want AND added.wholes = 1 THEN 1 ELSE 0 END AS whole,
  CAST({BY_RATIO} AS SMALLINT) AS made
FROM (
  SELECT ratio.whole AS measure, makeup.holder, top.ownership, top.period, top.era, measure.cut,
    CAST(SUM(top.amount) AS {AMOUNT}) AS amount, CAST(SUM(bottom.amount) AS {AMOUNT}) AS below,
    MIN(CASE WHEN top.maturity < bottom.maturity THEN top.maturity ELSE bottom.maturity END) AS maturity,
    MAX(CASE WHEN top.approx > bottom.approx THEN top.approx ELSE bottom.approx END) AS approx,
    MAX(CASE WHEN top.unlike > bottom.unlike THEN top.unlike ELSE bottom.unlike END) AS unlike,
    MAX(CASE WHEN top.late > bottom.late THEN top.late ELSE bottom.late END) AS late,
    MIN(CASE WHEN top.first_day < bottom.first_day THEN top.first_day ELSE bottom.first_day END) AS first_day,
    MAX(CASE WHEN top.last_day > bottom.last_day THEN top.last_day ELSE bottom.last_day END) AS last_day,
    COUNT(*) AS have, MIN(CASE WHEN top.whole < bottom.whole THEN top.whole ELSE bottom.whole END) AS wholes,
    CASE WHEN MIN(top.first_day) = MAX(top.first_day) AND MIN(top.last_day) = MAX(top.last_day)
      THEN 1 ELSE 0 END AS windows
  FROM ratio
  JOIN growing top ON top.measure = ratio.above
  JOIN growing bottom ON bottom.measure = ratio.under AND bottom.place = top.place
    AND bottom.ownership = top.ownership AND bottom.period = top.period
  JOIN measure ON measure.id = ratio.whole
  JOIN makeup ON makeup.member = top.place AND makeup.era = top.era AND makeup.cut = measure.cut
  JOIN place ON place.id = makeup.holder
  WHERE ratio.turn = {turn} AND place.tier = {tier} AND top.amount IS NOT NULL AND bottom.amount IS NOT NULL
    AND top.whole = 1 AND bottom.whole = 1 AND top.below IS NULL AND bottom.below IS NULL AND measure.adds = 2
  GROUP BY ratio.whole, makeup.holder, top.ownership, top.period, top.era, measure.cut
  HAVING SUM(bottom.amount) <> 0) added
JOIN makeup_want
  ON makeup_want.holder = added.holder AND makeup_want.era = added.era AND makeup_want.cut = added.cut"""


def _by_formula(tier: int, depth: int) -> str:
    return f"""CREATE TABLE step AS
SELECT formula.whole AS measure, growing.place, growing.ownership, growing.period, CAST({tier} AS SMALLINT) AS tier,
  growing.era, CAST(SUM(formula.sign * growing.amount) AS {AMOUNT}) AS amount, CAST(NULL AS {AMOUNT}) AS below,
  CAST(0 AS SMALLINT) AS emptiness, MIN(growing.maturity) AS maturity, MAX(growing.approx) AS approx,
  MAX(growing.unlike) AS unlike, MAX(growing.late) AS late, MAX(growing.spread) AS spread,
  CAST(0 AS SMALLINT) AS differs, CAST(0 AS SMALLINT) AS gap, MIN(growing.first_day) AS first_day,
  MAX(growing.last_day) AS last_day, 0 AS have, 0 AS want, CAST(1 AS SMALLINT) AS whole,
  CAST({BY_FORMULA} AS SMALLINT) AS made
FROM growing JOIN formula ON formula.part = growing.measure
WHERE growing.tier = {tier} AND formula.depth = {depth} AND growing.whole = 1
GROUP BY formula.whole, growing.place, growing.ownership, growing.period, growing.era, formula.parts
HAVING COUNT(*) = formula.parts AND MIN(growing.first_day) = MAX(growing.first_day)
  AND MIN(growing.last_day) = MAX(growing.last_day)"""


def _by_ratio(tier: int, turn: int) -> str:
    return f"""CREATE TABLE step AS
SELECT ratio.whole AS measure, top.place, top.ownership, top.period, CAST({tier} AS SMALLINT) AS tier, top.era,
  top.amount, bottom.amount AS below, CAST(0 AS SMALLINT) AS emptiness,
  CASE WHEN top.maturity < bottom.maturity THEN top.maturity ELSE bottom.maturity END AS maturity,
  CASE WHEN top.approx > bottom.approx THEN top.approx ELSE bottom.approx END AS approx,
  CASE WHEN top.unlike > bottom.unlike THEN top.unlike ELSE bottom.unlike END AS unlike,
  CASE WHEN top.late > bottom.late THEN top.late ELSE bottom.late END AS late,
  CASE WHEN top.spread > bottom.spread THEN top.spread ELSE bottom.spread END AS spread,
  CAST(0 AS SMALLINT) AS differs, CAST(0 AS SMALLINT) AS gap,
  CASE WHEN top.first_day < bottom.first_day THEN top.first_day ELSE bottom.first_day END AS first_day,
  CASE WHEN top.last_day > bottom.last_day THEN top.last_day ELSE bottom.last_day END AS last_day,
  0 AS have, 0 AS want, CAST(1 AS SMALLINT) AS whole, CAST({BY_RATIO} AS SMALLINT) AS made
FROM ratio
JOIN growing top ON top.measure = ratio.above
JOIN growing bottom ON bottom.measure = ratio.under AND bottom.place = top.place
  AND bottom.ownership = top.ownership AND bottom.period = top.period
WHERE ratio.turn = {turn} AND top.tier = {tier} AND bottom.tier = {tier} AND top.whole = 1 AND bottom.whole = 1
  AND top.below IS NULL AND bottom.below IS NULL AND bottom.amount <> 0"""


def _by_ownership(tier: int) -> str:
    """What was said of FDI and of DDI, for the period or over time, is added up in `_own` already: of a place that
    nothing is added up to, only what was made by formula is left."""
    left = "" if tier else "\n  AND growing.measure IN (SELECT formula.whole FROM formula)"
    return f"""CREATE TABLE step AS
SELECT growing.measure, growing.place, CAST(0 AS SMALLINT) AS ownership, growing.period,
  CAST({tier} AS SMALLINT) AS tier, growing.era, CAST(SUM(growing.amount) AS {AMOUNT}) AS amount,
  CAST(NULL AS {AMOUNT}) AS below, CAST(0 AS SMALLINT) AS emptiness, MIN(growing.maturity) AS maturity,
  MAX(growing.approx) AS approx, MAX(growing.unlike) AS unlike, MAX(growing.late) AS late,
  MAX(growing.spread) AS spread, CAST(0 AS SMALLINT) AS differs, CAST(0 AS SMALLINT) AS gap,
  MIN(growing.first_day) AS first_day, MAX(growing.last_day) AS last_day, 0 AS have, 0 AS want,
  CAST(1 AS SMALLINT) AS whole, CAST({BY_OWNERSHIP} AS SMALLINT) AS made
FROM growing JOIN measure ON measure.id = growing.measure
WHERE growing.tier = {tier} AND growing.ownership IN (1, 2) AND growing.whole = 1 AND measure.adds = 1{left}
GROUP BY growing.measure, growing.place, growing.period, growing.era
HAVING COUNT(*) = 2 AND MAX(growing.made) > {OVER_TIME} AND MIN(growing.first_day) = MAX(growing.first_day)
  AND MIN(growing.last_day) = MAX(growing.last_day)"""


def _over_maps(tier: int, step: int) -> str:
    """A period in which the place was made of others before: from its parts, each on its own map."""
    return f"""CREATE TABLE step AS
SELECT growing.measure, growing.place, growing.ownership, straddle.whole AS period, CAST({tier} AS SMALLINT) AS tier,
  period.era, CAST(SUM(growing.amount) AS {AMOUNT}) AS amount, CAST(NULL AS {AMOUNT}) AS below,
  CAST(0 AS SMALLINT) AS emptiness, MIN(growing.maturity) AS maturity, MAX(growing.approx) AS approx,
  MAX(growing.unlike) AS unlike, MAX(growing.late) AS late, MAX(growing.spread) AS spread,
  CAST(0 AS SMALLINT) AS differs, CAST(0 AS SMALLINT) AS gap, MIN(growing.first_day) AS first_day,
  MAX(growing.last_day) AS last_day, 0 AS have, 0 AS want, CAST(1 AS SMALLINT) AS whole,
  CAST({OVER_TIME} AS SMALLINT) AS made
FROM growing
JOIN straddle ON straddle.place = growing.place AND straddle.part = growing.period
JOIN measure ON measure.id = growing.measure
JOIN period ON period.id = straddle.whole
WHERE straddle.tier = {tier} AND straddle.step = {step} AND measure.flows = 1 AND growing.whole = 1
GROUP BY growing.measure, growing.place, growing.ownership, straddle.whole, period.era, straddle.parts
HAVING COUNT(*) = straddle.parts
  AND SUM(growing.last_day - growing.first_day + 1) = MAX(growing.last_day) - MIN(growing.first_day) + 1"""


def _zones_of_a_kind(tier: int) -> str:
    """A zone that is asked for as one of its kind answers with what was said of it as a whole."""
    columns = ", ".join(f"growing.{name}" for name in TOTAL if name != "measure")
    return f"""CREATE TABLE step AS
SELECT kin.narrow AS measure, {columns}
FROM growing
JOIN kin ON kin.wide = growing.measure
JOIN measure ON measure.id = kin.narrow
JOIN zone_cut ON zone_cut.zone = growing.place AND zone_cut.era = growing.era AND zone_cut.cut = measure.cut
WHERE growing.tier = {tier}"""


def _kept_of_tier(tier: int, condition: str = "1 = 1") -> str:
    """`_kept` of totals: those of a tier are looked for among those of it."""
    return _kept("growing", condition, f"known.tier = {tier} AND ")


def _kept(table: str, condition: str = "1 = 1", among: str = "") -> str:
    """Puts the candidates of `step` into a table, those excepted that are answered there already."""
    columns = _OWN_COLUMNS if table in ("own", "awaited") else _COLUMNS
    chosen = ", ".join(f"step.{name.strip()}" for name in columns.split(","))
    return f"""INSERT INTO {table} ({columns})
SELECT {chosen} FROM step
WHERE {condition} AND NOT EXISTS (
  SELECT 1 FROM {table} known WHERE {among}known.measure = step.measure AND known.place = step.place
    AND known.ownership = step.ownership AND known.period = step.period)"""


def _differing(table: str) -> str:
    """Notes where something else was said than the candidates of `step`, which are complete, come to."""
    complete = "AND step.whole = 1 " if table == "growing" else ""
    return f"""INSERT INTO gap (measure, place, ownership, period)
SELECT step.measure, step.place, step.ownership, step.period
FROM step JOIN {table} told ON told.measure = step.measure AND told.place = step.place
  AND told.ownership = step.ownership AND told.period = step.period
WHERE told.made = {SAID} AND told.approx = 0 AND step.approx = 0 AND told.amount IS NOT NULL {complete}
  AND told.amount <> step.amount"""


def _finished(shape: Shape) -> Iterator[str]:
    columns = ", ".join(
        "CASE WHEN noted.period IS NULL THEN 0 ELSE 1 END AS gap" if name == "gap" else f"growing.{name}"
        for name in TOTAL
    )
    yield f"""INSERT INTO total ({_COLUMNS})
SELECT {columns}
FROM growing JOIN place ON place.id = growing.place LEFT JOIN (
  SELECT DISTINCT measure, place, ownership, period FROM gap) noted
  ON noted.measure = growing.measure AND noted.place = growing.place AND noted.ownership = growing.ownership
    AND noted.period = growing.period
ORDER BY growing.ownership, place.kind, growing.measure, growing.period, growing.place"""
    once = [*(["awaited"] if shape.has_awaited else []), *(["given"] if shape.has_derived else [])]
    for table in ("standing", "said", "own", *once, "gap", "growing"):
        yield f"DROP TABLE {table}"
