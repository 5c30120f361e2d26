"""Answers on their way, by the tab that asked, so that they can be stopped.

Gradio's own cancelling can leave its page under an overlay that says "error"; a run that is told to
stop ends by itself, with a last thing to show or without.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

Piece = TypeVar("Piece")


@dataclass(eq=False, slots=True)
class Run:
    """One answer on its way. ``discarded``: nothing of it is to be shown any more."""

    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    discarded: bool = False


class Runs:
    """At most one run a tab."""

    def __init__(self) -> None:
        self._runs: dict[str, Run] = {}

    def start(self, tab: str) -> Run:
        """Return a new run, the one before it stopped."""
        self.stop(tab, discard=True)
        self._runs[tab] = Run()
        return self._runs[tab]

    def stop(self, tab: str, discard: bool = False) -> None:
        """Tell a tab's run to stop, if there is one."""
        run = self._runs.get(tab)
        if run is not None:
            run.discarded |= discard
            run.stopped.set()

    def end(self, tab: str, run: Run) -> None:
        """Forget a run that has ended."""
        if self._runs.get(tab) is run:
            del self._runs[tab]


async def until(
    stopped: asyncio.Event, pieces: AsyncGenerator[Piece, None]
) -> AsyncGenerator[Piece, None]:
    """Yield pieces until they end or the event is set; close what makes them either way."""
    halted = asyncio.ensure_future(stopped.wait())
    coming = asyncio.ensure_future(anext(pieces, None))
    try:
        while True:
            await asyncio.wait({coming, halted}, return_when=asyncio.FIRST_COMPLETED)
            if not coming.done() or (piece := coming.result()) is None:
                return
            yield piece
            coming = asyncio.ensure_future(anext(pieces, None))
    finally:
        halted.cancel()
        coming.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(coming, return_exceptions=True)
        await pieces.aclose()
