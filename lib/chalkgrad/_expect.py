"""What a function expects of its arguments, and the one sentence a caller gets when it is not so.

Every public function of the library opens with a line or two from here. The helpers return what the function
needs next (the array namespace, the sizes), so that checking and unpacking are one step.
"""

from array_api_compat import array_namespace, is_array_api_obj


def arrays(**named):
    """Return the array namespace that all named arguments share (NumPy's, torch's, …).

    Raises: TypeError when an argument is no array, or when libraries or devices are mixed.
    """
    for name, array in named.items():
        if not is_array_api_obj(array):
            raise TypeError(
                f"`{name}` is a {type(array).__name__}; expected an array. "
                f"Make one first, for example np.array({name})."
            )
    kinds = {type(array).__module__.split(".")[0] for array in named.values()}
    if len(kinds) > 1:
        raise TypeError(f"{_these(named)} come from different libraries ({_either(kinds)}); convert them to one.")
    # The word "device" means something for torch tensors only: every NumPy array lives on the CPU.
    devices = {str(array.device) for array in named.values() if hasattr(array, "device")}
    if len(devices) > 1:
        raise TypeError(f"{_these(named)} are on different devices ({_either(devices)}); move them to one.")
    return array_namespace(*named.values())


def floats(**named):
    """Check that every named array holds real floating-point numbers, all of one precision.

    Raises: TypeError naming the argument and its dtype.
    """
    dtypes = {}
    for name, array in named.items():
        if not array_namespace(array).isdtype(array.dtype, "real floating"):
            raise TypeError(f"`{name}` has dtype {array.dtype}; expected floating-point numbers (float32 or float64).")
        dtypes[name] = str(array.dtype).removeprefix("torch.")
    if len(set(dtypes.values())) > 1:
        listed = ", ".join(f"`{name}` is {dtype}" for name, dtype in dtypes.items())
        raise TypeError(f"mixed precision: {listed}; convert them to one dtype.")


def shape(name, array, *letters, **known):
    """Check an array's shape against letters and return its sizes, in order.

    `shape("w", w, "D", "C", D=x.shape[1])` asks for two axes, the first as long as x is wide. Every size must be
    at least one: a mean over an empty batch is no number.

    Raises: ValueError with the shape that came and the shape that was expected.
    """
    got = tuple(array.shape)
    wanted = (
        "(" + ", ".join(str(known.get(letter, letter)) for letter in letters) + ("," if len(letters) == 1 else "") + ")"
    )
    if len(got) != len(letters):
        raise ValueError(f"`{name}` has shape {got}; expected {len(letters)} axes, {wanted}.")
    for size, letter in zip(got, letters, strict=True):
        if letter in known and size != known[letter]:
            raise ValueError(f"`{name}` has shape {got}; expected {wanted}: {letter} must be {known[letter]}.")
        if size == 0:
            raise ValueError(f"`{name}` has shape {got}, which is empty: {letter} must be at least 1.")
    return got


def labels(name, y, N, C):
    """Check that y holds N whole numbers from 0 to C − 1.

    Raises: TypeError when the labels are not integers, ValueError when their number or range is wrong.
    """
    xp = array_namespace(y)
    if not xp.isdtype(y.dtype, "integral"):
        raise TypeError(f"`{name}` has dtype {y.dtype}; expected integer class labels from 0 to {C - 1}.")
    shape(name, y, "N", N=N)
    lowest, highest = int(xp.min(y)), int(xp.max(y))
    if lowest < 0 or highest >= C:
        raise ValueError(
            f"`{name}` has labels from {lowest} to {highest}; expected them from 0 to {C - 1} ({C} classes)."
        )


def finite(name, array):
    """Check that no entry is NaN or infinite.

    Raises: ValueError that counts the offending entries.
    """
    xp = array_namespace(array)
    bad = int(xp.sum(xp.astype(~xp.isfinite(array), xp.int64)))
    if bad:
        raise ValueError(f"`{name}` has {bad} entries that are NaN or infinite; expected finite numbers.")


def number(name, value, *, at_least=None, above=None, at_most=None, below=None, whole=False):
    """Check that a plain number (a step size, a stride, a rate) lies where it should; return it.

    Raises: TypeError when it is no number, ValueError when it is out of range.
    """
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        # NumPy's own scalars are numbers too; `item` turns them into Python's.
        value = value.item() if hasattr(value, "item") and getattr(value, "ndim", 1) == 0 else value
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
            kind = "a whole number" if whole else "a number"
            raise TypeError(f"`{name}` is {value!r}; expected {kind}.")
    bounds = [
        (at_least, lambda b: value >= b, "at least"),
        (above, lambda b: value > b, "above"),
        (at_most, lambda b: value <= b, "at most"),
        (below, lambda b: value < b, "below"),
    ]
    for bound, holds, word in bounds:
        if bound is not None and not holds(bound):
            raise ValueError(f"`{name}` is {value!r}; expected a number {word} {bound}.")
    return value


def _these(named):
    return " and ".join(f"`{name}`" for name in named)


def _either(words):
    return ", ".join(sorted(words))
