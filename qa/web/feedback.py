"""What readers think of answers: one JSON line each, in a folder of the operator's."""

import json
import logging
import os
import threading
import time
from collections import deque
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from qa.render import Json
from qa.types import Question
from qa.web.conversation import Verdict
from qa.web.errors import WebError

MAX_COMMENT = 2_000
A_MINUTE = 60
"""Records taken within one minute."""
log = logging.getLogger("dafu")


class Feedback:
    """Writes verdicts to ``<folder>/<day>.jsonl``, at most ``max_bytes`` a day. Thread-safe."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._recent: deque[float] = deque(maxlen=A_MINUTE)

    def record(self, verdict: Verdict, comment: str, question: Json, answer: Json) -> str:
        """Append one record and return when it was made; raise ``WebError`` where it cannot be."""
        if len(comment) > MAX_COMMENT:
            raise WebError(
                422,
                "comment_too_long",
                f"意见有 {len(comment)} 字，最多 {MAX_COMMENT} 字 / "
                f"the comment has {len(comment)} characters, at most {MAX_COMMENT}",
            )
        now = datetime.now(UTC)
        created = now.isoformat(timespec="seconds")
        record = {
            "created": created,
            "verdict": verdict,
            "comment": comment,
            "question": question,
            "answer": answer,
        }
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        with self._lock:
            self._check_rate()
            self._append(self._folder / f"{now.date().isoformat()}.jsonl", line)
        return created

    def _check_rate(self) -> None:
        now = time.monotonic()
        if len(self._recent) == A_MINUTE and now - self._recent[0] < 60:
            raise WebError(
                429,
                "too_many",
                "一分钟内的意见太多，请稍后再试 / too many at once, please try again in a minute",
                {"Retry-After": "60"},
            )
        self._recent.append(now)

    def _append(self, path: Path, line: bytes) -> None:
        """Write a whole line at once, so that several processes never mix theirs."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
            try:
                if os.fstat(handle).st_size + len(line) > self._max_bytes:
                    raise _unavailable("今天的意见已经记满 / no more room for feedback today")
                os.write(handle, line)
            finally:
                os.close(handle)
        except OSError as error:
            log.warning("意见无法写入 / feedback cannot be written: %s", error.strerror)
            raise _unavailable(
                "意见无法保存，请告知管理员 / "
                "feedback cannot be stored; please tell the administrator"
            ) from None


def _unavailable(message: str) -> WebError:
    return WebError(503, "feedback_unavailable", message)


def request_of(question: Question) -> Json:
    """Return a question as the request that ``POST /api/v1/ask`` takes."""
    return {
        "question": question.text,
        "history": [asdict(turn) for turn in question.history],
        "respondents": list(question.respondents),
        "mode": question.mode,
        "lang": question.lang,
        "k": question.k,
    }
