"""Counts at the first answer, in a process that has done nothing else: modules and memory."""

import json
import os
import sys
from pathlib import Path

from qa.environment import close_lines

QUESTION = "墨西哥何时加入核供应国集团？"


def main() -> None:
    """Print the counts as one line of JSON, with the libraries that were imported."""
    close_lines(os.environ)
    from qa.chain import open_chain
    from qa.settings import Settings
    from qa.types import Question
    from qa.web.settings import WebSettings
    from qa.web.site import Site

    site = Site(WebSettings(port=0))
    site.engine.open(open_chain(Settings()))
    site.engine.ready().invoke(Question(QUESTION))
    status = Path("/proc/self/status").read_text("ascii")
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    roots = {name.partition(".")[0] for name in sys.modules}
    print(
        json.dumps(
            {
                "modules": len(sys.modules),
                "resident_mb": round(int(resident.split()[1]) / 1024),
                "libraries": sorted(roots - set(sys.stdlib_module_names)),
            }
        )
    )


if __name__ == "__main__":
    main()
