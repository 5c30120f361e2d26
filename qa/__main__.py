"""``python -m qa "问题"``: one answer in the terminal."""

import argparse
import json
import os
import sys

from corpus import CorpusError
from qa.chain import open_chain
from qa.environment import close_lines
from qa.render import to_json
from qa.settings import Settings, read_settings
from qa.types import Answer, Question, QuestionError


def main(arguments: list[str] | None = None) -> int:
    """Print the answer to a question; 2 when the question or the set-up is at fault."""
    options = _parser().parse_args(arguments)
    close_lines(os.environ)
    try:
        question = Question(
            options.question,
            respondents=tuple(options.respondent),
            mode=options.mode,
            lang=options.lang,
            k=options.k,
        )
        settings = read_settings(Settings, os.environ)
        chain = open_chain(settings, lambda stage: print(f"… {stage}", file=sys.stderr))
        answer = chain.invoke(question)
    except (QuestionError, CorpusError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(to_json(answer), ensure_ascii=False, indent=2))
    else:
        print(as_text(answer))
    return 0


def as_text(answer: Answer) -> str:
    """Return the answer with its notices and sources below it; for a refusal, the nearest
    passages.
    """
    lines = [answer.text, "", *(f"※ {one.message}" for one in answer.notices)]
    for citation in answer.citations:
        passage = citation.passage
        pages = ", ".join(map(str, passage.pages))
        lines.append(f"[{citation.n}] {passage.id}  {passage.respondent}  第 {pages} 页")
    if answer.refusal:
        lines.append("最接近的段落 / nearest passages:")
        lines += [
            f"  {found.passage.id}  {found.passage.text[:50]}…" for found in answer.retrieved[:3]
        ]
    return "\n".join(lines).rstrip()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m qa",
        description="Answer one question from the report, with the passages that prove it.",
        epilog='Example: python -m qa "古巴批准了多少项与恐怖主义有关的国际公约？" --json',
    )
    parser.add_argument("question", help="the question, in Chinese or English")
    parser.add_argument("--json", action="store_true", help="print the contract's JSON")
    parser.add_argument(
        "--respondent", action="append", default=[], metavar="CODE", help="only this reply; repeat"
    )
    parser.add_argument(
        "--lang", choices=("auto", "zh-Hans", "zh-Hant", "en"), default="auto", help="answer in"
    )
    parser.add_argument(
        "--mode",
        choices=("auto", "extract", "generate"),
        default="auto",
        help="auto: written by the chat model if one is configured, else quoted; default auto",
    )
    parser.add_argument("-k", type=int, default=10, help="passages to retrieve")
    return parser


if __name__ == "__main__":
    sys.exit(main())
