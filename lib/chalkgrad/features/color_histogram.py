"""The colour histogram: which colours are in the picture, and how much of each; where they are, it does not say."""

from chalkgrad import _expect


def hue(image):
    """Return the hue of every pixel, from 0 (red) through ⅓ (green) and ⅔ (blue) to just below 1; grey gets 0.

    Shapes: image (H, W, 3), red, green and blue from 0 to 1 -> (H, W).
    Raises: ValueError when image is not (H, W, 3).
    Lecture: 3.
    Source: Smith 1978, "Color gamut transform pairs".
    """
    xp = _expect.arrays(image=image)
    _expect.floats(image=image)
    _expect.shape("image", image, "H", "W", "3", **{"3": 3})
    red, green, blue = image[..., 0], image[..., 1], image[..., 2]
    high, low = xp.max(image, axis=2), xp.min(image, axis=2)
    spread = high - low
    safe = xp.where(spread == 0, xp.ones_like(spread), spread)
    # Sixths of the circle, counted from the strongest colour.
    sixths = xp.where(
        high == red,
        ((green - blue) / safe) % 6,
        xp.where(high == green, (blue - red) / safe + 2, (red - green) / safe + 4),
    )
    return xp.where(spread == 0, xp.zeros_like(spread), sixths / 6)


def color_histogram(image, bins=10):
    """Return the share of pixels in each of equally wide bins of hue; the shares add up to 1.

    Shapes: image (H, W, 3), from 0 to 1 -> (bins,).
    Raises: ValueError when image is not (H, W, 3) or bins is below 1.
    Lecture: 3.
    Source: Swain & Ballard 1991, "Color indexing".
    """
    xp = _expect.arrays(image=image)
    _expect.number("bins", bins, at_least=1, whole=True)
    hues = hue(image)
    which = xp.clip(xp.astype(hues * bins, xp.int64), max=bins - 1)
    counts = [xp.sum(xp.astype(which == b, image.dtype)) for b in range(bins)]
    return xp.stack(counts) / (hues.shape[0] * hues.shape[1])
