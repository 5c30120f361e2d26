"""What people write short, written out: 16年 for 2016年, the US for the United States."""

import re

_YEAR = re.compile(
    r"(?<![\d年月.])(?<![近过这了后前每第约满达足判隔用花])([01]\d)年"
    r"(?=[的那这和与跟及到至底初春夏秋冬通签举办，,、？?。]|\d{1,2}月|$)"
)
"""A year of this century by its last two digits."""
_US = re.compile(r"\bU\.?S\.?(?:A\b\.?)?(?![\w.$])(?! ?(?:\$|[Dd]ollars?))")


def written_out(text: str) -> str:
    """Return a question with short years and the United States written out."""
    return _US.sub("United States", _YEAR.sub(r"20\1年", text))
