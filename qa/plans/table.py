"""Table: which cells, totals, sums and differences a question asks for."""

import re
from collections.abc import Sequence

from corpus import Passage
from index.search import Found
from index.text import normalise
from qa import patterns
from qa.draft import Draft, Writer
from qa.knowledge import Knowledge
from qa.plans.amounts import (
    COUNT,
    Row,
    rows_of,
    say_amounts,
    say_average,
    say_pieces,
    say_row,
    say_totals,
)
from qa.understand import Understanding
from qa.weighing import weigh

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SPAN = re.compile(
    rf"(?P<first>{_YEAR.pattern}) ?年?(?:底|初)? ?(?:至|到|—+|–|-|~|～|to|through|until) ?"
    rf"(?P<last>{_YEAR.pattern})|"
    rf"\bbetween (?P<since>{_YEAR.pattern}) and (?P<till>{_YEAR.pattern})"
)
"""From one year to another."""
_ALL_TABLES = re.compile(
    r"(?:两|二|2|全部|所有|各)个?(?:框架|计划|批|张|表|份|类|笔|项)|\b(?:both|two|all|each)\b|两者"
)
_NTH = re.compile(
    r"(第一[张个份]?表|(?<![张个份])表一(?!共)|前一[张个]表|\bfirst (?:table|list))|"
    r"(第二[张个份]?表|(?<![张个份])表二|后一[张个]表|\bsecond (?:table|list))"
)
_MOST = re.compile(r"最[大多高贵]|largest|biggest|highest|\bmost\b")
_LEAST = re.compile(r"最[小少低]|最便宜|smallest|lowest|\bleast\b|cheapest")
_CHECK = re.compile(r"对得上|相符|加一遍|核对|吻合|哪个(?:框架|计划|表)|add up|match")
_AVERAGE = re.compile(
    r"平均|平摊|均摊|均价|每台|每件|单价|一[台件](?:多少|几)|average|\bmean\b|"
    r"per (?:unit|piece|device|year)|each cost"
)
_CLEAR = 3
"""Terms by which one table's caption must be recalled more than another's to be meant alone."""
_WHOLE = re.compile(
    r"(?:全|整)张?(?:个)?表|表的?(?:总额|共计|合计)|\b(?:whole|entire) table|\btable total"
)
"""All of a table, beside one of its years."""
_PIECES = re.compile(r"[台件]数|\bunits? in all\b")
_MONEY = re.compile(r"美元|金额|多少钱|总额|dollar|usd|worth|value")
_ALL_YEARS = re.compile(
    r"(?:所有|全部|各个?|历)年(?!代)|(?:这几|几)年(?:加|合|总|一共)|"
    r"\ball (?:the |of the )?years\b|\bevery year\b"
)
_NAMED = 2
"""Terms by which a table is meant though another one is recalled more."""
_DONATED = re.compile(r"捐赠|受捐|获捐|受赠|获赠|设备|donat\w*|equipment|received?")
"""What is said of both tables alike."""
_GOODS = {
    "便携": r"便携|portable|手持|handheld",
    "移动": r"移动|mobile",
    "固定": r"固定(?!.{0,4}零)|fixed|stationary",
    "零配件": r"零配件|零件|配件|spare|parts",
}


def years_asked(text: str) -> set[int]:
    """Return the years that a normalised text names, and those between two of a span."""
    years = {int(year) for year in _YEAR.findall(text)}
    for match in _SPAN.finditer(text):
        first, last = match["first"] or match["since"], match["last"] or match["till"]
        years.update(range(int(first), int(last) + 1))
    return years


def table(asked: Understanding, found: Sequence[Found], knowledge: Knowledge) -> Draft | None:
    """Return the answer from the tables, or None where they do not hold what is asked."""
    text = asked.normalised
    own = text.rpartition(":")[2] if asked.follows else text
    tables = _tables_asked(own, knowledge)
    tables = tables if len(tables) == 1 else _tables_asked(text, knowledge)
    rows = [row for passage in tables for row in rows_of(passage)]
    body = [row for row in rows if not row.row.total]
    most = _MOST.search(own) or _LEAST.search(own)
    years = set() if _ALL_YEARS.search(own) else years_asked(own if most else text)
    goods = [name for name, pattern in _GOODS.items() if re.search(pattern, text)]
    chosen = [row for row in body if not years or years & set(row.years)]
    chosen = _narrowed(chosen, text, goods, years if asked.follows else set())
    if (years or goods) and not chosen:
        return None
    writer = Writer(asked.language)
    difference = patterns.DIFFERENCE.search(text)
    if extreme := _extreme(own if most else text, chosen):
        apart = years and difference
        told = [_extreme(text, body) or extreme, *chosen] if apart else [extreme]
        say_amounts(writer, asked, told, knowledge)
    elif _AVERAGE.search(text):
        say_average(writer, asked, chosen, goods, knowledge)
    elif _asks_pieces(text):
        say_pieces(writer, chosen, goods, knowledge)
    elif years or goods:
        say_amounts(writer, asked, [*_totals_beside(asked, rows), *chosen], knowledge)
    elif patterns.SUM.search(text) or difference or _CHECK.search(text):
        say_totals(writer, asked, rows, knowledge)
    else:
        row = _row_meant(asked, found, body, knowledge)
        if row is None:
            return None
        say_row(writer, row, knowledge)
    return writer.draft("table")


