# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: tags,-all
#     notebook_metadata_filter: kernelspec,jupytext
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
r"""
# Lecture 3: losses

A linear classifier gives every class a score. In this notebook you write the functions that say **how bad a set of
scores is**, and **in which direction each score should move**. At the end you have the two losses that almost every
image classifier is trained with, their gradients, and the term that keeps the weights simple.

You need: lecture 2 (scores are `X @ W`), a little NumPy. About **90 minutes**, **100 points**.

How it works: write your answer where it says `YOUR CODE HERE`, run the cell, then run the check below it. The check
tells you what is right, what is not, and often which mistake it is. Try as often as you like. A wrong try costs nothing
and unfolds a hint.
"""

# %%
import matplotlib.pyplot as plt
import numpy as np

from chalkgrad import plots
from grading.lecture03.losses import check

plots.use_style()

# %% [markdown]
r"""
## From the lecture

The last lecture ended with a question: *how can we tell whether a W is good or bad?* By looking at its scores. Here are three
pictures, three classes (the notes say two, and list three), and the scores of some classifier. Each **row** belongs to one
picture, each **column** to one class. (The notes write one picture per column. In this course rows are examples, everywhere.)

| picture | cat | car | frog |
|---|---|---|---|
| a cat | **3.2** | 5.1 | −1.7 |
| a car | 1.3 | **4.9** | 2.0 |
| a frog | 2.2 | 2.5 | **−3.1** |

The score of the right class is bold. The car is fine. The cat is taken for a car. The frog is a disaster. A *loss* turns
that feeling into a number: 0 when there is nothing to complain about, larger the worse it gets.
"""

# %%
names = ["cat", "car", "frog"]
scores = np.array(
    [
        [3.2, 5.1, -1.7],  # the picture of a cat
        [1.3, 4.9, 2.0],  # the picture of a car
        [2.2, 2.5, -3.1],  # the picture of a frog
    ]
)
y = np.array([0, 1, 2])  # the right class of each row

# %% [markdown]
r"""
Here are the same numbers as a picture. The right class is hatched. Look for rows where a plain bar is taller than the
hatched one: there the classifier is wrong.
"""

# %%
fig, axes = plt.subplots(1, 3, figsize=(8, 2.6), sharey=True, layout="constrained")
for i, ax in enumerate(axes):
    hatches = ["//" if j == y[i] else "" for j in range(3)]
    ax.bar(names, scores[i], color=plots.PALETTE["data"], hatch=hatches, edgecolor="white")
    ax.axhline(0, color="black", linewidth=0.8)
    ax.set(title=f"a picture of a {names[i]}", xlabel="class")
axes[0].set_ylabel("score")
plots.show(
    fig, "Three bar charts of scores. Cat picture: car leads. Car picture: car leads. Frog picture: frog is last."
)

# %% [markdown]
r"""
## 1. The SVM loss

The idea is a demand: *the right class should lead every other class by at least 1.* Each class that comes closer, or
overtakes, costs as much as it breaks that demand. For one example with scores $s$ and right class $y$,

$$L_i = \sum_{j \neq y} \max(0,\; s_j - s_y + 1).$$

### By hand

Take the cat. Its own score is 3.2.

- car: $\max(0,\; 5.1 - 3.2 + 1) = \max(0,\; 2.9) = 2.9$. The car should be 1 behind, and is 1.9 ahead.
- frog: $\max(0,\; -1.7 - 3.2 + 1) = \max(0,\; -3.9) = 0$. The frog is far behind. Nothing to pay.

So the cat costs 2.9. The cat itself is not in the sum: $j \neq y$. In code, for this one row:
"""

# %%
cat = scores[0]
car_term = max(0, cat[1] - cat[0] + 1)
frog_term = max(0, cat[2] - cat[0] + 1)
print(f"car {car_term:.1f}, frog {frog_term:.1f}, together {car_term + frog_term:.1f}")

