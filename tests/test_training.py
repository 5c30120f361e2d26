"""The training of the shipped model: its material, its draws, its folder, its record."""

from pathlib import Path

import numpy as np
import pytest

from index.benchmark.collection import collection_of, plain_report
from index.benchmark.sets import QuestionSet
from index.embeddings import make_embeddings
from index.training.__main__ import main as train
from index.training.card import card
from index.training.corpus_text import passages
from index.training.feeds import Batch, Cloze, Pairs
from index.training.folder import read_sums, save_model, sums
from index.training.lexicon import clean, synonyms
from index.training.noted import Group, Noted, groups_of
from index.training.recipe import Recipe
from index.training.record import Record, Repeat, Run, Text, load_record
from index.training.repeat import compare
from index.training.rewording import Rewording
from index.training.sources import BITEXT, QUESTIONS, SOURCES, verify


def test_the_character_map_replaces_each_key_and_nothing_else():
    from tokenizers import normalizers

    from index.training.charsmap import compile_charsmap

    mapping = {"國": "国", "際": "际", "é": "e", "龜": "龟"}
    normalizer = normalizers.Precompiled(compile_charsmap(mapping))
    assert normalizer.normalize_str("國際 café 龜 后 abc") == "国际 cafe 龟 后 abc"


@pytest.mark.parametrize(
    ("gloss", "cleaned"),
    [
        ("to prohibit", "prohibit"),
        ("(bird species) magpie", "magpie"),
        ("abbr. for 揚州|扬州[Yang2 zhou1]", ""),
        ("CL:個|个[ge4]", ""),
        ("surname Li", ""),
        ("to rely on sb for support", "rely on somebody for support"),
    ],
)
def test_glosses_are_cleaned(gloss, cleaned):
    assert clean(gloss) == cleaned


def test_synonyms_share_a_gloss():
    meanings = {"禁止": ("ban", "forbid"), "禁令": ("ban",), "武器": ("weapon",)}
    assert synonyms(meanings) == {"禁止": ("禁令",), "禁令": ("禁止",)}


def test_a_cloze_draw_takes_the_sentence_out_and_repeats_by_its_seed():
    parts = [[np.array([10 * n + k], dtype=np.int32) for k in range(3)] for n in range(1, 9)]
    feed = Cloze(parts, Rewording({}, {}, english=0.0, swapped=0.0), kept=0.0)
    one, two = (feed.draw(8, np.random.default_rng(5)) for _ in range(2))
    assert sorted(one.groups) == list(range(8))
    for query, passage in zip(one.queries, one.passages, strict=True):
        assert len(passage) == 2
        assert query[0] not in passage
    assert [q.tolist() for q in one.queries] == [q.tolist() for q in two.queries]


def test_what_is_noted_of_a_sentence_is_one_group_and_what_its_passage_leaves_open_is_not():
    from corpus import load_report
    from corpus.notes import load_notes

    report = load_report()
    notes = load_notes(report)
    groups = groups_of(report, notes)
    note = next(one for one in notes.by_passage.values() if one.gaps)
    asked = next(q for q in note.questions if q.sentence is not None)
    passage = next(one for one in report.passages if one.id == note.id)
    [group] = [one for one in groups if asked.text in one.same and note.gaps[0].text in one.other]
    start, end = passage.sentences[asked.sentence]
    assert passage.text[start:end] in group.same
    assert note.gloss[asked.sentence] in group.same
    assert not set(group.same) & set(group.other)
    subject = next(iter(notes.subjects.values()))
    assert Group(tuple(q.text for q in subject.questions)) in groups


def test_a_draw_of_notes_pairs_texts_of_one_group_and_adds_what_is_left_open(words):
    groups = [Group(("甲 乙", "丙"), ("丁",)), Group(("戊", "己")), Group(("庚",))]
    batch = Noted(words, groups).draw(10, np.random.default_rng(1))
    known = [{1, 2, 3}, {5, 6}]
    assert sorted(batch.groups) == [0, 1]
    for query, passage, n in zip(batch.queries, batch.passages, batch.groups, strict=False):
        assert {*query.tolist(), *passage.tolist()} <= known[n]
        assert query.tolist() != passage.tolist()
    assert [ids.tolist() for ids in batch.passages[2:]] == [[4], [4]]


def test_what_is_left_open_is_pushed_away():
    from index.training.learn import learn

    class Feed:
        def draw(self, size, rng):
            ids = [np.array([n], dtype=np.int32) for n in range(3)]
            return Batch([ids[0]], [ids[1], ids[2]], [0])

    start = np.ones((3, 8), dtype=np.float32)
    start[1:] += np.random.default_rng(0).standard_normal((2, 8)).astype(np.float32) / 10
    recipe = Recipe(batch=1, learning_rate=0.05, threads=1)
    found = learn(start, [(1.0, Feed())], 40, recipe)
    before, after = (one / np.linalg.norm(one, axis=1, keepdims=True) for one in (start, found))
    assert after[0] @ (after[1] - after[2]) > before[0] @ (before[1] - before[2]) + 0.1


def test_a_query_is_reworded_token_by_token():
    gloss = np.array([7, 8], dtype=np.int32)
    rewording = Rewording({1: [gloss]}, {}, english=1.0, swapped=0.0)
    query = np.array([1, 2], dtype=np.int32)
    assert rewording.apply(query, np.random.default_rng(0)).tolist() == [7, 8, 2]


def test_no_evaluation_file_is_a_training_source():
    names = {source.name for source in SOURCES}
    assert not names & {"cmrc2018_dev", "drcd_dev", "xquad_zh", "xquad_en"}
    assert set(QUESTIONS) | set(BITEXT) | {"laws", "cedict"} == names


