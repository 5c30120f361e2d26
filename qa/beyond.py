"""Words of a question that a passage lacks, and whether people use them for what it answers."""

from collections.abc import Collection, Mapping, Sequence
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from index.fields import Unit
from index.terms import TermTable
from qa.wants import Want

_SMOOTHING = 2.0
"""What is added to every count, so that words seen once or twice tell little (Laplace 1814)."""
_ASKING = {want: f"?{want}" for want in get_args(Want)}
"""What a question asks for, as a word beside its terms."""
_KINDS = 2


class BeyondWords:
    """Naive Bayes over the questions noted for passages: those answered there, and those left open.

    A question is what it asks for, and its terms that the passage lacks; each is counted among the
    questions of all passages and among those of the same one.
    """

    def __init__(
        self,
        table: TermTable,
        units: Sequence[Sequence[Unit]],
        wants: Sequence[Want],
        held: Mapping[str, Collection[str]],
    ) -> None:
        """``units`` are the questions answered and those left open, whose terms and ``wants`` stand
        one kind after the other; ``held`` are the terms of every passage.
        """
        noted = [(kind, unit.passage_id) for kind, found in enumerate(units) for unit in found]
        self._columns = {key: n for n, key in enumerate((*table.vocabulary, *_ASKING.values()))}
        self._rows = {id_: row for row, id_ in enumerate(held)}
        self._lacking = np.ones((len(held), len(self._columns)), bool)
        for row, terms in enumerate(held.values()):
            known = [self._columns[term] for term in terms if term in self._columns]
            self._lacking[row, known] = False
        kinds = np.array([kind for kind, _ in noted], np.intp)
        rows = np.array([self._rows[id_] for _, id_ in noted], np.intp)
        self._counts = np.zeros((_KINDS, *self._lacking.shape), np.uint16)
        np.add.at(self._counts, (kinds[table.texts], rows[table.texts], table.ids), 1)
        asked = np.array([self._columns[_ASKING[want]] for want in wants], np.intp)
        np.add.at(self._counts, (kinds, rows, asked), 1)
        self._counts *= self._lacking
        self._of_all = self._counts.sum(axis=1, dtype=np.intp)
        sizes = np.bincount(kinds, minlength=_KINDS) + _KINDS * _SMOOTHING
        self._prior = float(np.log(sizes[1] / sizes[0]))

    def of(self, terms: Collection[str], want: Want) -> dict[str, float]:
        """Return by passage how much likelier a question of such terms is one that it answers than
        one that it leaves open: log-odds, over the root of how many words tell.
        """
        columns = [self._columns[key] for key in (*terms, _ASKING[want]) if key in self._columns]
        own = self._log_odds(self._counts[:, :, columns])
        of_all = self._log_odds(self._of_all[:, None, columns]) * self._lacking[:, columns]
        both = np.concatenate([own, of_all], axis=1)
        telling = np.maximum(np.count_nonzero(both, axis=1), 1)
        found = both.sum(axis=1) / np.sqrt(telling)
        return dict(zip(self._rows, found.tolist(), strict=True))

    def _log_odds(self, counts: NDArray[np.integer]) -> NDArray[np.float64]:
        """Return the log-odds of words counted, shape (kinds, passages, words), 0 where unseen."""
        odds = np.log((counts[0] + _SMOOTHING) / (counts[1] + _SMOOTHING)) + self._prior
        return np.where(counts.any(axis=0), odds, 0.0)
