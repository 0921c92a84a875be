"""A captioner: features of a picture become the first state of a recurrent network, which then says one word after another."""

from chalkgrad import _expect
from chalkgrad import recurrent as r
from chalkgrad.gates import Gate
from chalkgrad.initializers import xavier, zeros
from chalkgrad.layers.affine import affine_backward, affine_forward
from chalkgrad.layers.embedding import word_embedding_backward, word_embedding_forward

CELLS = {"rnn": (1, r.rnn_forward, r.rnn_backward), "lstm": (4, r.lstm_forward, r.lstm_backward)}


class Captioner(Gate):
    """Picture features to captions, with an RNN or an LSTM.

    Shapes: loss(features (N, D), captions (N, T)) -> loss (), grads; sample(features, length) -> (N, length).
    Raises: ValueError for an unknown cell, or when shapes and words do not fit.
    Lecture: 10.
    Source: Vinyals et al. 2015, "Show and tell"; Karpathy & Fei-Fei 2015.
    """

    def __init__(self, D, words, H, V, rng, cell="lstm", null=0, start=1, end=2):
        super().__init__()
        if cell not in CELLS:
            raise ValueError(f"`cell` is {cell!r}; expected 'rnn' or 'lstm'.")
        self.width, self._forward, self._backward = CELLS[cell]
        self.cell, self.null, self.start, self.end, self.V, self.H = cell, null, start, end, V, H
        gates = self.width * H
        self.params = {
            "image.w": xavier((D, H), rng), "image.b": zeros((H,)), "words.w": 0.01 * rng.standard_normal((V, words)),
            "Wx": xavier((words, gates), rng), "Wh": xavier((H, gates), rng), "b": zeros((gates,)),
            "scores.w": xavier((H, V), rng), "scores.b": zeros((V,)),
        }  # fmt: skip

    def loss(self, features, captions):
        """Return the loss of saying each next word, and the gradient of every parameter."""
        p = self.params
        said, wanted = captions[:, :-1], captions[:, 1:]
        h0, image = affine_forward(features, p["image.w"], p["image.b"])
        vectors, looked_up = word_embedding_forward(said, p["words.w"])
        h, steps = self._forward(vectors, h0, p["Wx"], p["Wh"], p["b"])
        scores, last = r.temporal_affine_forward(h, p["scores.w"], p["scores.b"])
        loss, dscores = r.temporal_softmax_loss(scores, wanted, wanted != self.null)
        g = self.grads
        dh, g["scores.w"], g["scores.b"] = r.temporal_affine_backward(dscores, last)
        dvectors, dh0, g["Wx"], g["Wh"], g["b"] = self._backward(dh, steps)
        g["words.w"] = word_embedding_backward(dvectors, looked_up)
        _, g["image.w"], g["image.b"] = affine_backward(dh0, image)
        return loss, g

    def sample(self, features, length):
        """Say the likeliest word, feed it back, and go on; after the end word, only filling."""
        p = self.params
        xp = _expect.arrays(features=features)
        h, _ = affine_forward(features, p["image.w"], p["image.b"])
        c = xp.zeros_like(h)
        word = xp.full((features.shape[0],), self.start, dtype=xp.int64, device=features.device)
        done, out = word == self.end, []
        for _ in range(length):
            x = p["words.w"][word]
            if self.cell == "rnn":
                h, _ = r.rnn_step_forward(x, h, p["Wx"], p["Wh"], p["b"])
            else:
                h, c, _ = r.lstm_step_forward(x, h, c, p["Wx"], p["Wh"], p["b"])
            word = xp.argmax(h @ p["scores.w"] + p["scores.b"], axis=1)
            word = xp.where(done, xp.full_like(word, self.null), word)
            done = done | (word == self.end)
            out.append(word)
        return xp.stack(out, axis=1)
