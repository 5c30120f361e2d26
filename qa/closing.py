"""What came after the report was closed, and whether a question asks for it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qa.conditions import MONTHS, dates_in
from qa.evidence import Evidence
from qa.figures import numeral
from qa.knowledge import Knowledge
from qa.turns import last_answer
from qa.understand import Understanding

_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_EN_MONTHS = "|".join(MONTHS)
_MOMENT = re.compile(
    rf"{_YEAR} ?年 ?\d{{1,2}} ?月(?: ?\d{{1,2}} ?日)?|"
    rf"(?:\d{{1,2}} )?\b(?:{_EN_MONTHS})\b(?: \d{{1,2}}(?!\d))?,? {_YEAR}|"
    rf"(?P<year>{_YEAR})(?: ?年)?(?:的?(?P<season>[秋冬]))?|"
    rf"\b(?P<en_season>autumn|fall|winter) (?:of )?(?P<its_year>{_YEAR})"
)
"""A day, month, season or year, with its year."""
_BEGINS = {"秋": 9, "autumn": 9, "fall": 9, "冬": 12, "winter": 12}
"""The month in which a season begins."""
_MONTH = re.compile(
    r"(?<![\d年])(?<!年 )(?P<month>\d{1,2}) ?月(?: ?\d{1,2} ?[日号])?(?:以?后|之后)|"
    rf"\b(?:after|since) (?:\d{{1,2}} )?(?P<en>{_EN_MONTHS})\b"
)
"""A month, or a day of it, after which something is asked for."""
_RECEIVED = re.compile(r"(?<![\d年])(\d{1,2}) ?月(?:份)?(?:[才又]?[收交补寄]|以?后?补交)")
"""A month in which replies came."""
_HAN_MONTH = re.compile(r"(?<![\d一二三四五六七八九十年])[一二三四五六七八九十]{1,2}(?= ?月)")
_AFTER = re.compile(r" ?日?(?:以后|之后|后)")
_AFTER_EN = re.compile(r"\b(?:after|since|later than) (?:the )?$")
_LATE = re.compile(
    r"(?<!最)(?:迟|晚|补|逾期)(?:交|来|到|送|寄)[^，。？]{0,6}(?:答复|答覆|回复|材料|[那这]几份)|(?:迟|逾期)的?答复|"
    r"(?:截止|截稿|限期)(?:日期?)?(?:之|以|过)?后|"
    r"\b(?:after|past|missed) the (?:deadline|closing date|cut-?off)\b|"
    r"\blate (?:repl|respon|submi|ones|answer)|"
    r"\b(?:came?|sent|arrive[sd]?|answer(?:ed)?|repl(?:y|ied))(?: in)? (?:too )?late\b"
)
"""Replies that came too late."""
_POSTED = re.compile(
    r"[登放发公刊贴挂][^，。？]{0,4}(?:在|到|于)?(?:哪|什么地方|何处)|在哪|在?何处|哪里|(?:怎么|如何|怎样)处[理置]|"
    r"\bwhere\b|\bwhat (?:happens|becomes)\b|\bget (?:posted|put up)\b"
)
"""Asks what becomes of late replies, or where they are found, which the introduction tells."""
_CONTENTS = re.compile(
    r"[写说讲谈提]了?(?:些|到)?(?:什么|啥|哪)|内容|要点|讲的|写的|"
    r"\b(?:contain|say|said|describe|report|write|wrote)\b|"
    r"哪(?:些|几[份家个])|谁|\bwho\b|"
    r"\b(?:which|what) (?:governments|countries|states|organi[sz]ations|replies|submissions)\b"
)
"""Asks what replies say, not what becomes of them."""
_OUTCOME = re.compile(
    r"结果|成果|结论|成效|进展如何|怎么样了|后来|之后|如今|现在|目前|最新|今天|今年|"
    r"达成|谈成|议定|最终|最后|真的|正式版|\b(?:published|final) version\b|反响|[按如]期|"
    r"outcome|result|conclusion|conclude|turned out|since then|nowadays|currently|latest|today|"
    r"\bagree[ds]? (?:on|upon|to)\b|\bactually\b|\bdecided?\b|\breceived\b|c[oa]me out of|"
    r"\bin the end\b|\bhow did\b.*\b(?:end|go|turn out)\b|\bwas\b.*\badopted\W*$|"
    r"\bon (?:schedule|time)\b"
)
_IN_FORCE = re.compile(r"生效|\bin(?:to)? force\b")
"""Asks when something entered into force, which the passage on it says or nothing does."""
_ANNOUNCED = re.compile(r"将[于在]|预计(?:将|于)|拟于|计划于|下一[次届]")
"""How a reply tells of what is still to come."""
_LOOKED_AT = 5
"""Sentences in which a later date is sought."""


@dataclass(frozen=True, slots=True)
class _Moment:
    """A time that a text names between two places in it, and how the report would print it."""

    start: int
    end: int
    first: date
    printed: re.Pattern[str]


def is_after_closing(
    asked: Understanding, evidence: Sequence[Evidence], knowledge: Knowledge
) -> bool:
    """Tell whether a question is about what came after the report was closed.

    A later date alone does not make it so, since replies announce plans: it must be absent from
    the evidence, or the question must ask what became of it.
    """
    closing = knowledge.report.closing_date
    text = asked.normalised
    moments = list(_moments(text))
    later = [one for one in moments if one.first > closing]
    passages = {one.sentence.passage.id for one in evidence[:1]}
    told = [
        one.sentence.text
        for one in evidence[:_LOOKED_AT]
        if one.sentence.passage.id in passages or not _IN_FORCE.search(text)
    ]
    if any(not any(map(moment.printed.search, told)) for moment in later):
        return True
    told_of = (asked.named == ("INTRO",) or _POSTED.search(text)) and not asked.follows
    if any(moment.first >= closing and _is_lower_bound(moment, text) for moment in moments):
        unsupported = not evidence or evidence[0].support < 0
        return (unsupported and not told_of) or asked.aim == "survey"
    if _LATE.search(text) and _CONTENTS.search(text) and not told_of:
        return True
    if any(int(match[1]) > closing.month for match in _RECEIVED.finditer(text)):
        return True
    months = _HAN_MONTH.sub(lambda match: str(numeral(match[0])), text)
    if any(_month_of(match) >= closing.month for match in _MONTH.finditer(months)):
        return not evidence or evidence[0].support < 0
    said = (*told[:1], *(last_answer(asked.question.history) for _ in range(asked.follows)))
    planned = any(one.first > closing for text_ in said for one in _moments(text_))
    return bool((later or planned) and _OUTCOME.search(text))


def asks_where_late(text: str) -> bool:
    """Tell whether a normalised question asks where replies are found that came too late."""
    return bool(_LATE.search(text) and _POSTED.search(text))


def is_only_announced(asked: Understanding, best: Evidence) -> bool:
    """Tell whether what became of something is asked that the best sentence only announces."""
    announced = _ANNOUNCED.search(best.sentence.text)
    posted = _POSTED.search(asked.normalised)
    return bool(announced and _OUTCOME.search(asked.focus)) and not posted


def _moments(text: str) -> Iterator[_Moment]:
    """Yield the times with a year that a normalised text names."""
    for match in _MOMENT.finditer(text):
        year = match["year"] or match["its_year"]
        season = match["season"] or match["en_season"]
        if year is None:
            dates = dates_in(match[0])
            if dates:
                first = dates[0][0]
                printed = re.compile(rf"{first.year} ?年 ?{first.month} ?月")
                yield _Moment(*match.span(), first, printed)
        else:
            first = date(int(year), _BEGINS.get(season, 1), 1)
            yield _Moment(*match.span(), first, re.compile(year))


def _is_lower_bound(moment: _Moment, text: str) -> bool:
    """Tell whether a text asks for what came after a moment that it names."""
    return bool(_AFTER.match(text, moment.end) or _AFTER_EN.search(text[: moment.start]))


def _month_of(match: re.Match[str]) -> int:
    return MONTHS.index(match["en"]) + 1 if match["en"] else int(match["month"])
