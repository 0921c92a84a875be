"""Layers: gates with parameters. One module for each kind; a layer is used like any other gate."""