# %% [markdown]
r"""
Do the car and the frog on paper before you go on. The notes have 0 and 12.9.

The loss of a whole batch is the **mean** of its examples' losses: $L = \frac1N \sum_i L_i$. A mean, so that a batch of 256
does not look 256 times as bad as a single picture. For the three pictures: $(2.9 + 0 + 12.9)/3 = 5.27$.

### Exercise: `svm_loss_naive`

Write the formula with two loops, the way you would read it aloud. Slow is fine here. Clear is the point.

| name | shape | meaning |
|---|---|---|
| `scores` | (N, C) | a row of scores for each example |
| `y` | (N,) | the right class of each example, 0 … C − 1 |
| returns `loss` | a number | the mean of the $L_i$ |
"""


# %% tags=["solution"]
def svm_loss_naive(scores, y):
    """The multiclass SVM loss by two loops: scores (N, C), y (N,) -> loss."""
    ### BEGIN SOLUTION
    N, C = scores.shape
    loss = 0.0
    for i in range(N):
        for j in range(C):
            if j != y[i]:
                loss += max(0, scores[i, j] - scores[i, y[i]] + 1)
    return loss / N
    ### END SOLUTION


# %% tags=["check"]
check("svm_loss_naive", svm_loss_naive, points=8)

# %% [markdown]
r"""
### Two questions the formula answers

*What is the smallest loss, what is the largest?* Zero, when every right class leads by 1 or more. There is no largest: a
right class can always fall further behind.

*What is the loss before anything is learned?* At the start all weights are near 0, so all scores are near 0. Then each of
the $C - 1$ wrong classes costs $\max(0, 0 - 0 + 1) = 1$, and the loss is $C - 1$. Remember that number. It is the first thing
to look at when you start a training run: if the loss begins somewhere else, there is a bug.
"""

# %% tags=["explore"]
for C in (2, 3, 10):
    print(f"{C} classes, all scores 0: loss {svm_loss_naive(np.zeros((5, C)), np.zeros(5, dtype=int)):.1f}")

# %% [markdown]
r"""
## 2. Without loops, and with a gradient

Loops in Python are slow, and a loss alone does not train anything. To train, you need to know how the loss changes when a
score moves: the **gradient** `dscores`, one number for every score.

You can read it off the formula. Look at one term, $\max(0, s_j - s_y + 1)$.

- If it is 0, small moves of the scores change nothing. Gradient 0 for both.
- If it is positive, it is just $s_j - s_y + 1$. Raising $s_j$ by a bit raises the loss by the same bit: $+1$ for $s_j$.
  Raising $s_y$ lowers it: $-1$ for $s_y$.

The right class $s_y$ stands in *every* term of its row. So it collects one $-1$ for **each** class that breaks the margin.

### By hand

For the cat one term is positive (the car), so its row of the gradient is $[-1, +1, 0]$. For the frog both are:
$[+1, +1, -2]$. The car breaks nothing: $[0, 0, 0]$. The loss is a mean over three pictures, so everything is divided by 3:

$$\texttt{dscores} = \tfrac13 \begin{pmatrix} -1 & 1 & 0 \\ 0 & 0 & 0 \\ 1 & 1 & -2 \end{pmatrix}$$

Each row adds up to 0. Can you see why? (Raise all scores of a row by the same amount. What happens to the loss?)

### Picking one score from each row

You will need the right class's score of every row at once. Two index arrays, walked along together, do it:
"""

# %%
rows = np.arange(3)
right = scores[rows, y]  # scores[0, 0], scores[1, 1], scores[2, 2]
print(right, right.shape)
print(right[:, None].shape)  # as a column it lines up with the rows of scores

# %% [markdown]
r"""
### Exercise: `svm_loss`

The same loss without any Python loop, and its gradient. Do not change `scores`: it belongs to the caller.

| name | shape | meaning |
|---|---|---|
| `scores` | (N, C) | a row of scores for each example |
| `y` | (N,) | the right class of each example |
| returns `loss` | a number | the mean SVM loss |
| returns `dscores` | (N, C) | its gradient with respect to every score |
"""


