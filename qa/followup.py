"""Follow-ups: a question that leans on the conversation, made whole by rule."""

import re

from index.text import normalise
from qa.knowledge import Knowledge
from qa.types import Question

_LEAD = re.compile(r"^(?:那么?|还有|另外|至于|换成|改成|再看|再问|and |what about |how about )")
_TAIL = re.compile(r"(?:呢|怎么样|如何|又如何)?\s*[？?]?\s*$")
_PRONOUN = re.compile(
    r"该国|该组织|该机构|这个国家|这个组织|这个机构|这国|其(?=[答回立态原日主措政对在是有签批加参])|它们?|他们|该答复方|"
    r"\b(?:it|its|they|their|them|that country|this country|that organi[sz]ation)\b"
)
_THING = re.compile(
    r"这(?:项|个|份|次|部|些|一)|那(?:项|个|份|次|部|些)|上述|前述|此(?:项|次|举)|\b(?:this|that|these|those)\b"
)


def resolve(question: Question, knowledge: Knowledge) -> str:
    """Return the question as it would be asked without the conversation before it.

    A new respondent alone takes the last question over; a pronoun takes the last respondent; a
    question that names nobody, asked about "this", is put after the last one's subject.
    """
    asked = [turn.content for turn in question.history if turn.role == "user"]
    if not asked:
        return question.text
    text, last = question.text.strip(), asked[-1]
    normalised = normalise(text)
    names = [name for name in knowledge.names.find(normalised) if name.key in knowledge.codes]
    if names and _is_only_a_name(normalised, [normalised[n.start : n.end] for n in names]):
        return _with_other_respondent(last, [normalised[n.start : n.end] for n in names], knowledge)
    subject = _last_respondent(question, knowledge)
    if names or not subject:
        return text
    if _PRONOUN.search(normalised):
        return _PRONOUN.sub(subject, text, count=1)
    if _LEAD.search(normalised) or _THING.search(normalised) or len(normalised) <= 12:
        return f"{subject}：{_LEAD.sub('', text)}"
    return text


def _is_only_a_name(text: str, names: list[str]) -> bool:
    rest = _TAIL.sub("", _LEAD.sub("", text))
    for name in names:
        rest = rest.replace(name, "")
    return len(re.sub(r"[\W_和与及and]+", "", rest)) <= 1


def _with_other_respondent(last: str, names: list[str], knowledge: Knowledge) -> str:
    """Return the last question with its respondents replaced by others."""
    normalised = normalise(last)
    found = [name for name in knowledge.names.find(normalised) if name.key in knowledge.codes]
    wanted = "、".join(names)
    if not found:
        return f"{wanted}：{last}"
    first, end = found[0], found[-1].end
    return normalised[: first.start] + wanted + normalised[end:]


def _last_respondent(question: Question, knowledge: Knowledge) -> str:
    """Return the name of the respondent that the conversation spoke of last."""
    for turn in reversed(question.history):
        names = knowledge.names.find(normalise(turn.content))
        codes = [name.key for name in names if name.key in knowledge.codes]
        if codes:
            return knowledge.respondents[codes[0]].name
    return ""
