"""Comparison: the named respondents side by side, a quotation each."""

from qa.draft import Draft, Writer, refuse
from qa.evidence import weigh
from qa.knowledge import Knowledge
from qa.quoting import quote_evidence
from qa.tuning import LOOKUP
from qa.types import Coverage, Stand
from qa.understand import Understanding
from qa.wording import join_names, name_of


def comparison(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Return what each of the named respondents says, and which of them say nothing."""
    writer = Writer(asked.language)
    says, silent = [], []
    for code in asked.named:
        respondent = knowledge.respondents[code]
        found = knowledge.searcher.find(
            asked.focus or asked.normalised, int(LOOKUP["passages"]), [code]
        )
        evidence = weigh(asked, found, knowledge)
        if evidence and evidence[0].support >= 0:
            n = quote_evidence(writer, knowledge, evidence[0])
            says.append(Stand(code, respondent.name, (n,)))
        else:
            writer.note("nothing_for", who=name_of(respondent, asked.language))
            silent.append(Stand(code, respondent.name))
    if not says:
        names = [name_of(knowledge.respondents[code], asked.language) for code in asked.named]
        return refuse("respondent-silent", asked.language, names=join_names(names, asked.language))
    coverage = Coverage(len(asked.named), tuple(says), (), tuple(silent))
    return writer.draft("comparison", coverage)