# %% tags=["solution"]
def svm_loss(scores, y):
    """The multiclass SVM loss and its gradient: scores (N, C), y (N,) -> loss, dscores (N, C)."""
    ### BEGIN SOLUTION
    N = len(y)
    rows = np.arange(N)
    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)  # (N, C)
    margins[rows, y] = 0  # the sum leaves out the right class
    loss = margins.sum() / N

    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -dscores.sum(axis=1)  # one −1 for each broken margin of the row
    return loss, dscores / N
    ### END SOLUTION


# %% tags=["check"]
check("svm_loss", svm_loss, points=14)

# %% [markdown]
r"""
### Believe it because you measured it

A gradient is a claim about slopes, and slopes can be measured: nudge one score up and down by a tiny $h$, and see how the
loss moves. Here both stand side by side. (You will write `numerical_gradient` yourself in the next notebook.)
"""

# %% tags=["explore"]
from chalkgrad.gradcheck import numerical_gradient

measured = numerical_gradient(lambda s: svm_loss(s, y)[0], scores.copy())
fig, axes = plt.subplots(1, 2, figsize=(8, 2.6), layout="constrained")
plots.heat_table(axes[0], svm_loss(scores, y)[1], names, names, title="derived: your dscores")
plots.heat_table(axes[1], measured, names, names, title="measured: (f(s+h) − f(s−h)) / 2h")
plots.show(fig, "Two tables of nine slopes each, your formula's and the measured ones; they agree.")

# %% [markdown]
r"""
## 3. A harsher judge: the squared hinge

What if one terrible answer should weigh more than several small slips? Square every term:

$$L_i = \sum_{j \neq y} \max(0,\; s_j - s_y + 1)^2$$

The slope of $m^2$ is $2m$, so now a score is pushed harder the further it is off. That is the whole difference.

**By hand:** the cat's one positive term was 2.9. Squared it costs 8.41, and its gradient row (before the division by N)
is $[-5.8,\; +5.8,\; 0]$.

### Exercise: `squared_hinge_loss`

| name | shape | meaning |
|---|---|---|
| `scores`, `y` | (N, C), (N,) | as before |
| returns `loss`, `dscores` | a number, (N, C) | the mean squared hinge loss and its gradient |
"""


# %% tags=["solution"]
def squared_hinge_loss(scores, y):
    """The squared hinge loss and its gradient: scores (N, C), y (N,) -> loss, dscores (N, C)."""
    ### BEGIN SOLUTION
    N = len(y)
    rows = np.arange(N)
    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
    margins[rows, y] = 0
    dscores = 2 * margins
    dscores[rows, y] = -dscores.sum(axis=1)
    return (margins**2).sum() / N, dscores / N
    ### END SOLUTION


# %% tags=["check"]
check("squared_hinge_loss", squared_hinge_loss, points=8)

# %% [markdown]
r"""
## 4. Scores as beliefs: softmax and cross-entropy

The SVM loss only cares who leads, and by how much. It gives the scores themselves no meaning. The *softmax* gives them one:
it turns a row of scores into probabilities.

$$p_k = \frac{e^{s_k}}{\sum_j e^{s_j}}$$

The exponential makes everything positive, the division makes the row add up to 1.

### By hand

The cat's row again:

| | cat | car | frog |
|---|---|---|---|
| score $s$ | 3.2 | 5.1 | −1.7 |
| $e^s$ | 24.5 | 164.0 | 0.18 |
| divided by the sum, 188.7 | 0.13 | 0.87 | 0.00 |

The classifier believes "cat" with 13 %. How bad is that? A good measure is **surprise**: $-\log p$ of what turned out to be
true. Certain and right: $-\log 1 = 0$. Certain and wrong: $-\log 0 = \infty$.

$$L_i = -\log p_{y} = -\log 0.13 = 2.04$$

**The notes say 0.89 here.** That is the logarithm to base 10. The loss uses the natural logarithm, and so does
`np.log`. Nothing about training would change with base 10 except a constant factor, but the numbers you compare with
would all be off.
"""

# %%
e = np.exp(scores[0])
p = e / e.sum()
print("probabilities:", p.round(2))
print(f"natural log: {-np.log(p[0]):.2f}    base 10: {-np.log10(p[0]):.2f}")

