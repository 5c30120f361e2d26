"""Runs and suites in the shapes that others read: TREC and BEIR files, RAGAS records.

A document is a passage of the report; it is relevant if it holds a gold text of the case and is
a reply of one of its respondents. Where every gold text lies in a passage of its own, trec_eval
computes from these files what ``evals`` computes: a test holds them together.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evals.contract import read_answer
from evals.lines import read_lines
from evals.ranking import NOT_RANKED, is_right
from evals.truth import Truth
from evals.types import Case, ContractError, EvalsError, Json, Result

Qrels = dict[str, dict[str, int]]
Rankings = dict[str, dict[str, float]]


def qrels_of(cases: Iterable[Case], truth: Truth) -> Qrels:
    """Return the relevant passages of every case that is answered by ranking."""
    found = {
        case.id: {
            one.passage_id: 1
            for one in truth.values()
            if any(is_right(case, one.respondent, one.text, gold) for gold in case.gold)
        }
        for case in cases
        if case.kind not in NOT_RANKED
    }
    return {case: passages for case, passages in found.items() if passages}


def rankings_of(results: Iterable[Result]) -> Rankings:
    """Return what was retrieved for every case, scored so that the order is the engine's."""
    return {result.case.id: dict(_ranked(result)) for result in results}


def write_qrels(path: Path, qrels: Qrels) -> None:
    """Write TREC qrels: query, 0, document, relevance."""
    lines = (f"{q} 0 {d} {r}\n" for q, found in qrels.items() for d, r in found.items())
    path.write_text("".join(lines), encoding="utf-8")


def read_qrels(path: Path) -> Qrels:
    """Return the judgements of a TREC qrels file, or of a BEIR one with its header line."""
    qrels: Qrels = {}
    for number, fields in _rows(path):
        if fields[0] == "query-id":
            continue
        query, document, value = _pick(path, number, fields, {3: (0, 1, 2), 4: (0, 2, 3)})
        qrels.setdefault(query, {})[document] = int(value)
    return qrels


def write_rankings(path: Path, rankings: Rankings, tag: str = "dafu") -> None:
    """Write a TREC run: query, Q0, document, rank, score, tag."""
    lines = [
        f"{query} Q0 {document} {rank} {score:.6f} {tag}\n"
        for query, found in rankings.items()
        for rank, (document, score) in enumerate(found.items(), start=1)
    ]
    path.write_text("".join(lines), encoding="utf-8")


def read_rankings(path: Path) -> Rankings:
    """Return the rankings of a TREC run file."""
    rankings: Rankings = {}
    for number, fields in _rows(path):
        query, document, score = _pick(path, number, fields, {6: (0, 2, 4)})
        rankings.setdefault(query, {})[document] = float(score)
    return rankings


