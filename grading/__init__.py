"""The grader of chalkgrad: exercises as experiments, checks that name the mistake, and what an instructor runs.

A notebook needs one name from here, and takes it from its own exercises: `from grading.lecture03.losses import check`.
"""
