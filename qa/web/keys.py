"""Keys of programs: made here, kept as hashes in a file, compared in constant time.

``python -m qa.web.keys portal >> dafu.keys`` adds one; the key itself is shown once, on stderr.
"""

import argparse
import re
import secrets
import sys
from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from typing import Any

NAME = re.compile(r"[A-Za-z0-9._-]{1,40}")
LINE = re.compile(rf"({NAME.pattern}):\s*([0-9a-f]{{64}})", re.IGNORECASE)
PREFIX = "dafu_"
SCHEME = "key"


class Keys:
    """The keys of a file, by name; never empty."""

    def __init__(self, digests: Mapping[str, bytes]) -> None:
        self._digests = tuple(digests.items())

    def holder(self, key: bytes) -> str | None:
        """Return whose key this is; takes as long whichever it is, and if it is none."""
        digest = sha256(key).digest()
        found = None
        for name, known in self._digests:
            if compare_digest(digest, known):
                found = name
        return found


def read_keys(path: str) -> Keys:
    """Return the keys of a file of lines ``name: sha256``, empty lines and ``#`` aside.

    Raises ``ValueError`` that names the line, or says why there is nothing to read.
    """
    digests: dict[str, bytes] = {}
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = LINE.fullmatch(line.strip())
        if found is None:
            raise ValueError(
                f"DAFU_API_KEYS_FILE={path}, line {number}; allowed: name: sha256 of the key in "
                "hexadecimal, as python -m qa.web.keys NAME prints it"
            )
        if found[1] in digests:
            raise ValueError(f"DAFU_API_KEYS_FILE={path}, line {number}: {found[1]} is there twice")
        digests[found[1]] = bytes.fromhex(found[2])
    if not digests:
        raise ValueError(f"DAFU_API_KEYS_FILE={path} holds no key; add one or unset it")
    return Keys(digests)


def _text(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"DAFU_API_KEYS_FILE={path} cannot be read: {error}") from None


def declare_keys(document: dict[str, Any], programs: tuple[str, ...]) -> None:
    """Say in an OpenAPI document that the operations of programs take a key."""
    schemes = document["components"].setdefault("securitySchemes", {})
    schemes[SCHEME] = {"type": "http", "scheme": "bearer"}
    refused = {
        "description": "没有有效的密钥 / no valid key",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorShape"}}},
        "headers": {"WWW-Authenticate": {"schema": {"type": "string"}}},
    }
    for path, operations in document["paths"].items():
        for operation in operations.values() if path.startswith(programs) else ():
            operation["security"] = [{SCHEME: []}]
            operation["responses"]["401"] = refused


def main(arguments: list[str] | None = None) -> int:
    """Print a new key on stderr, once, and the line for the file on stdout."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.web.keys",
        description="新建程序用的密钥 / make a key for a program (DAFU_API_KEYS_FILE)",
        epilog="python -m qa.web.keys portal >> dafu.keys",
    )
    parser.add_argument("name", help="谁的密钥 / whose key: letters, digits, . _ -")
    name = parser.parse_args(arguments).name
    if not NAME.fullmatch(name):
        parser.error(f"{name!r}; allowed: 1 to 40 letters, digits, '.', '_' and '-'")
    key = PREFIX + secrets.token_urlsafe(32)
    print(f"密钥，只显示这一次 / the key, shown this once: {key}", file=sys.stderr)
    print(f"{name}: {sha256(key.encode()).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
