"""Documents that are made once and then served from memory, compressed where that is taken."""

import gzip
import hashlib
from dataclasses import dataclass

from fastapi import Request, Response

LEVEL = 6


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its compressed form and the tag by which a browser knows it again."""

    body: bytes
    packed: bytes
    tag: str

    def answer(self, request: Request) -> Response:
        """Return the document, or 304 where the browser has it already."""
        headers = {"ETag": self.tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if self.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        body = self.body
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"], body = "gzip", self.packed
        return Response(body, headers=headers, media_type="text/html; charset=utf-8")


def pack(body: bytes) -> Document:
    """Return a document ready to be served."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    return Document(body, gzip.compress(body, LEVEL, mtime=0), tag)
