"""`python -m index.training --data DIR --out DIR [--corpus FILE ...]`: train the shipped model."""

import argparse
import time
from dataclasses import replace
from pathlib import Path

from index.benchmark.table import BEGIN, END
from index.training import lexicon, sources
from index.training.assembly import Material, assemble
from index.training.card import card
from index.training.corpus_text import passages
from index.training.folder import describe, save_model
from index.training.learn import learn
from index.training.recipe import Recipe
from index.training.start import start_matrix, tokens_of
from index.training.teacher import teach, word_pieces
from index.training.vocabulary import Priors, chinese_prior, english_prior, learn_tokenizer


def main() -> None:
    """Train from the data folder and write the model folder; seconds are told step by step."""
    options = _options()
    recipe = replace(Recipe(), seed=options.seed, steps=options.steps)
    began = time.monotonic()

    def tell(what: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {what}", flush=True)

    sources.verify(options.data)
    tell(f"{len(sources.SOURCES)} training files verified")
    meanings = lexicon.glosses(sources.entries(options.data))
    corpus = [text for file in options.corpus for text in passages(file)]
    material = Material(options.data, meanings, corpus)
    priors = Priors(chinese_prior(), english_prior(word_pieces()))
    tokenizer = learn_tokenizer(_texts(material), meanings, priors, recipe)
    tell(f"tokenizer of {tokenizer.get_vocab_size()} tokens")
    matrix = start_matrix(tokens_of(tokenizer), meanings, teach, recipe)
    tell("start vectors from the teacher")
    feeds = assemble(tokenizer, material)
    tell(f"{len(feeds)} feeds")
    matrix = learn(matrix, feeds, recipe.steps, recipe)
    save_model(tokenizer, matrix, card(recipe, (BEGIN, END)), options.out)
    tell(f"saved {options.out}: {describe(options.out)}")


def _texts(material: Material) -> list[str]:
    """The texts over which the tokenizer's words are counted: all languages and domains."""
    pairs = [pair for file in sources.bitext(material.data) for pair in file]
    asked = sources.questions(material.data)
    return [
        *(pair.chinese for pair in pairs),
        *(pair.english for pair in pairs),
        *(article.text for article in sources.articles(material.data)[::3]),
        *dict.fromkeys(pair.passage for pair in asked),
        *(pair.question for pair in asked),
        *(text for texts in material.meanings.values() for text in texts),
        *material.corpus,
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training files")
    parser.add_argument("--out", type=Path, required=True, help="model folder to write")
    parser.add_argument(
        "--corpus",
        type=Path,
        action="append",
        default=[],
        help="text file to adapt to, paragraphs apart by blank lines; may be repeated",
    )
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    parser.add_argument("--steps", type=int, default=Recipe().steps)
    return parser.parse_args()


if __name__ == "__main__":
    main()
