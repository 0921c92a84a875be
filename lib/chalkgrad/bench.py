"""How fast is the library? Each operation beside torch's own, in one run, with the same number of threads.

    python -m chalkgrad.bench              everything
    python -m chalkgrad.bench svm_loss     what you name

Machines are noisy and differ, so what counts is the ratio in a row: the median over alternating rounds, ours and torch's by
turns, forward and backward together.
"""

import argparse
import statistics
import time

import numpy as np

from chalkgrad import losses, regularizers

ROUNDS = 15


def operations():
    """Return {name: (shapes in words, our call, torch's call)}, float32, forward and backward.

    Lecture: all.
    Source: ours.
    """
    import torch
    import torch.nn.functional as F

    rng = np.random.default_rng(0)
    N, C = 4096, 1000
    scores, y = rng.normal(size=(N, C)).astype(np.float32), rng.integers(C, size=N)
    W = rng.normal(size=(3072, 1000)).astype(np.float32)
    s, labels, w = torch.tensor(scores, requires_grad=True), torch.tensor(y), torch.tensor(W, requires_grad=True)

    def theirs(leaf, forward):
        def call():
            leaf.grad = None
            forward().backward()

        return call

    words, weights = f"scores ({N}, {C})", "W (3072, 1000)"
    hinge = theirs(s, lambda: F.multi_margin_loss(s, labels) * C)
    squared = theirs(s, lambda: F.multi_margin_loss(s, labels, p=2) * C)
    return {
        "svm_loss": (words, lambda: losses.svm_loss(scores, y), hinge),
        "squared_hinge_loss": (words, lambda: losses.squared_hinge_loss(scores, y), squared),
        "softmax_loss": (words, lambda: losses.softmax_loss(scores, y), theirs(s, lambda: F.cross_entropy(s, labels))),
        "l2": (weights, lambda: regularizers.l2(W), theirs(w, lambda: (w * w).sum())),
        "l1": (weights, lambda: regularizers.l1(W), theirs(w, lambda: w.abs().sum())),
    }


def compare(ours, theirs, rounds=ROUNDS):
    """Return the median seconds of two calls, taken by turns so that a busy moment hits both.

    Lecture: all.
    Source: ours.
    """
    times = ([], [])
    for _ in range(rounds + 1):
        for call, kept in zip((ours, theirs), times, strict=True):
            began = time.perf_counter()
            call()
            kept.append(time.perf_counter() - began)
    return tuple(statistics.median(kept[1:]) for kept in times)  # the first round warms up


def main(argv=None):
    """Print the table.

    Lecture: all.
    Source: ours.
    """
    import torch

    parser = argparse.ArgumentParser(
        prog="python -m chalkgrad.bench", description="The library's operations against torch's."
    )
    known = operations()
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(known)}")
    chosen = parser.parse_args(argv)
    if unknown := [name for name in chosen.names if name not in known]:
        parser.error(f"there is no operation called {unknown[0]!r}; choose from {', '.join(known)}")
    torch.set_num_threads(1)  # NumPy's elementwise work has one thread; torch gets the same
    print(f"float32, forward and backward, 1 thread, median of {ROUNDS} rounds by turns")
    print(f"{'operation':20}{'shapes':24}{'ours':>10}{'torch':>10}{'ratio':>8}")
    for name in chosen.names or known:
        shapes, ours, theirs = known[name]
        mine, other = compare(ours, theirs)
        print(f"{name:20}{shapes:24}{mine * 1e3:8.2f} ms{other * 1e3:7.2f} ms{mine / other:7.2f}×")


if __name__ == "__main__":
    main()
