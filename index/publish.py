"""Build aside, then swap: readers see a complete index, the old one or the new one.

- ``lock`` is held while an index is checked, built or read
- ``current`` names the folder in use and is replaced atomically
- ``builds/<name>/`` is one complete index
- ``builds/.<name>.part/`` is one being built, swept away by the next build
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

_KEEP = 2
"""Complete builds kept: the one in use and the one before it, which may still be read."""


class IndexFolder:
    """A folder of builds with one of them in use."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._builds = root / "builds"
        self._pointer = root / "current"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder against other processes; waits while one of them builds."""
        self._builds.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def current(self) -> Path | None:
        """Return the folder in use, or None before the first build."""
        try:
            name = self._pointer.read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return None
        folder = self._builds / name
        return folder if name and folder.is_dir() else None

    def publish(self, build: Callable[[Path], None]) -> Path:
        """Run ``build`` on an empty folder, make it durable, and put it to use."""
        name = uuid4().hex
        part, whole = self._builds / f".{name}.part", self._builds / name
        part.mkdir(parents=True)
        build(part)
        for path in (*part.rglob("*"), part):
            _sync(path)
        part.rename(whole)
        _sync(self._builds)
        pointer = self.root / f".current.{name}"
        pointer.write_text(name + "\n", encoding="ascii")
        _sync(pointer)
        pointer.replace(self._pointer)
        _sync(self.root)
        self._sweep(whole)
        return whole

    def _sweep(self, current: Path) -> None:
        """Remove what killed builds left and all but the newest complete ones."""
        for left in (*self._builds.glob(".*.part"), *self.root.glob(".current.*")):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        others = [path for path in self._builds.iterdir() if path != current]
        others.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for old in others[_KEEP - 1 :]:
            shutil.rmtree(old)


def _sync(path: Path) -> None:
    """Wait until a file or folder is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
