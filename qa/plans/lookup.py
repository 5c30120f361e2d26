"""Lookup: the few sentences that answer, led by the decisive span."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from index.search import Found
from index.text import content, normalise
from qa import patterns
from qa.aspects import is_untold
from qa.beside import beside
from qa.closing import is_after_closing, is_only_announced
from qa.draft import Draft, Writer
from qa.evidence import ALL_WORDS, Evidence, Terms
from qa.knowledge import Knowledge
from qa.leads import lead_of, verdict_of
from qa.mismatches import is_another_of_a_series, is_of_another_act, is_of_another_sort, names_each
from qa.parts import parts_of, unstated
from qa.places import places_and_bodies
from qa.quoting import is_headed, quote, quoted_spans
from qa.refusals import (
    is_subject,
    refusal,
    refuse_absent,
    strangers,
)
from qa.tuning import LOOKUP, REFUSAL
from qa.turns import quoted_before
from qa.understand import Understanding
from qa.wants import NUMBERS, STATED
from qa.weighing import is_said, weigh
from qa.wording import join_names, phrase

_CITY = re.compile(
    r"哪一?(?:[个座些]|几[个座])?城市|哪座城|首都是哪|"
    r"\b(?:which|what) (?:city|cities|towns?|capital)\b"
)


def lookup(asked: Understanding, found: Sequence[Found], knowledge: Knowledge) -> Draft:
    """Return the sentences that answer a question, or the refusal that fits."""
    absent = refuse_absent(asked, knowledge)
    if absent:
        return absent
    evidence = _stating_first(asked, weigh(asked, found, knowledge))
    answered = bool(evidence) and _is_answered(asked, evidence, knowledge)
    whole = choose(asked, evidence, knowledge) if answered else []
    chosen = _with_parts(asked, found, whole, knowledge)
    if not chosen:
        return refusal(asked, evidence, knowledge)
    writer = Writer(asked.language)
    if patterns.PAGE.search(asked.normalised):
        _say_page(writer, chosen[0])
    elif not beside(evidence, _terms(asked, knowledge)):
        _lead(writer, asked, evidence[0] if evidence[0] in chosen else chosen[0], chosen, knowledge)
    spans = quoted_spans(asked, chosen, knowledge)
    for passage, span in spans:
        quote(writer, knowledge, passage, span)
    for part in unstated(asked, [passage.text[slice(*span)] for passage, span in spans]):
        writer.note("unstated", part=part)
    return writer.draft("lookup")


def choose(
    asked: Understanding, evidence: Sequence[Evidence], knowledge: Knowledge
) -> list[Evidence]:
    """Return the best sentence and those that add to what it covers, in printed order.

    Where the next one ranks nearly as high, it may be the one that answers, and is quoted too. What
    was quoted before the words of a follow-up is not added to what is new.
    """
    before = quoted_before(asked.question.history) if asked.alone else ()
    known = bool(before) and not is_said(evidence[0], before)
    terms = _terms(asked, knowledge)
    least = evidence[0].rank - LOOKUP["margin"]
    chosen = [evidence[0]]
    held = terms.of(evidence[0].sentence.terms)
    for one in evidence[1 : int(LOOKUP["candidates"])]:
        if len(chosen) >= LOOKUP["sentences"]:
            break
        if known and is_said(one, before):
            continue
        more = held | terms.of(one.sentence.terms)
        gain = terms.coverage(more) - terms.coverage(held)
        if (gain >= LOOKUP["gain"] or one.rank >= least) and one.support >= 0:
            chosen.append(one)
            held = more
    near = [one for one in beside(evidence, terms) if one not in chosen]
    return in_printed_order(chosen + (near or _new_beside(chosen, asked, evidence)))


def _terms(asked: Understanding, knowledge: Knowledge) -> Terms:
    return Terms(asked.focus or asked.normalised, knowledge)


def _new_beside(
    chosen: Sequence[Evidence], asked: Understanding, evidence: Sequence[Evidence]
) -> list[Evidence]:
    """Return the next sentence of the passage that a follow-up is answered from, where all that was
    chosen was quoted before and none of it states the expression asked for.
    """
    before = quoted_before(asked.question.history) if asked.follows else ()
    if not before or any(one.features.fits >= 1 or not is_said(one, before) for one in chosen):
        return []
    passage = chosen[0].sentence.passage.id
    new = (
        one for one in evidence if one.sentence.passage.id == passage if not is_said(one, before)
    )
    return [one for one in islice(new, 1) if one.support >= 0]


def in_printed_order(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Return sentences with those of one passage together, in the order in which it has them."""
    passages = {one.sentence.passage.id: n for n, one in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda one: (passages[one.sentence.passage.id], one.sentence.start))


