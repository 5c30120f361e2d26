"""`python -m index.training`: train the embedding model that ships, or one for another text."""

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

from corpus import load_report
from corpus.notes import load_notes
from index.training import lexicon, sources
from index.training.assembly import Material, assemble
from index.training.corpus_text import passages
from index.training.folder import check_place, describe, save_model
from index.training.learn import learn
from index.training.noted import Group, groups_of
from index.training.recipe import Recipe
from index.training.record import Run, texts_of
from index.training.start import start_matrix, tokens_of
from index.training.teacher import teach, word_pieces
from index.training.vocabulary import Priors, chinese_prior, english_prior, learn_tokenizer

EPILOG = """the shipped model:
  python -m index.training --data ../shared/data \\
      --corpus corpus/reports/A-72-344.zh.txt --notes corpus/reports --out index/model
a model for another text, used by setting DAFU_EMBEDDINGS=/path/to/model:
  python -m index.training --data ../shared/data --corpus my.txt --out /path/to/model

It takes 8 minutes on two free cores, 15 on busy ones, and 4 GB of memory. The same command gives
the same model. The data folder holds these files, named, with origin, licence and sha256, in
index/training/sources.py; a file that is another is refused:
  """


def main(arguments: list[str] | None = None) -> int:
    """Train from the data folder and write the model folder; 2 on bad input."""
    options = _parser().parse_args(arguments)
    try:
        _train(options)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _train(options: argparse.Namespace) -> None:
    """All stages, each told with the seconds since the start; what can be refused is, at once."""
    recipe = replace(Recipe(), seed=options.seed, steps=options.steps)
    began = time.monotonic()

    def tell(what: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {what}", flush=True)

    check_place(options.out)
    noted = _noted(options.notes) if options.notes else []
    sources.verify(options.data)
    for one in sources.SOURCES:
        print(f"{one.name}: {one.origin}, {one.licence}, sha256 {one.sha256}", flush=True)
    run = Run(recipe, texts_of(options.corpus), texts_of(_files(options.notes)))
    material = _material(options, noted)
    priors = Priors(chinese_prior(), english_prior(word_pieces()))
    tell(
        f"{len(sources.SOURCES)} files verified, {len(material.corpus)} passages and "
        f"{len(material.noted)} groups of notes to adapt to"
    )
    tokenizer = learn_tokenizer(_texts(material), material.meanings, priors, recipe)
    tell(f"tokenizer of {tokenizer.get_vocab_size()} tokens")
    matrix = start_matrix(tokens_of(tokenizer), material.meanings, teach, recipe)
    tell("start vectors from the teacher")
    feeds = assemble(tokenizer, material)
    tell(f"{len(feeds)} feeds")
    matrix = learn(matrix, feeds, recipe.steps, recipe)
    save_model(tokenizer, matrix, run, options.out)
    tell(f"saved {options.out}: {describe(options.out)}")


def _material(options: argparse.Namespace, noted: list[Group]) -> Material:
    """The dictionary, the corpus' passages, the notes; ValueError for a text without any."""
    texts = {file: passages(file) for file in options.corpus}
    if empty := [file for file, found in texts.items() if not found]:
        raise ValueError(f"{empty[0]} holds no text to adapt to")
    return Material(
        options.data,
        lexicon.glosses(sources.entries(options.data)),
        [text for one in texts.values() for text in one],
        noted,
    )


def _noted(folder: Path) -> list[Group]:
    """What a folder notes of the report; ValueError for one without notes of it."""
    report = load_report()
    groups = groups_of(report, load_notes(report, folder))
    if not groups:
        raise ValueError(f"{folder} holds no notes of the report {report.symbol}")
    return groups


def _files(notes: Path | None) -> list[Path]:
    """The files of a folder of notes that hold texts."""
    kinds = ("notes", "subjects", "unanswered")
    return (
        [file for kind in kinds for file in sorted(notes.glob(f"*.{kind}.jsonl"))] if notes else []
    )


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


def _at_least_one(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"{number}: at least 1")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m index.training",
        description=__doc__,
        epilog=EPILOG + "\n  ".join(f"{source.name}.jsonl.gz" for source in sources.SOURCES),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the training files")
    parser.add_argument("--out", type=Path, required=True, help="model folder to write")
    parser.add_argument(
        "--corpus",
        type=Path,
        action="append",
        default=[],
        help="text to adapt to: plain text, or .jsonl with a `text` in each line; may be repeated",
    )
    parser.add_argument(
        "--notes", type=Path, help="folder with the report's notes, to learn from their questions"
    )
    parser.add_argument("--seed", type=int, default=Recipe().seed, help="default %(default)s")
    parser.add_argument(
        "--steps", type=_at_least_one, default=Recipe().steps, help="batches, default %(default)s"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
