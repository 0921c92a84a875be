"""Wrong answers to the recall questions, and what each of them says about the one who gave it."""


class HingeLossAtZero:
    wrong = (
        (10, "You counted the right class too. The sum leaves it out: C − 1 terms of max(0, 0 − 0 + 1)."),
        (
            0,
            "All scores are equal, but nobody leads by the margin of 1: each of the other classes costs max(0, 0 − 0 + 1).",
        ),
        (1, "That is one margin. There is one for each class other than the right one."),
        (2.3026, "That is log 10, the softmax loss. The question is about the SVM loss."),
        (0.9, "The loss of one example is a sum over the other classes, not a mean."),
    )


class SoftmaxLossAtZero:
    wrong = (
        (1.0, "That is the logarithm to base 10. The loss uses the natural one: log 10 ≈ 2.30."),
        (0.1, "That is the probability of the right class. The loss is −log of it."),
        (9, "That is the SVM loss, C − 1. With softmax each class gets probability 1/10."),
        (-2.3026, "The sign is off: −log(1/10) is +log 10."),
        (0, "The loss would be 0 if the right class had probability 1. It has 1/10."),
    )


class CatSoftmaxLoss:
    wrong = (
        (0.89, "0.89 is −log₁₀(0.13), the notes' slip. The natural logarithm gives 2.04."),
        (0.13, "That is the probability of the cat. The loss is −log of it."),
        (2.9, "That is the SVM loss of the same scores."),
        (0.14, "That is −log(0.87), the loss if the picture were a car. It is a cat."),
        (-2.04, "The sign is off: −log of a probability is positive."),
    )


class CarAfterTheNudge:
    wrong = (
        (
            0.5,
            "Losing half a point of score costs nothing here: at 4.4 the car still leads both others by more than 1.",
        ),
        (1, "Both margins are still negative, 1.3 − 4.4 + 1 and 2.0 − 4.4 + 1, and max(0, ·) makes them 0."),
        (-0.5, "A hinge loss is never negative: max(0, ·) sees to that."),
        (-1.4, "That is the margin 2.0 − 4.4 + 1. It is negative, so max(0, ·) makes it 0."),
    )


class UniqueW:
    wrong = (
        (
            "a",
            "Try 2W: every score doubles, every lead of at least 1 becomes a lead of at least 2, and the loss is still 0.",
        ),
        ("c", "½W halves the leads; some may fall below 1, and the loss comes back. It is 2W that always works."),
        ("d", "−W turns every lead into a deficit: the loss becomes large."),
    )


class PreferredByL1:
    wrong = (
        ("w1", "So say the notes, but compute it: 1 + 0 + 0 + 0 is 1, and 4 · ¼ is 1 as well. L1 sees no difference."),
        ("w2", "That is L2's choice: 4 · (¼)² = ¼ is less than 1. For L1 both come to 1."),
    )


class ShapeOfW:
    wrong = (
        (
            (10, 3072),
            "That is the W of the notes, where an example is a column and the scores are W x. Here rows are examples: X @ W.",
        ),
        ((32, 32, 3, 10), "Each picture was stretched into one row of 32 · 32 · 3 = 3072 numbers first."),
        ((3072,), "That is one class's template. Ten classes need ten of them, side by side."),
        ((1024, 10), "Each pixel has three colours: 32 · 32 · 3 = 3072 numbers."),
    )
