"""The numbers of a training run, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a run is made of; the same recipe and seed give the same model.

    `identity` is the share of a start vector that is random and the word's own, `sif` the word
    probability at which a word counts half.
    """

    seed: int = 20261122
    chinese_words: int = 14_000
    chinese_characters: int = 4_500
    english_words: int = 18_200
    dimensions: int = 384
    identity: float = 0.4
    sif: float = 3e-4
    steps: int = 1_600
    batch: int = 1_024
    learning_rate: float = 3e-3
    temperature: float = 0.05
    threads: int = 2
