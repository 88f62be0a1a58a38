"""Finds the machine-learning systems that papers use without naming them.

    >>> import byname
    >>> engine = byname.Engine()
    >>> document = engine.scan("We prompt a large language model with 137B parameters.", date="2021-09",
    ...                        organisations=["Google"])
    >>> document.references[0].candidates[0].name
    'LaMDA'

All of it runs on this machine; nothing is sent or fetched.
"""

from ._byname import BUILD, BynameError, CatalogueError, ReadError
from .document import Document
from .engine import Engine
from .results import Candidate, Evidence, Mention, Problem, Ranking, Reference, System

__all__ = [
    "BUILD",
    "BynameError",
    "Candidate",
    "CatalogueError",
    "Document",
    "Engine",
    "Evidence",
    "Mention",
    "Problem",
    "Ranking",
    "ReadError",
    "Reference",
    "System",
]
