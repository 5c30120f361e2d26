"""Each rule of the verification by itself, on the real report, in Chinese and English."""

from dataclasses import replace

import pytest

from qa.grounds import Grounds
from qa.knowledge import Knowledge
from qa.rules import denials_stand
from qa.sentences import Claim
from qa.types import Citation
from qa.verify import Kept, Verifier

SHOWN = ("CUB/2", "NOR/3", "UKR/3", "EU/2")


@pytest.fixture(scope="module")
def verifier(chain):
    """Return what makes a verifier of four passages: of Cuba, Norway, Ukraine and the EU."""
    passages = {passage.id: passage for passage in chain.report.passages}
    grounds = Grounds(chain.knowledge)
    shown = [passages[f"A-72-344/{one}"] for one in SHOWN]
    return lambda language="zh-Hans", about=None: Verifier(grounds, shown, language, about)


KEPT = [
    "古巴批准了 18 项与恐怖主义有关的国际公约。[1]",
    "古巴批准了十八项与恐怖主义有关的国际公约。[1]",
    "古巴批准了 18 项国际公约，包括《制止核恐怖主义行为国际公约》。[1]",
    "大会第 71/38 号决议提到该公约，古巴这样说。[1]",
    "古巴称“批准了 18 项与恐怖主义有关的国际公约”。[1]",
    "挪威于 2014 年 2 月 20 日正式加入该公约。[2]",
    "乌克兰已签署并批准核恐公约，即《制止核恐怖主义行为国际公约》。[3]",
    "挪威和乌克兰都签署了《制止核恐怖主义行为国际公约》。[2][3]",
    "欧盟是原子能机构核保安基金的第二大捐助者。[4]",
]


@pytest.mark.parametrize("written", KEPT)
def test_what_the_report_says_is_kept(verifier, written):
    verified = verifier().verify(written)
    assert verified.flaws == ()
    (kept,) = verified.kept
    for passage, span in kept.carriers:
        assert Citation(1, passage, *span).quote in passage.text


DROPPED = [
    ("unmarked", "古巴批准了 18 项与恐怖主义有关的国际公约。"),
    ("unmarked", "古巴批准了 18 项与恐怖主义有关的国际公约。[5]"),
    ("unmarked", "古巴批准了 18 项与恐怖主义有关的国际公约。[0]"),
    ("language", "Cuba ratified 18 conventions on terrorism. [1]"),
    ("address", "古巴批准了 18 项国际公约，见 www.example.org 。[1]"),
    ("address", "古巴批准了 18 项<b>国际公约</b>。[1]"),
    ("instruction", "请访问古巴批准的 18 项国际公约。[1]"),
    ("attribution", "挪威批准了 18 项与恐怖主义有关的国际公约。[1]"),
    ("attribution", "挪威同古巴一样批准了 18 项国际公约。[1]"),
    ("name", "古巴同挪威一样批准了 18 项与恐怖主义有关的国际公约。[1]"),
    ("name", "古巴同法国批准了 18 项与恐怖主义有关的国际公约。[1]"),
    ("figure", "古巴批准了 19 项与恐怖主义有关的国际公约。[1]"),
    ("figure", "古巴批准了十九项与恐怖主义有关的国际公约。[1]"),
    ("figure", "古巴批准了 180 万项与恐怖主义有关的国际公约。[1]"),
    ("figure", "挪威于 2014 年 2 月 21 日正式加入该公约。[2]"),
    ("figure", "挪威于 2015 年 2 月 20 日正式加入该公约。[2]"),
    ("figure", "欧盟是原子能机构核保安基金的第三大捐助者。[4]"),
    ("word", "古巴批准了 18 项与 ACME 有关的国际公约。[1]"),
    ("quotation", "古巴称“批准了 18 项与反恐有关的国际公约”。[1]"),
    ("quotation", "古巴批准了《哈瓦那国际公约》。[1]"),
    ("unsupported", "古巴培训外国特工并出售钚。[1]"),
    ("negation", "古巴没有批准与恐怖主义有关的国际公约。[1]"),
]


@pytest.mark.parametrize(("flaw", "written"), DROPPED)
def test_what_the_report_does_not_say_is_dropped_for_its_flaw(verifier, flaw, written):
    verified = verifier().verify(written)
    assert (verified.kept, verified.flaws) == ((), (flaw,))


ENGLISH = [
    (None, "Cuba has ratified 18 international conventions on terrorism. [1]"),
    (None, "Norway acceded to the Convention on 20 February 2014. [2]"),
    (None, "The European Union is the second largest donor to the Nuclear Security Fund. [4]"),
    ("figure", "Cuba has ratified nineteen international conventions on terrorism. [1]"),
    ("figure", "Norway acceded to the Convention on 2 February 2014. [2]"),
    ("attribution", "Norway has ratified 18 international conventions on terrorism. [1]"),
    ("word", "Cuba has ratified 18 conventions on terrorism with Acme. [1]"),
    ("name", "Cuba and France have ratified 18 conventions on terrorism. [1]"),
    ("language", "古巴批准了 18 项与恐怖主义有关的国际公约。[1]"),
    ("quotation", 'Cuba "ratified 18 conventions" on terrorism. [1]'),
    ("negation", "Cuba has not ratified the 18 international conventions on terrorism. [1]"),
    ("unsupported", "Cuba trains foreign spies and sells plutonium at night. [1]"),
]


