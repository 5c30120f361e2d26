"""``python app.py``: the web chat and REST, from one command."""

import argparse
import logging
import os
import sys
from dataclasses import replace

from corpus import CorpusError
from qa.environment import close_lines
from qa.settings import Settings, check_environment, read_settings
from qa.types import QAError
from qa.web.engine import Answerer
from qa.web.server import listen, make_server
from qa.web.settings import WebSettings
from qa.web.site import Site
from qa.web.startup import StartUp

log = logging.getLogger("dafu")

EPILOG = """\
打开 http://127.0.0.1:7860/ 提问；程序用 POST /api/v1/ask，其他地址见 /openapi.json。
Open http://127.0.0.1:7860/ and ask; programs use POST /api/v1/ask, see /openapi.json.

  python app.py --port 8000
  python app.py --host 0.0.0.0          (本机以外也能访问 / reachable from other machines)
  DAFU_FRAME_ANCESTORS="https://portal.example" python app.py      (嵌入 / embed: /embed/)
  curl -s localhost:7860/api/v1/ask -H 'Content-Type: application/json' \\
       -d '{"question": "墨西哥何时加入核供应国集团？"}'

每项设置也是一个环境变量 / every setting is also an environment variable: DAFU_<FIELD>,
见 / see qa/settings.py, qa/web/settings.py。停止 / stop: Ctrl-C。
"""


def main(arguments: list[str] | None = None) -> int:
    """Serve until stopped; 2 when the set-up is at fault, 1 when the engine cannot start."""
    close_lines(os.environ)
    _show_log()
    try:
        check_environment(os.environ, Settings, WebSettings)
        settings = read_settings(Settings, os.environ)
        web = _choose(read_settings(WebSettings, os.environ), arguments)
        site = Site(web)
        socket = listen(web.host, web.port)
    except (ValueError, OSError) as error:
        print(f"不能启动 / cannot start: {error}", file=sys.stderr)
        return 2
    server = make_server(site)
    failures: list[int] = []

    def failed() -> None:
        failures.append(1)
        server.should_exit = True

    StartUp(site, lambda: _open_engine(settings), failed).start()
    port = socket.getsockname()[1]
    host = f"[{web.host}]" if ":" in web.host else web.host
    log.info("答复 Dafu：http://%s:%d/", host, port)
    server.run([socket])
    return 1 if failures else 0


def _show_log() -> None:
    """Print our own lines; libraries keep theirs to warnings."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s  %(message)s", "%H:%M:%S"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


def _choose(web: WebSettings, arguments: list[str] | None) -> WebSettings:
    parser = argparse.ArgumentParser(
        prog="python app.py",
        description="答复 Dafu：提问的网页和接口 / the web chat and its REST interface.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--host", default=web.host, help="监听的地址 / address to listen on (%(default)s)"
    )
    parser.add_argument(
        "--port", type=int, default=web.port, help="监听的端口 / port to listen on (%(default)s)"
    )
    chosen = parser.parse_args(arguments)
    return replace(web, host=chosen.host, port=chosen.port)


def _open_engine(settings: Settings) -> Answerer:
    """Import what answers only now, behind a server that already says that it is starting."""
    from qa.chain import open_chain

    try:
        return open_chain(settings, lambda stage: log.info("… %s", stage))
    except (CorpusError, ValueError, OSError) as error:
        raise QAError(str(error)) from error


if __name__ == "__main__":
    sys.exit(main())
