"""``python -m corpus``: print what the parser found in a report, or draft its notes."""

import argparse
import sys
import unicodedata

from corpus.report import DEFAULT, load_report
from corpus.types import CorpusError, Passage, Reply, Report


def main(arguments: list[str] | None = None) -> int:
    """Print the table of replies, or the passages of some of them; 2 when a report is unusable.

    ``annotate`` as the first argument goes to the command that drafts notes instead.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["annotate"]:
        from corpus.cli import annotate

        return annotate(arguments[1:])
    parser = argparse.ArgumentParser(
        prog="python -m corpus",
        description="Show the replies that the parser found in a report, or their passages.",
        epilog="Example: python -m corpus --passages MEX NOR. "
        "To draft the notes of a report: python -m corpus annotate --help",
    )
    parser.add_argument("report", nargs="?", default=DEFAULT, help="report, default %(default)s")
    parser.add_argument(
        "--passages", nargs="*", metavar="CODE", help="print passages, of these codes or of all"
    )
    options = parser.parse_args(arguments)
    try:
        report = load_report(options.report)
        if options.passages is None:
            print(replies_table(report))
        else:
            print("\n\n".join(map(_show, _chosen(report, options.passages))))
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def replies_table(report: Report) -> str:
    """Return one line a reply: code, name, original language, date, pages, passages, characters."""
    head = ("code", "respondent", "original", "date", "pages", "passages", "characters")
    rows = [head, *map(_row, report.replies)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(_pad, row, widths)).rstrip() for row in rows]
    total = f"{report.symbol}  {len(report.respondents)} replies  {len(report.passages)} passages"
    return "\n".join([*lines, "", total])


def _row(reply: Reply) -> tuple[str, ...]:
    return (
        reply.respondent.code,
        reply.respondent.name,
        reply.original_language or "-",
        reply.date.isoformat() if reply.date else "-",
        f"{reply.pages[0]}-{reply.pages[-1]}",
        str(len(reply.passages)),
        str(sum(len("".join(passage.text.split())) for passage in reply.passages)),
    )


def _chosen(report: Report, codes: list[str]) -> list[Passage]:
    known = [reply.respondent.code for reply in report.replies]
    for code in codes:
        if code not in known:
            raise CorpusError(f"unknown code {code!r}; choose from {', '.join(known)}")
    return [passage for passage in report.passages if not codes or passage.code in codes]


def _show(passage: Passage) -> str:
    pages = ", ".join(map(str, passage.pages))
    place = " > ".join((passage.respondent, *passage.heading))
    return f"{passage.id}  {passage.kind}  p. {pages}  {place}\n{passage.text}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


if __name__ == "__main__":
    sys.exit(main())
