"""How far a scanned page is turned, found from its lines of text, and the page set straight."""

from __future__ import annotations

from typing import Any

import numpy as np

WIDEST = 5.0  # degrees to either side that are looked at
LEAST = 0.08  # degrees; less is left as it is
_LOOKED_AT = 900  # pixels across of the small copy that is measured


def skew(image: Any) -> float:
    """Degrees by which the lines of a grey picture rise to the right; 0 where it has none.

    The angle at which the dark dots, counted row by row, stand apart most sharply: the
    sum of squared steps from row to row is greatest along the lines of text.
    """
    factor = max(1, image.width // _LOOKED_AT)
    small = np.asarray(image.reduce(factor) if factor > 1 else image, dtype=np.float32)
    ys, xs = np.nonzero(small < min(160.0, float(small.mean()) * 0.75))
    if len(ys) < 500:
        return 0.0
    if len(ys) > 120_000:
        step = len(ys) // 120_000 + 1
        ys, xs = ys[::step], xs[::step]
    found = _sharpest(ys, xs, np.arange(-WIDEST, WIDEST + 0.01, 0.5))
    found = _sharpest(ys, xs, found + np.arange(-0.5, 0.51, 0.1))
    return float(_sharpest(ys, xs, found + np.arange(-0.1, 0.101, 0.02)))


def straight(image: Any) -> Any:
    """The picture turned so that its lines lie level; the same one where they do already."""
    angle = skew(image)
    if abs(angle) < LEAST or abs(angle) > WIDEST:
        return image
    from PIL import Image

    return image.rotate(-angle, Image.Resampling.BICUBIC, fillcolor=255)


def _sharpest(ys: Any, xs: Any, angles: Any) -> Any:
    best, sharpest = 0.0, -1.0
    for angle in angles:
        rows = np.rint(ys + xs * np.tan(np.radians(angle))).astype(np.int64)
        counts = np.bincount(rows - rows.min())
        sharpness = float(np.square(np.diff(counts.astype(np.float64))).sum())
        if sharpness > sharpest:
            best, sharpest = float(angle), sharpness
    return best
