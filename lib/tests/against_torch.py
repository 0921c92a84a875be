"""One comparison for all gates: forward, the inputs' gradients and every parameter's, against torch's autograd."""

import numpy as np
import torch

from chalkgrad.gradcheck import EXACT, FLOAT32, relative_error

PRECISIONS = [(np.float64, EXACT), (np.float32, FLOAT32)]


def assert_same_as_torch(backend, gate, theirs, *inputs, dtype=np.float64, tolerance=EXACT):
    """`theirs(*tensors, **params)` computes with torch what `gate.forward(*arrays)` computes; both are run both ways."""
    arrays = [np.asarray(x, dtype=dtype) for x in inputs]
    if gate.params:
        gate.to(backend(arrays[0]))
    out = gate.forward(*(backend(x) for x in arrays))
    assert backend.same_kind(out) and backend.numpy(out).dtype == dtype
    dout = np.random.default_rng(99).normal(size=backend.numpy(out).shape).astype(dtype)
    back = gate.backward(backend(dout))
    back = back if isinstance(back, tuple) else (back,)

    tensors = [torch.tensor(x, requires_grad=True) for x in arrays]
    params = {name: torch.tensor(backend.numpy(param), requires_grad=True) for name, param in gate.params.items()}
    wanted = theirs(*tensors, **params)
    (wanted * torch.tensor(dout)).sum().backward()
    compare("out", backend.numpy(out), wanted.detach().numpy(), tolerance)
    for i, (mine, leaf) in enumerate(zip(back, tensors, strict=True)):
        assert backend.same_kind(mine)
        compare(f"input {i}", backend.numpy(mine), leaf.grad.numpy(), tolerance)
    assert gate.grads.keys() == params.keys()
    for name, leaf in params.items():
        compare(name, backend.numpy(gate.grads[name]), leaf.grad.numpy(), tolerance)


def compare(name, got, want, tolerance):
    assert got.dtype == want.dtype, name
    error = relative_error(got, want)
    assert error < tolerance, f"{name}: relative error {error:.2e}, allowed {tolerance:.0e}"
