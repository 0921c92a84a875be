"""Embedding: a table with one row of numbers for each word."""

from chalkgrad import _expect
from chalkgrad.gates import Gate


def word_embedding_forward(words, w):
    """Look up a vector for each word, and keep what backward needs.

    Shapes: words (N, T) whole numbers below V, w (V, D) -> out (N, T, D), cache.
    Raises: TypeError or ValueError when words are not whole numbers from 0 to V − 1.
    Lecture: 10.
    Source: Bengio et al. 2003, "A neural probabilistic language model".
    """
    _expect.arrays(words=words, w=w)
    V, _ = _expect.shape("w", w, "V", "D")
    N, T = _expect.shape("words", words, "N", "T")
    _expect.labels("words", words.reshape((N * T,)), N * T, V)
    return w[words], (words, w)


def word_embedding_backward(dout, cache):
    """Return the gradient of the table: a word that occurs several times collects the gradients of all its places.

    Shapes: dout (N, T, D) -> dw (V, D).
    Lecture: 10.
    Source: Bengio et al. 2003.
    """
    words, w = cache
    xp = _expect.arrays(dout=dout, w=w)
    V, D = w.shape
    flat = words.reshape((-1,))
    # A one-hot product adds repeated words up in every library; `dw[words] += dout` would keep only the last.
    one_hot = xp.astype(flat[None, :] == xp.arange(V, device=w.device)[:, None], dout.dtype)  # (V, N·T)
    return one_hot @ dout.reshape((-1, D))


class Embedding(Gate):
    """The lookup as a gate with the table as its parameter; there is no gradient to hand back for words.

    Shapes: words (N, T) -> (N, T, D); dout -> None.
    Lecture: 10.
    Source: Bengio et al. 2003.
    """

    def __init__(self, V, D, rng, scale=0.01):
        super().__init__()
        self.params = {"w": scale * rng.standard_normal((V, D))}

    def forward(self, words):
        out, self.cache = word_embedding_forward(words, self.params["w"])
        return out

    def backward(self, dout):
        self.grads["w"] = word_embedding_backward(dout, self.cache)