def _with_parts(
    asked: Understanding, found: Sequence[Found], chosen: list[Evidence], knowledge: Knowledge
) -> list[Evidence]:
    """Return the sentences chosen and the best one for each part of the question.

    Where the whole question has no answer, a part may have one of its own.
    """
    for part in parts_of(asked, knowledge):
        own = [one for one in found if one.passage.code in part.named or not part.named]
        evidence = weigh(replace(part, named=asked.named), own, knowledge)
        if not evidence:
            continue
        if not chosen and not _is_answered(part, evidence, knowledge):
            continue
        fitting = [one for one in evidence if one.features.fits > 0] or evidence
        known = {one.sentence for one in chosen}
        if fitting[0].support >= 0 and fitting[0].sentence not in known:
            chosen = [*chosen, fitting[0]]
    return chosen


def _is_answered(asked: Understanding, evidence: Sequence[Evidence], knowledge: Knowledge) -> bool:
    least = _least_support(asked, evidence[0], knowledge)
    if evidence[0].support < least or is_after_closing(asked, evidence, knowledge):
        return False
    if is_only_announced(asked, evidence[0]) or _is_of_another(asked, evidence[0], knowledge):
        return False
    if _says_again(asked, evidence[0]):
        return False
    if not (
        _states_what_is_asked(asked, evidence)
        and names_each(asked.normalised, evidence[0].sentence)
    ):
        return False
    others = strangers(asked, knowledge)
    assumed = asked.yes_no and asked.entities and not evidence[0].features.entities
    if asked.named or (assumed and not any(is_subject(one, asked.normalised) for one in others)):
        return True
    unknown = places_and_bodies(" ".join(others))
    return unknown <= places_and_bodies(normalise(evidence[0].sentence.passage.text))


def _is_of_another(asked: Understanding, best: Evidence, knowledge: Knowledge) -> bool:
    """Tell whether the best sentence speaks of something else than is asked: another of a series,
    no such act, all where a part is asked for, or nothing of who paid, say.
    """
    text, told = asked.normalised, best.sentence.text
    if _is_of_a_part(asked, best, knowledge) or is_of_another_sort(text, told):
        return True
    if is_untold(text.rpartition(":")[2], normalise(best.sentence.passage.text)):
        return True
    another = is_of_another_act(text, told) or is_another_of_a_series(text, told)
    return another and bool(patterns.ASKS.search(text))


def _says_again(asked: Understanding, best: Evidence) -> bool:
    """Tell whether a follow-up asks for the reason of what was quoted, and the best sentence is the
    same again and gives none.
    """
    if not (asked.follows and asked.want == "reason") or best.features.fits >= 1:
        return False
    return is_said(best, quoted_before(asked.question.history))


