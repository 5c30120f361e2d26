"""A small report by hand and an engine that answers from it, for the tests of the web layer."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from corpus import Passage, Reply, Respondent, load_report
from corpus.notes_types import Notes
from corpus.types import Group
from qa.types import (
    Answer,
    Citation,
    Coverage,
    Provisional,
    QAError,
    Question,
    Refusal,
    Retrieved,
    Stand,
    Statement,
)

HOSTILE = '<img src=x onerror="alert(1)"> **粗** $$x$$ [连](javascript:alert(1)) <script>1</script>'
DRAFT = '<b onclick="alert(1)">草稿二</b> [1]'
ARGENTINA = "阿根廷共和国历来通盘考虑。阿根廷于 2016 年参加了核安保峰会。"
MEXICO = "墨西哥加入了下列制度：\n核供应国集团(2012 年 9 月)\n澳大利亚集团(2013 年 8 月)"
AGENCY = f"原子能机构协助各国。{HOSTILE}"


def passage(code: str, name: str, kind: Any, text: str, n: int = 1) -> Passage:
    """Return a passage of one sentence."""
    return Passage(
        id=f"A-72-344/{code}/{n}",
        symbol="A/72/344",
        code=code,
        respondent=name,
        respondent_kind=kind,
        kind="paragraph",
        original_language=None if kind == "introduction" else "西班牙文",
        date=None if kind == "introduction" else date(2017, 4, 6),
        heading=() if code == "ARG" else ("国家措施", "出口管制"),
        paragraph=n,
        pages=(12, 13) if code == "MEX" else (3,),
        lines=(1, 2),
        text=text,
        sentences=((0, len(text)),),
    )


def reply(code: str, kind: Any, name: str, english: str, text: str) -> Reply:
    """Return a reply of one passage."""
    one = passage(code, name, kind, text)
    respondent = Respondent(code, kind, name, name, english, ("墨国",) if code == "MEX" else ())
    return Reply(respondent, one.original_language, one.date, one.pages, (one,))


REPORT = replace(
    load_report(),
    groups=(
        Group("latin-america", "拉丁美洲国家", "Latin American countries", (), ("ARG", "MEX")),
    ),
    replies=(
        reply("INTRO", "introduction", "导言", "Introduction", "1. 大会促请全体会员国。"),
        reply("ARG", "government", "阿根廷", "Argentina", ARGENTINA),
        reply("MEX", "government", "墨西哥", "Mexico", MEXICO),
        reply("IAEA", "organisation", "国际原子能机构", "IAEA", AGENCY),
    ),
)
BY_CODE = {one.code: one for one in REPORT.passages}


def cite(n: int, code: str, quote: str) -> Citation:
    """Return a citation of some words of a respondent's passage."""
    start = BY_CODE[code].text.index(quote)
    return Citation(n, BY_CODE[code], start, start + len(quote))


class FakeDafu(Runnable[Question, Answer]):
    """Answers by the question's first word: 拒绝, 排查, 慢, 错误, 崩溃, 敌意, or else a lookup.

    流 writes a draft first and waits at the gate with it; 断 breaks off after a draft.
    """

    report = REPORT
    notes = Notes()
    fingerprint = "f" * 16

    def __init__(self) -> None:
        self.asked: list[Question] = []
        self.gate = threading.Event()

    def stream(
        self, input: Question, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[Any]:
        """Yield a draft where the question asks for one, then the answer."""
        if input.text.startswith(("流", "断")):
            yield Provisional("草稿一，")
            yield Provisional(f"草稿一，{DRAFT}")
            self.gate.wait(10)
            if input.text.startswith("断"):
                raise QAError("模型断开了 / the model broke off")
        yield self.invoke(input)

    def invoke(
        self, input: Question, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Answer:
        """Return the answer that the question's first word asks for."""
        self.asked.append(input)
        word = input.text
        if word.startswith("慢"):
            time.sleep(1)
        if word.startswith("错误"):
            raise QAError("模型没有回应 / the model does not respond")
        if word.startswith("崩溃"):
            raise RuntimeError(f"a defect that repeats {input.text}")
        if word.startswith("拒绝"):
            return refusal(input)
        return survey(input) if word.startswith("排查") else lookup(input)

    def search(self, question: Question) -> tuple[Retrieved, ...]:
        """Return the passages in printed order, those of the respondents asked for by code."""
        self.asked.append(question)
        wanted = question.respondents or tuple(BY_CODE)
        found = [one for one in REPORT.passages if one.code in wanted]
        return tuple(Retrieved(n, one, 1 / n) for n, one in enumerate(found[: question.k], 1))


def lookup(question: Question) -> Answer:
    """Return an answer with two citations."""
    code = "IAEA" if question.text.startswith("敌意") else "ARG"
    quote = HOSTILE if code == "IAEA" else "阿根廷于 2016 年参加了核安保峰会"
    first, second = f"{quote}。", "墨西哥加入了核供应国集团。"
    return Answer(
        **base(question),
        kind="follow-up" if question.history else "lookup",
        text=f"{first}[1]\n\n{second}[2]",
        statements=(Statement(first, (1,), code), Statement(second, (2,), "MEX")),
        citations=(cite(1, code, quote), cite(2, "MEX", "核供应国集团(2012 年 9 月)")),
    )


def survey(question: Question) -> Answer:
    """Return an answer with coverage."""
    text = "阿根廷提到了。"
    return Answer(
        **base(question),
        kind="survey",
        text=f"{text}[1]",
        statements=(Statement(text, (1,), "ARG"),),
        citations=(cite(1, "ARG", "核安保峰会"),),
        coverage=Coverage(
            3,
            (Stand("ARG", "阿根廷", (1,)),),
            (),
            (Stand("MEX", "墨西哥"), Stand("IAEA", "国际原子能机构")),
        ),
    )


def refusal(question: Question) -> Answer:
    """Return a refusal with the nearest passages."""
    message = "报告没有收录法国的答复。"
    return Answer(
        **base(question),
        kind="refusal",
        text=message,
        statements=(),
        citations=(),
        refusal=Refusal("not-a-respondent", message),
    )


def base(question: Question) -> dict[str, Any]:
    """Return what every answer has."""
    resolved = f"{question.text}（阿根廷）" if question.history else question.text
    retrieved = tuple(Retrieved(n, one, 1 / n) for n, one in enumerate(REPORT.passages, 1))
    return {
        "id": "answer-1",
        "question": question.text,
        "resolved_question": resolved,
        "language": "zh-Hans",
        "retrieved": retrieved[: question.k],
        "engine": "extract",
        "index": FakeDafu.fingerprint,
        "timings_ms": {"all": 1.0},
    }
