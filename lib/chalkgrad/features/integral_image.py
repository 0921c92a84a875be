"""The integral image: after one pass, the sum over any rectangle takes four look-ups."""

from chalkgrad import _expect


def integral_image(image):
    """Return the table of sums: entry (r, c) is the sum of all pixels above row r and left of column c.

    It is one larger than the image in both directions, so that its first row and column are 0 and no rectangle is special.

    Shapes: image (H, W) -> (H + 1, W + 1).
    Raises: ValueError when image is not (H, W).
    Lecture: 1.
    Source: Crow 1984, "Summed-area tables for texture mapping"; Viola & Jones 2001.
    """
    xp = _expect.arrays(image=image)
    _expect.floats(image=image)
    H, W = _expect.shape("image", image, "H", "W")
    table = xp.zeros((H + 1, W + 1), dtype=image.dtype, device=image.device)
    table[1:, 1:] = xp.cumulative_sum(xp.cumulative_sum(image, axis=0), axis=1)
    return table


def box_sum(table, top, left, height, width):
    """Return the sum over a rectangle of the image from its integral image, by four look-ups.

    Shapes: table (H + 1, W + 1), whole numbers -> ().
    Raises: ValueError when the rectangle leaves the image.
    Lecture: 1.
    Source: Viola & Jones 2001, "Rapid object detection using a boosted cascade of simple features".
    """
    for name, value in (("top", top), ("left", left), ("height", height), ("width", width)):
        _expect.number(name, value, at_least=0, whole=True)
    bottom, right = top + height, left + width
    if bottom >= table.shape[0] or right >= table.shape[1]:
        raise ValueError(
            f"the rectangle from ({top}, {left}) to ({bottom}, {right}) leaves the image of "
            f"{table.shape[0] - 1} by {table.shape[1] - 1} pixels."
        )
    return table[bottom, right] - table[top, right] - table[bottom, left] + table[top, left]


def haar_feature(table, kind, top, left, height, width):
    """Return a Haar-like feature: the sum over the light parts minus the sum over the dark ones.

    "left-right": left half minus right half. "up-down": upper minus lower half. "three": twice the middle third (of the width)
    minus the two outer ones, so that an even area gives 0.

    Shapes: table (H + 1, W + 1), whole numbers -> ().
    Raises: ValueError for an unknown kind or a size that does not divide into its parts.
    Lecture: 1.
    Source: Viola & Jones 2001.
    """
    parts = {"left-right": 2, "up-down": 2, "three": 3}
    if kind not in parts:
        raise ValueError(f"`kind` is {kind!r}; expected one of {', '.join(parts)}.")
    side, length = ("height", height) if kind == "up-down" else ("width", width)
    if length % parts[kind]:
        raise ValueError(f"`{side}` is {length}; a {kind} feature needs it to divide by {parts[kind]}.")
    if kind == "up-down":
        half = height // 2
        return box_sum(table, top, left, half, width) - box_sum(table, top + half, left, half, width)
    part = width // parts[kind]
    sums = [box_sum(table, top, left + i * part, height, part) for i in range(parts[kind])]
    return sums[0] - sums[1] if kind == "left-right" else 2 * sums[1] - sums[0] - sums[2]
