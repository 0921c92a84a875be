"""The training loop: batches, steps, a history, the best model kept, and a checkpoint that survives an interruption.

A checkpoint is an .npz without pickle, written beside the old one and put in its place whole, so that a run stopped at any
moment can be taken up at its last finished epoch.
"""

import json
import os
import zipfile
from pathlib import Path

import numpy as np

from chalkgrad import _expect


class Trainer:
    """Trains a model that has `loss(x, y)`, `predict(x)`, `params`, `state()` and `load(state)`.

    `schedule(epoch)` gives the learning rate of an epoch; with `patience`, training stops when the validation accuracy has not
    improved for that many epochs (early stopping). After `fit`, the model holds the parameters of its best epoch.

    Shapes: x (N, …), y (N,), validation as a pair of the same.
    Raises: ValueError when shapes or numbers do not fit, or a checkpoint belongs to another model.
    Lecture: 4, 6, 7.
    Source: CS231n notes, neural-networks-3, "Babysitting the learning process".
    """

    def __init__(self, model, optimizer, rng, batch=64, schedule=None, patience=None, checkpoint=None, progress=True):
        self.model, self.optimizer, self.rng = model, optimizer, rng
        self.batch = _expect.number("batch", batch, at_least=1, whole=True)
        self.schedule, self.patience, self.progress = schedule, patience, progress
        self.checkpoint = Path(checkpoint) if checkpoint else None
        self.history = {"loss": [], "train": [], "validation": [], "lr": []}
        self.epoch, self.best, self.best_epoch, self.best_state = 0, -1.0, 0, None

    def fit(self, x, y, validation, epochs):
        """Train up to `epochs` epochs in all, from where a checkpoint left off if there is one; return the history."""
        from tqdm import tqdm

        N = x.shape[0]
        _expect.shape("y", y, "N", N=N)
        if self.checkpoint and self.checkpoint.exists():
            self._resume()
        bar = tqdm(total=epochs, initial=self.epoch, unit="epoch", disable=not self.progress)
        while self.epoch < epochs and not self._stale():
            if self.schedule:
                self.optimizer.lr = self.schedule(self.epoch)
            losses = self._one_epoch(x, y, N)
            self._record(losses, x, y, validation)
            if self.checkpoint:
                self._save()
            bar.set_postfix(loss=f"{self.history['loss'][-1]:.3f}", validation=f"{self.history['validation'][-1]:.3f}")
            bar.update()
        bar.close()
        if self.best_state is not None:
            self.model.load({name: _copied(array) for name, array in self.best_state.items()})
        return self.history

    def _one_epoch(self, x, y, N):
        losses = []
        order = self.rng.permutation(N)
        for start in range(0, N, self.batch):
            rows = order[start : start + self.batch]
            loss, grads = self.model.loss(x[rows], y[rows])
            losses.append(float(loss))
            if not np.isfinite(losses[-1]):
                raise ValueError(
                    f"the loss became {losses[-1]} in epoch {self.epoch + 1}; try a smaller learning rate."
                )
            self.optimizer.step(self.model.params, grads)
        return losses

    def _record(self, losses, x, y, validation):
        self.epoch += 1
        seen = slice(0, min(len(y), 1000))  # the training accuracy on a part is good enough to watch
        self.history["loss"].append(float(np.mean(losses)))
        self.history["train"].append(accuracy(self.model, x[seen], y[seen]))
        self.history["validation"].append(accuracy(self.model, *validation))
        self.history["lr"].append(float(self.optimizer.lr))
        if self.history["validation"][-1] > self.best:
            self.best, self.best_epoch = self.history["validation"][-1], self.epoch
            self.best_state = {name: _copied(array) for name, array in self.model.state().items()}

    def _stale(self):
        return self.patience is not None and self.epoch - self.best_epoch >= self.patience

    def _save(self):
        arrays = {f"now/{name}": _numpy(array) for name, array in self.model.state().items()}
        arrays |= {f"best/{name}": _numpy(array) for name, array in self.best_state.items()}
        arrays |= {f"state/{name}/{what}": _numpy(value) for (name, what), value in self.optimizer.state.items()}
        told = {
            "epoch": self.epoch, "best": self.best, "best_epoch": self.best_epoch, "steps": self.optimizer.steps,
            "history": self.history, "rng": self.rng.bit_generator.state,
        }  # fmt: skip
        fresh = self.checkpoint.with_suffix(".writing")
        with open(fresh, "wb") as file:
            np.savez(file, told=np.array(json.dumps(told)), **arrays)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, self.checkpoint)

    def _resume(self):
        try:
            with np.load(self.checkpoint, allow_pickle=False) as saved:
                arrays = {name: saved[name] for name in saved.files}
        except (OSError, ValueError, zipfile.BadZipFile) as error:
            raise ValueError(
                f"the checkpoint {self.checkpoint.name} cannot be read; delete it to start afresh."
            ) from error
        told = json.loads(str(arrays.pop("told")))
        now, best = (
            {k.split("/", 1)[1]: v for k, v in arrays.items() if k.startswith(part)} for part in ("now/", "best/")
        )
        mine = self.model.state()
        if {k: v.shape for k, v in now.items()} != {k: tuple(v.shape) for k, v in mine.items()}:
            raise ValueError(
                f"the checkpoint {self.checkpoint.name} belongs to another model; delete it or name another file."
            )
        like = next(iter(mine.values()))
        xp = _expect.arrays(like=like)
        self.model.load({name: xp.asarray(value, device=like.device) for name, value in now.items()})
        self.best_state = {name: xp.asarray(value, device=like.device) for name, value in best.items()}
        for key, value in arrays.items():
            if key.startswith("state/"):
                name, what = key.removeprefix("state/").rsplit("/", 1)
                self.optimizer.state[name, what] = xp.asarray(value, device=like.device)
        self.epoch, self.best, self.best_epoch = told["epoch"], told["best"], told["best_epoch"]
        self.optimizer.steps, self.history = told["steps"], told["history"]
        self.rng.bit_generator.state = told["rng"]


def accuracy(model, x, y, batch=500):
    """Return the share of examples whose predicted class is the right one.

    Shapes: x (N, …), y (N,) -> a number from 0 to 1.
    Raises: ValueError when there is no example.
    Lecture: 2.
    Source: ours.
    """
    (N,) = _expect.shape("y", y, "N")
    right = sum(int((model.predict(x[i : i + batch]) == y[i : i + batch]).sum()) for i in range(0, N, batch))
    return right / N


def _copied(param):
    return param.clone() if hasattr(param, "clone") else param.copy()


def _numpy(param):
    return param.detach().cpu().numpy() if hasattr(param, "detach") else param
