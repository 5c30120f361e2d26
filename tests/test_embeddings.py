"""The embedding models: the shipped folder, its reading without torch, other models' prompts."""

import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from index.embeddings import (
    DEFAULT,
    EmbeddingsError,
    StaticEmbeddings,
    TransformerEmbeddings,
    make_embeddings,
)
from index.training.corpus_text import passages
from index.training.feeds import Cloze, Pairs
from index.training.folder import read_sums, sums
from index.training.lexicon import clean, synonyms
from index.training.rewording import Rewording
from index.training.sources import BITEXT, QUESTIONS, SOURCES, verify

FOLDER = Path(DEFAULT)
MEGABYTE = 1_000_000
TEXTS = [
    "防止恐怖分子获取大规模毁灭性武器的措施",
    "第1540（2004）号决议第 3 段",
    "How many conventions has Cuba ratified?",
    "聯合國安全理事會",
    "２０１７年 naïve Ωmega 🙂 龘",
    "挪威将于 2018 年 6 月在奥斯陆举行研讨会。" * 50,
]
IN_NEW_PROCESS = """
import sys
from index.embeddings import make_embeddings
assert len(make_embeddings().embed_query("问题")) > 0
print(sorted({"torch", "sentence_transformers", "transformers"} & set(sys.modules)))
"""


@pytest.fixture(scope="session")
def shipped() -> StaticEmbeddings:
    model = make_embeddings()
    assert isinstance(model, StaticEmbeddings)
    return model


