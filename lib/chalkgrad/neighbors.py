"""Nearest neighbours: remember everything, and answer with the label of what looks most alike.

The distances come in three forms, from two loops to none. They are equal; what differs is how much of the work Python does.
"""

from chalkgrad import _expect


def l1_distances_two_loops(test, train):
    """Return every L1 distance, one pair at a time.

    Shapes: test (M, D), train (N, D) -> (M, N).
    Raises: ValueError or TypeError when shapes or dtypes do not fit.
    Lecture: 2.
    Source: CS231n notes, classification.
    """
    return _two_loops(test, train, lambda xp, gap: xp.sum(xp.abs(gap)))


def l1_distances_one_loop(test, train):
    """Return every L1 distance, one test example at a time.

    Shapes: test (M, D), train (N, D) -> (M, N).
    Raises: ValueError or TypeError when shapes or dtypes do not fit.
    Lecture: 2.
    Source: CS231n notes, classification.
    """
    xp = _checked(test, train)
    return xp.stack([xp.sum(xp.abs(train - x), axis=1) for x in test])


def l1_distances(test, train):
    """Return every L1 distance at once: Σ |a − b| over a table of all pairs, which needs M · N · D numbers of memory.

    Shapes: test (M, D), train (N, D) -> (M, N).
    Raises: ValueError or TypeError when shapes or dtypes do not fit.
    Lecture: 2.
    Source: CS231n notes, classification.
    """
    xp = _checked(test, train)
    return xp.sum(xp.abs(test[:, None] - train[None]), axis=2)  # (M, 1, D) − (1, N, D)


def l2_distances_two_loops(test, train):
    """Return every L2 distance, one pair at a time.

    Shapes: test (M, D), train (N, D) -> (M, N).
    Raises: ValueError or TypeError when shapes or dtypes do not fit.
    Lecture: 2.
    Source: CS231n notes, classification.
    """
    return _two_loops(test, train, lambda xp, gap: xp.sqrt(xp.sum(gap * gap)))


def l2_distances_one_loop(test, train):
    """Return every L2 distance, one test example at a time.

    Shapes: test (M, D), train (N, D) -> (M, N).
    Raises: ValueError or TypeError when shapes or dtypes do not fit.
    Lecture: 2.
    Source: CS231n notes, classification.
    """
    xp = _checked(test, train)
    return xp.stack([xp.sqrt(xp.sum((train - x) ** 2, axis=1)) for x in test])


def l2_distances(test, train):
    """Return every L2 distance by one matrix product: |a − b|² = |a|² − 2 a·b + |b|².

    Shapes: test (M, D), train (N, D) -> (M, N).
    Raises: ValueError or TypeError when shapes or dtypes do not fit.
    Lecture: 2.
    Source: CS231n notes, classification.
    """
    xp = _checked(test, train)
    # Subtracting one point from all changes no distance and keeps the squares small: fewer digits cancel.
    centre = xp.mean(train, axis=0)
    a, b = test - centre, train - centre
    squares = xp.sum(a * a, axis=1)[:, None] - 2 * (a @ b.T) + xp.sum(b * b, axis=1)  # (M, 1) − (M, N) + (N,)
    return xp.sqrt(xp.clip(squares, min=0))  # rounding can leave a square a hair below 0


def knn_predict(distances, labels, k=1, classes=None):
    """Return the most frequent label among the k nearest; of labels that are equally frequent, the smallest.

    Of training examples that are equally far, the earlier one is nearer.

    Shapes: distances (M, N), labels (N,) whole numbers -> (M,).
    Raises: ValueError when k is not from 1 to N, or labels do not fit.
    Lecture: 2.
    Source: Cover & Hart 1967, "Nearest neighbor pattern classification".
    """
    xp = _expect.arrays(distances=distances, labels=labels)
    _expect.floats(distances=distances)
    _, N = _expect.shape("distances", distances, "M", "N")
    C = int(xp.max(labels)) + 1 if classes is None else classes
    _expect.labels("labels", labels, N, C)
    _expect.number("k", k, at_least=1, at_most=N, whole=True)
    nearest = labels[xp.argsort(distances, axis=1, stable=True)[:, :k]]  # (M, k)
    classes = xp.arange(C, device=labels.device)
    votes = xp.sum(xp.astype(nearest[:, :, None] == classes, xp.int64), axis=1)  # (M, C)
    return xp.argmax(votes, axis=1)  # argmax takes the first, which is the smallest label


class NearestNeighbor:
    """The classifier of lecture 2: training is remembering, O(1); predicting looks at everything, O(N).

    Shapes: train(x (N, D), y (N,)); predict(x (M, D)) -> (M,).
    Raises: ValueError when predict comes before train, or shapes do not fit.
    Lecture: 2.
    Source: Cover & Hart 1967.
    """

    def __init__(self, k=1, distances=l2_distances):
        self.k, self.distances = k, distances
        self.x = self.y = None

    def train(self, x, y):
        """Remember all examples and labels."""
        _expect.arrays(x=x, y=y)
        N, _ = _expect.shape("x", x, "N", "D")
        _expect.shape("y", y, "N", N=N)
        self.x, self.y = x, y
        return self

    def predict(self, x):
        """Label each example like its nearest neighbours."""
        if self.x is None:
            raise ValueError("there is nothing to compare with yet; call train first.")
        return knn_predict(self.distances(x, self.x), self.y, self.k)


def _checked(test, train):
    xp = _expect.arrays(test=test, train=train)
    _expect.floats(test=test, train=train)
    _, D = _expect.shape("test", test, "M", "D")
    _expect.shape("train", train, "N", "D", D=D)
    return xp


def _two_loops(test, train, distance):
    xp = _checked(test, train)
    out = xp.empty((test.shape[0], train.shape[0]), dtype=test.dtype, device=test.device)
    for i in range(test.shape[0]):
        for j in range(train.shape[0]):
            out[i, j] = distance(xp, test[i] - train[j])
    return out
