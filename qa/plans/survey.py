"""Survey: every respondent asked about is looked at; who speaks, who differs, who is silent."""

from collections.abc import Mapping, Sequence

from qa.closing import is_after_closing
from qa.draft import Draft, Writer
from qa.knowledge import Knowledge
from qa.proofs import Proof
from qa.quoting import quote
from qa.refusals import refusal, refuse_absent
from qa.standing import evidence_of_all, standing
from qa.types import Coverage, Stand
from qa.understand import Understanding
from qa.wording import join_names, name_of


def survey(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Return who speaks of the subject, who says otherwise and who is silent, quoted."""
    absent = refuse_absent(asked, knowledge)
    if absent:
        return absent
    if is_after_closing(asked, (), knowledge):
        evidence = evidence_of_all(asked, knowledge)
        if is_after_closing(asked, evidence, knowledge):
            return refusal(asked, evidence, knowledge)
    found = standing(asked, knowledge)
    if not found.says and not found.otherwise:
        return refusal(asked, evidence_of_all(asked, knowledge), knowledge)
    silent = [c for c in asked.scope if c not in found.says and c not in found.otherwise]
    writer = Writer(asked.language)
    if asked.silent:
        _note_silent(writer, asked, silent, knowledge, "silent_head")
        writer.note("mentioned_by")
    else:
        writer.note("says", searched=len(asked.scope), n=len(found.says))
    says = _quote_each(writer, found.says, knowledge)
    otherwise: tuple[Stand, ...] = ()
    if found.otherwise:
        writer.note("otherwise", n=len(found.otherwise))
        otherwise = _quote_each(writer, found.otherwise, knowledge)
    if silent and not asked.silent:
        _note_silent(writer, asked, silent, knowledge, "silent")
    quiet = tuple(Stand(code, knowledge.respondents[code].name) for code in silent)
    return writer.draft("survey", Coverage(len(asked.scope), says, otherwise, quiet))


def _quote_each(
    writer: Writer, proofs: Mapping[str, Proof], knowledge: Knowledge
) -> tuple[Stand, ...]:
    return tuple(
        Stand(
            code,
            knowledge.respondents[code].name,
            (quote(writer, knowledge, proof.passage, proof.span),),
        )
        for code, proof in proofs.items()
    )


def _note_silent(
    writer: Writer, asked: Understanding, silent: Sequence[str], knowledge: Knowledge, key: str
) -> None:
    names = [name_of(knowledge.respondents[code], asked.language) for code in silent]
    writer.note(
        key,
        searched=len(asked.scope),
        n=len(silent),
        names=join_names(names, asked.language),
    )
