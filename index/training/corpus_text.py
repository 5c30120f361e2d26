"""A user's own text cut into passages for adaptation."""

import json
import re
from pathlib import Path

from index.training.feeds import sentences

NOT_PROSE = re.compile(r"^\s*(https?://\S+|[\d/_\-. ]*)\s*$")
BETWEEN_HAN = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
LONGEST = 300


def passages(file: Path) -> list[str]:
    """The passages of a file: the `text` of each line of a .jsonl, else sentences in groups.

    Plain text is joined first, since a text taken from a PDF breaks lines inside sentences.
    ValueError names the line of a .jsonl that has no text.
    """
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".jsonl":
        return [
            _text(line, f"{file}, line {number}")
            for number, line in enumerate(text.split("\n"), 1)
            if line.strip()
        ]
    lines = [line.strip() for line in text.splitlines() if not NOT_PROSE.match(line)]
    groups = [""]
    for sentence in sentences(BETWEEN_HAN.sub("", " ".join(lines))):
        if groups[-1] and len(groups[-1]) + len(sentence) > LONGEST:
            groups.append("")
        groups[-1] += sentence
    return [group for group in groups if group]


def _text(line: str, place: str) -> str:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"{place}: not JSON: {error}") from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise ValueError(f'{place}: expected {{"text": "…"}}')
    return str(record["text"])
