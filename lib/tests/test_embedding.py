"""The word table against torch's, repeated words included."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from chalkgrad.gradcheck import EXACT, relative_error
from chalkgrad.layers.embedding import Embedding, word_embedding_forward


def test_embedding_is_torchs(backend):
    words = np.array([[1, 3, 1], [0, 1, 4]])
    gate = Embedding(5, 3, np.random.default_rng(0), scale=1.0).to(backend(np.zeros(1)))
    dout = np.random.default_rng(1).normal(size=(2, 3, 3))
    out = gate(backend(words))
    gate.backward(backend(dout))
    w = torch.tensor(backend.numpy(gate.params["w"]), requires_grad=True)
    theirs = F.embedding(torch.tensor(words), w)
    theirs.backward(torch.tensor(dout))
    assert relative_error(backend.numpy(out), theirs.detach().numpy()) < EXACT
    assert relative_error(backend.numpy(gate.grads["w"]), w.grad.numpy()) < EXACT


@pytest.mark.parametrize(
    ("words", "says"),
    [(np.array([[5]]), "labels from 5 to 5"), (np.array([[0.5]]), "integer"), (np.array([1]), "expected 2 axes")],
)
def test_bad_input_gets_one_sentence(words, says):
    with pytest.raises((ValueError, TypeError), match=says):
        word_embedding_forward(words, np.ones((5, 2)))
