"""The tokenizer: words of both languages with unigram scores from their counts."""

import importlib.util
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from index.training.charsmap import compile_charsmap, simplified_characters, unaccented_letters
from index.training.recipe import Recipe

UNKNOWN = "[UNK]"
HAN_WORD = re.compile(r"[一-鿿]{1,6}")
LATIN_WORD = re.compile(r"[a-z]+")
# Letters spell what no word covers. Small numbers and years are words, all equally likely; other
# numbers are split, since exact ones are the lexical index's work.
ALWAYS = dict.fromkeys("abcdefghijklmnopqrstuvwxyz", 1e-9)
NUMBERS = dict.fromkeys(
    [*map(str, [*range(100), *range(1800, 2040)]), *(f"{n:02d}" for n in range(10))], 1e-5
)
CHUNK = 4_096


@dataclass(frozen=True, slots=True)
class Priors:
    """General word frequencies, for words that the training texts happen to lack."""

    chinese: dict[str, float]
    english: dict[str, float]


def chinese_prior() -> dict[str, float]:
    """Relative frequency of the words of jieba's dictionary (MIT licence)."""
    counts = {}
    package = importlib.util.find_spec("jieba")
    if package is None or package.origin is None:
        raise ValueError("jieba is missing: pip install jieba")
    with (Path(package.origin).parent / "dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, count, _ = line.rsplit(" ", 2)
            if HAN_WORD.fullmatch(word):
                counts[word] = float(count)
    total = sum(counts.values())
    return {word: count / total for word, count in counts.items()}


def english_prior(word_pieces: Iterable[str]) -> dict[str, float]:
    """Zipf's law over the teacher's word-piece list, which stands in order of frequency."""
    words = [piece.removeprefix("##") for piece in word_pieces]
    words = list(dict.fromkeys(word for word in words if LATIN_WORD.fullmatch(word)))
    total = sum(1 / rank for rank in range(10, len(words) + 10))
    return {word: 1 / (rank + 10) / total for rank, word in enumerate(words)}


def make_tokenizer(scores: dict[str, float]) -> Tokenizer:
    """A unigram tokenizer over the words given with their log probabilities.

    It folds case, width, accents and traditional characters, and drops punctuation; the row of
    the unknown token is 0.
    """
    floor = min(scores.values()) - 10
    tokenizer = Tokenizer(models.Unigram([(UNKNOWN, floor), *scores.items()], unk_id=0))
    charsmap = compile_charsmap({**simplified_characters(), **unaccented_letters()})
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Precompiled(charsmap)]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed"),
            pre_tokenizers.Split(Regex(r"\p{Han}+|[0-9]+"), "isolated"),
        ]
    )
    return tokenizer


def count_tokens(tokenizer: Tokenizer, texts: list[str]) -> Counter[str]:
    """How often each token of the tokenizer occurs in the texts."""
    ids: Counter[int] = Counter()
    for start in range(0, len(texts), CHUNK):
        for encoding in tokenizer.encode_batch_fast(texts[start : start + CHUNK]):
            ids.update(encoding.ids)
    return Counter({str(tokenizer.id_to_token(i)): n for i, n in ids.items() if i})


def learn_tokenizer(texts: list[str], words: Iterable[str], priors: Priors, r: Recipe) -> Tokenizer:
    """The tokenizer of the model: the most frequent words of texts and priors together.

    `words` are further Chinese headwords. A first tokenizer over all known words counts the
    texts; the second keeps the most frequent words and characters.
    """
    rare = min(priors.chinese.values())
    characters = {char for text in texts for char in text if HAN_WORD.fullmatch(char)}
    named = [word for word in words if HAN_WORD.fullmatch(word)]
    wide = dict.fromkeys([*sorted(characters), *named], rare) | priors.chinese | priors.english
    counts = count_tokens(make_tokenizer(_logarithms(ALWAYS | wide | NUMBERS)), texts)
    latin = Counter(
        word for text in texts if text.isascii() for word in LATIN_WORD.findall(text.lower())
    )
    chinese = _mixed(counts, priors.chinese, HAN_WORD)
    words_kept = _likeliest({w: p for w, p in chinese.items() if len(w) > 1}, r.chinese_words)
    kept = _likeliest({w: p for w, p in chinese.items() if len(w) == 1}, r.chinese_characters)
    english = _likeliest(_mixed(latin, priors.english, LATIN_WORD), r.english_words)
    return make_tokenizer(_logarithms(ALWAYS | words_kept | kept | english | NUMBERS))


def _logarithms(probabilities: dict[str, float]) -> dict[str, float]:
    return {word: math.log(p) for word, p in sorted(probabilities.items())}


def _mixed(
    counts: Counter[str], prior: dict[str, float], shape: re.Pattern[str]
) -> dict[str, float]:
    """Word -> probability, half by the texts and half by the prior, for words of a shape."""
    seen = {word: n for word, n in counts.items() if shape.fullmatch(word) and n > 1}
    total = sum(seen.values())
    mixed = {word: p / 2 for word, p in prior.items()}
    for word, n in seen.items():
        mixed[word] = mixed.get(word, 0.0) + n / total / 2
    return mixed


def _likeliest(probabilities: dict[str, float], size: int) -> dict[str, float]:
    ranked = sorted(probabilities.items(), key=lambda item: (-item[1], item[0]))
    return dict(ranked[:size])