def _tables_asked(text: str, knowledge: Knowledge) -> tuple[Passage, ...]:
    """Return the tables whose caption or notes the question recalls, or all of them."""
    if match := _NTH.search(text):
        place = next(n for n, group in enumerate(match.groups()) if group)
        return knowledge.tables[place : place + 1] or knowledge.tables
    asked = knowledge.searcher.terms(_DONATED.sub(" ", _ALL_TABLES.sub(" ", text)))
    captions = [_caption_terms(passage, knowledge) for passage in knowledge.tables]
    noted = [knowledge.noted[passage.id] for passage in knowledge.tables]
    scores = [
        _CLEAR * len(caption & asked) + len(notes & asked)
        for caption, notes in zip(_apart(captions), _apart(noted), strict=True)
    ]
    best = max(scores)
    others = sorted(scores)[:-1]
    apart = patterns.DIFFERENCE.search(text) and patterns.SUM.search(text)
    if apart and not _YEAR.search(text) and not _MOST.search(text) and not _WHOLE.search(text):
        return knowledge.tables
    if all(len(caption & asked) >= _NAMED for caption in _apart(captions)):
        return knowledge.tables
    clear = 2 * _CLEAR if _ALL_TABLES.search(text) else _CLEAR
    if not others or best - others[-1] < clear:
        return knowledge.tables
    return (knowledge.tables[scores.index(best)],)


def _totals_beside(asked: Understanding, rows: Sequence[Row]) -> list[Row]:
    """Return the total of the one table asked about, where some of it is set against the whole."""
    apart = patterns.DIFFERENCE.search(asked.normalised) and _WHOLE.search(asked.normalised)
    of_one = len({row.passage.id for row in rows}) == 1
    return [row for row in rows if row.row.total] if apart and of_one else []


def _narrowed(rows: list[Row], text: str, goods: Sequence[str], years: set[int]) -> list[Row]:
    """Return the rows with some goods, of those the ones with a number of pieces that a normalised
    text names; and those of the given years of which nothing would be said.
    """
    of_goods = [row for row in rows if not goods or any(one in row.row.cells[1] for one in goods)]
    pieces = {int(match[1]) for match in COUNT.finditer(text)}
    counted = [row for row in of_goods if pieces & {count for count, _ in row.counts}]
    kept = counted or of_goods
    unsaid = years - {year for row in kept for year in row.years}
    return [row for row in rows if row in kept or (kept and unsaid & set(row.years))]


def _caption_terms(passage: Passage, knowledge: Knowledge) -> frozenset[str]:
    """Return the terms of a table's caption, and of the English for what it names."""
    caption = passage.heading[-1]
    named = (knowledge.notes.entities.get(name.key) for name in knowledge.names.find(caption))
    english = " ".join(entity.en for entity in named if entity)
    return knowledge.searcher.terms(caption) | knowledge.searcher.terms(normalise(english))


def _apart(terms: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Return of each set what the others do not all hold."""
    common = frozenset.intersection(*terms)
    return [one - common for one in terms]


def _extreme(text: str, rows: Sequence[Row]) -> Row | None:
    """Return the row with the largest or smallest amount, if one is asked for."""
    if _MOST.search(text):
        return max(rows, key=lambda row: row.amount)
    return min(rows, key=lambda row: row.amount) if _LEAST.search(text) else None


def _row_meant(
    asked: Understanding, found: Sequence[Found], rows: Sequence[Row], knowledge: Knowledge
) -> Row | None:
    """Return the row that ranks first as evidence."""
    tables = {row.passage.id for row in rows}
    among = [one for one in found if one.passage.id in tables]
    for one in weigh(asked, among, knowledge):
        for row in rows:
            if (row.passage.id, row.span[0]) == (one.sentence.passage.id, one.sentence.start):
                return row
    return None


def _asks_pieces(text: str) -> bool:
    return bool(
        re.search(
            r"多少[台件]|几[台件]|台数|件数|设备数量|how many|number of (?:pieces|units|devices)",
            text,
        )
        and (_PIECES.search(text) or not _MONEY.search(text))
    )
