"""Training: it learns, keeps the best, stops early, and takes up where it was interrupted, to the last bit."""

import numpy as np
import pytest

from chalkgrad.networks.classifiers import FullyConnectedNet
from chalkgrad.optimizers import SGD, Adam
from chalkgrad.training import Trainer, accuracy


def blobs(n=240, seed=0):
    rng = np.random.default_rng(seed)
    y = rng.integers(3, size=n)
    return np.array([[0.0, 2.0], [2.0, -1.0], [-2.0, -1.0]])[y] + 0.5 * rng.normal(size=(n, 2)), y


def trainer(checkpoint=None, optimizer=None, **more):
    net = FullyConnectedNet(2, (12,), 3, np.random.default_rng(1), norm="batch")
    return Trainer(
        net, optimizer or Adam(0.01), np.random.default_rng(2), batch=32, checkpoint=checkpoint, progress=False, **more
    )


def test_it_learns_and_writes_down_what_happened():
    x, y = blobs()
    t = trainer(schedule=lambda epoch: 0.02 / (1 + epoch))
    history = t.fit(x, y, blobs(seed=1), epochs=8)
    assert history["validation"][-1] > 0.95 and history["loss"][-1] < 0.5 * history["loss"][0]
    assert {len(values) for values in history.values()} == {8} and history["lr"][3] == pytest.approx(0.005)


def test_the_best_epoch_is_kept():
    x, y = blobs()
    held_back = blobs(seed=1)
    t = trainer(schedule=lambda epoch: 0.02 if epoch < 4 else 5.0)  # from the fifth epoch on it is thrown about
    history = t.fit(x, y, held_back, epochs=8)
    assert accuracy(t.model, *held_back) == max(history["validation"])


def test_it_stops_when_nothing_improves_any_more():
    x, y = blobs()
    history = trainer(optimizer=SGD(1e-9), patience=3).fit(x, y, blobs(seed=1), epochs=50)
    assert len(history["loss"]) <= 10


def test_an_interrupted_run_ends_as_an_uninterrupted_one(tmp_path):
    x, y = blobs()
    whole = trainer(tmp_path / "whole.npz")
    whole.fit(x, y, blobs(seed=1), epochs=6)
    path = tmp_path / "cut.npz"
    cut = trainer(path)
    loss, calls = cut.model.loss, iter(range(1000))

    def interrupted(x, y):
        if next(calls) == 28:  # in the fourth epoch of eight batches
            raise KeyboardInterrupt
        return loss(x, y)

    cut.model.loss = interrupted
    with pytest.raises(KeyboardInterrupt):
        cut.fit(x, y, blobs(seed=1), epochs=6)
    again = trainer(path)
    again.fit(x, y, blobs(seed=1), epochs=6)
    assert again.history == whole.history
    for name, value in whole.model.state().items():
        assert np.array_equal(again.model.state()[name], value), name
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".writing"] == []


def test_bad_checkpoints_and_bad_runs_get_one_sentence(tmp_path):
    x, y = blobs()
    path = tmp_path / "c.npz"
    path.write_bytes(b"half a file")
    with pytest.raises(ValueError, match="c.npz cannot be read; delete it"):
        trainer(path).fit(x, y, blobs(seed=1), epochs=1)
    path.unlink()
    trainer(path).fit(x, y, blobs(seed=1), epochs=1)
    other = Trainer(
        FullyConnectedNet(2, (5,), 3, np.random.default_rng(0)),
        Adam(),
        np.random.default_rng(0),
        checkpoint=path,
        progress=False,
    )
    with pytest.raises(ValueError, match="belongs to another model"):
        other.fit(x, y, blobs(seed=1), epochs=2)
    with np.errstate(all="ignore"), pytest.raises(ValueError, match="smaller learning rate|NaN or infinite"):
        trainer(optimizer=SGD(1e200)).fit(x, y, blobs(seed=1), epochs=5)
    with pytest.raises(ValueError, match="`y` has shape"):
        trainer().fit(x, y[:5], blobs(seed=1), epochs=1)


def test_torch_tensors_train_as_well(tmp_path):
    import torch

    x, y = (torch.tensor(a) for a in blobs())
    t = trainer(tmp_path / "t.npz")
    t.model.to(x)
    t.fit(x, y, tuple(torch.tensor(a) for a in blobs(seed=1)), epochs=3)
    assert t.history["validation"][-1] > 0.9 and isinstance(t.model.params["affine1.w"], torch.Tensor)
    more = trainer(tmp_path / "t.npz")
    more.model.to(x)
    assert len(more.fit(x, y, tuple(torch.tensor(a) for a in blobs(seed=1)), epochs=5)["loss"]) == 5
