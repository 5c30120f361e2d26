"""The embedding models: the shipped folder, its reading without torch, other models' prompts."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.embeddings import (
    DEFAULT,
    TASK,
    EmbeddingsError,
    StaticEmbeddings,
    TransformerEmbeddings,
    make_embeddings,
)
from index.training.folder import read_sums, sums

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


def tiny_transformer(st, folder: Path, name: str) -> str:
    """A BERT of one layer with fixed random weights, saved under a name."""
    import torch
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    body, saved = folder / f"{name}-body", folder / name
    body.mkdir()
    letters = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"条约为这个句子生成表示以用于检索"]
    (body / "vocab.txt").write_text("\n".join(letters), encoding="utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(letters),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=8,
    )
    BertModel(config).save_pretrained(body)
    BertTokenizerFast(vocab_file=str(body / "vocab.txt")).save_pretrained(body)
    transformer = Transformer(str(body))
    modules = [transformer, Pooling(transformer.get_embedding_dimension())]
    model = st.SentenceTransformer(modules=modules, device="cpu")
    model.save(str(saved), create_model_card=False)
    return str(saved)


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
    assert {path.suffix for path in files} <= {".safetensors", ".json", ".jsonl", ".md", ""}
    assert read_sums(FOLDER) == sums(FOLDER)


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


def test_a_folder_that_is_no_model_is_said_to_be_one(st, tmp_path):
    with pytest.raises(EmbeddingsError, match=r"in the folder .*modules\.json"):
        make_embeddings(str(tmp_path)).embed_query("问题")


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
        ("bge-large-zh-noinstruct", "", ""),
        ("multilingual-e5-large-instruct", f"{TASK} ", ""),
        ("Qwen3-Embedding-0.6B", TASK, ""),
        ("models--intfloat--e5-base/snapshots/0123abcd", "query: ", "passage: "),
        ("e5/text2vec-large-chinese", "", ""),
        ("text2vec-base-chinese", "", ""),
    ],
)
def test_families_get_their_prompts_where_the_folder_states_none(tiny, name, query, passage):
    model = TransformerEmbeddings(tiny(name))
    plain = make_embeddings(tiny("plain"))
    np.testing.assert_allclose(model.encode(["text"]), plain.encode([f"{passage}text"]))
    np.testing.assert_allclose(model.encode_queries(["text"]), plain.encode([f"{query}text"]))


def test_a_stated_prompt_is_not_overruled_by_the_family(tiny):
    model = TransformerEmbeddings(tiny("my-e5", {"query": "Instruct ", "document": ""}))
    plain = make_embeddings(tiny("plain"))
    np.testing.assert_allclose(model.encode_queries(["text"]), plain.encode(["Instruct text"]))


def test_the_prompts_are_part_of_the_fingerprint(tiny, tmp_path):
    first, second = tmp_path / "one", tmp_path / "e5-one"
    shutil.copytree(tiny("one"), first)
    shutil.copytree(first, second)
    assert make_embeddings(str(first)).fingerprint == make_embeddings(str(first)).fingerprint
    with_prompts = TransformerEmbeddings(str(second)).fingerprint
    assert TransformerEmbeddings(str(first)).fingerprint != with_prompts


def test_a_transformer_folder_made_on_the_spot_is_encoded_with_its_prompts(st, tmp_path):
    folder = tiny_transformer(st, tmp_path, "bge-small-zh-v1.5")
    plain = tiny_transformer(st, tmp_path, "plain")
    model, bare = make_embeddings(folder), make_embeddings(plain)
    assert isinstance(model, TransformerEmbeddings)
    question, prompt = "条约", "为这个句子生成表示以用于检索相关文章："
    np.testing.assert_allclose(
        model.encode_queries([question]), bare.encode([prompt + question]), atol=1e-6
    )
    np.testing.assert_allclose(model.encode([question]), bare.encode([question]), atol=1e-6)
    assert np.abs(model.encode([question]) - model.encode_queries([question])).max() > 1e-3


def test_models_of_one_folder_share_a_fingerprint_and_others_do_not(tiny):
    one = tiny("one")
    assert make_embeddings(one).fingerprint == make_embeddings(one).fingerprint
    assert make_embeddings(one).fingerprint != make_embeddings().fingerprint
