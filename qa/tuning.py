"""The engine's weights and thresholds, read from ``tuning.toml``."""

import tomllib
from pathlib import Path

_DATA = tomllib.loads((Path(__file__).parent / "tuning.toml").read_text(encoding="utf-8"))

EVIDENCE: dict[str, float] = _DATA["evidence"]
SUPPORT: dict[str, float] = _DATA["support"]
REFUSAL: dict[str, float] = _DATA["refusal"]
LOOKUP: dict[str, float] = _DATA["lookup"]
BESIDE: dict[str, float] = _DATA["beside"]
FOLLOW_UP: dict[str, float] = _DATA["follow-up"]
LEAD: dict[str, float] = _DATA["lead"]
SURVEY: dict[str, float] = _DATA["survey"]["own"]
SURVEY_BEHIND: dict[str, float] = _DATA["survey"]["behind"]
SURVEY_HEARD: dict[str, float] = _DATA["survey"]["heard"]
SUBJECT: dict[str, float] = _DATA["subject"]
COMPARISON: dict[str, float] = _DATA["comparison"]
VERIFY: dict[str, float] = _DATA["verify"]
