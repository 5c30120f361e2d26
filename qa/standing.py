"""Where each respondent stands on a subject, each one looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.evidence import Evidence
from qa.inquiry import Inquiry
from qa.knowledge import Knowledge
from qa.proofs import Proof, by_name, completed, is_undone, opposed, proof_of, uses
from qa.signs import Signs, heard_of, log_odds, signs_of_each
from qa.tuning import SURVEY
from qa.understand import Understanding
from qa.weighing import weigh

_STATED = frozenset({"maker", "money", "people", "person"})
"""What each respondent must state to answer a question to many that asks for it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Proofs by respondent's code: who speaks of the subject, and who says otherwise."""

    says: dict[str, Proof]
    otherwise: dict[str, Proof]


def standing(asked: Understanding, knowledge: Knowledge) -> Standing:
    """Return where every respondent in the scope stands, each one looked at."""
    inquiry = Inquiry(asked, knowledge)
    evidence = evidence_of_each(asked, knowledge)
    named = by_name(inquiry, asked, knowledge) if inquiry.entities else {}
    signs = signs_of_each(inquiry, evidence, named, knowledge)
    speaking = _speaking(inquiry, signs, named)
    if inquiry.verbatim:
        speaking = {code for code in asked.scope if uses(code, inquiry, knowledge)}
    told = inquiry.mention or (inquiry.by_act_alone and not is_undone(inquiry, knowledge))
    sure = (told and any(named.values())) or inquiry.verbatim or _is_literal(inquiry, signs)
    if not sure and heard_of(inquiry, signs, evidence, knowledge) < 0:
        return Standing({}, {})
    if asked.want in _STATED:
        speaking = {code for code in speaking if _states_it(evidence.get(code, ()))}
    says: dict[str, Proof] = {}
    otherwise: dict[str, Proof] = {}
    for code in asked.scope:
        if code in speaking:
            proof = proof_of(code, inquiry, evidence.get(code, ()), named, knowledge)
            if _is_dated(proof, inquiry):
                says[code] = completed(proof)
        elif against := opposed(code, inquiry, evidence.get(code, ()), knowledge):
            otherwise[code] = against
    return Standing(says, otherwise)


def _speaking(
    inquiry: Inquiry, signs: Mapping[str, Signs], named: Mapping[str, list[Proof]]
) -> set[str]:
    """Return who speaks of the subject: those whose facts name it where no more is asked, those of
    whom the index says so where it is likely to have it, or those for whom enough signs speak.
    """
    if (inquiry.by_name_alone or inquiry.by_act_alone) and any(named.values()):
        return {code for code, proofs in named.items() if proofs}
    if inquiry.agreed and not (inquiry.entities and (inquiry.mention or inquiry.acts)):
        return set(inquiry.agreed.says)
    least = -SURVEY["decisive"] if inquiry.decisive else 0.0
    return {
        code
        for code, odds in log_odds(signs).items()
        if odds >= least
        and code not in inquiry.otherwise
        and not _is_ruled_out(signs[code], inquiry)
    }


def _is_dated(proof: Proof, inquiry: Inquiry) -> bool:
    """Tell whether the sentence that shows it names one of the years asked about, if any is."""
    text = proof.passage.text[slice(*proof.span)]
    return not inquiry.years or any(year in text for year in inquiry.years)


def _states_it(evidence: Sequence[Evidence]) -> bool:
    """Tell whether a sentence that may answer holds the kind of expression asked for, or a table
    does, whose heading says what its figures are.
    """
    return any(
        one.support >= 0 and (one.features.fits > 0 or one.sentence.passage.kind == "table")
        for one in evidence
    )


def _is_literal(inquiry: Inquiry, signs: Mapping[str, Signs]) -> bool:
    """Tell whether no act is asked for, and all the words asked about stand in some sentence; of
    alternatives any will do, unless the question has words of which nobody speaks.
    """
    whole = max((one.words for one in signs.values()), default=0.0) >= 1
    split = len(inquiry.wordings) > 1 and inquiry.compared.alien >= SURVEY["strange"]
    return bool(inquiry.wordings) and not (inquiry.acts or inquiry.entities or split) and whole


def _is_ruled_out(signs: Signs, inquiry: Inquiry) -> bool:
    """Tell whether a reply lacks what it must hold: an act of which the notes know every case, or
    any of the words of a subject without a name that the index does not know.
    """
    if inquiry.decisive:
        return not signs.act
    if inquiry.entities or inquiry.acts or inquiry.places:
        return False
    return signs.noted < SURVEY["heard"]


def evidence_of_all(asked: Understanding, knowledge: Knowledge) -> list[Evidence]:
    """Return every sentence of the respondents asked as evidence, the best first."""
    everything = len(knowledge.searcher.passages)
    found = knowledge.searcher.find(asked.focus or asked.normalised, everything, asked.scope)
    return weigh(asked, found, knowledge)


def evidence_of_each(asked: Understanding, knowledge: Knowledge) -> dict[str, tuple[Evidence, ...]]:
    """Return the evidence of every respondent, the best first."""
    each: dict[str, list[Evidence]] = {}
    for one in evidence_of_all(asked, knowledge):
        each.setdefault(one.sentence.passage.code, []).append(one)
    return {code: tuple(evidence) for code, evidence in each.items()}
