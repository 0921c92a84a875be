"""Lecture 3."""
