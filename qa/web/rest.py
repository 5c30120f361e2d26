"""What every REST route shares: JSON out, and errors declared."""

from typing import Any

import pydantic_core
from fastapi import Response

from qa.web.schemas import ErrorShape

JSON = "application/json"
NO_STORE = {"Cache-Control": "no-store"}


def json_response(content: Any, status: int = 200) -> Response:
    """Return content as compact JSON; pydantic writes it in a quarter of the time of ``json``."""
    return Response(pydantic_core.to_json(content), status, NO_STORE, JSON)


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the declaration of the errors that a route can answer with."""
    return {status: {"model": ErrorShape} for status in statuses}
