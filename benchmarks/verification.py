"""``python -m benchmarks.verification``: what the verification of generated answers lets pass.

The reference answers of the development suites, sentence by sentence, against the passages that
hold their gold, which should pass, and against other passages, which should not.
"""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpus import Passage
from evals.suite import load_suite
from evals.types import Case
from qa.chain import Dafu, open_chain
from qa.grounds import Grounds
from qa.language import language_of
from qa.sentences import Claim, claims_of
from qa.settings import Settings
from qa.verify import Kept, Verifier

SUITES = Path(__file__).parent.parent / "evals" / "suites"
OTHERS = 3
"""Other passages that each sentence is held against."""


def main() -> None:
    """Print how many sentences pass, and for which flaws the others fail."""
    chain = open_chain(Settings())
    own: Counter[str] = Counter()
    other: Counter[str] = Counter()
    chance = random.Random(0)
    for case, gold, rest in cases(chain):
        for claim in claims_of(case.reference):
            own[verdict(chain, claim, gold)] += 1
            for passage in chance.sample(rest, OTHERS):
                other[verdict(chain, claim, [passage])] += 1
    for name, found in (("gold passages", own), ("other passages", other)):
        print(f"{name}: {found['kept']} of {found.total()} sentences pass;", dict(found))


def cases(chain: Dafu) -> Iterator[tuple[Case, list[Passage], list[Passage]]]:
    """Yield the cases of one or few respondents with the passages of their gold and the others."""
    passages = [one for one in chain.report.passages if one.kind != "header"]
    for path in sorted(SUITES.glob("*.dev*.jsonl")):
        for case in load_suite(path):
            wanted = ["".join(text.split()) for text in case.gold]
            gold = [
                one for one in passages if any(text in "".join(one.text.split()) for text in wanted)
            ]
            if case.kind not in ("survey", "metadata", "table") and case.reference and gold:
                yield case, gold, [one for one in passages if one not in gold]


def verdict(chain: Dafu, claim: Claim, shown: list[Passage]) -> str:
    """Return ``kept`` or the flaw of a sentence that cites all the passages shown.

    References are in Chinese for some English questions: a sentence answers in its own language.
    """
    codes = {passage.code for passage in shown}
    about = codes.pop() if len(codes) == 1 else None
    verifier = Verifier(Grounds(chain.knowledge), shown, language_of(claim.text), about)
    marks = tuple(range(1, len(shown) + 1))
    result = verifier.check(Claim(claim.text, marks), about)
    return "kept" if isinstance(result, Kept) else result


if __name__ == "__main__":
    main()
