"""Commands on what was kept: runs exported, rankings measured, feedback made into cases."""

from argparse import Namespace

from corpus import load_report
from evals.exchange import cases_from_beir, cases_from_ragas, export, read_qrels, read_rankings
from evals.feedback import Draft, load_drafts, promote
from evals.rankings import ranking_duel_rows, ranking_rows, ranking_scores
from evals.results import load_run
from evals.suite import dump_case, find_suite, read_case, save_suite
from evals.tables import align
from evals.truth import truth_of
from evals.types import Case, EvalsError


def export_command(given: Namespace) -> int:
    """Write a kept run as TREC, BEIR and RAGAS files."""
    results = load_run(given.run).results
    export(given.to, results, truth_of(load_report()))
    print(f"{given.to}: {len(results)} cases as qrels.txt, run.txt, beir/ and ragas.jsonl")
    return 0


def import_command(given: Namespace) -> int:
    """Make a suite of RAGAS records or of a BEIR data set."""
    folder = given.source.is_dir()
    cases = cases_from_beir(given.source, given.split) if folder else cases_from_ragas(given.source)
    save_suite(given.to, cases)
    print(f"{given.to}: {len(cases)} cases")
    return 0


def trec_command(given: Namespace) -> int:
    """Measure TREC run files against judgements; with several, compare each with the first."""
    qrels = read_qrels(given.qrels)
    found = {path.name: ranking_scores(qrels, read_rankings(path)) for path in given.runs}
    print(align(ranking_rows(found)))
    if len(found) > 1:
        print("\n" + align(ranking_duel_rows(found)))
    return 0


def add_command(given: Namespace) -> int:
    """Show the drafts of a file or folder, or add one of them to a suite."""
    drafts = load_drafts(given.drafts)
    if given.pick is None:
        shown = [
            (number, draft)
            for number, draft in enumerate(drafts, start=1)
            if given.up or draft.verdict == "down"
        ]
        for number, draft in shown:
            _show(number, draft)
        print(f"{len(shown)} of {len(drafts)} drafts shown")
        return 0
    if not 1 <= given.pick <= len(drafts):
        raise EvalsError(f"--pick is {given.pick}; there are drafts 1 to {len(drafts)}")
    if not (given.id and given.suite):
        raise EvalsError("--pick needs --suite SUITE and --id NAME")
    case, suite = _case(given, drafts[given.pick - 1]), find_suite(given.suite)
    promote(suite, case, truth_of(load_report()))
    print(f"{suite}: {case.id} added")
    return 0


def _show(number: int, draft: Draft) -> None:
    lines = [f"{number}. {draft.created} [{draft.verdict}] {draft.question}"]
    lines += [f"   {turn.role}: {turn.content}" for turn in draft.history]
    lines.append(f"   answered: {str(draft.answer.get('answer'))[:200]}")
    lines += [
        f"   [{n}] {one['respondent']}: {one['quote'][:80]}" for n, one in draft.citations.items()
    ]
    lines.append(f"   comment: {draft.comment}")
    print("\n".join(map(_printable, lines)) + "\n")


def _printable(line: str) -> str:
    """Return a line that strangers wrote without what could steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in line)


def _case(given: Namespace, draft: Draft) -> Case:
    """Return the case that a draft and the options make, checked like a line of a suite."""
    unknown = [n for n in given.cite or () if n not in draft.citations]
    if unknown:
        known = ", ".join(map(str, draft.citations)) or "none"
        raise EvalsError(f"--cite is {unknown[0]}; the answer's citations: {known}")
    cited = [draft.citations[n] for n in given.cite or ()]
    names = [*(given.respondent or ()), *(str(one["respondent"]) for one in cited)]
    case = Case(
        id=given.id,
        lang=given.lang or str(draft.answer.get("language", "zh-Hans")),
        kind=given.kind,
        question=draft.question,
        answerable=given.reason is None and given.kind != "refusal",
        history=draft.history,
        respondents=tuple(dict.fromkeys(names)),
        gold=(*(given.gold or ()), *(str(one["quote"]) for one in cited)),
        answer_keys=tuple(tuple(key.split("|")) for key in given.key or ()),
        must_not=tuple(given.must_not or ()),
        reference=given.reference or "",
        reason=given.reason,
    )
    try:
        return read_case(dump_case(case))
    except ValueError as error:
        raise EvalsError(str(error)) from error
