"""The dictionary made usable: clean English glosses by word, and synonyms by shared gloss."""

import re
from collections import defaultdict
from collections.abc import Iterable

from index.training.sources import Entry

BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
CHINESE = re.compile(r"[一-鿿]+(\|[一-鿿]+)?")
LABEL = re.compile(
    r"^(abbr\. (for|of)|abbr\. to|see also|see|variant of|old variant of|also written|cf\.?|same as"
    r"|fig\.|lit\.|abbr\.|used in|erhua variant of|classifier for|also pr\.?)\s*"
)
ARTICLE = re.compile(r"^(to be|to|a|an|the)\s+")
NO_MEANING = re.compile(r"^(CL:|surname |radical|Kangxi|Japanese variant|also pr|Taiwan pr|pr\.)")
MAX_GLOSS_WORDS = 8
MAX_SHARED = 8


def clean(gloss: str) -> str:
    """The gloss without brackets, pinyin and labels; empty when it says nothing of the meaning."""
    if NO_MEANING.search(gloss):
        return ""
    text = CHINESE.sub(" ", BRACKETS.sub(" ", gloss))
    text = LABEL.sub("", " ".join(text.split()))
    words = ARTICLE.sub("", text).replace(" sb", " somebody").replace(" sth", " something").split()
    return " ".join(words).strip(" ,;:.") if len(words) <= MAX_GLOSS_WORDS else ""


def glosses(entries: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    """Word -> its clean glosses, in the dictionary's order, without repetitions."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in entries:
        for gloss in entry.glosses:
            if text := clean(gloss):
                found[entry.word][text] = None
    return {word: tuple(texts) for word, texts in found.items()}


def synonyms(meanings: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Word -> other words with a gloss in common; a gloss shared by many words is too vague."""
    sharing: dict[str, list[str]] = defaultdict(list)
    for word, texts in meanings.items():
        for text in texts:
            sharing[text.lower()].append(word)
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for words in sharing.values():
        if 2 <= len(words) <= MAX_SHARED:
            for word in words:
                found[word].update(dict.fromkeys(other for other in words if other != word))
    return {word: tuple(others) for word, others in found.items()}
