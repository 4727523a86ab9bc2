"""Planted errors: an invented block of boards, errors put into it one at a time, and how many of them the checks find.

Only `held_against` knows the checks; the world, its equations and the errors are made with the standard library alone.
"""
