"""Words are found in whatever they were written into."""

from __future__ import annotations

import html
import json
import unicodedata
from collections.abc import Callable

import pytest
import tomli_w
from hypothesis import example, given
from hypothesis import strategies as st

from facilitate.core.capture_line import clean
from facilitate.formats.export.markdown import escaped
from facilitate.formats.spellings import sought

WAYS: list[Callable[[str], str]] = [
    lambda text: text,
    escaped,
    lambda text: tomli_w.dumps({"text": text}),
    lambda text: json.dumps({"text": text}),
    lambda text: json.dumps({"text": text}, ensure_ascii=False),
    html.escape,
    lambda text: html.escape(text, quote=False),
    lambda text: '"' + text.replace('"', '""') + '"',
    lambda text: unicodedata.normalize("NFD", text),
]


@given(st.text(min_size=3, max_size=30).map(clean), st.sampled_from(WAYS))
@example('say "no" \\ <b> & c', WAYS[2])
@example("Zuhören ist Liebe", WAYS[-1])
def test_words_are_found_however_they_were_written(
    text: str, way: Callable[[str], str]
) -> None:
    found = sought([text], 1)
    if not text:
        assert found is None
        return
    assert found is not None
    raw = f"before {way(text)} behind".encode()
    hit = found.pattern.search(raw)
    assert hit is not None
    assert len(hit[0]) <= found.longest


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_they_are_found_in_files_that_were_saved_otherwise(encoding: str) -> None:
    found = sought(["Zuhören ist Liebe"], 1)
    assert found is not None
    assert found.pattern.search("x Zuhören ist Liebe x".encode(encoding))


def test_what_a_term_means_is_found_without_what_it_is_called() -> None:
    found = sought(["attunement = tuning in, and repair"], 1)
    assert found is not None
    assert found.pattern.search(b"| attunement | tuning in, and repair |")
    assert not found.pattern.search(b"attunement")


def test_short_words_are_left_out() -> None:
    assert sought(["Ouch", ""], 8) is None
    found = sought(["Ouch", "Stories stay"], 8)
    assert found is not None
    assert not found.pattern.search(b"Ouch")
    assert found.pattern.search(b"Stories stay")
