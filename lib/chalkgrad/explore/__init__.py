"""Explorables: ideas with a handle to turn, one module for each module of the library that has one.

Each is three functions: `compute` (arrays only, tested), `draw` (on axes that are given), `explore` (the widget).
"""
