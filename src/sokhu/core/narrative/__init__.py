"""Reading figures out of Vietnamese reports: `read(text)` gives every figure with its source, meaning and
confidence.
"""

from sokhu.core.narrative.figure import CERTAIN, Comparison, Figure
from sokhu.core.narrative.reader import MAX_LENGTH, read
from sokhu.core.narrative.vocabulary import Vocabulary

__all__ = ["CERTAIN", "MAX_LENGTH", "Comparison", "Figure", "Vocabulary", "read"]
