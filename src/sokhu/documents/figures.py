"""The figures of an extracted document: its sentences by the narrative reader, its tables by their header paths."""