# %% [markdown]
r"""
### Exercise: `cross_entropy_of`

Start with the easy half. The probabilities are given. Return the mean surprise at the right classes.

| name | shape | meaning |
|---|---|---|
| `probabilities` | (N, C) | each row adds up to 1 |
| `y` | (N,) | the right class of each example |
| returns `loss` | a number | the mean of $-\log p_y$, natural logarithm |
"""


# %% tags=["solution"]
def cross_entropy_of(probabilities, y):
    """The mean of −log p of the right class: probabilities (N, C), y (N,) -> loss."""
    ### BEGIN SOLUTION
    return -np.mean(np.log(probabilities[np.arange(len(y)), y]))
    ### END SOLUTION


# %% tags=["check"]
check("cross_entropy_of", cross_entropy_of, points=6)

# %% [markdown]
r"""
### Exercise: `softmax_loss_naive`

Now from scores to loss, straight from the formula, with loops. (Softmax, then $-\log$, then the mean.)

| name | shape | meaning |
|---|---|---|
| `scores`, `y` | (N, C), (N,) | as before |
| returns `loss` | a number | the mean of $-\log\left(e^{s_y} / \sum_j e^{s_j}\right)$ |
"""


# %% tags=["solution"]
def softmax_loss_naive(scores, y):
    """The softmax loss by loops: scores (N, C), y (N,) -> loss."""
    ### BEGIN SOLUTION
    N, C = scores.shape
    loss = 0.0
    for i in range(N):
        total = 0.0
        for j in range(C):
            total += np.exp(scores[i, j])
        loss -= np.log(np.exp(scores[i, y[i]]) / total)
    return loss / N
    ### END SOLUTION


# %% tags=["check"]
check("softmax_loss_naive", softmax_loss_naive, points=8)

# %% [markdown]
r"""
### Where the formula breaks

The formula is right, and yet this is the last time you use it as it stands. Run the cell: a score of 1000 is nothing
unusual for a network that has gone astray, but $e^{1000}$ does not fit into a float.
"""

# %%
with np.errstate(over="ignore", invalid="ignore"):
    big = np.array([1000.0, 1001.0, 1002.0])
    print("straight:", np.exp(big) / np.exp(big).sum())

shifted = big - big.max()
print("shifted: ", (np.exp(shifted) / np.exp(shifted).sum()).round(3))

# %% [markdown]
r"""
The cure costs nothing. Subtract the row's largest score from the whole row. Every $e^{s}$ is divided by the same
$e^{\max}$, above and below the fraction bar, so the probabilities are what they were. But now the largest exponent is 0.

One trap is left. A class far behind gets $p = 0$ *exactly*, because $e^{-800}$ is too small for a float, and $\log 0$ is
$-\infty$. So never take the log of $p$. Take it before the exponential, where nothing is lost:

$$\log p_k = (s_k - m) - \log \sum_j e^{s_j - m}, \qquad m = \max_j s_j$$

### The gradient

It is the most beautiful formula of this lecture. With $\mathbb 1_{k=y}$ for "1 at the right class, else 0",

$$\frac{\partial L_i}{\partial s_k} = p_k - \mathbb 1_{k = y}.$$

What the classifier believes, minus what is so. For the cat: $[0.13 - 1,\; 0.87,\; 0.00] = [-0.87,\; +0.87,\; 0.00]$. Push the
cat up, the car down, each as hard as the belief is wrong.

### Exercise: `softmax_loss`

Loss and gradient, no loops, and right for scores of **any** size.

| name | shape | meaning |
|---|---|---|
| `scores`, `y` | (N, C), (N,) | as before; scores may be in the thousands |
| returns `loss`, `dscores` | a number, (N, C) | the mean softmax loss and its gradient |
"""


