"""Exercises of lecture 3: losses and optimisation."""
