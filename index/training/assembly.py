"""The feeds of a run, assembled from the data folder and the corpus texts."""

from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from index.training import sources
from index.training.feeds import Cloze, Feed, Pairs, Parallel, sentences
from index.training.lexicon import synonyms
from index.training.noted import Group, Noted
from index.training.rewording import Ids, Rewording, ids_of, table_of

SHORTEST_PASSAGE = 8
WINDOW = 2
UNORDERED = ("tatoeba", "sdg")
# The share of the batches that each feed supplies.
SHARES = {
    "asked": 0.15,
    "wiki": 0.20,
    "laws": 0.15,
    "headings": 0.05,
    "tatoeba": 0.10,
    "ntrex": 0.05,
    "flores101": 0.05,
    "sdg": 0.01,
    "pydocs": 0.15,
    "mozlegal": 0.01,
    "osguide": 0.01,
    "glosses": 0.10,
    "terms": 0.03,
    "corpus": 0.08,
    "noted": 0.90,
}
GLOSSES_PER_WORD = 3


@dataclass(frozen=True, slots=True)
class Material:
    """What the feeds are made of: the data folder, the dictionary, the corpus' passages, and what
    is noted of a report.
    """

    data: Path
    meanings: dict[str, tuple[str, ...]]
    corpus: list[str]
    noted: list[Group]


def assemble(tokenizer: Tokenizer, material: Material) -> list[tuple[float, Feed]]:
    """Every feed with its share of the batches; a feed without material is left out."""
    tables = (
        table_of(tokenizer, material.meanings),
        table_of(tokenizer, synonyms(material.meanings)),
    )
    often = Rewording(*tables, english=0.35, swapped=0.2)
    seldom = Rewording(*tables, english=0.25, swapped=0.2)
    asked = sources.questions(material.data)
    laws = _every_second_law(sources.articles(material.data))
    feeds: dict[str, Feed] = {
        "asked": _asked(tokenizer, asked, seldom),
        "wiki": Cloze(_cut(tokenizer, list(dict.fromkeys(pair.passage for pair in asked))), often),
        "laws": Cloze(_cut(tokenizer, [article.text for article in laws]), often),
        "headings": _headings(tokenizer, laws, seldom),
        "glosses": _glosses(tokenizer, material.meanings),
        "terms": _terms(tokenizer, sources.terms()),
    }
    for name, pairs in zip(sources.BITEXT, sources.bitext(material.data), strict=True):
        feeds[name] = _parallel(tokenizer, pairs, 0 if name in UNORDERED else WINDOW)
    if passages := _cut(tokenizer, material.corpus):
        feeds["corpus"] = Cloze(passages, often)
    if material.noted:
        feeds["noted"] = Noted(tokenizer, material.noted)
    return [(SHARES[name], feeds[name]) for name in SHARES if name in feeds]


def _every_second_law(articles: list[sources.Article]) -> list[sources.Article]:
    """Half of the laws, whole: more articles than a run can draw cost time and teach nothing."""
    kept = set(list(dict.fromkeys(article.title for article in articles))[::2])
    return [article for article in articles if article.title in kept]


def _cut(tokenizer: Tokenizer, texts: list[str]) -> list[list[Ids]]:
    """Each text as the token ids of its sentences; texts of a few words are left out."""
    parts = [sentences(text) for text in texts]
    flat = iter(ids_of(tokenizer, [sentence for part in parts for sentence in part]))
    cut = [[ids for ids in (next(flat) for _ in part) if len(ids)] for part in parts]
    return [part for part in cut if sum(map(len, part)) >= SHORTEST_PASSAGE]


def _asked(tokenizer: Tokenizer, asked: list[sources.Asked], rewording: Rewording) -> Pairs:
    """Questions with their passages; questions about one passage are of one group."""
    numbers = {text: n for n, text in enumerate(dict.fromkeys(pair.passage for pair in asked))}
    passages = ids_of(tokenizer, list(numbers))
    groups = [numbers[pair.passage] for pair in asked]
    questions = ids_of(tokenizer, [pair.question for pair in asked])
    return Pairs(questions, [passages[n] for n in groups], groups, rewording)


def _headings(tokenizer: Tokenizer, laws: list[sources.Article], rewording: Rewording) -> Pairs:
    """A law's title and chapter with each article under them."""
    titles = [f"{article.title} {article.chapter}" for article in laws]
    numbers = {title: n for n, title in enumerate(dict.fromkeys(titles))}
    heads = ids_of(tokenizer, list(numbers))
    texts = ids_of(tokenizer, [article.text for article in laws])
    groups = [numbers[title] for title in titles]
    kept = [i for i, text in enumerate(texts) if len(text) > 5 and len(heads[groups[i]]) > 2]
    return Pairs(
        [heads[groups[i]] for i in kept],
        [texts[i] for i in kept],
        [groups[i] for i in kept],
        rewording,
    )


def _glosses(tokenizer: Tokenizer, meanings: dict[str, tuple[str, ...]]) -> Pairs:
    """A Chinese word with each of its first glosses; words that share a gloss are of one group."""
    pairs = [(word, text) for word, texts in meanings.items() for text in texts[:GLOSSES_PER_WORD]]
    words = ids_of(tokenizer, [word for word, _ in pairs])
    texts = ids_of(tokenizer, [text for _, text in pairs])
    numbers: dict[str, int] = {}
    groups = [numbers.setdefault(text.lower(), len(numbers)) for _, text in pairs]
    kept = [i for i in range(len(pairs)) if len(words[i]) and len(texts[i])]
    return Pairs([words[i] for i in kept], [texts[i] for i in kept], [groups[i] for i in kept])


def _terms(tokenizer: Tokenizer, rows: list[tuple[str, ...]]) -> Pairs:
    """Each name of a thing with each other name of it; a thing is a group."""
    pairs = [
        (one, other, group)
        for group, names in enumerate(rows)
        for one in names
        for other in names
        if one != other
    ]
    return Pairs(
        ids_of(tokenizer, [one for one, _, _ in pairs]),
        ids_of(tokenizer, [other for _, other, _ in pairs]),
        [group for _, _, group in pairs],
    )


def _parallel(tokenizer: Tokenizer, pairs: list[sources.Bitext], widest: int) -> Parallel:
    """Sentence pairs in document order, those with known tokens on both sides."""
    english = ids_of(tokenizer, [pair.english for pair in pairs])
    chinese = ids_of(tokenizer, [pair.chinese for pair in pairs])
    kept = [i for i in range(len(pairs)) if len(english[i]) and len(chinese[i])]
    return Parallel([english[i] for i in kept], [chinese[i] for i in kept], widest)
