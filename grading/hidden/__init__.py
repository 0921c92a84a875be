"""Hidden cases: further inputs for each exercise, which take part only when an instructor marks.

What is kept back is the numbers: they are drawn from the class's own secret. An instructor may remove this folder from
what students get; checks then run on the open cases alone.
"""
