"""The gomapcheck binary as a Python package: ``python -m gomapcheck`` is ``gomapcheck``."""