def _is_of_a_part(asked: Understanding, best: Evidence, knowledge: Knowledge) -> bool:
    """Tell whether a follow-up asks how many of those just counted are of some sort, and the best
    sentence is the one that was quoted and says nothing of that sort.
    """
    _, colon, own = asked.focus.rpartition(":")
    before = quoted_before(asked.question.history)
    if not (colon and asked.follows and asked.want in {*NUMBERS, "money"}):
        return False
    sort, sentence = Terms(own, knowledge), best.sentence
    said = any(one in sentence.content or sentence.content in one for one in before)
    return said and sort.total > 0 and not sort.coverage(sentence.terms)


def _least_support(asked: Understanding, best: Evidence, knowledge: Knowledge) -> float:
    """Return the support that an answer needs: none where the passage has the question's very
    words, or is headed by them, more than there is where it is like no question of the notes, some
    more where the subject is in doubt, since the question is put like one about something else or
    goes on to a name that the passage lacks, and less where the conversation before has settled it
    or a sentence has all the words of the question.
    """
    if content(asked.text) in content(best.sentence.passage.text):
        return -math.inf
    if not asked.follows and is_headed(asked, best, knowledge):
        return -math.inf
    close = max(best.features.alike, best.features.answers)
    said = asked.named or best.features.quoted
    unlike = not said and close < REFUSAL["unlike_name" if asked.entities else "unlike"]
    if not said and best.features.noted < REFUSAL["wordless"]:
        unlike = close < REFUSAL["unlike_wordless"]
    if unlike and best.features.alike > 0:
        return math.inf
    astray = asked.follows and best.features.entities == 1
    if asked.aim == "off-topic" or unlike or astray:
        return REFUSAL["doubt"]
    if asked.follows or best.features.coverage >= ALL_WORDS:
        return REFUSAL["follow_up"]
    return REFUSAL["yes_no"] if asked.yes_no else 0.0


def _states_what_is_asked(asked: Understanding, evidence: Sequence[Evidence]) -> bool:
    """Tell whether the best passage holds a date, number, amount or city if one is asked for.

    Sharing every other word of the question is not enough: the fact itself may be absent.
    """
    if asked.want not in STATED and not _CITY.search(asked.normalised.rpartition(":")[2]):
        return True
    best = evidence[0].sentence.passage.id
    return any(
        one.features.fits > 0
        for one in evidence[: int(LOOKUP["candidates"])]
        if one.sentence.passage.id == best and one.support >= -1
    )


def _stating_first(asked: Understanding, evidence: list[Evidence]) -> list[Evidence]:
    """Return the evidence with the best sentence that states what is asked for before the others of
    its passage, where a form tells.
    """
    if asked.want not in STATED or not evidence or evidence[0].features.fits > 0:
        return evidence
    best = evidence[0].sentence.passage.id
    stating = [
        one
        for one in evidence[: int(LOOKUP["candidates"])]
        if one.sentence.passage.id == best and one.features.fits > 0 and one.support >= -1
    ]
    return [*stating[:1], *(one for one in evidence if one not in stating[:1])]


def _say_page(writer: Writer, best: Evidence) -> None:
    """Write the page of the passage quoted."""
    sentence = best.sentence
    pages = join_names([str(page) for page in sentence.passage.pages], writer.language)
    n = writer.cite(sentence.passage, (sentence.start, sentence.end))
    writer.say(phrase("page", writer.language, pages=pages), [n], sentence.passage.code)


def _lead(
    writer: Writer,
    asked: Understanding,
    best: Evidence,
    chosen: Sequence[Evidence],
    knowledge: Knowledge,
) -> None:
    """Write the verdict or the words asked for on a line of their own, where they are plain."""
    sentence = best.sentence
    whole = (sentence.start, sentence.end)
    verdict = verdict_of(asked, best, knowledge)
    others = [one for one in chosen if one is not best]
    span = lead_of(asked, best, knowledge, others) if verdict is None else None
    if verdict is not None:
        text = phrase(verdict, writer.language)
    elif span is not None:
        text = sentence.text[slice(*span)].strip()
    else:
        return
    writer.say(text, [writer.cite(sentence.passage, whole)], sentence.passage.code)
