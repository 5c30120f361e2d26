"""The index as LangChain retrievers: words, meaning, or both."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from index.search import LEGS, Found, Searcher

RETRIEVERS = tuple(LEGS)


class PassageRetriever(BaseRetriever):
    """Passages for a query, best first. ``k`` and ``codes`` may also be given to ``invoke``.

    ``codes`` keeps the search to the replies of these respondents.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    leg: str = "hybrid"
    k: int = Field(default=10, ge=1)
    codes: tuple[str, ...] = ()

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002  LangChain's signature
        **options: Any,
    ) -> list[Document]:
        unknown = options.keys() - {"k", "codes"}
        if unknown:
            raise ValueError(f"unknown options {sorted(unknown)}; choose from k, codes")
        k = options.get("k", self.k)
        codes = options.get("codes", self.codes)
        return [document(one) for one in self.searcher.find(query, k, codes, LEGS[self.leg])]


def make_retriever(name: str, searcher: Searcher, k: int = 10) -> PassageRetriever:
    """Return the retriever of that name; ``ValueError`` lists the names there are."""
    if name not in LEGS:
        raise ValueError(f"unknown retriever {name!r}; choose one of {', '.join(RETRIEVERS)}")
    return PassageRetriever(searcher=searcher, leg=name, k=k)


def document(found: Found) -> Document:
    """Return a passage found as a LangChain document: id, text, and metadata with its scores."""
    passage = found.passage
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "respondent": passage.respondent,
            "code": passage.code,
            "kind": passage.kind,
            "heading": " > ".join(passage.heading),
            "paragraph": passage.paragraph,
            "pages": list(passage.pages),
            "original_language": passage.original_language,
            "date": passage.date.isoformat() if passage.date else None,
            "score": found.score,
            "lexical": found.lexical,
            "dense": found.dense,
            "asked": found.asked,
        },
    )