def test_a_changed_training_file_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"cmrc2018_trial.*is missing"):
        verify(tmp_path)
    (tmp_path / "cmrc2018_trial.jsonl.gz").write_bytes(b"changed")
    with pytest.raises(ValueError, match="expected 9194864b"):
        verify(tmp_path)


def test_a_text_is_joined_over_its_line_breaks_and_cut_at_sentences(tmp_path):
    file = tmp_path / "text.txt"
    file.write_text("大会通过决\n\n议。\nhttps://example.org/a\n第二句。\n", encoding="utf-8")
    assert passages(file) == ["大会通过决议。第二句。"]
    lines = tmp_path / "text.jsonl"
    lines.write_text('{"text": "一段"}\n', encoding="utf-8")
    assert passages(lines) == ["一段"]


def test_training_draws_pairs_together_and_repeats_by_its_seed(capsys):
    from index.training.learn import learn

    ids = [np.array([n], dtype=np.int32) for n in range(40)]
    feed = Pairs(ids[:20], ids[20:], list(range(20)))
    start = np.random.default_rng(0).standard_normal((40, 8)).astype(np.float32)
    recipe = Recipe(batch=20, learning_rate=0.05, threads=1)
    one, two = (learn(start, [(1.0, feed)], 40, recipe) for _ in range(2))
    np.testing.assert_array_equal(one, two)
    assert _paired_cosine(one) > _paired_cosine(start) + 0.3


RUN = Run(Recipe(steps=5), (Text("mine.txt", "0" * 64),), (Text("n/m.notes.jsonl", "1" * 64),))
CHANGED = np.array([[0, 0], [1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)


@pytest.fixture
def words():
    """A tokenizer of single characters between spaces, 甲 being 1."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    known = {"[UNK]": 0} | {char: n for n, char in enumerate("甲乙丙丁戊己庚", start=1)}
    tokenizer = Tokenizer(models.WordLevel(known, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return tokenizer


@pytest.fixture
def trained(tmp_path):
    """A function that saves a model of three words with the given vectors."""
    from tokenizers import Tokenizer, models

    def save(name: str, matrix: np.ndarray) -> Path:
        words = {"[UNK]": 0, "甲": 1, "乙": 2, "丙": 3}
        tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
        save_model(tokenizer, matrix, RUN, tmp_path / name)
        return tmp_path / name

    return save


def test_a_saved_model_has_its_record_its_card_and_its_checksums(trained):
    folder = trained("one", CHANGED)
    assert load_record(folder) == Record(RUN)
    assert read_sums(folder) == sums(folder)
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert "--corpus mine.txt \\\n        --notes n --out" in text
    assert "steps 5," in text
    assert "Not measured yet." in text
    assert "has not been repeated" in text
    assert make_embeddings(str(folder)).embed_query("丙") == pytest.approx([0.6, 0.8], abs=1e-3)


def test_a_repeat_says_how_far_the_weights_and_the_figures_moved(trained):
    first = trained("one", CHANGED)
    asked = QuestionSet(
        "甲乙", ("甲", "丙"), (collection_of(plain_report(["甲", "乙"])),), ((0,), (1,))
    )
    same = compare(first, trained("two", CHANGED), [asked], "nothing")
    assert same == Repeat("nothing", True, 1.0, 0.0, 1.0, {"甲乙": (1.0, 1.0)})
    moved = CHANGED.copy()
    moved[3] = [0.8, 0.6]
    other = compare(first, trained("three", moved), [asked])
    assert (other.equal_files, other.equal_weights, other.mrr["甲乙"]) == (False, 0.75, (1.0, 0.75))
    assert (other.largest, other.cosine) == pytest.approx((0.2, 0.96), abs=1e-3)
    Record(RUN, (same, other)).save(first)
    assert load_record(first) == Record(RUN, (same, other))
    text = card(first)
    assert "| nothing | the same bytes | 100.0% | 0.0000 | 1.000000 | +0.0000 (甲乙) |" in text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"--out": "documents"}, "neither empty nor a model folder"),
        ({"--out": "documents/letter.txt"}, "is a file"),
        ({"--data": "nowhere"}, "cmrc2018_trial.jsonl.gz is missing"),
        ({"--notes": "documents"}, "holds no notes of the report A/72/344"),
    ],
)
def test_the_training_command_refuses_at_once_what_it_cannot_do(tmp_path, capsys, given, said):
    (tmp_path / "documents").mkdir()
    letter = tmp_path / "documents" / "letter.txt"
    letter.write_text("mine", encoding="utf-8")
    options = {"--data": "nowhere", "--out": "new"} | given
    arguments = [part for key, value in options.items() for part in (key, str(tmp_path / value))]
    assert train(arguments) == 2
    assert said in capsys.readouterr().err
    assert letter.read_text(encoding="utf-8") == "mine"


def test_a_line_of_a_corpus_without_text_is_named(tmp_path):
    file = tmp_path / "mine.jsonl"
    file.write_text('{"text": "一段"}\n{"body": "二段"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="line 2: expected"):
        passages(file)


def test_the_help_names_every_training_file(capsys):
    with pytest.raises(SystemExit):
        train(["--help"])
    told = capsys.readouterr().out
    assert [source.name for source in SOURCES if f"{source.name}.jsonl.gz" not in told] == []


def _paired_cosine(matrix: np.ndarray) -> float:
    unit = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    return float((unit[:20] * unit[20:]).sum(axis=1).mean())
