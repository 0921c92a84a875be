"""The histogram of oriented gradients: which edges are in which part of the picture, and in which direction they run.

Cut the picture into cells of 8 × 8 pixels. In each, every pixel votes for the direction of its gradient, with the strength of its gradient,
into one of 9 bins over half a turn (light to dark counts as dark to light). 320 × 240 pixels give 40 × 30 cells of 9 numbers: 10 800.
"""

import math

from chalkgrad import _expect


def image_gradients(image):
    """Return the gradient down and across by central differences; it is 0 along the border, where one neighbour is missing.

    Shapes: image (H, W) -> down (H, W), across (H, W).
    Raises: ValueError when image is not (H, W).
    Lecture: 3.
    Source: Dalal & Triggs 2005, section 6.2.
    """
    xp = _expect.arrays(image=image)
    _expect.floats(image=image)
    _expect.shape("image", image, "H", "W")
    down, across = xp.zeros_like(image), xp.zeros_like(image)
    down[1:-1] = image[2:] - image[:-2]
    across[:, 1:-1] = image[:, 2:] - image[:, :-2]
    return down, across


def hog_cell_histogram(strength, angle, bins=9):
    """Return the histogram of one cell: for each bin of orientation, the mean over the cell of the strengths that fall into it.

    Shapes: strength (h, w), angle (h, w) in degrees from 0 to below 180 -> (bins,).
    Raises: ValueError when shapes differ or bins is below 1.
    Lecture: 3.
    Source: Dalal & Triggs 2005, section 6.3.
    """
    xp = _expect.arrays(strength=strength, angle=angle)
    h, w = _expect.shape("strength", strength, "h", "w")
    _expect.shape("angle", angle, "h", "w", h=h, w=w)
    _expect.number("bins", bins, at_least=1, whole=True)
    which = _bins(xp, angle, bins)
    return xp.stack([xp.sum(xp.where(which == b, strength, xp.zeros_like(strength))) for b in range(bins)]) / (h * w)


def hog(image, cell=8, bins=9, block=None, eps=1e-5):
    """Return the histograms of all cells, and with `block` set, normalized in overlapping blocks of block × block cells.

    Pixels at the right and the bottom that do not fill a cell are left away.

    Shapes: image (H, W) -> (H // cell, W // cell, bins), or with blocks (rows, columns, block, block, bins).
    Raises: ValueError when the image is smaller than a cell, or than a block.
    Lecture: 3.
    Source: Dalal & Triggs 2005, "Histograms of oriented gradients for human detection".
    """
    xp = _expect.arrays(image=image)
    down, across = image_gradients(image)
    _expect.number("cell", cell, at_least=1, whole=True)
    rows, columns = image.shape[0] // cell, image.shape[1] // cell
    if not rows or not columns:
        raise ValueError(f"`image` has shape {tuple(image.shape)}, smaller than one cell of {cell} by {cell} pixels.")
    strength = xp.sqrt(down * down + across * across)
    angle = (xp.atan2(down, across) * (180 / math.pi)) % 180
    which = _bins(xp, angle, bins)[: rows * cell, : columns * cell]
    votes = strength[: rows * cell, : columns * cell]
    layers = [xp.where(which == b, votes, xp.zeros_like(votes)) for b in range(bins)]
    # (bins, rows, cell, columns, cell): the mean over the two axes inside a cell.
    cells = xp.mean(xp.stack(layers).reshape((bins, rows, cell, columns, cell)), axis=(2, 4))
    cells = xp.permute_dims(cells, (1, 2, 0))
    return cells if block is None else _normalized_blocks(xp, cells, block, eps)


def _bins(xp, angle, bins):
    """The bin of each angle. Where rounding gives exactly 180, it is 0 again."""
    return xp.astype(xp.floor(angle * (bins / 180)), xp.int64) % bins


def _normalized_blocks(xp, cells, block, eps):
    rows, columns, _ = cells.shape
    _expect.number("block", block, at_least=1, whole=True)
    if block > min(rows, columns):
        raise ValueError(f"`block` is {block}; there are only {rows} by {columns} cells.")
    out = []
    for r in range(rows - block + 1):
        row = [cells[r : r + block, c : c + block] for c in range(columns - block + 1)]
        out.append(xp.stack([part / xp.sqrt(xp.sum(part * part) + eps * eps) for part in row]))
    return xp.stack(out)
