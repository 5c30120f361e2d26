"""From a process to a ready chat, in stages: the engine first, then the page."""

import asyncio
import gc
import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from qa.types import QAError
from qa.web.engine import Answerer
from qa.web.site import Site

Result = TypeVar("Result")
log = logging.getLogger("dafu")


class StartUp(threading.Thread):
    """Opens the engine and the page behind a server that already answers.

    A daemon, so that the process can be stopped at any moment. ``failed`` is called when a stage
    does not end well; a ``QAError`` is logged as one line, a defect with its traceback.
    """

    def __init__(
        self, site: Site, open_engine: Callable[[], Answerer], failed: Callable[[], None]
    ) -> None:
        super().__init__(name="start-up", daemon=True)
        self._site = site
        self._open_engine = open_engine
        self._failed = failed

    def run(self) -> None:
        """Go through the stages."""
        done = False
        try:
            self._prepare()
            done = True
        except QAError as error:
            log.error("启动失败 / cannot start: %s", error)
        finally:
            if not done:
                self._failed()

    def _prepare(self) -> None:
        site = self._site
        answerer = self._stage("引擎 / engine", self._open_engine)
        site.engine.open(answerer)
        self._stage("页面 / chat page", self._open_page)
        gc.collect()
        gc.freeze()  # what was loaded stays; looking through it again would slow answers down
        log.info("就绪，共 %.1f 秒 / ready", site.engine.seconds)

    def _open_page(self) -> None:
        """Import Gradio only now: it takes seconds, and REST already answers."""
        from qa.web import mounting

        site = self._site
        gradio = asyncio.run(mounting.mount(site.engine, site.settings, site.feedback))
        site.open_page(gradio, mounting.index_html())

    def _stage(self, name: str, work: Callable[[], Result]) -> Result:
        self._site.engine.stage = name
        start = time.monotonic()
        result = work()
        log.info("%s  %.2f s", name, time.monotonic() - start)
        return result
