"""Graphs: gates wired together, run forward in order and backward in the opposite order.

The order is any in which every node comes after its inputs. Backward walks it from the end; where a value was used twice, its
gradients add.
"""

from dataclasses import dataclass


@dataclass
class Node:
    """A named gate and the names of its inputs; an input of the graph has no gate.

    Lecture: 4.
    Shapes: none of its own.
    Source: ours.
    """

    name: str
    gate: object = None
    inputs: tuple = ()


def topological_order(needs):
    """Return the names in an order in which each comes after everything it needs.

    Shapes: needs, a dict {name: names it needs} -> a list of all names.
    Raises: ValueError that names a circle, or a need that is not there.
    Lecture: 4.
    Source: Kahn 1962, "Topological sorting of large networks".
    """
    for name, wanted in needs.items():
        for other in wanted:
            if other not in needs:
                raise ValueError(f"`{name}` needs `{other}`, which is not in the graph; add it first.")
    waiting = {name: set(wanted) for name, wanted in needs.items()}
    order = []
    while waiting:
        ready = [name for name, wanted in waiting.items() if not wanted]
        if not ready:
            raise ValueError(f"the graph has a circle through {', '.join(sorted(waiting))}.")
        order += ready
        waiting = {name: wanted - set(ready) for name, wanted in waiting.items() if wanted}
    return order


class Graph:
    """A small automatic differentiator: gates by name, values and gradients by name.

    Shapes: forward(name=array, …) -> the output; backward(dout) -> {name: gradient} for every node.
    Raises: ValueError for a circle, a missing input or a name used twice.
    Lecture: 4.
    Source: Linnainmaa 1976, "Taylor expansion of the accumulated rounding error"; CS231n notes, optimization-2.
    """

    def __init__(self):
        self.nodes, self.values, self.grads = {}, {}, {}

    def add(self, name, gate=None, *inputs):
        """Add an input (a name alone) or a gate with the names it reads; return the name."""
        if name in self.nodes:
            raise ValueError(f"the graph already has a node called `{name}`; names must differ.")
        self.nodes[name] = Node(name, gate, inputs)
        return name

    @property
    def order(self):
        """The names, each after its inputs; the last one is the output."""
        return topological_order({name: node.inputs for name, node in self.nodes.items()})

    def forward(self, **inputs):
        """Compute every node; return the value of the output, the last in order."""
        needed = {name for name, node in self.nodes.items() if node.gate is None}
        if needed != inputs.keys():
            raise ValueError(
                f"the graph's inputs are {', '.join(sorted(needed))}; got {', '.join(sorted(inputs)) or 'none'}."
            )
        self.values = dict(inputs)
        order = self.order
        for name in order:
            node = self.nodes[name]
            if node.gate is not None:
                self.values[name] = node.gate.forward(*(self.values[other] for other in node.inputs))
        return self.values[order[-1]]

    def backward(self, dout=1.0):
        """Walk the order backwards from the output; return the gradient of the output with respect to every node."""
        if not self.values:
            raise ValueError("run forward before backward: the gates have nothing to look back on.")
        order = self.order
        self.grads = {order[-1]: dout}
        for name in reversed(order):
            node = self.nodes[name]
            if node.gate is None or name not in self.grads:
                continue
            back = node.gate.backward(self.grads[name])
            for other, grad in zip(node.inputs, back if isinstance(back, tuple) else (back,), strict=True):
                # Gradients add at branches: a value that was read twice is to blame twice.
                self.grads[other] = self.grads[other] + grad if other in self.grads else grad
        return self.grads

    def draw(self, ax):
        """Draw the nodes from left to right with their values above and, after backward, their gradients below."""
        from chalkgrad.plots import PALETTE

        places = self._places()
        for name, (x, y) in places.items():
            for other in self.nodes[name].inputs:
                ox, oy = places[other]
                ax.annotate(
                    "", (x - 0.16, y), (ox + 0.16, oy), arrowprops={"arrowstyle": "->", "color": PALETTE["quiet"]}
                )
            ax.text(
                x, y, name, ha="center", va="center", bbox={"boxstyle": "round", "fc": "white", "ec": PALETTE["quiet"]}
            )
            if name in self.values:
                ax.text(x, y + 0.22, f"{float(self.values[name]):.3g}", ha="center", color=PALETTE["forward"])
            if name in self.grads:
                ax.text(x, y - 0.34, f"grad {float(self.grads[name]):.3g}", ha="center", color="#8f6200")
        ax.set_xlim(-0.5, max(x for x, _ in places.values()) + 0.5)
        ax.set_ylim(-0.6, max(y for _, y in places.values()) + 0.6)
        ax.set_axis_off()

    def _places(self):
        """A column for each node, one to the right of its last input; rows in the order of appearance."""
        column, used, places = {}, {}, {}
        for name in self.order:
            column[name] = 1 + max((column[other] for other in self.nodes[name].inputs), default=-1)
            row = used[column[name]] = used.get(column[name], -1) + 1
            places[name] = (column[name], -row)
        low = min(y for _, y in places.values())
        return {name: (x, y - low) for name, (x, y) in places.items()}
