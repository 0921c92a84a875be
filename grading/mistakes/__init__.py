"""The bank of mistakes: for each exercise, a class of the same name with wrong answers that students really give.

A mistake is what the autograder recognises, and it is also the proof that the tests mean something: each must be
refused, each must be named, and every accepted variant must pass in full. None of this is loaded before an answer is wrong.
"""
