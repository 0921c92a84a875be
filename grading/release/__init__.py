"""From `solutions/lecture03/losses.py` to `notebooks/lecture03/losses.ipynb`, by unmodified nbgrader."""
