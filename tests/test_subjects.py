"""The subject index: true to the report, and found by whoever asks for one of its subjects."""

import json
import shutil
from collections import Counter
from dataclasses import asdict

import pytest

from corpus import CorpusError, load_report
from corpus.notes import load_notes
from corpus.report import REPORTS
from index.text import normalise
from qa.types import Question

REPORT = load_report()
NOTES = load_notes(REPORT)
SUBJECTS = NOTES.subjects
UNASKED = next(iter(NOTES.unanswered.values()))
FILE = "A-72-344.zh.subjects.jsonl"
UNANSWERED = "A-72-344.zh.unanswered.jsonl"


@pytest.fixture
def folder(tmp_path):
    for path in REPORTS.glob("A-72-344.zh*"):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path


def rewrite(folder, change):
    """Write the index anew with its first line changed."""
    path = folder / FILE
    lines = path.read_text(encoding="utf-8").splitlines()
    first = json.loads(lines[0])
    change(first)
    path.write_text("\n".join([json.dumps(first), *lines[1:]]) + "\n", encoding="utf-8")


def test_nobody_speaks_of_everything_and_no_subject_is_everybodys():
    spoken = Counter(code for subject in SUBJECTS.values() for code in subject.says)
    respondents = {one.code for one in REPORT.respondents}
    assert set(spoken) == respondents
    assert all(len(subject.says) < len(respondents) for subject in SUBJECTS.values())


def test_every_subject_is_asked_for_in_both_scripts_and_in_english():
    for subject in SUBJECTS.values():
        assert {"zh-Hans", "en"} <= {question.lang for question in subject.questions}, subject.id
        assert len(subject.questions) >= 3, subject.id
    asked = Counter(q.text for subject in SUBJECTS.values() for q in subject.questions)
    assert max(asked.values()) == 1
    assert sum(q.lang == "zh-Hant" for s in SUBJECTS.values() for q in s.questions) > 500


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(lambda one: one.pop("zh"), "zh", id="a-field-missing"),
        pytest.param(lambda one: one.update(says={}), "nobody", id="nobody"),
        pytest.param(lambda one: one.update(questions=[]), "no question", id="no-question"),
        pytest.param(
            lambda one: one.update(says={"CUB": ["A-72-344/MEX/1#0"]}), "of CUB", id="another's"
        ),
        pytest.param(
            lambda one: one.update(says={"CUB": ["A-72-344/CUB/1#99"]}), "99", id="no-sentence"
        ),
        pytest.param(
            lambda one: one.update(says={"CUB": ["A-72-344/CUB/1"]}), "line 1", id="no-number"
        ),
        pytest.param(lambda one: one.update(says={"CUB": []}), "no place", id="no-place"),
        pytest.param(
            lambda one: one.update(
                says={"CUB": ["A-72-344/CUB/1#0"]}, otherwise={"CUB": ["A-72-344/CUB/1#0"]}
            ),
            "otherwise",
            id="both",
        ),
    ],
)
def test_a_damaged_subject_is_named(folder, change, said):
    rewrite(folder, change)
    with pytest.raises(CorpusError, match=said):
        load_notes(REPORT, folder)


def test_a_line_that_is_not_json_and_a_second_subject_are_named(folder):
    path = folder / FILE
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole + "{\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="not JSON"):
        load_notes(REPORT, folder)
    path.write_text(whole + whole.splitlines()[0] + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="a second subject"):
        load_notes(REPORT, folder)


def test_a_report_may_have_no_subject_index(folder):
    (folder / FILE).unlink()
    (folder / UNANSWERED).unlink()
    notes = load_notes(REPORT, folder)
    assert (notes.subjects, notes.unanswered) == ({}, {})


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("{", "not JSON", id="not-json"),
        pytest.param('{"id": "u-x", "questions": [{"lang": "en"}]}', "text", id="no-text"),
        pytest.param('{"id": "u-x", "questions": []}', "no question", id="no-question"),
        pytest.param(json.dumps(asdict(UNASKED)), "a second entry", id="twice"),
        pytest.param(
            json.dumps({**asdict(UNASKED), "id": "u-x"}), "asked before", id="asked-before"
        ),
    ],
)
def test_a_damaged_line_of_what_nobody_answers_is_named(folder, line, said):
    path = folder / UNANSWERED
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=said):
        load_notes(REPORT, folder)


