"""One engine for all tests: making it takes most of their time."""

import os
import shutil

import byname
import pytest


@pytest.fixture(scope="session")
def engine() -> byname.Engine:
    return byname.Engine()


@pytest.fixture(scope="session")
def command() -> str:
    """The command of the same build, which CI names; without it, results cannot be compared."""
    found = os.environ.get("BYNAME") or shutil.which("byname")
    if not found:
        pytest.skip("no byname command: set BYNAME to its path")
    return found
