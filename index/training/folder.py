"""The model folder: an ordinary sentence-transformers model with a card and checksums."""

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from index.benchmark import results
from index.training import card, record

Matrix = npt.NDArray[np.float32]
SUMS = "SHA256SUMS"
MODULES = "modules.json"
# What is said of the model, which is measured on the finished one.
SAID = {SUMS, card.FILE, record.FILE, results.FILE}


def check_place(folder: Path) -> None:
    """Raise ValueError where saving a model would replace something else than a model."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MODULES).is_file():
        raise ValueError(f"{folder} is neither empty nor a model folder: it will not be replaced")
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is a file; give the folder to write")
    folder.absolute().parent.mkdir(parents=True, exist_ok=True)


def save_model(tokenizer: Tokenizer, matrix: Matrix, run: record.Run, folder: Path) -> None:
    """Write StaticEmbedding + Normalize in fp16, the record of the run and the card.

    What was in the folder is replaced; it is written aside and renamed, so that readers see the old
    model or the new one.
    """
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Normalize
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    aside = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(aside, ignore_errors=True)
    static = StaticEmbedding(tokenizer, embedding_weights=matrix.astype(np.float16))
    model = SentenceTransformer(modules=[static, Normalize()], device="cpu")
    model.save(str(aside), create_model_card=False)
    # Without indentation: a third of the size.
    tokenizer.save(str(aside / "tokenizer.json"), pretty=False)
    (aside / "model.safetensors").chmod(0o644)
    record.Record(run).save(aside)
    card.write_card(aside)
    write_sums(aside)
    old = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    aside.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def sums(folder: Path) -> dict[str, str]:
    """Relative name -> sha256 of every file that is the model; the card and its sources are not."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in SAID
    }


def write_sums(folder: Path) -> None:
    """Write the checksums in the form that `sha256sum -c` reads."""
    lines = [f"{digest}  {name}\n" for name, digest in sums(folder).items()]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def read_sums(folder: Path) -> dict[str, str]:
    """The list as written: relative name -> sha256."""
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def describe(folder: Path) -> dict[str, int]:
    """Rows, dimensions and bytes of a saved model."""
    with (folder / "model.safetensors").open("rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    rows, dimensions = header["embedding.weight"]["shape"]
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {"rows": rows, "dimensions": dimensions, "bytes": size}
