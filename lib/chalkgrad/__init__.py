"""chalkgrad: a reference for everything a student of the course writes.

Every module is about one concept and is named after it: `chalkgrad.losses` holds the losses,
`chalkgrad.optimizers` the optimizers. The functions take NumPy arrays or torch tensors on any device and give
back the same kind. Nothing is imported here, so that `import chalkgrad` costs nothing and never loads torch.
"""

__version__ = "0.1.0"
