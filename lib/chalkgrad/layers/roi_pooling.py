"""RoI pooling: cut a box of any size out of a feature map and max-pool it to a fixed grid.

This is what makes Fast R-CNN fast: the network runs once over the picture, and each proposal only cuts out its part.
"""

from chalkgrad import _expect
from chalkgrad.gates import Gate


def roi_pool_forward(x, rois, size):
    """Return the largest entry of each of size × size bins of each box, and what backward needs.

    A box is (n, x1, y1, x2, y2): image n, columns x1 … x2 − 1, rows y1 … y2 − 1 of the feature map. Bin i of a side of length L
    runs from ⌊i·L/size⌋ to ⌈(i+1)·L/size⌉, so that every bin has at least one entry; at a tie the first entry wins.

    Shapes: x (N, C, H, W), rois (R, 5) whole numbers -> out (R, C, size, size), cache.
    Raises: ValueError or TypeError when a box is empty, sticks out, or is not made of whole numbers.
    Lecture: 11.
    Source: Girshick 2015, "Fast R-CNN", section 2.1.
    """
    xp = _expect.arrays(x=x)
    _expect.floats(x=x)
    N, C, H, W = _expect.shape("x", x, "N", "C", "H", "W")
    boxes = _checked(rois, N, H, W)
    out = xp.empty((len(boxes), C, size, size), dtype=x.dtype, device=x.device)
    winners = xp.empty((len(boxes), C, size, size), dtype=xp.int64, device=x.device)
    for r, (n, x1, y1, x2, y2) in enumerate(boxes):
        for i, (top, bottom) in enumerate(_bins(y1, y2, size)):
            for j, (left, right) in enumerate(_bins(x1, x2, size)):
                part = x[n, :, top:bottom, left:right].reshape((C, -1))
                at = xp.argmax(part, axis=1)
                out[r, :, i, j] = xp.max(part, axis=1)
                # The place in the whole map, as row · W + column.
                winners[r, :, i, j] = (top + at // (right - left)) * W + left + at % (right - left)
    return out, (winners, boxes, x.shape)


def roi_pool_backward(dout, cache):
    """Route each gradient to the entry that won its bin; bins and boxes that share an entry add.

    Shapes: dout (R, C, size, size) -> dx (N, C, H, W).
    Lecture: 11.
    Source: Girshick 2015, "Fast R-CNN", section 2.3.
    """
    winners, boxes, shape = cache
    xp = _expect.arrays(dout=dout)
    N, C, H, W = shape
    size = dout.shape[2]
    dx = xp.zeros((N, C, H * W), dtype=dout.dtype, device=dout.device)
    channels = xp.arange(C, device=dout.device)
    for r, box in enumerate(boxes):
        for i in range(size):
            for j in range(size):
                dx[box[0], channels, winners[r, :, i, j]] += dout[r, :, i, j]
    return dx.reshape(shape)


class RoIPool(Gate):
    """RoI pooling as a gate; the boxes receive no gradient.

    Shapes: forward x (N, C, H, W), rois (R, 5) -> (R, C, size, size); backward dout -> dx as x.
    Lecture: 11.
    Source: Girshick 2015, "Fast R-CNN".
    """

    def __init__(self, size):
        super().__init__()
        self.size = _expect.number("size", size, at_least=1, whole=True)

    def forward(self, x, rois):
        out, self.cache = roi_pool_forward(x, rois, self.size)
        return out

    def backward(self, dout):
        return roi_pool_backward(dout, self.cache)


def _bins(start, end, size):
    length = end - start
    return [(start + i * length // size, start - (-(i + 1) * length // size)) for i in range(size)]


def _checked(rois, N, H, W):
    xp = _expect.arrays(rois=rois)
    if not xp.isdtype(rois.dtype, "integral"):
        raise TypeError(f"`rois` has dtype {rois.dtype}; expected whole numbers, in cells of the feature map.")
    _expect.shape("rois", rois, "R", "5", **{"5": 5})
    boxes = [tuple(int(v) for v in box) for box in rois]
    for n, x1, y1, x2, y2 in boxes:
        if not (0 <= n < N and 0 <= x1 < x2 <= W and 0 <= y1 < y2 <= H):
            raise ValueError(f"the box {(n, x1, y1, x2, y2)} is empty or outside {N} maps of {H} rows and {W} columns.")
    return boxes
