"""The notes: every passage covered, every name linked, no invented number, no wording copied."""

import json
import re
import shutil
from dataclasses import replace

import pytest

from corpus import CorpusError, load_report
from corpus.notes import load_notes, text_hash
from corpus.notes_checks import named_entities, problems, unknown_forms
from corpus.notes_types import ExpectedQuestion, Fact, Notes
from corpus.report import REPORTS

REPORT = load_report()
NOTES = load_notes(REPORT)
NAME = "A-72-344.zh"
PASSAGES = {passage.id.removeprefix("A-72-344/"): passage for passage in REPORT.passages}


def note(short):
    return NOTES.by_passage[f"A-72-344/{short}"]


def flaws(short, **changes):
    """What the checks say of a note changed in one respect."""
    return problems(replace(note(short), **changes), PASSAGES[short], NOTES)


@pytest.fixture
def folder(tmp_path):
    for path in REPORTS.glob(f"{NAME}*"):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path


def rewrite(folder, position, **changes):
    path = folder / f"{NAME}.notes.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[position] = json.dumps({**json.loads(lines[position]), **changes}, ensure_ascii=False)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_every_passage_has_a_note_in_printed_order():
    assert list(NOTES.by_passage) == [passage.id for passage in REPORT.passages]
    assert NOTES.of("A-72-344/MEX/12") == note("MEX/12")
    assert NOTES.of("A-72-344/MEX/99") is None


@pytest.mark.parametrize("short", PASSAGES)
def test_a_note_links_every_name_and_invents_and_copies_nothing(short):
    passage = PASSAGES[short]
    assert note(short).hash == text_hash(passage)
    assert problems(note(short), passage, NOTES) == []
    assert unknown_forms(passage, NOTES) == []


def test_every_note_has_topics_and_a_paraphrase_and_every_line_of_gloss_is_english():
    for one in NOTES.by_passage.values():
        assert 1 <= len(one.topics) <= 4, one.id
        assert len(set(one.topics)) == len(one.topics), one.id
        assert one.paraphrase.strip(), one.id
        for line in one.gloss:
            assert line.strip(), one.id
            assert not re.search(r"[\u3400-\u9fff]", line), one.id


def test_every_passage_with_content_has_facts_and_traditional_script_is_common():
    content = [short for short, passage in PASSAGES.items() if passage.kind != "header"]
    assert all(note(short).facts for short in content)
    hant = [short for short in content if any(q.lang == "zh-Hant" for q in note(short).questions)]
    assert len(hant) >= len(content) / 2


def test_no_two_passages_have_the_same_question():
    texts = [one.text for found in NOTES.by_passage.values() for one in found.questions]
    assert len(set(texts)) == len(texts)


def test_dates_of_facts_are_dates_or_ranges_of_years():
    shape = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?|\d{4}/\d{4}")
    for one in NOTES.by_passage.values():
        for fact in one.facts:
            assert fact.when is None or shape.fullmatch(fact.when), (one.id, fact)


def test_vocabularies_are_small_and_all_of_them_are_used():
    topics = {topic for one in NOTES.by_passage.values() for topic in one.topics}
    acts = {fact.act for one in NOTES.by_passage.values() for fact in one.facts}
    objects = {fact.object for one in NOTES.by_passage.values() for fact in one.facts}
    assert topics == set(NOTES.topics)
    assert len(topics) <= 40
    assert acts == set(NOTES.acts)
    reports = {one.id for one in NOTES.entities.values() if one.kind != "respondent"}
    assert reports - objects == set()


def test_a_survey_can_be_answered_from_the_facts():
    def codes(entity, *acts):
        found = NOTES.facts_about(entity)
        return {id_.split("/")[1] for id_, fact in found if fact.act in acts}

    assert codes("icsant", "ratified", "is-party") == {"CUB", "NOR", "UKR", "CIS"}
    assert codes("npt", "is-party", "calls-for", "supports") >= {"IRN", "NATO", "CSTO"}
    assert codes("nuclear-security-fund", "contributed-funds") == {"NOR", "EU"}


