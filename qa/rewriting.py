"""An extractive draft with the verified sentences of a language model in place of quotations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from qa.draft import Draft, Item, Writer
from qa.knowledge import Knowledge
from qa.types import Citation, Coverage, Language, Stand, Statement
from qa.verify import Kept
from qa.wording import join_names, name_of


def rewrite_whole(draft: Draft, kept: Sequence[Kept], language: Language, *, lost: bool) -> Draft:
    """Return a draft that says what was kept, then whatever of the old draft would be missing.

    That is, the quotations of respondents that nothing kept is cited from; where sentences were
    ``lost``, all quotations that nothing kept rests on; and notes.
    """
    writer = Writer(language)
    for _, line in groupby(kept, key=lambda one: one.line):
        writer.say_prose([_item(writer, one) for one in line])
    for statement in _missing(draft, kept, lost=lost):
        _copy(writer, statement, draft)
    for part in draft.parts:
        if isinstance(part, str):
            writer.remark(part)
    return _covered(writer.draft(draft.kind), draft.coverage)


def rewrite_each(
    draft: Draft, kept: Mapping[str, Sequence[Kept]], language: Language, knowledge: Knowledge
) -> Draft:
    """Return a draft in which respondents are spoken of in the sentences kept for them.

    The others keep their quotations, and notes their places.
    """
    writer = Writer(language)
    told: set[str] = set()
    for part in draft.parts:
        if isinstance(part, str):
            writer.remark(part)
        elif part.about is None or part.about not in kept:
            _copy(writer, part, draft)
        elif part.about not in told:
            told.add(part.about)
            items = [_item(writer, one) for one in kept[part.about]]
            items[0] = _named(items[0], part.about, language, knowledge)
            writer.say_prose(items)
    return _covered(writer.draft(draft.kind), draft.coverage)


def names_of(codes: Iterable[str], language: Language, knowledge: Knowledge) -> str:
    """Return the names of respondents as a list in a sentence."""
    return join_names([name_of(knowledge.respondents[code], language) for code in codes], language)


def _item(writer: Writer, kept: Kept) -> Item:
    numbers = tuple(writer.cite(passage, span) for passage, span in kept.carriers)
    return Item(kept.text, numbers, kept.about)


def _named(item: Item, code: str, language: Language, knowledge: Knowledge) -> Item:
    """Return a sentence headed by its respondent's name, unless it begins with it."""
    who = name_of(knowledge.respondents[code], language)
    if item.text.startswith(who):
        return item
    return replace(item, text=f"{who}: {item.text}" if language == "en" else f"{who}：{item.text}")


def _missing(draft: Draft, kept: Sequence[Kept], *, lost: bool) -> list[Statement]:
    """Return the statements of a draft whose citations the sentences kept do not make good for.

    Of several with the same citations the last is the quotation, the others lead up to it.
    """
    carried = [carrier for one in kept for carrier in one.carriers]
    spoken = {passage.code for passage, _ in carried}
    quotations = {statement.citations: statement for statement in draft.statements}
    missing = []
    for numbers, statement in quotations.items():
        cited = [draft.citations[n - 1] for n in numbers]
        silenced = draft.coverage is not None and not spoken & {one.passage.code for one in cited}
        if silenced or (lost and not all(_is_carried(one, kept) for one in cited)):
            missing.append(statement)
    return missing


def _is_carried(citation: Citation, kept: Sequence[Kept]) -> bool:
    return any(
        passage.id == citation.passage.id and start < citation.end and citation.start < end
        for one in kept
        for passage, (start, end) in one.carriers
    )


def _copy(writer: Writer, statement: Statement, draft: Draft) -> None:
    cited = [draft.citations[n - 1] for n in statement.citations]
    numbers = [writer.cite(one.passage, (one.start, one.end)) for one in cited]
    writer.say(statement.text, numbers, statement.about)


def _covered(draft: Draft, coverage: Coverage | None) -> Draft:
    """Return the draft with the coverage of the old one and the citations that it now has."""
    if coverage is None:
        return draft

    def renumbered(stands: Sequence[Stand]) -> tuple[Stand, ...]:
        return tuple(
            replace(
                stand,
                citations=tuple(one.n for one in draft.citations if one.passage.code == stand.code),
            )
            for stand in stands
        )

    says, otherwise = renumbered(coverage.says), renumbered(coverage.otherwise)
    return replace(draft, coverage=replace(coverage, says=says, otherwise=otherwise))
