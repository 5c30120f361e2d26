"""The training data: every file by name, with its origin, licence and checksum."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CC_BY_SA_4 = "CC BY-SA 4.0"


@dataclass(frozen=True, slots=True)
class Source:
    """One gzipped JSON Lines file of the data folder."""

    name: str
    origin: str
    licence: str
    sha256: str
    use: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the passage that answers it."""

    question: str
    passage: str


@dataclass(frozen=True, slots=True)
class Bitext:
    """The same sentence in English and in Chinese."""

    english: str
    chinese: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a law, with the law's title and the chapter's heading."""

    title: str
    chapter: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One headword of the dictionary with its English glosses."""

    word: str
    glosses: tuple[str, ...]


SOURCES = (
    Source(
        "cmrc2018_trial",
        "ymcui/cmrc2018 trial set",
        CC_BY_SA_4,
        "9194864b68a695083216c7bd2c15e45b3d463675ed2ce5f282b2246a35ffa663",
        "questions and passages",
    ),
    Source(
        "drcd_test",
        "DRCKnowledgeTeam/DRCD test set, converted to simplified characters",
        "CC BY-SA 3.0",
        "d4afc25487d9550196bf5308101633bb2b30522d809ac5f3c38760a3335b6a97",
        "questions and passages",
    ),
    Source(
        "laws",
        "LawRefBook/Laws",
        "public domain (PRC Copyright Law, article 5)",
        "467bc57759d19b1a62efb6ba461b40b2a0e69920e24e69055a9890a6d4869d23",
        "headings and articles, inverse cloze",
    ),
    Source(
        "cedict",
        "argb/hanzi-data: CC-CEDICT",
        CC_BY_SA_4,
        "e445209044b5707b6ddcae17e7ebf4df5b557aba8fd7574a69ab4fe0353594e6",
        "glosses: start vectors, word pairs, synonyms",
    ),
    Source(
        "tatoeba",
        "Tatoeba via manythings.org",
        "CC BY 2.0 FR",
        "78b1f8049d84cfa51b144caf1aa32cfe8fccf0b552a73454fdb1d94f7ed61214",
        "bitext",
    ),
    Source(
        "ntrex",
        "MicrosoftTranslator/NTREX",
        CC_BY_SA_4,
        "b31eb57fb950518a32e718016b0c5b3417ed09509bcf37b0a6e73722f3d11e17",
        "bitext",
    ),
    Source(
        "flores101",
        "FLORES-101 dev and devtest",
        CC_BY_SA_4,
        "89a909f7044ac0225cb05ebaaf5791dea8d90d8be1a0522ebabda8de8545e1cf",
        "bitext",
    ),
    Source(
        "sdg",
        "open-sdg/sdg-translations",
        "MIT",
        "8bc0e64538d7676e567f18a6d09630fe2085d055ce1cfe3d588ef9b7811dc289",
        "bitext",
    ),
    Source(
        "pydocs",
        "python/python-docs-zh-cn",
        "PSF-2.0, translations CC0",
        "1248c2075489f3d2acb91c27f460aebbb7f27ae88b7cf057464f23f70758ea17",
        "bitext",
    ),
    Source(
        "mozlegal",
        "mozilla/legal-docs",
        "CC BY-SA 3.0 / MPL",
        "eebf732f5f0272367980deae70b93bdc31e7a80fbd99d7707ec1359201f280d0",
        "bitext",
    ),
    Source(
        "osguide",
        "github/opensource.guide",
        "CC BY 4.0",
        "c00cfb4dff12b23c7668f055298da444544d77e1d988910f7e5365e17476efbf",
        "bitext",
    ),
)
TERMS = Path(__file__).parent / "terms.tsv"
QUESTIONS = ("cmrc2018_trial", "drcd_test")
BITEXT = ("tatoeba", "ntrex", "flores101", "sdg", "pydocs", "mozlegal", "osguide")


def verify(folder: Path) -> None:
    """Raise ValueError when a training file is missing or is not the file the card names."""
    for source in SOURCES:
        path = folder / f"{source.name}.jsonl.gz"
        if not path.is_file():
            raise ValueError(f"training file {path} is missing; its origin: {source.origin}")
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != source.sha256:
            raise ValueError(f"{path} has sha256 {found}, expected {source.sha256}")


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """The rows of one gzipped JSON Lines file, in order."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def questions(folder: Path) -> list[Asked]:
    """The question sets that may be trained on; the dev sets and XQuAD are not among them."""
    return [Asked(row["q"], row["p"]) for name in QUESTIONS for row in rows(folder, name)]


def bitext(folder: Path) -> list[list[Bitext]]:
    """One list of sentence pairs per file, in document order; half-empty pairs are left out."""
    return [
        [
            Bitext(row["en"], row["zh"])
            for row in rows(folder, name)
            if row.get("en") and row.get("zh")
        ]
        for name in BITEXT
    ]


def articles(folder: Path) -> list[Article]:
    """The law articles, in document order."""
    return [Article(row["title"], row["chapter"], row["text"]) for row in rows(folder, "laws")]


def terms() -> list[tuple[str, ...]]:
    """The project's own list of terms: each row the names of one thing in both languages."""
    lines = TERMS.read_text(encoding="utf-8").splitlines()[1:]
    return [tuple(line.replace("\t", "|").split("|")) for line in lines]


def entries(folder: Path) -> list[Entry]:
    """The dictionary's entries, as printed."""
    found = []
    with gzip.open(folder / "cedict.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            found.append(Entry(row["zh"], tuple(row["en"])))
    return found
