"""Every quotation stands in the report, in the reply of the respondent it is given for.

The text that quotations are checked against is built here from the source alone, without the
parser: what is no page furniture, without white space, cut at the lines that name a respondent.
Other tests of answers ask through ``ask``, so that no answer goes unchecked.
"""

import json
import re
from itertools import pairwise

import pytest

from corpus.report import DEFAULT, REPORTS
from qa.chain import Dafu
from qa.render import to_json
from qa.types import MARK, Answer, Question, Turn

RAW = (REPORTS / f"{DEFAULT}.txt").read_text(encoding="utf-8")
FURNITURE = re.compile(
    r"|https://undocs\.org/.*|A/72/344|\d+/27 17-14206 \(C\)|17-14206 \(C\) \d+/27|_+"
)
FOOTNOTE = re.compile(r"1 www\.un\.org/disarmament/。|2 可查阅：www\.iaea\.org/.*")
PART = re.compile(r"[二三]\. +从.+收到的答复")
TABLE_HEADER = "年份 设备类型 总额(美元)"


def bare(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


def content_lines() -> list[str]:
    """Return the source's lines of content; a table's header repeated after a page break is not."""
    lines = [line.strip() for line in RAW.splitlines()]
    kept = [line for line in lines if not FURNITURE.fullmatch(line)]
    headers = [n for n, line in enumerate(kept) if line == TABLE_HEADER]
    return kept[: headers[1]] + kept[headers[1] + 1 :]


def sections_of(lines: list[str]) -> dict[str, str]:
    """Return what each respondent wrote, by the name that its reply prints."""
    body = [line for line in lines if not FOOTNOTE.fullmatch(line)]
    names = [n - 1 for n, line in enumerate(body) if line.startswith("[原件：")]
    starts = [n - bool(PART.fullmatch(body[n - 1])) for n in names]
    sections = {"导言": bare("".join(body[: starts[0]]))}
    for name, start, end in zip(names, starts, [*starts[1:], len(body)], strict=True):
        sections[body[name]] = bare("".join(body[start:end]))
    return sections


LINES = content_lines()
SECTIONS = sections_of(LINES)
FOOTNOTES = {
    "导言": [bare(line) for line in LINES if line.startswith("1 www.")],
    "国际原子能机构": [bare(line) for line in LINES if line.startswith("2 可查阅")],
}


def is_verbatim(quote: str, respondent: str) -> bool:
    """Tell whether a respondent's reply, or a footnote to it, prints these very words."""
    words = bare(quote)
    notes = FOOTNOTES.get(respondent, [])
    for note in notes:
        words = words.removesuffix(note)
    return words in SECTIONS[respondent]


def hold_promises(answer: Answer) -> None:
    """Fail unless every citation is a slice of the right reply and every claim carries one."""
    for citation in answer.citations:
        passage = citation.passage
        assert passage.text[citation.start : citation.end] == citation.quote
        assert is_verbatim(citation.quote, passage.respondent), (answer.question, citation.quote)
    for statement in answer.statements:
        cited = [answer.citations[n - 1] for n in statement.citations]
        assert cited, statement
        if statement.about:
            assert {one.passage.code for one in cited} == {statement.about}, statement
        if "“" in statement.text:
            held = [one.quote in statement.text or statement.text in one.quote for one in cited]
            assert any(held), statement
    marks = {int(mark) for mark in MARK.findall(answer.text)}
    assert marks == {citation.n for citation in answer.citations}
    assert bool(answer.citations) != bool(answer.refusal)
    json.dumps(to_json(answer), ensure_ascii=False)


def ask(chain: Dafu, text: str, history: list[tuple[str, str]] | None = None, **fields) -> Answer:
    """Return the answer to a question after it has been checked against the source."""
    turns = tuple(Turn(role, content) for role, content in history or [])
    answer = chain.invoke(Question(text, turns, **fields))
    hold_promises(answer)
    return answer


def converse(chain: Dafu, *questions: str) -> Answer:
    """Return the answer to the last of several questions, each asked after the answers before."""
    history: list[tuple[str, str]] = []
    for question in questions[:-1]:
        history += [("user", question), ("assistant", ask(chain, question, history).text)]
    return ask(chain, questions[-1], history)


def codes_of(answer: Answer) -> tuple[str, ...]:
    """Return whose replies an answer cites, each once, as they come."""
    return tuple(dict.fromkeys(citation.passage.code for citation in answer.citations))


def says(answer: Answer) -> tuple[str, ...]:
    """Return the codes of those who say so."""
    assert answer.coverage is not None, answer.text
    return tuple(stand.code for stand in answer.coverage.says)


def test_the_source_holds_an_introduction_and_24_replies(report):
    assert list(SECTIONS) == ["导言", *(one.name for one in report.respondents)]
    assert all(bare(name) in text for name, text in SECTIONS.items())
    assert sum(map(len, FOOTNOTES.values())) == 2


def test_every_passage_of_the_report_stands_in_its_own_reply(report):
    for passage in report.passages:
        for start, end in passage.sentences:
            assert is_verbatim(passage.text[start:end], passage.respondent), passage.id


@pytest.mark.parametrize(
    ("quote", "respondent"),
    [
        pytest.param("批准了 81 项与恐怖主义有关的国际公约", "古巴", id="a-digit-moved"),
        pytest.param("批准了 18 项与恐怖主义有关的国际公约", "挪威", id="another-respondent"),
        pytest.param("黎巴嫩谴责任何形式的恐怖主义。", "黎巴嫩", id="a-word-replaced"),
        pytest.param("恐怖分子获取各类大规模毁灭性武器", "文莱达鲁萨兰国", id="an-error-corrected"),
    ],
)
def test_the_check_itself_catches_a_false_quotation(quote, respondent):
    assert not is_verbatim(quote, respondent)


def test_respondents_stand_in_the_source_in_the_order_of_the_catalogue(report):
    places = [RAW.index(f"{name}") for name in ("阿根廷 \n", "文莱达鲁萨兰国 \n", "乌克兰 \n")]
    assert all(before < after for before, after in pairwise(places))
    assert [reply.respondent.name for reply in report.replies] == list(SECTIONS)
