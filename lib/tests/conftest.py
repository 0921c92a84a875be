"""Every reference runs on every array library: the same test, NumPy, torch on the CPU and, where there is one, on a GPU."""

import numpy as np
import pytest


class Backend:
    """Makes arrays of one library on one device, and takes them back to NumPy."""

    def __init__(self, name):
        self.name = name

    def __call__(self, array, dtype=None):
        array = np.array(array, dtype=dtype)
        if self.name == "numpy":
            return array
        import torch

        return torch.tensor(array, device="cuda" if self.name == "cuda" else "cpu")

    @staticmethod
    def numpy(array):
        return array.detach().cpu().numpy() if hasattr(array, "detach") else np.asarray(array)

    def same_kind(self, array):
        """Whether a result lives where the inputs live."""
        if self.name == "numpy":
            return isinstance(array, np.ndarray | np.generic)
        return type(array).__module__.startswith("torch") and array.device.type == (
            "cuda" if self.name == "cuda" else "cpu"
        )


@pytest.fixture(params=["numpy", "torch", pytest.param("cuda", marks=pytest.mark.gpu)])
def backend(request):
    if request.param == "cuda":
        import torch

        if not torch.cuda.is_available():
            pytest.skip("no CUDA device on this machine")
    return Backend(request.param)