def test_nothing_is_both_asked_for_and_answered_by_nobody():
    answered = {question.text for subject in SUBJECTS.values() for question in subject.questions}
    vacant = {question.text for one in NOTES.unanswered.values() for question in one.questions}
    assert not answered & vacant


def test_the_subject_that_is_asked_for_decides_who_speaks_of_it(chain):
    scope = [one.code for one in REPORT.respondents]
    compared = chain.knowledge.subjects.compared(normalise("谁举行过桌面演练？"))
    agreed = compared.agreed(scope)
    assert agreed is not None
    assert set(agreed.says) == {"UKR", "OSCE"}
    told = compared.told()
    assert told["UKR"] > 0 > told.get("CUB", -1)


def test_an_entry_left_out_of_the_index_is_not_found_in_it(chain):
    index, text = chain.knowledge.subjects, normalise(UNASKED.questions[0].text)
    assert index.compared(text).unanswered > 0.99
    assert index.compared(text).vacant > 0.5
    assert index.compared(text, (UNASKED.id,)).unanswered < 0.99


def test_what_nobody_answers_is_asked_for_in_both_languages():
    for one in NOTES.unanswered.values():
        assert {"zh-Hans", "en"} <= {question.lang for question in one.questions}, one.id


@pytest.mark.parametrize(
    ("text", "alien", "unknown"),
    [
        pytest.param("哪些答复谈到加密货币？", True, False, id="only-in-vain"),
        pytest.param("Which replies mention bitcoin?", True, False, id="only-in-vain-en"),
        pytest.param("Which replies mention zeppelins?", False, True, id="never"),
        pytest.param("哪些答复方提到1540委员会？", False, False, id="spoken-of"),
        pytest.param("Which replies mention exercises?", False, False, id="spoken-of-en"),
    ],
)
def test_a_word_of_which_nobody_speaks_is_seen(chain, text, alien, unknown):
    compared = chain.knowledge.subjects.compared(normalise(text))
    assert (compared.alien > 0, compared.unknown > 0) == (alien, unknown)


def test_a_question_for_one_that_nobody_answers_is_not_looked_up(chain):
    text = "Who argues for turning the 1540 Committee into a permanent body?"
    answer = chain.invoke(Question(text))
    assert answer.refusal is not None


def test_a_subject_is_found_by_its_name(chain):
    index = chain.knowledge.subjects
    places = []
    for subject in SUBJECTS.values():
        matches = index.compared(normalise(subject.zh)).matches
        places.append(subject.id in [match.subject.id for match in matches[:5]])
    assert sum(places) / len(places) >= 0.9


def test_the_closest_subject_comes_first_and_none_is_closer_than_the_same(chain):
    matches = chain.knowledge.subjects.compared(normalise("哪些答复方提到1540委员会？")).matches
    closeness = [match.closeness for match in matches]
    assert closeness == sorted(closeness, reverse=True)
    assert matches[0].subject.id == "a-1540-committee"
    assert closeness[0] <= 1.1


def test_who_is_set_aside_does_not_change_what_is_asked_for(chain):
    answer = chain.invoke(Question("Do any governments bring up airports? Apart from Colombia."))
    assert {stand.code for stand in answer.coverage.says} == {"JOR", "MEX"}


def test_a_number_that_a_subject_has_and_the_question_lacks_counts_against_it(chain):
    matches = chain.knowledge.subjects.compared(normalise("谁举行过演习？")).matches
    assert "2016" not in matches[0].subject.zh
