"""A page as a grey picture: rendered from a PDF, or a frame of a picture file; size capped."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from knowledge.problems import BadInput

DOTS_PER_INCH = 300  # what tesseract's models were trained on
MOST_PIXELS = 25_000_000  # of a page as it is read; letter paper at 300 dpi has 8.4 million
MOST_STORED_PIXELS = 150_000_000  # of a picture as it is stored; more is a bomb
MOST_FRAMES = 500
LETTER = (612.0, 792.0)  # points
NARROWEST = 1900  # pixels across; a coarser picture of a page is enlarged before reading


@dataclass(frozen=True)
class PagePicture:
    """A grey picture (a Pillow image of mode L) and the size of its page in points."""

    image: Any
    width: float
    height: float


def pdf_page(content: bytes, page: int, name: str) -> PagePicture:
    """A page of a PDF, from 1, as it is shown, at 300 dpi or what 25 million pixels allow.

    Raises BadInput for a page that cannot be drawn.
    """
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as broken:
        raise _damaged(name) from broken
    try:
        shown = pdf[page - 1]
        width, height = (max(1.0, side) for side in shown.get_size())
        scale = min(DOTS_PER_INCH / 72, (MOST_PIXELS / (width * height)) ** 0.5)
        drawn = shown.render(scale=scale, grayscale=True, may_draw_forms=False)
        return PagePicture(drawn.to_pil().convert("L"), width, height)
    except (pdfium.PdfiumError, ValueError, MemoryError) as broken:
        raise _damaged(name) from broken
    finally:
        pdf.close()


def frames(content: bytes, name: str) -> int:
    """How many pages a picture file holds. Raises BadInput for a damaged or oversized one."""
    image = _opened(content, name)
    count = int(getattr(image, "n_frames", 1))
    if count > MOST_FRAMES:
        raise BadInput(name, f"it holds more than {MOST_FRAMES} pictures", "split it into parts")
    for at in range(count):
        _seek(image, at, name)
    return count


def frame(content: bytes, page: int, name: str) -> PagePicture:
    """A frame of a picture file, from 1, turned as its camera says, on white, grey.

    Its page is taken to be letter paper in width, for a picture seldom tells its size.
    """
    from PIL import Image, ImageOps

    image = _opened(content, name)
    _seek(image, page - 1, name)
    try:
        image.load()
        turned = ImageOps.exif_transpose(image)
        if turned.mode in ("RGBA", "LA", "PA", "P"):
            turned = turned.convert("RGBA")
            white = Image.new("RGBA", turned.size, "white")
            white.alpha_composite(turned)
            turned = white
        grey = turned.convert("L")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as broken:
        raise _damaged(name) from broken
    across = grey.width
    factor = min(
        max(1.0, NARROWEST / across), max(1.0, (MOST_PIXELS / (across * grey.height)) ** 0.5)
    )
    if across * grey.height > MOST_PIXELS:
        factor = (MOST_PIXELS / (across * grey.height)) ** 0.5
    if factor != 1.0:
        size = max(1, round(across * factor)), max(1, round(grey.height * factor))
        grey = grey.resize(size, Image.Resampling.BICUBIC)
    width = LETTER[0] if grey.height >= grey.width else LETTER[1]
    return PagePicture(grey, width, width * grey.height / grey.width)


def _opened(content: bytes, name: str) -> Any:
    """The picture with its head read and no pixel unpacked."""
    import warnings

    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_STORED_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Image.open(BytesIO(content), formats=("PNG", "JPEG", "TIFF"))
    except Image.DecompressionBombError as bomb:
        raise _too_large(name) from bomb
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError) as broken:
        raise _damaged(name) from broken


def _seek(image: Any, at: int, name: str) -> None:
    from PIL import Image

    try:
        image.seek(at)
    except Image.DecompressionBombError as bomb:
        raise _too_large(name) from bomb
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError) as broken:
        raise _damaged(name) from broken
    if image.width * image.height > MOST_STORED_PIXELS:
        raise _too_large(name)


def _too_large(name: str) -> BadInput:
    return BadInput(
        name,
        f"the picture holds more than {MOST_STORED_PIXELS // 1_000_000} million dots",
        "scan the page at 300 dots to the inch",
    )


def _damaged(name: str) -> BadInput:
    return BadInput(name, "the picture is cut off or damaged", "scan or save it again")
