"""What the model and the hybrid must hold, each claim beside the figures of a run."""

from collections.abc import Iterator
from dataclasses import dataclass

from index.benchmark.results import ANNOTATED, Difference, Results
from index.benchmark.systems import HYBRID, SHIPPED

ORDINARY = ("CMRC dev", "DRCD dev", "XQuAD zh")
ENGLISH_SET = "XQuAD en→zh"
# Suites whose questions were worded to share few words with the text.
REWORDED = ("report_questions zh", "A-72-344.paraphrase zh")
MAY_LOSE = 0.005
ENGLISH_FLOOR = 0.44
ENCODING_MS = 1.0
LOADING_S = 0.3


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim, the set or model it is about, the figure found, and whether that bears it out."""

    text: str
    about: str
    found: str
    holds: bool


def claims(results: Results) -> list[Claim]:
    """Every claim that the run has figures for."""
    return [*_of_the_hybrid(results), *_of_the_model(results)]


def shown(difference: Difference) -> str:
    """A difference with its interval."""
    return f"{difference.mean:+.4f} ({difference.low:+.4f} to {difference.high:+.4f})"


def about(difference: Difference) -> str:
    """What a difference is between."""
    return f"{difference.set_name}: {difference.better} less {difference.worse}"


def _of_the_hybrid(results: Results) -> Iterator[Claim]:
    for one in results.differences:
        if one.better.removesuffix(ANNOTATED) != HYBRID or one.worse == HYBRID:
            continue
        if one.set_name in ORDINARY:
            text = f"ordinary questions: the hybrid loses at most {MAY_LOSE}"
            yield Claim(text, about(one), shown(one), one.mean >= -MAY_LOSE)
        elif one.set_name.startswith(REWORDED):
            text = "questions in other words: the hybrid is better, interval above zero"
            yield Claim(text, about(one), shown(one), one.low > 0)
        elif one.set_name == ENGLISH_SET or one.set_name.endswith(" en"):
            text = "English questions: the hybrid is better, interval above zero"
            yield Claim(text, about(one), shown(one), one.low > 0)


def _of_the_model(results: Results) -> Iterator[Claim]:
    for one in results.differences:
        # With annotations an English question meets English glosses: no test of this model.
        if one.better == SHIPPED:
            text = "the model alone beats the other everywhere, interval above zero"
            yield Claim(text, about(one), shown(one), one.low > 0)
    for row in results.rows:
        if (row.set_name, row.system) == (ENGLISH_SET, SHIPPED):
            text = f"English finds Chinese by the model alone: MRR@10 at least {ENGLISH_FLOOR}"
            found = f"{row.reciprocal_rank:.3f}"
            yield Claim(text, row.set_name, found, row.reciprocal_rank >= ENGLISH_FLOOR)
    for cost in results.costs:
        if cost.model == SHIPPED:
            ms, load = cost.milliseconds, cost.load_seconds
            text = f"a question is encoded in less than {ENCODING_MS:g} ms"
            yield Claim(text, cost.model, f"{ms:.2f} ms", ms < ENCODING_MS)
            text = f"the model is loaded in less than {LOADING_S} s"
            yield Claim(text, cost.model, f"{load:.2f} s", load < LOADING_S)
