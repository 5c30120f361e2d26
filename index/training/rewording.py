"""Queries reworded by the dictionary: synonyms swapped in, or word by word into English."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

Ids = npt.NDArray[np.int32]
EMPTY: Ids = np.zeros(0, dtype=np.int32)


def ids_of(tokenizer: Tokenizer, texts: list[str]) -> list[Ids]:
    """The known token ids of each text; unknown tokens are left out."""
    found = []
    for start in range(0, len(texts), 4096):
        for encoding in tokenizer.encode_batch_fast(texts[start : start + 4096]):
            ids = np.array(encoding.ids, dtype=np.int32)
            found.append(ids[ids > 0])
    return found


@dataclass(frozen=True, slots=True)
class Rewording:
    """For each token id: its English glosses and its synonyms, as token ids."""

    glosses: dict[int, list[Ids]]
    synonyms: dict[int, list[Ids]]
    english: float
    swapped: float

    def apply(self, query: Ids, rng: np.random.Generator) -> Ids:
        """The query as it is, with synonyms, or in English, by chance."""
        mode = rng.random()
        if mode < self.english:
            return self._replace(query, self.glosses, 1.0, rng)
        if mode < self.english + self.swapped:
            return self._replace(query, self.synonyms, 0.5, rng)
        return query

    def _replace(
        self, query: Ids, table: dict[int, list[Ids]], share: float, rng: np.random.Generator
    ) -> Ids:
        """The query with a share of its tokens replaced by one of their entries."""
        chances = rng.random((2, len(query)))
        parts: list[Ids] = []
        for token, skip, pick in zip(query.tolist(), *chances, strict=True):
            choices = table.get(token)
            if choices and skip < share:
                # The first glosses are the common meanings: squaring prefers them.
                parts.append(choices[int(pick * pick * len(choices))])
            else:
                parts.append(np.array([token], dtype=np.int32))
        return np.concatenate(parts) if parts else EMPTY


def table_of(tokenizer: Tokenizer, texts: dict[str, tuple[str, ...]]) -> dict[int, list[Ids]]:
    """Token id -> the token ids of each of its texts, for the words that are tokens."""
    rows = {row: texts[word] for word, row in tokenizer.get_vocab().items() if texts.get(word)}
    flat = ids_of(tokenizer, [text for row in sorted(rows) for text in rows[row]])
    table, start = {}, 0
    for row in sorted(rows):
        found = [ids for ids in flat[start : start + len(rows[row])] if len(ids)]
        start += len(rows[row])
        if found:
            table[row] = found
    return table
