"""A descriptor in the manner of SIFT: 128 numbers that describe a patch and hardly change with turn, scale and light.

Sixteen squares of a patch, in each a histogram of eight gradient directions, measured from the patch's own main direction. Two
descriptors match when the nearest is clearly nearer than the second nearest; otherwise any match would be a guess.
"""

import math

from chalkgrad import _expect
from chalkgrad.features.hog import image_gradients
from chalkgrad.neighbors import l2_distances


def dominant_angle(patch, bins=36):
    """Return the direction, in radians, in which most of the patch's gradient points.

    Shapes: patch (S, S) -> a number from 0 to below 2π.
    Raises: ValueError when patch is not (S, S).
    Lecture: 1.
    Source: Lowe 2004, section 5.
    """
    xp = _expect.arrays(patch=patch)
    strength, angle = _polar(xp, patch)
    strength = strength * _window(xp, patch)
    which = xp.astype(xp.floor(angle * (bins / (2 * math.pi))), xp.int64) % bins
    totals = xp.stack([xp.sum(xp.where(which == b, strength, xp.zeros_like(strength))) for b in range(bins)])
    peak = int(xp.argmax(totals))
    # The mean direction of the gradients near the peak: finer than a bin, and steady when the peak lies between two.
    near = xp.cos(angle - (peak + 0.5) * 2 * math.pi / bins) > math.cos(3 * math.pi / bins)
    kept = xp.where(near, strength, xp.zeros_like(strength))
    return math.atan2(float(xp.sum(kept * xp.sin(angle))), float(xp.sum(kept * xp.cos(angle)))) % (2 * math.pi)


def gradient_histogram(patch, turn=None):
    """Return the 128 numbers of a patch: 4 × 4 squares, turned to the main direction, 8 directions each, of length 1.

    Entries above 0.2 are cut before the length is made 1 again: a single glaring edge should not decide alone.

    Shapes: patch (S, S), S at least 8 -> (128,).
    Raises: ValueError when patch is not square or smaller than 8 × 8.
    Lecture: 1.
    Source: Lowe 2004, "Distinctive image features from scale-invariant keypoints", section 6.
    """
    xp = _expect.arrays(patch=patch)
    S, _ = _expect.shape("patch", patch, "S", "S")
    if patch.shape[1] != S or S < 8:
        raise ValueError(f"`patch` has shape {tuple(patch.shape)}; expected a square of at least 8 by 8 pixels.")
    turn = dominant_angle(patch) if turn is None else turn
    strength, angle = _polar(xp, patch)
    strength = strength * _window(xp, patch)
    down, across = _offsets(xp, patch)
    # Every pixel's place in the patch's own frame, in units of squares, from −0.5 to 3.5 along each side.
    side = 4 / S
    u = (across * math.cos(turn) + down * math.sin(turn)) * side + 1.5
    v = (down * math.cos(turn) - across * math.sin(turn)) * side + 1.5
    bin_ = ((angle - turn) % (2 * math.pi)) * (8 / (2 * math.pi))
    histogram = []
    for i in range(4):
        for j in range(4):
            # Each pixel votes for the nearest squares and directions, with a share that falls off linearly.
            near = xp.clip(1 - xp.abs(v - i), min=0) * xp.clip(1 - xp.abs(u - j), min=0) * strength
            for b in range(8):
                gap = xp.abs(bin_ - b)
                histogram.append(xp.sum(near * xp.clip(1 - xp.minimum(gap, 8 - gap), min=0)))
    return _unit(xp, xp.clip(_unit(xp, xp.stack(histogram)), max=0.2))


def match_ratio(descriptors, others, ratio=0.8):
    """Return the pairs that match: nearest over second nearest distance below `ratio`.

    Shapes: descriptors (M, 128), others (N, 128), N at least 2 -> a list of (i, j).
    Raises: ValueError when there are fewer than two others, or ratio is out of range.
    Lecture: 1.
    Source: Lowe 2004, section 7.1.
    """
    xp = _expect.arrays(descriptors=descriptors, others=others)
    _expect.number("ratio", ratio, above=0, at_most=1)
    if others.shape[0] < 2:
        raise ValueError(f"`others` has {others.shape[0]} descriptors; the ratio needs a nearest and a second nearest.")
    distances = l2_distances(descriptors, others)
    order = xp.argsort(distances, axis=1, stable=True)
    pairs = []
    for i in range(distances.shape[0]):
        first, second = int(order[i, 0]), int(order[i, 1])
        if float(distances[i, first]) < ratio * float(distances[i, second]):
            pairs.append((i, first))
    return pairs


def _polar(xp, patch):
    down, across = image_gradients(patch)
    return xp.sqrt(down * down + across * across), xp.atan2(down, across) % (2 * math.pi)


def _offsets(xp, patch):
    """How far each pixel is from the middle, down (S, 1) and across (1, S)."""
    S = patch.shape[0]
    steps = xp.arange(S, dtype=patch.dtype, device=patch.device) - (S - 1) / 2
    return steps[:, None], steps[None, :]


def _window(xp, patch):
    """A bell over the patch, 0 outside its inner circle, so that what turns in and out at the corners does not count."""
    down, across = _offsets(xp, patch)
    radius2 = (down * down + across * across) / (patch.shape[0] / 2) ** 2
    return xp.where(radius2 < 1, xp.exp(-2 * radius2), xp.zeros_like(radius2))


def _unit(xp, vector):
    length = xp.sqrt(xp.sum(vector * vector))
    return vector / (length if float(length) > 0 else 1.0)
