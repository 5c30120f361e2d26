"""Whether a question leans on the conversation before it, or says itself what it asks about."""

import re

from index.text import content
from qa import patterns
from qa.knowledge import Knowledge
from qa.others import GROUP
from qa.places import country_finder
from qa.things import OF_IT, THING
from qa.ties import LEAD, PUNCTUATION
from qa.turns import ORDINAL, respondents_in
from qa.wants import asks_for

PRONOUN = re.compile(
    r"该国|该组织|该机构|这个国家|这个组织|这个机构|这国|它们?|他们|该答复方|"
    r"\b(?:it|its|they|their|them|that country|this country|that organi[sz]ation)\b"
)
"""What means those spoken of."""
ITS = re.compile(r"该国|该组织|该机构|这个国家|这个组织|这个机构|这国|它(?!们)|\b(?:it|its)\b")
"""What means the one respondent spoken of."""
_OBJECT = re.compile(
    r"\b(?!(?:that|says?|said|claims?|reports?|whether|because|when|what|and|but|was) )\w{3,}"
    r"(?: to| of| on| about| with| in| by| from)? it\b"
    r"(?! (?:is|was|has|had|will|would|can|could|does|did|took|runs?|ran)\b)"
)
"""What somebody did with the thing spoken of: who ratified it."""
_JOINED = re.compile(r"^(?:of\b)?[、,，\s]*(?:\band\b)?\s*(?:这\d+家当中)?[,，\s]*")
"""What is left at the beginning of a question that listed those whom it asked."""
_COMPARES = re.compile(r"\bcompare\b|(?<=\w)'s\b(?: and\b)?|比较一下|对比一下|比较|对比")
_ASKED = re.compile(
    r"^(?:各|有)?(?:国家|政府|国际组织|组织|机构|答复方|答复)(?=[提说讲谈谴支反批签加参有主认办搞])"
)
"""Whom a question was put to, where only that is left of the words that asked."""
_GOES_ON = re.compile(r"and (?:for|on|about|in|with|to|from|of|by|at|under)\b|那(?:对|在|关于|就)")
_ONLY_DID = re.compile(
    r"(?:所有|全部|各)?(?:的)?(?:答复|答覆|回复)方?(?:[里中]面?)?(?:都?有?(?:谁|哪[些几]个?家?)|谁都?)[都也还]?"
    r"(?:加?入|批准?|签署?|参加|同意|支持|反对|这么[说看讲]|提)[过了到]?\W*"
)
"""Asks which replies did no more than a verb says, of what was spoken of."""
_WITHIN = re.compile(r"(?:^|[,，])[那这]?(?:里[面头边]|其中|当中)")
"""Means within what was just spoken of."""
_THEN = re.compile(r"\bthen\W*$")
_ELLIPTIC = re.compile(
    r"^(?:具体|到底|究竟)?(?:几[号月点]|哪[天年月]|什么时候|何时|在哪|为什么|为啥|花了|用了)"
)
"""How a question begins that leaves out what it is about."""
_OWN, _OWN_EN = 5, 2
"""Characters, and words of English, question words aside, from which a question has a subject of
its own.
"""
_MORE = 2
"""Words and characters more, from which a question to many has one."""
_EMPTY = frozenset("can could you please would tell give show name list them".split())
"""Words of English that ask, and say nothing of what is asked about."""
_SAYS = re.compile(
    r"原话|原文|措辞|具体|各自?|分别|[和与跟]|[搞干办弄]|那[边头儿]|这[边头儿]|\b(?:take|line|angle|side|word|comment|input)\b|'s\b|究竟|到底|怎么?|如何|说|讲|谈|做|写|看|提|呢|过|了|的|是|又|也|它|有|些|什么|内容|措辞|肯定|应该|想必|大概|吧|"
    r"\b(?:do|does|did|what|exactly|precisely|how|say|says|said|put|puts|it|them|that|this|about|of|too|also|"
    r"and|the|have|has|is|are|one|ones|right|called|well)\b"
)
"""What is left of a question that only asks what one says of the thing spoken of."""
BARE = 2
"""Letters and characters up to which a question asks about the very words just quoted."""
_SHORT, _SHORT_EN = 14, 6
"""Characters, and words of English; a longer question without pronouns stands on its own."""


