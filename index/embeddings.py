"""Embedding models as LangChain `Embeddings`: the shipped one without torch, others lazily."""

import hashlib
import json
import os
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT = str(Path(__file__).parent / "model")
Vectors = npt.NDArray[np.float32]
TABLE = "embedding.weight"
STATIC_MODULES = ("StaticEmbedding", "Normalize")
# What can run code when it is loaded.
UNSAFE = {".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".joblib", ".py", ".pyc", ".so"}
# Prompts that authors ask for and folders do not always state: family, query, passage. The first
# family that fits counts.
TASK = (
    "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"
)
PROMPTS = (
    (r"qwen3-embedding", TASK, ""),
    (r"\be5\b.*\binstruct", f"{TASK} ", ""),
    (r"\be5\b", "query: ", "passage: "),
    (r"\bbge\b.*\b(m3|noinstruct)\b", "", ""),
    (r"\bbge\b.*\bzh\b", "为这个句子生成表示以用于检索相关文章：", ""),
    (r"\bbge\b.*\ben\b", "Represent this sentence for searching relevant passages: ", ""),
)


class EmbeddingsError(ValueError):
    """A model cannot or must not be loaded; the message says why and what to do."""


def make_embeddings(name: str = DEFAULT) -> "VectorModel":
    """The model of a folder or of a name; without one, the model that ships with the product."""
    name = name or DEFAULT
    folder = Path(name).expanduser()
    if not folder.is_dir():
        return TransformerEmbeddings(name)
    _refuse_unsafe(folder)
    return StaticEmbeddings(folder) if _is_static(folder) else TransformerEmbeddings(str(folder))


class VectorModel(Embeddings):
    """LangChain's two methods over numpy ones, and what an index needs to know of a model."""

    @property
    def dimensions(self) -> int:
        """The width of the vectors."""
        raise NotImplementedError

    @property
    def fingerprint(self) -> str:
        """The model's identity as hex sha256: equal fingerprints give equal vectors."""
        raise NotImplementedError

    def encode(self, texts: list[str]) -> Vectors:
        """Unit vectors of passages, (n, dimensions), float32."""
        raise NotImplementedError

    def encode_queries(self, texts: list[str]) -> Vectors:
        """Unit vectors of questions, (n, dimensions), float32."""
        raise NotImplementedError

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of passages, as LangChain wants them."""
        vectors: list[list[float]] = self.encode(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, as LangChain wants it."""
        vector: list[float] = self.encode_queries([text])[0].tolist()
        return vector


def query_vector(model: Embeddings, text: str) -> Vectors:
    """The unit vector of a question, (dimensions,), by any model; zeros stay zeros."""
    if isinstance(model, VectorModel):
        vector = _float32(model.encode_queries([text])[0])
    else:
        vector = _float32(model.embed_query(text))
    return vector / (float(np.linalg.norm(vector)) or 1.0)


class StaticEmbeddings(VectorModel):
    """A StaticEmbedding folder of sentence-transformers, read with numpy and tokenizers alone.

    Vectors equal those of `SentenceTransformer.encode` within the rounding of fp16; a text without
    a known token gets zeros.
    """

    def __init__(self, folder: str | Path = DEFAULT) -> None:
        """Read the folder; `EmbeddingsError` when a file is missing or of the wrong shape."""
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        self.folder = Path(folder)
        try:
            weights = load_file(self.folder / "model.safetensors")
            self._tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        except OSError as error:
            raise EmbeddingsError(f"{self.folder} is not a model folder: {error}") from error
        if TABLE not in weights:
            raise EmbeddingsError(f"{self.folder}/model.safetensors lacks {TABLE!r}")
        # Rows stay in fp16 and are widened as they are used: half the memory, the same sums.
        self._table = weights[TABLE]
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    @property
    def dimensions(self) -> int:
        """The width of the vectors."""
        return int(self._table.shape[1])

    @cached_property
    def fingerprint(self) -> str:
        """sha256 over the names and bytes of the files that decide the vectors."""
        return _digest(self.folder)

    def encode(self, texts: list[str]) -> Vectors:
        """Unit vectors of the texts, (n, dimensions), float32; zeros for a text without tokens."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        encodings = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        for vector, encoding in zip(vectors, encodings, strict=True):
            if encoding.ids:
                self._table[encoding.ids].sum(axis=0, dtype=np.float32, out=vector)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        norms[norms == 0] = 1
        vectors /= norms
        return vectors

    def encode_queries(self, texts: list[str]) -> Vectors:
        """The same as `encode`: this model makes no difference between the two sides."""
        return self.encode(texts)


class TransformerEmbeddings(VectorModel):
    """Any sentence-transformers model, loaded at the first use, with its prompts applied."""

    def __init__(self, name: str) -> None:
        """Remember the name; nothing is imported or loaded yet."""
        self.name = name

    @cached_property
    def _model(self) -> "SentenceTransformer":
        """The loaded model; a wrong name fails at once instead of asking a hub in vain."""
        offline = os.environ.setdefault("HF_HUB_OFFLINE", "1").lower() not in {
            "0",
            "false",
            "no",
            "",
        }
        from sentence_transformers import SentenceTransformer

        try:
            model = SentenceTransformer(
                self.name,
                local_files_only=offline,
                trust_remote_code=False,
                model_kwargs={"use_safetensors": True},
            )
        except (OSError, ValueError) as error:
            raise EmbeddingsError(_cannot_load(self.name, offline, error)) from error
        _add_prompts(model, self.name)
        return model

    @property
    def dimensions(self) -> int:
        """The width of the vectors."""
        return int(self._model.get_embedding_dimension() or 0)

    @cached_property
    def fingerprint(self) -> str:
        """The hash of the folder's files and its family's prompts, or of the name and its own."""
        folder = Path(self.name).expanduser()
        if folder.is_dir():
            said = json.dumps([_digest(folder), _family_prompts(self.name)])
            return hashlib.sha256(said.encode()).hexdigest()
        said = json.dumps([self.name, self._model.prompts, self.dimensions], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()

    def encode(self, texts: list[str]) -> Vectors:
        """Unit vectors of passages, (n, dimensions), float32, with the passage prompt."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return _float32(self._model.encode_document(texts, normalize_embeddings=True))

    def encode_queries(self, texts: list[str]) -> Vectors:
        """Unit vectors of questions, (n, dimensions), float32, with the query prompt."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return _float32(self._model.encode_query(texts, normalize_embeddings=True))


def _refuse_unsafe(folder: Path) -> None:
    """Raise when a folder holds a file that could run code on loading."""
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in UNSAFE)
    if found:
        raise EmbeddingsError(
            f"refused: {found[0]} is a pickle or a program. Models are safetensors only; "
            "save the model with save_pretrained() or delete the file if model.safetensors is there"
        )


def _is_static(folder: Path) -> bool:
    """Whether the folder is a plain StaticEmbedding at its root, without prompts."""
    config = folder / "config_sentence_transformers.json"
    if not config.is_file() or not (folder / "modules.json").is_file():
        return False
    listed = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    modules = [module["type"].rpartition(".")[2] for module in listed]
    prompts = json.loads(config.read_text(encoding="utf-8")).get("prompts") or {}
    plain = modules[:1] == [STATIC_MODULES[0]] and set(modules) <= set(STATIC_MODULES)
    return plain and not any(prompts.values()) and TABLE in _tensor_names(folder)


def _tensor_names(folder: Path) -> set[str]:
    """The names in the header of model.safetensors; empty when there is no such file here."""
    path = folder / "model.safetensors"
    if not path.is_file():
        return set()
    with path.open("rb") as file:
        return set(json.loads(file.read(int.from_bytes(file.read(8), "little"))))


def _add_prompts(model: "SentenceTransformer", name: str) -> None:
    """Give the model its family's prompts, unless its own configuration states any."""
    if any(model.prompts.values()):
        return
    model.prompts.update(_family_prompts(name))


def _family_prompts(name: str) -> dict[str, str]:
    """The prompts for query and document of the family that a name belongs to, if any."""
    said = _said(name)
    for family, query, document in PROMPTS:
        if re.search(family, said):
            return {"query": query, "document": document}
    return {}


def _said(name: str) -> str:
    """What a name says of the model, in lower case: of a path, the folder's own name.

    In the cache of the hub the folder is a hash, and the model's name stands above it.
    """
    parts = Path(name).expanduser().absolute().parts
    cached = [part for part in parts if part.startswith("models--")]
    return (cached or parts)[-1].lower().replace("_", "-")


def _cannot_load(name: str, offline: bool, error: Exception) -> str:
    """What to say of a model that cannot be loaded, and what can be done."""
    folder = Path(name).expanduser()
    if folder.is_dir():
        return (
            f"cannot load the embedding model in the folder {name!r}: it must be one that "
            "sentence-transformers has saved, with modules.json, the tokenizer's files and "
            f"model.safetensors. ({error})"
        )
    where = "not in the local cache" if offline else "the hub did not give it"
    hint = ", or set HF_HUB_OFFLINE=0 to ask the hub" if offline else ""
    return (
        f"cannot load the embedding model {name!r}: it is no folder and {where}. Download it "
        "elsewhere and give the path of its folder "
        f"(DAFU_EMBEDDINGS=/path/to/folder){hint}. ({error})"
    )


def _digest(folder: Path) -> str:
    """sha256 over the relative names and the bytes of the files that decide the vectors."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".safetensors", ".json", ".txt", ".model"}:
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _float32(vectors: npt.ArrayLike) -> Vectors:
    return np.ascontiguousarray(vectors, dtype=np.float32)
