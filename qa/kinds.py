"""Which kind of respondents a question is put to: governments, organisations or both."""

import re
from collections.abc import Sequence

from corpus.types import Span
from index.names import Name
from qa.intent import Intent
from qa.knowledge import Knowledge
from qa.scope import places_of

_KINDS = {
    "all": ("government", "organisation"),
    "governments": ("government",),
    "organisations": ("organisation",),
}
_BOTH_KINDS = re.compile(
    r"(?:国家|政府|各国)(?:或者?|和|与|及|、|加上?|同)(?:国际|区域)?组织|"
    r"组织(?:或者?|和|与|及|、)(?:各国)?(?:国家|政府)|"
    r"(?:countr(?:y|ies)|governments?|states?) (?:and|or|as well as) "
    r"(?:international |regional )?organi[sz]ations?|"
    r"organi[sz]ations? (?:and|or|as well as) (?:member )?(?:countr(?:y|ies)|governments?|states?)"
)
_KIND_NAMED = {
    "governments": re.compile(
        r"(?<!外国)(?<!非)政府|(?<!非)国家(?!组织|行为)|[哪几各十一二两三四五六七八九\d]国|哪些国|会员国|"
        r"\b(?:governments?|countr(?:y|ies)|capitals?|delegations?)\b|\bstates?\b(?! actor)"
    ),
    "organisations": re.compile(
        r"组织|机构|\b(?:org(?:ani[sz]ation)?s?|bod(?:y|ies)|institutions?)\b"
    ),
}
"""Words without which a question is put to no one kind of respondents."""
_WHICH = {
    "governments": re.compile(
        r"(?:哪(?:[一些几]个?|个)?|多少个?|几个)(?:国家|政府)|"
        r"\b(?:which|what|how many)(?: of the)?(?: \d+)? "
        r"(?:governments|countries|states|capitals)\b"
    ),
    "organisations": re.compile(
        r"(?:哪(?:[一些几]个?|个)?|多少个?|几个)(?:国际|区域)?(?:组织|机构)|"
        r"\b(?:which|what|how many)(?: of the)?(?: \d+)? (?:international |regional )?"
        r"(?:organi[sz]ations|bodies|institutions)\b"
    ),
}
"""Asks which of a kind, where nothing is said of the other."""
_ONLY = {
    "governments": re.compile(
        r"\b(?:governments|countries|states) only\b|"
        r"\bonly (?:the )?(?:governments|countries|states)\b|"
        r"(?:只|仅)(?:看|要|算|问|列|限)?(?:各国)?(?:国家|政府)"
    ),
    "organisations": re.compile(
        r"\borgani[sz]ations only\b|\bonly (?:at )?(?:the )?(?:international )?organi[sz]ations\b|"
        r"(?:只|仅)(?:看|要|算|问|列|限)?(?:国际)?组织"
    ),
}
"""Asks one kind and no other."""
_ANYBODY = re.compile(
    r"哪[些几]份?(?:答复|答覆|回复|回覆|来文)方?(?!者?(?:国家|政府|组织))|"
    r"\b(?:which|how many|whose)(?: of the)?(?: \d+)? "
    r"(?:respond[ae]nts|replies|submissions|contributors)\b(?! (?:of|from|by) )"
)
"""Asks which of those who replied, of whatever kind."""
_SENTENCES = re.compile(r"[.。！!？?] *(?=[^\s.。！!？?])")
_POINTED_AT = re.compile(
    r"[这那该此]一?[个种类家]?(?:组织|国家|机构|政府)|(?:恐怖|犯罪|极端)(?:主义)?组织|"
    r"\b(?:this|that|terrorist|criminal|extremist) (?:organi[sz]ation|group|country|body)s?\b"
)
"""Means something spoken of, and none of those asked."""
KIND_WORDS = {
    "organisation": re.compile(r"组织|organi[sz]ation|\borgs\b"),
    "government": re.compile(r"政府|国家(?!组织)|哪些国|几国|government|countr|states"),
}
"""By kind of respondent, the words that mean it."""


def asked_kinds(
    intent: Intent,
    text: str,
    names: Sequence[Name],
    aside: Sequence[Span],
    knowledge: Knowledge,
) -> tuple[str, ...]:
    """Return the codes of the kinds of respondents that a question is put to; one of the two kinds
    is also asked by setting the other aside.
    """
    kinds = _KINDS[_kind_asked(intent, text, names)]
    of_groups = [at for group in knowledge.groups for at in places_of(group, text)]
    some = [*of_groups, *(name.start for name in names)]
    for start, end in aside:
        if any(start <= at < end for at in some):
            continue
        for kind, word in KIND_WORDS.items():
            if word.search(text, start, end):
                kinds = tuple(one for one in _KINDS["all"] if one != kind)
    return tuple(one.code for one in knowledge.respondents.values() if one.kind in kinds)


def _kind_asked(intent: Intent, text: str, names: Sequence[Name]) -> str:
    """Return which of ``_KINDS`` a question is put to: one kind only where it has a word for it."""
    if _BOTH_KINDS.search(text):
        return "all"
    for kind, alone in _ONLY.items():
        if alone.search(text):
            return kind
    if (anybody := _ANYBODY.search(text)) and not _kinds_in(text[: anybody.start()]):
        return "all"
    for kind, which in _WHICH.items():
        others = (word for one, word in KIND_WORDS.items() if not kind.startswith(one))
        if which.search(text) and not any(word.search(text) for word in others):
            return kind
    likeliest = max(intent.scope, key=lambda label: intent.scope[label])
    asked = _kind_named_last(text) or likeliest
    bare = _POINTED_AT.sub(" ", text)
    for name in names:
        bare = bare.replace(text[name.start : name.end], " ")
    return asked if asked in _KIND_NAMED and _KIND_NAMED[asked].search(bare) else "all"


def _kinds_in(text: str) -> list[str]:
    return [kind for kind, word in KIND_WORDS.items() if word.search(text)]


def _kind_named_last(text: str) -> str:
    """Return the one kind that the last of several sentences asks, another being named before."""
    *_, before, last = ("", "", *_SENTENCES.split(text))
    if not last.rstrip().endswith(("?", "？")):
        return ""
    named, others = _kinds_in(last), _kinds_in(before)
    return f"{named[0]}s" if len(named) == 1 and others and others != named else ""
