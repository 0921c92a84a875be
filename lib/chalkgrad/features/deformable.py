"""Deformable parts: a coarse template for the whole, finer ones for its parts, and springs between them."""

from chalkgrad import _expect


def deformable_score(root, parts, anchors, springs):
    """Return the score of an object at every place: the root's response plus, for each part, its best response less the spring.

    A part may move from its anchor by (dy, dx) at the cost spring · (dy² + dx²); it takes the place where response less cost
    is largest. Places outside the map do not count.

    Shapes: root (H, W), parts (P, H, W), anchors (P, 2) whole numbers (down, across), springs (P,) ≥ 0 -> (H, W), places (P, H, W, 2).
    Raises: ValueError when shapes do not fit or a spring is negative.
    Lecture: 1.
    Source: Felzenszwalb et al. 2010, "Object detection with discriminatively trained part-based models".
    """
    xp = _expect.arrays(root=root, parts=parts)
    _expect.floats(root=root, parts=parts)
    H, W = _expect.shape("root", root, "H", "W")
    P, _, _ = _expect.shape("parts", parts, "P", "H", "W", H=H, W=W)
    if len(anchors) != P or len(springs) != P:
        raise ValueError(
            f"there are {P} parts, {len(anchors)} anchors and {len(springs)} springs; expected one of each a part."
        )
    rows, columns = (xp.arange(n, dtype=root.dtype, device=root.device) for n in (H, W))
    total, places = root, []
    for p in range(P):
        spring = _expect.number(f"springs[{p}]", float(springs[p]), at_least=0)
        # costs[i, r]: the part is wanted in row i + anchor and stands in row r. Down and across cost separately.
        down = spring * (rows[None, :] - (rows[:, None] + int(anchors[p][0]))) ** 2  # (H, H)
        across = spring * (columns[None, :] - (columns[:, None] + int(anchors[p][1]))) ** 2  # (W, W)
        # First the best column for every row, then the best row: the square cost lets the two be taken in turn.
        best_across = parts[p][:, None, :] - across[None]  # (H, W, W)
        column = xp.argmax(best_across, axis=2)  # (H, W)
        best_down = xp.max(best_across, axis=2)[None] - down[:, :, None]  # (H, H, W)
        row = xp.argmax(best_down, axis=1)  # (H, W)
        total = total + xp.max(best_down, axis=1)
        across_of = xp.stack([column[row[:, w], w] for w in range(W)], axis=1)
        places.append(xp.stack([row, across_of], axis=2))
    return total, xp.stack(places)
