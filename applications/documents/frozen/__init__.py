"""The parts of the copy that a submission freezes."""
