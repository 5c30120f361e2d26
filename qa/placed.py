"""Respondents meant by their place in a conversation: the first one spoken of, the other one."""

import re
from collections.abc import Sequence

from qa.knowledge import Knowledge
from qa.leaning import ITS
from qa.turns import other_spoken_of, respondents_of
from qa.types import Turn

_FIRST_SPOKEN = re.compile(
    r"(?:我?(?:再|还|想|要)*问)?(?:最?先|最早|一开始|开头)(?:说|提|讲|问|谈)(?:到|起)?的?(?:那|这)?[个家]?(?:组织|国家|机构|答复方)?|"
    r"(?:说回|回到)第一个(?:国家|组织|机构)|"
    r"\bthe (?:one|country|organi[sz]ation|body) (?:you mentioned |mentioned |we spoke of )?"
    r"first\b|"
    r"\bback to the first (?:country|government|organi[sz]ation|body|respondent)\b"
)
"""Means the respondent of whom a conversation spoke first."""
_THE_OTHER = re.compile(
    r"(?:另外?一?|别的那)[个家方](?:国家|组织|答复方)?(?![^，,。？?]{0,4}(?:方案|计划|法))|"
    r"\b(?:back to )?the other (?:country|one|organi[sz]ation|body|respondent)\b,?(?: then\b)?\W*"
)
"""Means the one of two respondents that did not speak last."""


def named_by_place(text: str, before: Sequence[Turn], knowledge: Knowledge) -> str:
    """Return a normalised text with the name of the respondent that was spoken of first, or of the
    other one of two, where it means that one so; nothing for others.
    """
    named = ""
    if (spoken := respondents_of(before, knowledge)) and _FIRST_SPOKEN.search(text):
        named = text = ITS.sub("", _FIRST_SPOKEN.sub(spoken[0], text, count=1))
    if (other := other_spoken_of(before, knowledge)) and _THE_OTHER.search(text):
        named = ITS.sub("", _THE_OTHER.sub(f"{other} ", text, count=1))
    return named
