"""Find Chinese characters that look alike: ``python -m benchmarks.lookalikes FONT``.

Prints ``qa/lookalikes.txt``: for each common character (the first level of GB 2312) those whose
glyphs differ least from its own, by the correlation of the two pictures, slightly blurred.
"""

import argparse

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = 40
BLUR = 1.2
LEAST = 0.80
MOST = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("font", help="a font file with simplified Chinese glyphs")
    font = ImageFont.truetype(parser.parse_args().font, SIZE)
    chars = common_characters()
    pictures = np.stack([picture(char, font) for char in chars])
    likeness = pictures @ pictures.T
    np.fill_diagonal(likeness, 0.0)
    for row, char in enumerate(chars):
        nearest = np.argsort(-likeness[row], kind="stable")[:MOST]
        alike = "".join(chars[i] for i in nearest.tolist() if likeness[row, i] >= LEAST)
        if alike:
            print(f"{char}\t{alike}")


def common_characters() -> list[str]:
    """Return the 3,755 characters of the first level of GB 2312."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return [code.decode("gb2312") for code in codes if code < b"\xd7\xfa"]


def picture(char: str, font: ImageFont.FreeTypeFont) -> NDArray[np.float32]:
    """Return a glyph as a unit vector of centred grey values, shape (pixels,)."""
    image = Image.new("L", (SIZE + 8, SIZE + 16))
    ImageDraw.Draw(image).text((4, 0), char, font=font, fill=255)
    grey = np.asarray(image.filter(ImageFilter.GaussianBlur(BLUR)), dtype=np.float32).ravel()
    centred = grey - grey.mean()
    return np.asarray(centred / np.linalg.norm(centred), dtype=np.float32)


if __name__ == "__main__":
    main()