def write_beir(folder: Path, cases: Sequence[Case], truth: Truth) -> None:
    """Write a BEIR data set: corpus.jsonl, queries.jsonl and qrels/test.tsv."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    passages = (
        {"_id": p.passage_id, "title": p.respondent, "text": p.text} for p in truth.values()
    )
    _write_lines(folder / "corpus.jsonl", passages)
    _write_lines(folder / "queries.jsonl", ({"_id": c.id, "text": c.question} for c in cases))
    rows = ["query-id\tcorpus-id\tscore\n"]
    for query, found in qrels_of(cases, truth).items():
        rows += [f"{query}\t{document}\t{value}\n" for document, value in found.items()]
    (folder / "qrels" / "test.tsv").write_text("".join(rows), encoding="utf-8")


def ragas_records(results: Iterable[Result]) -> Iterator[Json]:
    """Yield one RAGAS single-turn record for each answer that keeps the contract."""
    for result in results:
        try:
            answer = read_answer(result.raw)
        except ContractError:
            continue
        yield {
            "user_input": result.case.question,
            "response": answer.text,
            "reference": result.case.reference,
            "retrieved_contexts": [one.text for one in answer.retrieved],
            "reference_contexts": list(result.case.gold),
        }


def cases_from_ragas(path: Path) -> tuple[Case, ...]:
    """Return a case for each RAGAS record that names its reference contexts: they are the gold."""
    cases = []
    for number, line in enumerate(read_lines(path), start=1):
        try:
            record = json.loads(line)
            question, contexts = record["user_input"], record["reference_contexts"]
        except (ValueError, KeyError, TypeError) as error:
            raise EvalsError(f"{path}:{number}: not a RAGAS record: {error!r}") from error
        gold, reference = tuple(contexts or ()), record.get("reference") or ""
        name, lang = f"{path.stem}-{number}", _lang(question)
        cases.append(Case(name, lang, "lookup", question, True, gold=gold, reference=reference))
    return tuple(cases)


def cases_from_beir(folder: Path, split: str = "test") -> tuple[Case, ...]:
    """Return a case for each judged query of a BEIR data set: its relevant texts are the gold."""
    texts = {key: one["text"] for key, one in _by_id(folder / "corpus.jsonl").items()}
    questions = {key: one["text"] for key, one in _by_id(folder / "queries.jsonl").items()}
    cases = []
    for query, judged in read_qrels(folder / "qrels" / f"{split}.tsv").items():
        relevant = [document for document, value in judged.items() if value > 0]
        unknown = [one for one in relevant if one not in texts] + [query] * (query not in questions)
        if unknown:
            raise EvalsError(f"{folder}: {split}.tsv judges {unknown[0]!r}, which is not there")
        if relevant:
            gold, question = tuple(texts[one] for one in relevant), questions[query]
            cases.append(Case(query, _lang(question), "lookup", question, True, gold=gold))
    if not cases:
        raise EvalsError(f"{folder}: {split}.tsv judges nothing relevant")
    return tuple(cases)


def _by_id(path: Path) -> dict[str, Json]:
    found = {}
    for number, line in enumerate(read_lines(path), start=1):
        try:
            record = json.loads(line)
            found[record["_id"]] = {"text": record["text"]}
        except (ValueError, KeyError, TypeError) as error:
            raise EvalsError(f"{path}:{number}: not a BEIR record: {error!r}") from error
    return found


def _lang(question: str) -> str:
    return "zh-Hans" if any("\u4e00" <= char <= "\u9fff" for char in question) else "en"


def export(folder: Path, results: Sequence[Result], truth: Truth) -> None:
    """Write a run and its cases in every shape: qrels.txt, run.txt, beir/ and ragas.jsonl."""
    folder.mkdir(parents=True, exist_ok=True)
    cases = [result.case for result in results]
    write_qrels(folder / "qrels.txt", qrels_of(cases, truth))
    write_rankings(folder / "run.txt", rankings_of(results))
    write_beir(folder / "beir", cases, truth)
    _write_lines(folder / "ragas.jsonl", ragas_records(results))


def _ranked(result: Result) -> Iterator[tuple[str, float]]:
    try:
        answer = read_answer(result.raw)
    except ContractError:
        return
    for rank, one in enumerate(answer.retrieved, start=1):
        yield one.passage_id, 1 / rank


def _write_lines(path: Path, records: Iterable[Json]) -> None:
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text("".join(lines), encoding="utf-8")


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(read_lines(path), start=1):
        if line.strip():
            yield number, line.split()


def _pick(
    path: Path, number: int, fields: Sequence[str], shapes: dict[int, tuple[int, int, int]]
) -> tuple[str, str, str]:
    """Return query, document and value of a row that has one of the known shapes."""
    if len(fields) not in shapes:
        allowed = " or ".join(map(str, shapes))
        raise EvalsError(f"{path}:{number}: {len(fields)} columns found, {allowed} expected")
    query, document, value = (fields[at] for at in shapes[len(fields)])
    return query, document, value