def test_a_short_form_means_what_its_reply_means_by_it():
    assert named_entities(PASSAGES["CUB/2"], NOTES)["icsant"]
    assert "sua-convention" in named_entities(PASSAGES["IMO/3"], NOTES)
    assert "icsant" not in named_entities(PASSAGES["IMO/3"], NOTES)
    assert set(named_entities(PASSAGES["UKR/1"], NOTES)) >= {"iaea", "osce"}
    assert named_entities(PASSAGES["ARG/0"], NOTES) == {}


def test_an_invented_number_is_found_in_gloss_and_fact():
    assert flaws("UKR/3", gloss=("Ukraine ratified the Convention in 2006.",)) == [
        "A-72-344/UKR/3: the gloss has 2006, its sentence has not"
    ]
    fact = Fact("ratified", "icsant", "公约", "2006-05", None, 0, False)
    assert "has 2006" in "".join(flaws("UKR/3", facts=(fact,)))
    fact = Fact("hosted-event", "icons-2016", "会议", None, "2100", 0, False)
    assert "has 2100, its sentence has not" in "".join(flaws("IAEA/7", facts=(fact,)))


def test_an_unlinked_name_a_copied_wording_and_a_missing_language_are_found():
    text = PASSAGES["UKR/3"].text
    assert "no fact has icsant" in "".join(flaws("UKR/3", facts=()))
    assert "copies" in "".join(flaws("UKR/3", paraphrase=text))
    hans = tuple(ExpectedQuestion("zh-Hans", f"第{word}个问法？") for word in "甲乙丙丁")
    assert flaws("UKR/3", questions=hans) == ["A-72-344/UKR/3: no English question"]


def test_without_notes_there_are_none_and_nothing_fails(folder):
    (folder / f"{NAME}.notes.jsonl").unlink()
    assert load_notes(REPORT, folder) == Notes()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"hash": "0" * 16}, "A-72-344/ARG/1: the note is for a text with hash 0000"),
        ({"id": "A-72-344/ARG/99"}, "A-72-344/ARG/99: noted, but no passage"),
        ({"id": "A-72-344/ARG/0"}, "line 6: a second record for A-72-344/ARG/0"),
        ({"gloss": ["One line."]}, "A-72-344/ARG/1: 1 gloss lines for 2 sentences"),
        ({"topics": ["football"]}, "A-72-344/ARG/1: unknown topic 'football'"),
        ({"questions": [{"text": "?"}]}, "line 6: .*lang"),
    ],
)
def test_a_damaged_record_is_named(folder, changes, message):
    rewrite(folder, 5, **changes)
    with pytest.raises(CorpusError, match=message):
        load_notes(REPORT, folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"act": "sang"}, "unknown act 'sang'"),
        ({"object": "atlantis"}, "unknown entity 'atlantis'"),
        ({"sentence": 9}, "a fact for sentence 9 of 2"),
    ],
)
def test_a_fact_outside_the_vocabularies_or_the_passage_is_named(folder, change, message):
    fact = {"act": "supports", "object": None, "detail": "", "when": None, "number": None}
    rewrite(folder, 5, facts=[{**fact, "sentence": 0, "negated": False, **change}])
    with pytest.raises(CorpusError, match=f"A-72-344/ARG/1: {message}"):
        load_notes(REPORT, folder)


def test_a_spelling_of_two_entities_is_refused(folder):
    path = folder / f"{NAME}.entities.toml"
    twin = '\n[[entities]]\nid = "twin"\nkind = "place"\nname = "以色列"\nvariants = []\n'
    text = path.read_text(encoding="utf-8") + twin + 'en = "Twin"\nacronym = ""\n'
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match="'以色列' is given for israel and for twin"):
        load_notes(REPORT, folder)
