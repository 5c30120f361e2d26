"""Commands on what was kept: runs exported, drafts of feedback made into cases."""

from argparse import Namespace

from corpus import load_report
from evals.exchange import cases_from_ragas, export
from evals.feedback import Draft, load_drafts, promote
from evals.results import load_run
from evals.suite import dump_case, read_case, save_suite
from evals.truth import truth_of
from evals.types import Case, EvalsError


def export_command(given: Namespace) -> int:
    """Write a kept run as TREC, BEIR and RAGAS files."""
    results = load_run(given.run).results
    export(given.to, results, truth_of(load_report()))
    print(f"{given.to}: {len(results)} cases as qrels.txt, run.txt, beir/ and ragas.jsonl")
    return 0


def import_command(given: Namespace) -> int:
    """Make a suite of RAGAS records."""
    cases = cases_from_ragas(given.records)
    save_suite(given.to, cases)
    print(f"{given.to}: {len(cases)} cases")
    return 0


def add_command(given: Namespace) -> int:
    """Show the drafts of a file, or add one of them to a suite."""
    drafts = load_drafts(given.drafts)
    if given.pick is None:
        for number, draft in enumerate(drafts, start=1):
            _show(number, draft)
        return 0
    if not 1 <= given.pick <= len(drafts):
        raise EvalsError(f"--pick is {given.pick}; there are drafts 1 to {len(drafts)}")
    if not (given.id and given.suite):
        raise EvalsError("--pick needs --suite FILE and --id NAME")
    case = _case(given, drafts[given.pick - 1])
    promote(given.suite, case, truth_of(load_report()))
    print(f"{given.suite}: {case.id} added")
    return 0


def _show(number: int, draft: Draft) -> None:
    print(f"{number}. {draft.made} {draft.question}")
    for turn in draft.history:
        print(f"   {turn.role}: {turn.content}")
    print(f"   answered: {str(draft.answer.get('answer'))[:200]}")
    print(f"   comment: {draft.comment}\n")


def _case(given: Namespace, draft: Draft) -> Case:
    """Return the case that a draft and the options make, checked like a line of a suite."""
    answerable = given.reason is None and given.kind != "refusal"
    case = Case(
        id=given.id,
        lang=given.lang or str(draft.answer.get("language", "zh-Hans")),
        kind=given.kind,
        question=draft.question,
        answerable=answerable,
        history=draft.history,
        respondents=tuple(given.respondent or ()),
        gold=tuple(given.gold or ()),
        answer_keys=tuple(tuple(key.split("|")) for key in given.key or ()),
        must_not=tuple(given.must_not or ()),
        reference=given.reference or "",
        reason=given.reason,
    )
    try:
        return read_case(dump_case(case))
    except ValueError as error:
        raise EvalsError(str(error)) from error