# %% tags=["solution"]
def softmax_loss(scores, y):
    """The softmax loss and its gradient, stable: scores (N, C), y (N,) -> loss, dscores (N, C)."""
    ### BEGIN SOLUTION
    N = len(y)
    rows = np.arange(N)
    shifted = scores - scores.max(axis=1, keepdims=True)  # each row's own maximum
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))  # (N, C)
    dscores = np.exp(log_p)
    dscores[rows, y] -= 1
    return -log_p[rows, y].mean(), dscores / N
    ### END SOLUTION


# %% tags=["check"]
check("softmax_loss", softmax_loss, points=14)

# %% [markdown]
r"""
### Two judges, two tempers

Both losses look at the same scores. They disagree about when to be content. Below, the score of the right class moves and
the two others stay at 0.
"""

# %%
lead = np.linspace(-3, 5, 401)
hinge = 2 * np.maximum(0, 0 - lead + 1)
softmax = np.log(np.exp(lead) + 2) - lead

fig, ax = plt.subplots(figsize=(6, 3.2), layout="constrained")
ax.plot(lead, hinge, color=plots.PALETTE["svm"], label="SVM: stops caring at a lead of 1")
ax.plot(lead, softmax, color=plots.PALETTE["softmax"], linestyle="--", label="softmax: always wants a little more")
ax.set(xlabel="score of the right class (the other two are 0)", ylabel="loss", title="What a lead is worth")
ax.legend()
plots.show(
    fig,
    "Loss against the right class's score. The SVM loss falls in a straight line and is 0 from 1 on; the softmax loss falls smoothly and never reaches 0.",
)

# %% [markdown]
r"""
## Explore: drag the scores

Move the three scores and watch both losses. Find out:

1. How far can the right class's score fall before the SVM loss notices? Does the softmax loss notice earlier?
2. Set all three scores equal. Which two numbers do you get, and where have you seen them in this notebook?
3. Add 2 to all three. What changes?
"""

# %% tags=["explore"]
from chalkgrad.explore.losses import explore

explore()

# %% [markdown]
r"""
## 5. Which W? Regularization

Suppose you found weights $W$ with SVM loss 0. Is that W the only one? No: take $2W$. Every score doubles, every lead doubles,
and a lead that was at least 1 is now at least 2. The loss is still 0. The data alone cannot choose between them.

So tell the classifier what you prefer. Add a **penalty** $R(W)$ that is small when the weights are simple:

$$L(W) = \underbrace{\frac1N \sum_i L_i}_{\text{fit the data}} + \underbrace{\lambda R(W)}_{\text{stay simple}}$$

λ (in code `reg`, because `lambda` is taken) says how much simplicity is worth. It is a hyperparameter: chosen on the
validation set, never on the test set.
"""

# %% [markdown]
r"""
### L2: many small weights

$$R(W) = \sum_{k,l} W_{k,l}^2$$

The notes compare two weight vectors for the input $x = [1, 1, 1, 1]$:
$w_1 = [1, 0, 0, 0]$ and $w_2 = [¼, ¼, ¼, ¼]$. Both give the score 1, so no data loss can tell them apart. L2 can.
"""

# %%
w1 = np.array([1.0, 0.0, 0.0, 0.0])
w2 = np.array([0.25, 0.25, 0.25, 0.25])
x = np.ones(4)
print("scores:", w1 @ x, w2 @ x)
print("sum of squares:", (w1**2).sum(), (w2**2).sum())

# %% [markdown]
r"""
L2 prefers $w_2$: it listens a little to every input instead of staking all on one.

### Exercise: `l2`

Return the penalty and its gradient. There is **no** factor ½ in this lecture's definition. `W` may have any shape.

| name | shape | meaning |
|---|---|---|
| `W` | any | weights |
| returns `R` | a number | $\sum W^2$ |
| returns `dW` | as `W` | its gradient |
"""


# %% tags=["solution"]
def l2(W):
    """The L2 penalty and its gradient: W (any) -> R, dW (as W)."""
    ### BEGIN SOLUTION
    return np.sum(W * W), 2 * W
    ### END SOLUTION


# %% tags=["check"]
check("l2", l2, points=5)