def leans(text: str, knowledge: Knowledge) -> bool:
    """Tell whether a question cannot be understood without what was said before it."""
    entity = any(name.key not in knowledge.codes for name in knowledge.names.find(text))
    marked = PRONOUN.search(text) or THING.search(text) or (ORDINAL.search(text) and not entity)
    short = _is_short(text) and not entity
    many = patterns.SURVEY.search(text)
    if many and (one := ITS.search(text)) and one.start() < many.start():
        return True
    if many and (OF_IT.search(text) or _OBJECT.search(text)):
        return True
    if many and not THING.search(text):
        if patterns.MENTION.search(text):
            bare = GROUP.sub("", patterns.MENTION.sub("", LEAD.sub("", text)))
            return short and len(own_words(bare)) <= _MORE
        if patterns.REPLY.search(text):
            return _ONLY_DID.fullmatch(text) is not None
        return short and not _has_own_words(text, _MORE)
    return (
        bool(marked or LEAD.search(text) or _THEN.search(text) or _ELLIPTIC.search(text))
        or bool(_WITHIN.search(text))
        or short
    )


def points_back(text: str) -> bool:
    """Tell whether a question says itself that it goes on from what was said, or says too little
    to be asked alone.
    """
    return _is_marked(text) or not says_enough(text)


def stands_alone(text: str, knowledge: Knowledge) -> bool:
    """Tell whether a normalised question may be asked as it is: it points at nothing, and names
    somebody or something, asks several, or asks of the replies.
    """
    if points_back(text):
        return False
    many = patterns.REPLY.search(text) or (
        patterns.SURVEY.search(text) and patterns.MENTION.search(text)
    )
    return bool(many or knowledge.names.find(text) or country_finder().find(text))


def _is_marked(text: str) -> bool:
    """Tell whether a question has a word that ties it to what was said."""
    return any(pattern.search(text) for pattern in (PRONOUN, THING, LEAD))


def is_fragment(text: str) -> bool:
    """Tell whether a question only goes on from the one before: "and for the second table?"."""
    return bool(_GOES_ON.match(text)) and not patterns.ASKS.search(text)


def _is_short(text: str) -> bool:
    words = text.split()
    return len(words) <= _SHORT_EN if text.isascii() else len(content(text)) <= _SHORT


def says_enough(text: str) -> bool:
    """Tell whether a question says what it is about, so that only "it" wants a name."""
    about_reply = patterns.REPLY.search(text) or patterns.ORIGINAL.search(text)
    return bool(about_reply) or _has_own_words(text)


def _has_own_words(text: str, more: int = 0) -> bool:
    """Tell whether a question has enough words that say what it is about, or some ``more``."""
    bare = patterns.SCAFFOLD.sub(" ", THING.sub(" ", PRONOUN.sub(" ", text)))
    if text.isascii():
        words = set(re.findall(r"\w{3,}", bare)) - _EMPTY
        return len(words) >= _OWN_EN + more
    return len(content(bare)) >= _OWN + more


def own_words(text: str) -> str:
    """Return the words of a question that say what it is about."""
    return content(patterns.SCAFFOLD.sub("", THING.sub("", PRONOUN.sub("", text))))


def is_empty(text: str, knowledge: Knowledge) -> bool:
    """Tell whether a normalised text names a respondent and says next to nothing else."""
    rest = patterns.SCAFFOLD.sub(" ", LEAD.sub("", text))
    for name in respondents_in(text, knowledge):
        rest = rest.replace(name, " ")
    return not content(_SAYS.sub(" ", rest))


def without_names(topic: str, knowledge: Knowledge) -> str:
    """Return a topic without the respondents that it names and the words that ask for some."""
    bare = patterns.SURVEY.sub(" ", patterns.SILENT.sub(" ", _COMPARES.sub(" ", topic)))
    for name in respondents_in(bare, knowledge):
        bare = bare.replace(name, " ")
    return _ASKED.sub("", _JOINED.sub("", bare).strip(PUNCTUATION))


def says_what(text: str) -> bool:
    """Tell whether a normalised question names what it asks about, and points at nothing: it may
    turn to something else of the same respondent, though not to what became of what was said.
    """
    return not (_is_marked(text) or asks_for("outcome", text)) and len(own_words(text)) > BARE
