"""Passages made findable: analyser, fields, retrievers."""

import random
import re

import pytest
from langchain_core.documents import Document
from langchain_tests.integration_tests import RetrieversIntegrationTests

from index.analyser import Analyser, vocabulary_of
from index.names import NameFinder
from index.retrievers import RETRIEVERS, PassageRetriever, make_retriever
from index.terms import read_table, table_of, write_table
from index.text import content, normalise


def test_normalising_folds_script_width_case_and_thousands():
    assert normalise("哪些國家簽署了ＡＢＣ") == "哪些国家签署了abc"
    assert normalise("3 073 次，2011 200 台，9 519 285") == "3073 次,2011 200 台,9519285"
    assert content("《公约》(2005 年)，A/72") == "公约2005年a72"


def test_names_are_found_the_longest_first_and_latin_ones_as_words():
    finder = NameFinder({"伊拉克": "IRQ", "伊拉克和黎凡特伊斯兰国": "isil", "EU": "EU"})
    found = [
        name.key for name in finder.find(normalise("伊拉克和黎凡特伊斯蘭國、伊拉克、EU、EUROPE"))
    ]
    assert found == ["isil", "IRQ", "EU"]


def test_the_analyser_emits_words_pairs_numbers_and_names():
    analyser = Analyser(vocabulary_of(["不扩散核武器条约"]), NameFinder({"挪威": "NOR"}))
    terms = analyser.terms("挪威于 1540(2004) 加入核武器条约")
    assert {"@NOR", "1540", "2004", "核武", "w:武器", "w:条约"} <= set(terms)
    assert analyser.terms("Treaties of the party") == ("treati", "parti")
    assert analyser.terms("") == ()


def test_a_table_of_terms_is_read_back_as_it_was_written(tmp_path):
    table = table_of([("@NOR", "核武", "核武"), (), ("核武", "treati")])
    assert table.texts.tolist() == [0, 0, 2, 2]
    assert [table.vocabulary[n] for n in table.ids] == ["@NOR", "核武", "核武", "treati"]
    write_table(tmp_path / "terms.npz", table)
    again = read_table(tmp_path / "terms.npz")
    assert again.vocabulary == table.vocabulary
    assert (again.ids == table.ids).all()
    assert (again.starts == table.starts).all()


@pytest.mark.parametrize("name", RETRIEVERS)
def test_every_retriever_finds_the_passage_of_a_plain_question(index, name):
    found = make_retriever(name, index.searcher, k=5).invoke("古巴批准了多少项反恐国际公约")
    assert len(found) == 5
    assert "A-72-344/CUB/2" in [document.id for document in found]


def test_k_and_codes_may_be_given_to_invoke(index):
    retriever = make_retriever("hybrid", index.searcher)
    found = retriever.invoke("核武器", k=3, codes=("NOR", "CUB"))
    assert len(found) == 3
    assert {document.metadata["code"] for document in found} <= {"NOR", "CUB"}
    with pytest.raises(ValueError, match="choose from k, codes"):
        retriever.invoke("核武器", limit=3)
    with pytest.raises(ValueError, match="choose one of lexical, dense, hybrid"):
        make_retriever("magic", index.searcher)


def test_300_substrings_of_the_report_find_a_passage_that_holds_them(report, index):
    runs = [m[0] for p in report.passages for m in re.finditer(r"[一-鿿]{8,}", p.text)]
    rng = random.Random(20170731)
    for _ in range(300):
        run = rng.choice(runs)
        length = rng.randint(8, min(14, len(run)))
        start = rng.randint(0, len(run) - length)
        asked = run[start : start + length]
        found = index.searcher.find(asked, 5)
        assert any(asked in one.passage.text for one in found), asked


def test_an_empty_or_foreign_query_scores_without_a_crash(index):
    assert len(index.searcher.find("", 3)) == 3
    assert len(index.searcher.find("🙂", 3)) == 3


class TestHybridRetriever(RetrieversIntegrationTests):
    """LangChain's own contract for retrievers."""

    @pytest.fixture(autouse=True)
    def _share(self, index):
        type(self).searcher = index.searcher

    @property
    def retriever_constructor(self) -> type[PassageRetriever]:
        return PassageRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, object]:
        return {"searcher": self.searcher}

    @property
    def retriever_query_example(self) -> str:
        return "核保安基金"

    def test_documents_carry_their_place(self, index):
        document = make_retriever("hybrid", index.searcher).invoke("核保安基金")[0]
        assert isinstance(document, Document)
        assert document.metadata["pages"]
        assert document.metadata["respondent"]
