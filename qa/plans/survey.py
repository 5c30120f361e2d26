"""Survey: every respondent asked about is looked at; the answer says who speaks and who does not."""

from collections.abc import Sequence

from qa.draft import Draft, Writer, refuse
from qa.evidence import Evidence, weigh
from qa.knowledge import Knowledge
from qa.quoting import quote_evidence
from qa.tuning import SURVEY
from qa.types import Coverage, Stand
from qa.understand import Understanding
from qa.wording import join_names, name_of


def survey(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Return who speaks of the subject, with a quotation each, and who is silent."""
    best = best_of_each(asked, knowledge)
    speaking = {code: one for code, one in best.items() if _speaks(one)}
    if not speaking:
        return refuse("not-in-report", asked.language)
    writer = Writer(asked.language)
    silent = [code for code in asked.scope if code not in speaking]
    if asked.silent:
        _note_silent(writer, asked, silent, knowledge, head=True)
        writer.note("mentioned_by")
    else:
        writer.note("says", searched=len(asked.scope), n=len(speaking))
    says = []
    for code, one in speaking.items():
        n = quote_evidence(writer, knowledge, one)
        says.append(Stand(code, knowledge.respondents[code].name, (n,)))
    if silent and not asked.silent:
        _note_silent(writer, asked, silent, knowledge, head=False)
    quiet = tuple(Stand(code, knowledge.respondents[code].name) for code in silent)
    return writer.draft("survey", Coverage(len(asked.scope), tuple(says), (), quiet))


def best_of_each(asked: Understanding, knowledge: Knowledge) -> dict[str, Evidence]:
    """Return the best evidence of every respondent in the scope."""
    found = knowledge.searcher.find(
        asked.focus or asked.normalised, len(knowledge.searcher.passages), asked.scope
    )
    best: dict[str, Evidence] = {}
    for one in weigh(asked, found, knowledge):
        best.setdefault(one.sentence.passage.code, one)
    return {code: best[code] for code in asked.scope if code in best}


def _speaks(one: Evidence) -> bool:
    return one.features.coverage >= SURVEY["coverage"] or one.features.similarity >= SURVEY["similarity"]


def _note_silent(
    writer: Writer,
    asked: Understanding,
    silent: Sequence[str],
    knowledge: Knowledge,
    *,
    head: bool,
) -> None:
    names = [name_of(knowledge.respondents[code], asked.language) for code in silent]
    writer.note(
        "silent_head" if head else "silent",
        searched=len(asked.scope),
        n=len(silent),
        names=join_names(names, asked.language),
    )