# %% [markdown]
r"""
### L1: few weights

$$R(W) = \sum_{k,l} |W_{k,l}|$$

L2 hardly bothers a weight once it is small: the slope of $w^2$ at 0.01 is 0.02. L1 pulls every weight towards 0 with the
same force, however small it is. So many weights end at exactly 0, and what remains is a short list of inputs that matter.

**A slip in the notes:** they say that L1 prefers $w_1$. Compute it: $1 + 0 + 0 + 0 = 1$, and $4 · ¼ = 1$. L1 is indifferent
between these two. Its taste for sparse weights shows in where the *slopes* lead, not in this pair.

### Exercise: `l1`

The corner of $|w|$ at 0 has no slope. Use 0 there, so that a weight which is 0 may stay 0.

| name | shape | meaning |
|---|---|---|
| `W` | any | weights |
| returns `R`, `dW` | a number, as `W` | $\sum \lvert W \rvert$ and its gradient |
"""


# %% tags=["solution"]
def l1(W):
    """The L1 penalty and its gradient: W (any) -> R, dW (as W)."""
    ### BEGIN SOLUTION
    return np.sum(np.abs(W)), np.sign(W)
    ### END SOLUTION


# %% tags=["check"]
check("l1", l1, points=5)

# %% [markdown]
r"""
### Both at once: the elastic net

$$R(W) = \sum_{k,l} \beta W_{k,l}^2 + |W_{k,l}|$$

**By hand:** for $w = [2, -1]$ and $\beta = 0.5$: $R = 0.5\,(4 + 1) + (2 + 1) = 5.5$. The gradient is
$2 · 0.5 · [2, -1] + [1, -1] = [3, -2]$.

### Exercise: `elastic_net`

Write it out from the formula, without calling your functions above: then a slip there costs nothing here.

| name | shape | meaning |
|---|---|---|
| `W`, `beta` | any, a number | weights, and how much the squares count |
| returns `R`, `dW` | a number, as `W` | the penalty and its gradient |
"""


# %% tags=["solution"]
def elastic_net(W, beta):
    """The elastic net and its gradient: W (any), beta -> R, dW (as W)."""
    ### BEGIN SOLUTION
    return np.sum(beta * W * W + np.abs(W)), 2 * beta * W + np.sign(W)
    ### END SOLUTION


# %% tags=["check"]
check("elastic_net", elastic_net, points=5)

# %% [markdown]
r"""
### A leash instead of a price: max norm

The last idea has no λ. After each step, measure how long each class's weights are. Longer than `limit`? Scale them back to
exactly that length. Shorter? Leave them alone.

With rows as examples, $W$ has the shape (D, C), and the weights of one class are a **column**.

**By hand:** the column $[3, 4]$ has length 5. With limit 1 it becomes $[0.6, 0.8]$: same direction, length 1. The column
$[0.3, 0.4]$ has length 0.5 and stays.

### Exercise: `max_norm`

Return a new array; leave the caller's `W` as it was. Mind a column of zeros: its length is 0.

| name | shape | meaning |
|---|---|---|
| `W` | (D, C) | a column of weights for each class |
| `limit` | a number | the greatest length allowed |
| returns `W` | (D, C) | no column longer than `limit` |
"""


# %% tags=["solution"]
def max_norm(W, limit):
    """Scale back every column of W that is longer than limit: W (D, C) -> (D, C)."""
    ### BEGIN SOLUTION
    lengths = np.sqrt((W * W).sum(axis=0))  # (C,)
    return W / np.maximum(lengths / limit, 1)
    ### END SOLUTION


# %% tags=["check"]
check("max_norm", max_norm, points=7)

# %% [markdown]
r"""
## Explore: λ and the wiggly curve

Ten noisy points, and a polynomial with enough freedom to pass through every one of them. Move λ.

1. At the far left the curve hits all filled points. Would you trust it between them?
2. At the far right it is nearly flat. Which of the two errors has gone up?
3. Where is the error on the open points, which the fit has never seen, smallest?
"""

# %% tags=["explore"]
from chalkgrad.explore.regularizers import explore

explore()

