"""The wiring that all explorables share: controls on top, a picture that follows them, words for who cannot see it."""

import os

VIEW = "application/vnd.jupyter.widget-view+json"


class Explorable:
    """A picture with controls. In JupyterLab it moves; on a page without a kernel it is the picture at the start.

    compute(**values) -> data; draw(data, axes) -> None; describe(data) -> str, a sentence on what the picture shows;
    controls: {name of an argument of compute: widget}.
    """

    def __init__(self, compute, draw, describe, controls, figsize=(8, 3), columns=2):
        import matplotlib.pyplot as plt

        self._compute, self._draw, self._describe, self.controls = (compute, draw, describe, controls)
        # One figure for all redraws, kept out of pyplot's list so that it is never shown a second time.
        self._figure, self._axes = plt.subplots(1, columns, figsize=figsize, layout="constrained")
        plt.close(self._figure)
        self._widget = None

    def _values(self):
        return self._compute(**{name: control.value for name, control in self.controls.items()})

    def picture(self):
        """Draw the present values; return (PNG bytes, description)."""
        from chalkgrad.plots import png

        data = self._values()
        axes = self._axes if isinstance(self._axes, list) else getattr(self._axes, "ravel", lambda: [self._axes])()
        for ax in axes:
            ax.clear()
        self._draw(data, self._axes)
        if self._figure.get_layout_engine() is not None:
            # Arranging the axes takes longer than drawing them. Once is enough: titles change, sizes do not.
            self._figure.draw_without_rendering()
            self._figure.set_layout_engine("none")
        return png(self._figure, dpi=85), self._describe(data)

    def _image(self):
        from chalkgrad.plots import img

        return img(*self.picture())

    @property
    def widget(self):
        """The controls and the picture as one ipywidget, made when it is first asked for."""
        if self._widget is None:
            import ipywidgets as widgets

            canvas = widgets.HTML(self._image())

            def redraw(_):
                canvas.value = self._image()

            for control in self.controls.values():
                control.observe(redraw, names="value")
            self._widget = widgets.VBox([*self.controls.values(), canvas])
        return self._widget

    def _repr_mimebundle_(self, include=None, exclude=None):
        data = {"text/html": self._image(), "text/plain": self._describe(self._values())}
        # Where the page is only read (nbgrader's feedback, the book) a widget would show as nothing at all.
        if "NBGRADER_EXECUTION" in os.environ or "CHALKGRAD_STATIC" in os.environ:
            return data
        live = self.widget._repr_mimebundle_()
        data[VIEW] = (live[0] if isinstance(live, tuple) else live)[VIEW]
        return data


def slider(label, value, low, high, step, **more):
    """A slider with room for its label, which answers to the arrow keys and redraws while it is dragged."""
    import ipywidgets as widgets

    return widgets.FloatSlider(
        value=value, min=low, max=high, step=step, description=label,
        style={"description_width": "12em"}, layout={"width": "32em"}, **more,
    )  # fmt: skip
