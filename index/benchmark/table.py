"""The results as Markdown, for the terminal and the model card."""

from collections.abc import Iterable, Sequence

from index.benchmark.claims import about, claims, shown
from index.benchmark.results import Results, Row
from index.benchmark.run import TIMED
from index.benchmark.systems import DENSE, HYBRID, LEXICAL

HEAD = ("set", "notes", "system", "R@1", "R@5", "R@10", "MRR@10", "nDCG@10", "ms/query")
READING = f"""\
*notes*: whether the annotations of the report were searched too; the public sets have none. The
BM25 rows and the models alone search whole passages; with annotations, BM25 searches the text of
both and a model takes the closer of both. *{LEXICAL}*, *{DENSE}* and *{HYBRID}* are the product's
own search, opened as the server opens it: BM25 by field, vectors by sentence. *R@k* is the share of
the right passages among the first k; *ms/query* is the median of the first {TIMED} questions, one
at a time on one thread, none asked before. The command: `python -m index.benchmark --help`."""


def to_markdown(results: Results) -> str:
    """The tables: what must hold, measures, further differences, costs."""
    held = claims(results)
    told = {claim.about for claim in held}
    further = [one for one in results.differences if about(one) not in told]
    return "\n\n".join(
        [
            f"Weights measured: sha256 `{results.sha256}`.",
            f"Of {len(held)} claims {sum(claim.holds for claim in held)} hold. Differences are of "
            "MRR@10, in brackets the 95 % interval of a paired bootstrap over the questions.",
            _table(
                ("claim", "about", "found", "holds"),
                [(c.text, c.about, c.found, "yes" if c.holds else "**no**") for c in held],
            ),
            READING,
            _table(HEAD, [_cells(row) for row in results.rows]),
            _table(("difference of MRR@10", "found"), [(about(d), shown(d)) for d in further]),
            _table(
                ("model", "dimensions", "load, s", "ms/question encoded", "MB"),
                [
                    (
                        cost.model,
                        f"{cost.dimensions}",
                        f"{cost.load_seconds:.2f}",
                        f"{cost.milliseconds:.2f}",
                        f"{cost.megabytes:.1f}",
                    )
                    for cost in results.costs
                ],
            ),
        ]
    )


def _cells(row: Row) -> tuple[str, ...]:
    numbers = (*row.recall, row.reciprocal_rank, row.ndcg)
    return (
        f"{row.set_name} ({row.questions})",
        row.annotations,
        row.system,
        *(f"{n:.3f}" for n in numbers),
        f"{row.milliseconds:.2f}",
    )


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    rule = ["---"] * len(head)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *lines))
