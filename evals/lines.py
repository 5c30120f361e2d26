"""JSON Lines on disk: a line ends with a line feed and nothing else."""

from pathlib import Path

from evals.types import EvalsError


def read_lines(path: Path) -> list[str]:
    """Return the lines of a file; raises ``EvalsError`` where it cannot be read.

    Not ``splitlines``: that also cuts at U+2028 and the like, which may stand inside a JSON string.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EvalsError(f"{path}: cannot be read: {error}") from error
    return text.removesuffix("\n").split("\n") if text else []
