"""Start vectors: each token begins where the teacher puts its English meaning."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from index.training.recipe import Recipe

Matrix = npt.NDArray[np.float32]
Meanings = dict[str, tuple[str, ...]]
MAX_GLOSSES = 3


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokenizer's words in row order and their probabilities."""

    words: list[str]
    probabilities: Matrix


def tokens_of(tokenizer: Tokenizer) -> Tokens:
    """The rows of the matrix to be trained; row 0 is the unknown token."""
    vocabulary = json.loads(tokenizer.to_str())["model"]["vocab"]
    scores = np.array([score for _, score in vocabulary], dtype=np.float32)
    return Tokens([word for word, _ in vocabulary], np.exp(scores))


def start_matrix(
    tokens: Tokens, meanings: Meanings, teach: Callable[[list[str]], Matrix], recipe: Recipe
) -> Matrix:
    """The matrix before training, (tokens, dimensions), rows scaled by SIF weights."""
    meant = _taught(tokens, meanings, teach)
    _fill_from_parts(tokens.words, meant)
    latin = np.array([word.isascii() for word in tokens.words])
    known = np.linalg.norm(meant, axis=1) > 0
    for side in (latin, ~latin):
        # Each language has its own mean, or all Chinese would be nearer to all Chinese.
        meant[side & known] -= meant[side & known].mean(axis=0)
    reduced = _unit(meant @ _principal(meant[known], recipe.dimensions))
    identity = _unit(_noise(tokens.words, recipe.dimensions))
    share = np.where(known, recipe.identity, 1.0)[:, None]
    matrix = _unit(((1 - share) * reduced + share * identity).astype(np.float32))
    matrix *= (recipe.sif / (recipe.sif + tokens.probabilities))[:, None]
    matrix[0] = 0.0
    return matrix.astype(np.float32)


def _taught(tokens: Tokens, meanings: Meanings, teach: Callable[[list[str]], Matrix]) -> Matrix:
    """Row by row the mean of the teacher's vectors of a word's glosses; zeros for no gloss."""
    asked = [
        (word,) if word.isascii() and not word.isdigit() else meanings.get(word, ())[:MAX_GLOSSES]
        for word in tokens.words
    ]
    asked[0] = ()
    texts = sorted({text for texts in asked for text in texts})
    vectors = dict(zip(texts, teach(texts), strict=True))
    dimensions = len(next(iter(vectors.values())))
    meant = np.zeros((len(tokens.words), dimensions), dtype=np.float32)
    for row, parts in enumerate(asked):
        for rank, text in enumerate(parts):
            meant[row] += vectors[text] / (1 + rank)
    return _unit(meant)


def _fill_from_parts(words: list[str], meant: Matrix) -> None:
    """Give a Chinese word without gloss the mean of its parts, longest known part first."""
    rows = {word: row for row, word in enumerate(words)}
    for word, row in rows.items():
        if meant[row].any() or word.isascii():
            continue
        found, rest = [], word
        while rest:
            size = next(
                (n for n in range(len(rest), 0, -1) if rest[:n] in rows and n < len(word)), 1
            )
            found.append(
                meant[rows[rest[:size]]] if rest[:size] in rows else np.zeros_like(meant[0])
            )
            rest = rest[size:]
        meant[row] = _unit(np.mean(found, axis=0)[None])[0]


def _principal(vectors: Matrix, dimensions: int) -> Matrix:
    """The leading principal directions of the vectors, (width, dimensions)."""
    _, axes = np.linalg.eigh(vectors.T @ vectors)
    axes = axes[:, ::-1][:, :dimensions]
    missing = dimensions - axes.shape[1]
    return np.pad(axes, ((0, 0), (0, max(0, missing)))).astype(np.float32)


def _noise(words: list[str], dimensions: int) -> Matrix:
    """A fixed random direction for each word, the same in every vocabulary."""
    return np.stack(
        [
            np.random.default_rng(
                int.from_bytes(hashlib.sha256(word.encode()).digest()[:8])
            ).standard_normal(dimensions, dtype=np.float32)
            for word in words
        ]
    )


def _unit(vectors: Matrix) -> Matrix:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Matrix = (vectors / np.maximum(norms, 1e-9)).astype(np.float32)
    return unit
