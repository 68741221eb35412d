"""Are the characters of a picture really drawn, or are they the box that stands for a missing glyph?"""

from PIL import Image


def shapes(picture: Image.Image, box: tuple[int, int, int, int], dark: int = 128) -> list[bytes]:
    """The ink between empty columns of a region, each piece cut to its ink and scaled to one size."""
    region = picture.convert("L").crop(box).point(lambda value: 255 if value < dark else 0)
    width, height = region.size
    inked = [region.crop((x, 0, x + 1, height)).getbbox() is not None for x in range(width)]
    pieces, start = [], None
    for x, ink in enumerate([*inked, False]):
        if ink and start is None:
            start = x
        elif not ink and start is not None:
            piece = region.crop((start, 0, x, height))
            pieces.append(piece.crop(piece.getbbox()).resize((16, 16), Image.Resampling.NEAREST).tobytes())
            start = None
    return pieces


def kinds(picture: Image.Image, box: tuple[int, int, int, int]) -> int:
    """How many different shapes a region holds: a row of boxes has one, a line of writing many."""
    found: list[bytes] = []
    for shape in shapes(picture, box):
        if all(sum(a != b for a, b in zip(shape, other, strict=False)) > 40 for other in found):
            found.append(shape)
    return len(found)