@pytest.fixture(scope="session")
def st():
    """sentence_transformers, imported once: it takes seconds."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    return pytest.importorskip("sentence_transformers")


@pytest.fixture(scope="session")
def tiny(st, tmp_path_factory):
    """A function that saves a two-dimensional model in which prompts are visible in the vector."""
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    def save(name: str, prompts: dict[str, str] | None = None) -> str:
        words = {"[UNK]": 0, "text": 1, "query": 2, "passage": 3, "Instruct": 4, "Represent": 5}
        words["为这个句子生成表示以用于检索相关文章"] = 6
        tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.Split("：", "removed"), pre_tokenizers.Whitespace()]
        )
        rows = np.zeros((len(words), 7), dtype=np.float32)
        rows[np.arange(1, 7), np.arange(1, 7)] = 1
        module = StaticEmbedding(tokenizer, embedding_weights=rows)
        folder = tmp_path_factory.mktemp("models") / name
        st.SentenceTransformer(modules=[module], prompts=prompts, device="cpu").save(
            str(folder), create_model_card=False
        )
        return str(folder)

    return save


def test_the_shipped_vectors_equal_those_of_sentence_transformers(shipped, st):
    model = st.SentenceTransformer(DEFAULT, device="cpu")
    np.testing.assert_allclose(shipped.encode(TEXTS), model.encode(TEXTS), atol=2e-3)


def test_in_float32_they_are_equal_to_the_sixth_digit_empty_text_included(shipped, st):
    model = st.SentenceTransformer(DEFAULT, device="cpu").float()
    texts = [*TEXTS, "", "。"]
    np.testing.assert_allclose(shipped.encode(texts), model.encode(texts), atol=1e-6)


def test_answering_with_the_shipped_model_imports_no_torch():
    done = subprocess.run(
        [sys.executable, "-c", IN_NEW_PROCESS], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_an_empty_text_is_zeros_and_no_texts_are_no_rows(shipped):
    vectors = shipped.encode(["", "  ", "，。！", "武器"])
    assert vectors.dtype == np.float32
    assert not vectors[:3].any()
    assert np.linalg.norm(vectors[3]) == pytest.approx(1, abs=1e-6)
    assert shipped.encode([]).shape == (0, shipped.dimensions)
    assert shipped.embed_documents([]) == []


def test_traditional_characters_full_width_and_accents_make_no_difference(shipped):
    plain = shipped.encode(["联合国安全理事会关于核武器的第1540号决议", "cafe"])
    other = shipped.encode(["聯合國安全理事會關於核武器的第１５４０號決議", "Café"])
    np.testing.assert_array_equal(plain, other)


def test_an_english_question_finds_its_chinese_passage(shipped):
    passages = ["古巴批准了 18 项与恐怖主义有关的国际公约。", "港口装有探测辐射的设备。"]
    question = shipped.embed_query("How many treaties on terrorism has Cuba ratified?")
    assert np.argmax(shipped.encode(passages) @ np.array(question)) == 0


def test_equal_texts_have_equal_vectors_whatever_stands_beside_them(shipped):
    again = StaticEmbeddings(FOLDER)
    np.testing.assert_array_equal(shipped.encode(TEXTS)[2], again.encode([TEXTS[2]])[0])
    assert shipped.embed_query(TEXTS[2]) == again.embed_documents([TEXTS[2]])[0]
    assert shipped.fingerprint == again.fingerprint
    assert len(shipped.fingerprint) == 64


def test_the_folder_is_small_safe_and_as_its_checksums_say():
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 32 * MEGABYTE
    assert {path.suffix for path in files} <= {".safetensors", ".json", ".md", ""}
    assert read_sums(FOLDER) == sums(FOLDER)


def test_a_question_is_encoded_within_a_few_milliseconds(shipped):
    """The promise is 1 ms; the median of many leaves room for a busy machine."""
    spent = []
    for _ in range(50):
        began = time.perf_counter()
        shipped.encode(["挪威将于何时举行关于高浓铀的国际研讨会？"])
        spent.append(time.perf_counter() - began)
    assert sorted(spent)[25] < 0.005


def test_a_folder_with_a_pickle_or_a_program_is_refused(tmp_path):
    for name in ("pytorch_model.bin", "sub/weights.pkl", "modeling_custom.py", "old.ckpt"):
        folder = tmp_path / name.replace("/", "-")
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_bytes(b"")
        with pytest.raises(EmbeddingsError, match=r"refused: .*safetensors only"):
            make_embeddings(str(folder))


def test_a_folder_without_weights_is_an_error_that_names_it(tmp_path):
    with pytest.raises(EmbeddingsError, match="is not a model folder"):
        StaticEmbeddings(tmp_path)


def test_a_name_that_cannot_be_loaded_offline_names_the_folder_option(st):
    model = make_embeddings("nobody/no-such-model")
    assert isinstance(model, TransformerEmbeddings)
    with pytest.raises(EmbeddingsError, match=r"no-such-model.*DAFU_EMBEDDINGS=/path"):
        model.embed_query("问题")


def test_a_models_own_prompts_are_applied(tiny):
    model = make_embeddings(tiny("anything", {"query": "query ", "document": "passage "}))
    assert isinstance(model, TransformerEmbeddings)
    half = pytest.approx(0.7071, abs=1e-3)
    assert model.embed_query("text")[:4] == [0, half, half, 0]
    assert model.embed_documents(["text"])[0][:4] == [0, half, 0, half]
    assert model.encode(["text", "text"]).dtype == np.float32
    assert model.encode([]).shape == (0, 7)


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("multilingual-e5-small", "query: ", "passage: "),
        ("bge-small-zh-v1.5", "为这个句子生成表示以用于检索相关文章：", ""),
        ("bge-base-en-v1.5", "Represent this sentence for searching relevant passages: ", ""),
        ("bge-m3", "", ""),
        ("text2vec-base-chinese", "", ""),
    ],
)
def test_families_get_their_prompts_where_the_folder_states_none(tiny, name, query, passage):
    model = TransformerEmbeddings(tiny(name))
    plain = make_embeddings(tiny("plain"))
    np.testing.assert_allclose(model.encode(["text"]), plain.encode([f"{passage}text"]))
    np.testing.assert_allclose(model.encode_queries(["text"]), plain.encode([f"{query}text"]))


def test_qwen3_embedding_gets_its_instruction(tiny):
    model = TransformerEmbeddings(tiny("Qwen3-Embedding-0.6B"))
    model.embed_query("text")
    assert model._model.prompts["query"].startswith("Instruct: Given a web search query")
    assert model._model.prompts["document"] == ""


def test_a_stated_prompt_is_not_overruled_by_the_family(tiny):
    model = TransformerEmbeddings(tiny("my-e5", {"query": "Instruct ", "document": ""}))
    plain = make_embeddings(tiny("plain"))
    np.testing.assert_allclose(model.encode_queries(["text"]), plain.encode(["Instruct text"]))


def test_models_of_one_folder_share_a_fingerprint_and_others_do_not(tiny):
    one = tiny("one")
    assert make_embeddings(one).fingerprint == make_embeddings(one).fingerprint
    assert make_embeddings(one).fingerprint != make_embeddings().fingerprint


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


def test_training_draws_pairs_together_and_repeats_by_its_seed(st, capsys):
    from index.training.learn import learn
    from index.training.recipe import Recipe

    ids = [np.array([n], dtype=np.int32) for n in range(40)]
    feed = Pairs(ids[:20], ids[20:], list(range(20)))
    start = np.random.default_rng(0).standard_normal((40, 8)).astype(np.float32)
    recipe = Recipe(batch=20, learning_rate=0.05, threads=1)
    one, two = (learn(start, [(1.0, feed)], 40, recipe) for _ in range(2))
    np.testing.assert_array_equal(one, two)
    assert _paired_cosine(one) > _paired_cosine(start) + 0.3


def _paired_cosine(matrix: np.ndarray) -> float:
    unit = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    return float((unit[:20] * unit[20:]).sum(axis=1).mean())
