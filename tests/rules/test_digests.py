"""The digests of tests/cases/js are those of Python; the browser's own are held against them by tests/js."""

import hashlib

import pytest

from tests.rules.scripts import read_cases


@pytest.mark.parametrize(("text", "times", "digest"), read_cases("digests.json"))
def test_digest(text, times, digest):
	assert hashlib.sha256((text * times).encode()).hexdigest() == digest
