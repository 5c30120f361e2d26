"""A report loaded from its folder: text, sidecar, parse and checksum."""

import hashlib
from functools import cache
from pathlib import Path

from corpus.catalogue import load_catalogue
from corpus.parser import parse
from corpus.types import CorpusError, Report

REPORTS = Path(__file__).parent / "reports"
DEFAULT = "A-72-344.zh"


@cache
def load_report(name: str = DEFAULT, folder: Path = REPORTS) -> Report:
    """Return the report ``<name>.txt`` with its sidecar ``<name>.toml``, checked throughout.

    Raises ``CorpusError`` when a file is missing or damaged, or the parse does not add up.
    """
    text_path, sidecar = folder / f"{name}.txt", folder / f"{name}.toml"
    for path in (text_path, sidecar):
        if not path.is_file():
            known = ", ".join(_names(folder)) or "none"
            raise CorpusError(f"{path.name} is not in {folder.name}/; reports there: {known}")
    catalogue = load_catalogue(sidecar)
    data = text_path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CorpusError(f"{text_path.name}, line {line}: not UTF-8") from error
    replies = parse(text, catalogue)
    digest = hashlib.sha256(data).hexdigest()
    if digest != catalogue.sha256:
        raise CorpusError(
            f"{text_path.name}: expected sha256 {catalogue.sha256}, found {digest}; "
            "the text was changed, though it still parses"
        )
    return Report(
        symbol=catalogue.symbol,
        title=catalogue.title,
        title_en=catalogue.title_en,
        language=catalogue.language,
        session=catalogue.session,
        agenda_title=catalogue.agenda_title,
        job_number=catalogue.job_number,
        closing_date=catalogue.closing_date,
        sha256=digest,
        introduction=catalogue.introduction,
        groups=catalogue.groups,
        replies=replies,
    )


def _names(folder: Path) -> list[str]:
    """Return the reports of a folder: each text that has a sidecar of the same stem."""
    return sorted(path.stem for path in folder.glob("*.toml") if path.with_suffix(".txt").is_file())