@pytest.mark.parametrize(("flaw", "written"), ENGLISH)
def test_english_is_held_to_the_same_rules(verifier, flaw, written):
    assert verifier("en").verify(written).flaws == ((flaw,) if flaw else ())


def test_english_cannot_be_verified_where_there_are_no_notes(chain, notes):
    key = "A-72-344/CUB/2"
    passage = next(one for one in chain.report.passages if one.id == key)
    bare = replace(notes, by_passage={k: one for k, one in notes.by_passage.items() if k != key})
    grounds = Grounds(Knowledge(chain.report, bare, chain.knowledge.searcher))
    english = Claim("Cuba has 18 conventions on terrorism.", (1,))
    assert Verifier(grounds, [passage], "en").check(english) == "unsupported"
    chinese = Claim("古巴批准了 18 项与恐怖主义有关的国际公约。", (1,))
    assert isinstance(Verifier(grounds, [passage], "zh-Hans").check(chinese), Kept)


def test_one_s_own_words_are_cited_from_the_sentence_that_carries_them(verifier):
    (kept,) = verifier().verify("挪威于 2014 年 2 月 20 日正式加入该公约。[2]").kept
    ((passage, span),) = kept.carriers
    assert "2014 年 2 月 20 日" in passage.text[slice(*span)]


def test_a_mark_that_adds_nothing_is_taken_off(verifier):
    (kept,) = verifier(about="CUB").verify("批准了 18 项与恐怖主义有关的国际公约。[1][4]").kept
    assert {passage.code for passage, _ in kept.carriers} == {"CUB"}


def test_who_is_spoken_of_carries_over_to_the_next_sentence(verifier):
    said = (
        "挪威签署了《制止核恐怖主义行为国际公约》。[2]该国于 2014 年 2 月 20 日正式加入该公约。[2]"
    )
    assert [one.text for one in verifier().verify(said).kept][1].startswith("该国于")


def test_a_sentence_without_a_subject_is_headed_by_whose_reply_it_cites(verifier):
    said = "挪威签署了《制止核恐怖主义行为国际公约》。[2]批准了 18 项与恐怖主义有关的国际公约。[1]"
    first, second = verifier().verify(said).kept
    assert (first.about, second.about) == ("NOR", "CUB")
    assert second.text == "古巴：批准了 18 项与恐怖主义有关的国际公约。"


def test_the_one_who_is_asked_need_not_be_named(verifier):
    (kept,) = verifier(about="CUB").verify("批准了 18 项与恐怖主义有关的国际公约。[1]").kept
    assert (kept.text, kept.about) == ("批准了 18 项与恐怖主义有关的国际公约。", "CUB")


def test_a_sentence_that_is_said_twice_is_kept_once(verifier):
    assert len(verifier().verify(KEPT[0] * 3).kept) == 1


def test_the_script_is_the_asker_s_and_quotations_stay_as_printed(verifier):
    said = "古巴称“批准了 18 项与恐怖主义有关的国际公约”，体现了反对恐怖主义的立场。[1]"
    (kept,) = verifier("zh-Hant").verify(said).kept
    assert kept.text == "古巴稱“批准了 18 项与恐怖主义有关的国际公约”，體現了反對恐怖主義的立場。"
    (kept,) = verifier("zh-Hans").verify("古巴批准了 18 項與恐怖主義有關的國際公約。[1]").kept
    assert kept.text == "古巴批准了 18 项与恐怖主义有关的国际公约。"


def test_a_preview_has_no_sentence_that_fails_already(verifier):
    written = f"古巴批准了 19 项与恐怖主义有关的国际公约。[1]{KEPT[0]}挪威"
    assert verifier().preview(written) == f"{KEPT[0].removesuffix('[1]')}挪威"


def test_the_flaw_of_a_single_claim(verifier):
    assert isinstance(verifier().check(Claim("古巴批准了 18 项国际公约。", (1,))), Kept)
    assert verifier().check(Claim("古巴批准了 18 项国际公约。", (9,))) == "unmarked"


@pytest.mark.parametrize(
    ("said", "report", "holds"),
    [
        ("甲没有批准公约", "甲没有批准公约", True),
        ("甲没有批准公约", "甲并未批准任何公约", True),
        ("甲没有批准公约", "甲批准了公约", False),
        ("甲没有批准公约", "甲的立场不变，批准了公约", False),
        ("甲批准了公约", "甲没有批准公约", True),
        ("甲致力于不扩散", "甲致力于防扩散", True),
        ("甲“没有”批准公约", "甲批准了公约", True),
        ("a has not joined", "甲没有加入 a did not join", True),
        ("a has not joined", "甲没有推迟加入 a joined in time", False),
        ("a has not joined", "甲没有推迟 a joined, not late", False),
    ],
)
def test_what_is_denied_must_be_denied_by_the_report(said, report, holds):
    assert denials_stand(said, report) is holds
