"""Comparison: the named respondents side by side, a quotation each."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from qa.draft import Draft, Writer, refuse
from qa.evidence import Evidence
from qa.knowledge import Knowledge
from qa.plans.lookup import in_printed_order
from qa.quoting import quote, quoted_spans
from qa.refusals import as_written, strangers
from qa.tuning import COMPARISON, LOOKUP
from qa.types import Coverage, Stand
from qa.understand import Understanding, understand
from qa.weighing import weigh
from qa.wording import join_names, name_of

_CLAUSE = re.compile(r"[？?；;，,]")


def comparison(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Return what each of the named respondents says, and which of them say nothing."""
    writer = Writer(asked.language)
    says, silent = [], []
    for code in asked.named:
        respondent = knowledge.respondents[code]
        chosen = _evidence(code, asked, knowledge)
        if chosen:
            spans = quoted_spans(asked, chosen, knowledge)
            marks = tuple(quote(writer, knowledge, passage, span) for passage, span in spans)
            says.append(Stand(code, respondent.name, marks))
        else:
            writer.note("nothing_for", who=name_of(respondent, asked.language))
            silent.append(Stand(code, respondent.name))
    for stranger in strangers(asked, knowledge):
        writer.note("stranger", who=as_written(asked, stranger))
    if not says:
        names = [name_of(knowledge.respondents[code], asked.language) for code in asked.named]
        return refuse("respondent-silent", asked.language, names=join_names(names, asked.language))
    coverage = Coverage(len(asked.named), tuple(says), (), tuple(silent))
    return writer.draft("comparison", coverage)


def _evidence(code: str, asked: Understanding, knowledge: Knowledge) -> Sequence[Evidence]:
    """Return the sentences of one respondent that the question is about."""
    own = replace(_own_clause(code, asked, knowledge), named=(code,))
    found = knowledge.searcher.find(own.focus or own.normalised, int(LOOKUP["passages"]), [code])
    weighed = weigh(own, [one for one in found if one.passage.kind != "table"], knowledge)
    naming = _naming(own, weighed, knowledge)
    evidence = weighed if weighed and _is_about(weighed[0]) else naming
    if not evidence:
        return ()
    least = evidence[0].rank - COMPARISON["margin"]
    most = int(COMPARISON["sentences"])
    close = [one for one in evidence[:most] if one.rank >= least]
    if naming and naming[0] not in close:
        close = [*close[: most - 1], naming[0]]
    return in_printed_order(close)


def _naming(
    asked: Understanding, evidence: Sequence[Evidence], knowledge: Knowledge
) -> list[Evidence]:
    """Return the sentences that name something asked about, other than a place."""
    entities = knowledge.notes.entities
    names = {f"@{name}" for name in asked.entities if entities[name].kind != "place"}
    return [one for one in evidence if names & one.sentence.terms]


def _is_about(best: Evidence) -> bool:
    """Tell whether a respondent speaks of the subject: in its words, or very likely in others."""
    if best.features.coverage >= COMPARISON["covered"]:
        return True
    if best.features.noted >= COMPARISON["noted"]:
        return best.support >= COMPARISON["support"]
    return best.support >= COMPARISON["sure"]


def _own_clause(code: str, asked: Understanding, knowledge: Knowledge) -> Understanding:
    """Return what is asked of one respondent: its own clause where each one has one, after those
    that name nobody and say what all of it is about.
    """
    clauses = [clause for clause in _CLAUSE.split(asked.text) if clause.strip()]
    named = [
        {name.key for name in knowledge.names.find(clause)} & set(asked.named)
        for clause in map(str.lower, clauses)
    ]
    own = [clause for clause, codes in zip(clauses, named, strict=True) if codes == {code}]
    if len(own) != 1 or sum(map(bool, named)) < len(asked.named):
        return asked
    topic = [
        clause for clause, _ in takewhile(lambda one: not one[1], zip(clauses, named, strict=True))
    ]
    text = "，".join([*topic, *own])
    clause = understand(replace(asked.question, history=()), text, knowledge)
    return replace(clause, aim="comparison") if clause.focus else asked