# %% [markdown]
r"""
## 6. The whole objective

Now put the pieces together. This is the function that the next notebook minimises.

The scores are $S = XW$. The data loss gives you its value and `dscores`. How does the loss change with $W$? A weight
$W_{d,c}$ touches score $c$ of *every* example, each time multiplied by that example's input $x_d$. Adding that up over the
batch is a matrix product:

$$\frac{\partial L}{\partial W} = X^\top \, \texttt{dscores} + \lambda \, \frac{\partial R}{\partial W}$$

**By hand:** one example $x = [1, 2]$, two classes, and a data loss that gives `dscores` $= [-1, +1]$. Each score's gradient goes to its
own column of $W$, multiplied by the inputs: $x^\top\,\texttt{dscores} = \begin{pmatrix} -1 & 1 \\ -2 & 2 \end{pmatrix}$. The larger input gets the
larger share. With L2, $\lambda = 0.1$ and a $W$ of ones, add $0.2$ to every entry.

**Check the shapes:** $X^\top$ is (D, N), `dscores` is (N, C). The product is (D, C), the shape of $W$. It is the only way they
fit. And the $1/N$? It is already inside `dscores`.

### Exercise: `data_loss_plus_regularization`

`data_loss` and `penalty` are functions that you are handed. They could be yours from above, or any others: a data loss is called as
`data_loss(scores, y)` and gives `loss, dscores`; a penalty is called as `penalty(W)` and gives `R, dR`.

| name | shape | meaning |
|---|---|---|
| `W` | (D, C) | weights |
| `X`, `y` | (N, D), (N,) | a batch of examples and their labels |
| `reg` | a number | λ |
| `data_loss`, `penalty` | functions | as above |
| returns `loss`, `dW` | a number, (D, C) | the full objective and its gradient |
"""


# %% tags=["solution"]
def data_loss_plus_regularization(W, X, y, reg, data_loss, penalty):
    """The full objective and its gradient: W (D, C), X (N, D), y (N,) -> loss, dW (D, C)."""
    ### BEGIN SOLUTION
    loss, dscores = data_loss(X @ W, y)  # (N, D) @ (D, C)
    R, dR = penalty(W)
    return loss + reg * R, X.T @ dscores + reg * dR  # (D, N) @ (N, C)
    ### END SOLUTION


# %% tags=["check"]
check("data_loss_plus_regularization", data_loss_plus_regularization, points=10)

# %% [markdown]
r"""
### All of it, once

Sixty points of three colours in the plane, your softmax loss, your L2 penalty, and forty steps downhill. (Each step is
`W -= 0.5 * dW`. Why that works is the next notebook.) The straight borders are what a linear classifier can do.
"""

# %% tags=["explore"]
rng = np.random.default_rng(231)
labels = np.repeat([0, 1, 2], 20)
centres = np.array([[-1.5, -1.0], [1.5, -1.0], [0.0, 1.6]])
points = centres[labels] + 0.7 * rng.normal(size=(60, 2))
X = np.column_stack([points, np.ones(60)])  # a column of ones carries the bias

W = np.zeros((3, 3))
history = []
for _ in range(40):
    loss, dW = data_loss_plus_regularization(W, X, labels, 0.001, softmax_loss, l2)
    history.append(loss)
    W -= 0.5 * dW

fig, axes = plt.subplots(1, 2, figsize=(8, 3.2), layout="constrained")
axes[0].plot(history, color=plots.PALETTE["train"], linestyle="--")
axes[0].axhline(np.log(3), color="black", linewidth=0.8, linestyle=":")
axes[0].set(xlabel="step", ylabel="loss", title="The loss starts at log 3 and falls")
plots.decision_regions(axes[1], lambda grid: np.column_stack([grid, np.ones(len(grid))]) @ W, points, labels)
axes[1].set(xlabel="$x_1$", ylabel="$x_2$", title="What W has learned")
plots.show(fig, "Left: the loss falls from log 3. Right: three groups of points, divided by straight borders.")

# %% [markdown]
r"""
## Recall

Short questions, to be answered without scrolling up. Replace the three dots. Numbers to two decimals.

**1.** Ten classes, all scores 0. What is the SVM loss?
"""

