"""The acts and stances that questions ask for, read from ``acts.toml``."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cue:
    """How questions ask for an act; ``alike`` answer the same question, ``against`` oppose it.

    The cue of a ``thing`` names what was done (an exercise), not only the doing of it (taking
    part): a fact must be such an act, or speak of such a thing. Where it is ``decisive`` the notes
    record every such act, and nobody else has done it.
    """

    act: str
    pattern: re.Pattern[str]
    alike: tuple[str, ...]
    against: tuple[str, ...]
    thing: bool
    decisive: bool


_DATA = tomllib.loads((Path(__file__).parent / "acts.toml").read_text(encoding="utf-8"))
CUES = tuple(
    Cue(
        act,
        re.compile(one["cue"]),
        tuple(one.get("with", ())),
        tuple(one.get("against", ())),
        one.get("thing", False),
        one.get("decisive", False),
    )
    for act, one in _DATA.items()
)


def acts_asked(text: str) -> tuple[Cue, ...]:
    """Return the cues of the acts that a normalised question asks for."""
    return tuple(cue for cue in CUES if cue.pattern.search(text))
