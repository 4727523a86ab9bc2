"""A second opinion on every total: `docs/answers.md` once more, slow and plain, sharing no code with what answers.

`book` reads the stored rows, `places` says what a place is made of, `totals` answers, `compare` lays both side by side.
"""