# %% tags=["solution"]
### BEGIN SOLUTION
hinge_loss_at_zero = 9
### END SOLUTION

# %% tags=["check"]
check("hinge_loss_at_zero", hinge_loss_at_zero, points=1)

# %% [markdown]
r"""
**2.** Ten classes, all scores 0. What is the softmax loss?
"""

# %% tags=["solution"]
### BEGIN SOLUTION
softmax_loss_at_zero = 2.30
### END SOLUTION

# %% tags=["check"]
check("softmax_loss_at_zero", softmax_loss_at_zero, points=1)

# %% [markdown]
r"""
**3.** What is the softmax loss of the notes' cat (scores 3.2 for cat, 5.1 for car, −1.7 for frog)?
"""

# %% tags=["solution"]
### BEGIN SOLUTION
cat_softmax_loss = 2.04
### END SOLUTION

# %% tags=["check"]
check("cat_softmax_loss", cat_softmax_loss, points=2)

# %% [markdown]
r"""
**4.** The picture of the car has scores 1.3 (cat), 4.9 (car), 2.0 (frog). Its car score falls by 0.5. What is its SVM loss
now?
"""

# %% tags=["solution"]
### BEGIN SOLUTION
car_after_the_nudge = 0
### END SOLUTION

# %% tags=["check"]
check("car_after_the_nudge", car_after_the_nudge, points=1)

# %% [markdown]
r"""
**5.** You found a $W$ whose SVM loss is 0. Is it the only one? Answer with a letter in quotes.

a) Yes. &emsp; b) No, 2W has loss 0 as well. &emsp; c) No, ½W has loss 0 as well. &emsp; d) No, −W has loss 0 as well.
"""

# %% tags=["solution"]
### BEGIN SOLUTION
unique_w = "b"
### END SOLUTION

# %% tags=["check"]
check("unique_w", unique_w, points=1)

# %% [markdown]
r"""
**6.** Which one has the smaller L1 penalty, $w_1 = [1, 0, 0, 0]$ or $w_2 = [¼, ¼, ¼, ¼]$? Answer `"w1"`, `"w2"` or `"neither"`.
"""

# %% tags=["solution"]
### BEGIN SOLUTION
preferred_by_l1 = "neither"
### END SOLUTION

# %% tags=["check"]
check("preferred_by_l1", preferred_by_l1, points=2)

# %% [markdown]
r"""
**7.** Pictures of 32 × 32 pixels in three colours, stretched into rows, ten classes. The scores are `X @ W`. What is the shape
of `W`? Answer with a tuple.
"""

# %% tags=["solution"]
### BEGIN SOLUTION
shape_of_w = (3072, 10)
### END SOLUTION

# %% tags=["check"]
check("shape_of_w", shape_of_w, points=2)

# %% [markdown]
r"""
## What comes next

You can now say how bad a $W$ is, and which way the loss falls. *How do we actually find the W that makes it small?* That is
optimization, the next notebook of this lecture.

## Reflect

A person reads these. Two or three sentences each; there is no single right answer.

**1.** A frog is given the scores of a car, and is off by 12.9. Under the squared hinge it costs as much as dozens of small slips. Name a
situation in which you want that, and one in which you do not.
"""

# %% [markdown] tags=["written"]
r"""
I want it when a gross error is much worse than several small ones, say a medical picture taken for the opposite diagnosis: the
squared term makes training work on exactly those. I do not want it when some labels are simply wrong: then the worst
"errors" are mistakes in the data, and squaring lets a handful of them pull W wherever they like.
"""

# %% [markdown]
r"""
**2.** A friend reaches a training loss of 0 and a poor accuracy on new pictures, and says: "Then the loss must be wrong." What do
you answer, and what would you change?
"""

# %% [markdown] tags=["written"]
r"""
The loss did what it was asked: fit the training data. It was never asked to do well on other pictures. I would add a penalty on
W, choose λ by the accuracy on a validation set, and look at both losses side by side: with a stronger penalty the training loss
will rise above 0, and if the penalty helps, the validation accuracy rises with it.
"""
