"""What a question to many asks about: names, acts, words, and entries of the subject index."""

import re
from collections.abc import Sequence

from qa import patterns
from qa.acts import Cue, acts_asked
from qa.evidence import Terms
from qa.knowledge import Knowledge
from qa.tuning import SUBJECT
from qa.understand import Understanding

_OR = re.compile(r"或|、|\bor\b")


class Inquiry:
    """What a survey asks about: entities, acts, and the words that remain."""

    def __init__(self, asked: Understanding, knowledge: Knowledge) -> None:
        self.entities = asked.entities
        self.cues = acts_asked(patterns.EXCEPT.sub(" ", asked.bare))
        self.mention = bool(patterns.MENTION.search(asked.normalised)) or asked.silent
        self.words = _remaining(asked, knowledge, self.cues)
        self.terms = Terms(self.words, knowledge)
        self.alternatives = bool(_OR.search(asked.normalised))
        self.acts = frozenset(act for cue in self.cues for act in (cue.act, *cue.alike))
        self.decisive = any(cue.decisive for cue in self.cues)
        self.things = tuple(cue for cue in self.cues if cue.thing)
        self.against = frozenset(act for cue in self.cues for act in cue.against)
        self.indexed: dict[str, float] = {}
        matches = knowledge.subjects.matches(_about(asked, knowledge))
        for match in matches:
            for code in match.subject.says:
                self.indexed.setdefault(code, match.closeness)
        plain = matches and matches[0].closeness >= SUBJECT["plain"]
        self.places = matches[0].subject.says if plain else {}
        self.otherwise = matches[0].subject.otherwise if plain else {}


def _about(asked: Understanding, knowledge: Knowledge) -> str:
    """Return the question without the group that it is put to and those whom it sets aside."""
    text = patterns.EXCEPT.sub(" ", asked.normalised)
    for group in knowledge.groups:
        for spelling in group.spellings:
            text = text.replace(spelling, " ")
    return text


def _remaining(asked: Understanding, knowledge: Knowledge, cues: Sequence[Cue]) -> str:
    """Return the focus without the entities' names and the words that asked for an act."""
    text, kept, last = asked.focus, [], 0
    for name in knowledge.names.find(text):
        kept.append(text[last : name.start])
        last = name.end
    rest = " ".join([*kept, text[last:]])
    for cue in cues:
        rest = re.sub(rf"(?:{cue.pattern.pattern})[a-z]*", " ", rest)
    return patterns.SURVEY_WORDS.sub(" ", patterns.MENTION.sub(" ", rest)).strip()
