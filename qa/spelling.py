"""Slips of writing in names and terms mended: like-sounding, look-alike and dropped characters."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from string import ascii_lowercase

from pypinyin import Style, pinyin

from index.text import HAN, normalise

_HAN_RUN = re.compile(rf"[{HAN}]+")
_LATIN_WORD = re.compile(r"[a-z]{5,}")
_LONGEST = 12
_MOST = 24
"""Unknown pairs in a run of characters from which it is no slip but another text altogether."""
_LIKE = 0.84
"""Share of letters in common from which an unknown Latin word is a known one misspelt."""
_COMMON = 5
"""Times that the notes must use a Latin word, for another to be taken for its misspelling."""
_LONG, _ENDING = 7, 2
"""Letters of a word in which a slip is told, and of its end that only inflect it."""
_FUNCTION = frozenset(
    "的了在是和与把被从到对为将也就又才于之来去要会能可应吗呢吧啊么个这那其它有没不都还很更以或但如"
)
_BLURRED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))
"""Sounds that typists confuse, and what both are read as."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A place in a text and what was meant there."""

    start: int
    end: int
    meant: str


class Speller:
    """Mends slips in the names and longer words of a report.

    Only what ``known`` texts never write next to each other is looked at, so a question in the
    report's own words comes back as it is. Characters are only dropped from names, or swapped.
    """

    def __init__(self, names: Iterable[str], words: Iterable[str], known: Iterable[str]) -> None:
        texts = [normalise(text) for text in known]
        self._known = "\n".join(texts)
        runs = [run for text in texts for run in _HAN_RUN.findall(text)]
        self._pairs = frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))
        written = sorted({normalise(name) for name in names})
        self._latin = [name for name in written if _LATIN_WORD.fullmatch(name)]
        written_times = Counter(_LATIN_WORD.findall(self._known))
        self._latin_known = frozenset(written_times)
        self._latin_common = frozenset(
            word for word, times in written_times.items() if times >= _COMMON and len(word) >= _LONG
        )
        han = [name for name in written if _HAN_RUN.fullmatch(name) and len(name) <= _LONGEST]
        self._masked: dict[str, list[str]] = {}
        for word in (*han, *sorted(word for word in words if 4 <= len(word) <= _LONGEST)):
            for i in range(len(word)):
                self._masked.setdefault(f"{word[:i]}*{word[i + 1 :]}", []).append(word)
        self._spoilt = {
            spoilt: name for name in han if len(name) > 2 for spoilt in _dropped_or_swapped(name)
        }

    def mend(self, text: str) -> str:
        """Return a text with its slips mended, or the very same text where there are none.

        The rest stays as written, unless normalising changes its length.
        """
        normalised = normalise(text)
        slips = sorted(
            (*self._han_slips(normalised), *self._latin_slips(normalised)),
            key=lambda slip: (-len(slip.meant), slip.start),
        )
        chosen: list[Slip] = []
        for slip in slips:
            if all(slip.end <= one.start or one.end <= slip.start for one in chosen):
                chosen.append(slip)
        if chosen and len(text) != len(normalised):
            text = normalised
        for slip in sorted(chosen, key=lambda slip: -slip.start):
            text = text[: slip.start] + slip.meant + text[slip.end :]
        return text

    def _latin_slips(self, text: str) -> Iterator[Slip]:
        for match in _LATIN_WORD.finditer(text):
            if match[0] not in self._latin_known:
                close = get_close_matches(match[0], self._latin, 1, _LIKE) or sorted(
                    self._latin_common.intersection(_one_slip_off(match[0]))
                )
                if close:
                    yield Slip(match.start(), match.end(), close[0])

    def _han_slips(self, text: str) -> Iterator[Slip]:
        for run in _HAN_RUN.finditer(text):
            places = [i for i in range(len(run[0]) - 1) if run[0][i : i + 2] not in self._pairs]
            if len(places) > _MOST:
                continue
            for place in places:
                for start, end in _windows(place, len(run[0])):
                    window = run[0][start:end]
                    meant = self._meant(window, place - start)
                    if len(meant) == 2 and self._is_cut(run[0], start, end):
                        continue
                    if meant and window not in self._known:
                        yield Slip(run.start() + start, run.start() + end, meant)

    def _is_cut(self, run: str, start: int, end: int) -> bool:
        """Tell whether a stretch of a run begins or ends within what is known to be a word."""
        before, after = run[max(0, start - 1) : start + 1], run[end - 1 : end + 1]
        return any(len(pair) == 2 and pair in self._pairs for pair in (before, after))

    def _meant(self, window: str, place: int) -> str:
        """Return the word that a window of text misspells at ``place`` or after it, or nothing."""
        for i in (place, place + 1):
            for word in self._masked.get(f"{window[:i]}*{window[i + 1 :]}", ()):
                if _alike(window[i], word[i]) and (len(word) > 2 or not _FUNCTION & set(window)):
                    return word
        return self._spoilt.get(window, "")


def _one_slip_off(word: str) -> Iterator[str]:
    """Yield the words that one slip turns into another: a letter dropped, added or swapped with its
    neighbour. The first letter and the ending are as they should be; of letters that stand for
    others, too many make words of their own (wording, working).
    """
    if len(word) < _LONG:
        return
    for i in range(1, len(word) - _ENDING + 1):
        yield word[:i] + word[i + 1 :]
        yield word[:i] + word[i : i + 2][::-1] + word[i + 2 :]
        for letter in ascii_lowercase:
            yield word[:i] + letter + word[i:]


def _dropped_or_swapped(name: str) -> Iterator[str]:
    """Yield a name less one of its characters, if it is long, and with neighbours swapped."""
    for i in range(len(name)):
        if len(name) > 3:
            yield name[:i] + name[i + 1 :]
        yield name[:i] + name[i : i + 2][::-1] + name[i + 2 :]


def _windows(place: int, length: int) -> Iterator[tuple[int, int]]:
    """Yield every stretch of a run of characters that holds the pair at ``place``."""
    for start in range(max(0, place + 2 - _LONGEST), place + 1):
        for end in range(place + 2, min(length, start + _LONGEST) + 1):
            yield start, end


@lru_cache(maxsize=4096)
def _alike(written: str, meant: str) -> bool:
    """Tell whether one character may have been written for another: by sound or by looks."""
    looks = _lookalikes()
    return (
        bool(_sounds(written) & _sounds(meant))
        or written in looks.get(meant, "")
        or meant in looks.get(written, "")
    )


def _sounds(char: str) -> frozenset[str]:
    """Return the readings of a character without tones, easily confused ones as one."""
    sounds = pinyin(char, style=Style.NORMAL, heteronym=True)[0]
    for written, read in _BLURRED:
        sounds = [sound.replace(written, read) for sound in sounds]
    return frozenset(sounds)


@cache
def _lookalikes() -> dict[str, str]:
    """Return for each character those that look like it (``benchmarks.lookalikes`` found them)."""
    text = (Path(__file__).parent / "lookalikes.txt").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines())
