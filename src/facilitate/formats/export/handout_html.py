"""The page for the group as one file for a browser, to read and to print.

It holds all that it needs: no script, nothing to load, and its own rule against both. What
people said is escaped, and runs in its own direction.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from facilitate.core.handout import (
    LANGUAGE,
    HandOut,
    PageLine,
    PageSection,
    Said,
    hand_out,
)
from facilitate.core.sharing import Shared
from facilitate.formats.export.type_size import MARGIN, small_size, type_size

STYLE = """\
:root {
  color-scheme: light dark;
  --paper: #fffcf6; --ink: #2b2521; --soft: #5f544b; --warm: #8a3f1c; --rule: #e2d3bf;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #211c19; --ink: #f1e9df; --soft: #c9bdaf; --warm: #f0b58c; --rule: #53473d; }
}
html { font-size: 112.5%; }
body {
  margin: 0; background: var(--paper); color: var(--ink); line-height: 1.5;
  font-family: "Seravek", "Candara", "Calibri", "Carlito", "Segoe UI", "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
}
main { max-width: 44rem; margin: 0 auto; padding: 2.5rem 1.25rem; }
h1, h2 {
  font-family: Georgia, "Palatino Linotype", "Noto Serif", serif; font-weight: normal;
  line-height: 1.2;
}
h1 { font-size: 2em; margin: 0; }
h2 {
  font-size: 1.3em; color: var(--warm); margin: 1.6em 0 0; padding-top: 0.5em;
  border-top: 1px solid var(--rule);
}
p { margin: 0; }
[dir="auto"] { width: fit-content; }
.empty { margin-top: 1.2em; }
.subtitle { font-size: 1.2em; }
.day, .about, .small, .name, .what, footer { color: var(--soft); }
.small, .name, footer { font-size: 0.85em; }
.name { white-space: nowrap; }
ul { margin: 0.7em 0 0; padding: 0; }
li { margin: 0 0 0.6em; margin-inline-start: 1.2em; break-inside: avoid; }
li::marker { color: var(--warm); }
.open { list-style-type: circle; }
.narrow { columns: 19rem 2; column-gap: 1.5em; }
h1, h2, .about { break-after: avoid; }
footer { margin-top: 1.6em; padding-top: 0.5em; border-top: 1px solid var(--rule); }
@media print {
  :root {
    color-scheme: light;
    --paper: #fff; --ink: #1d1917; --soft: #54493f; --warm: #7a3517; --rule: #cbb89f;
  }
  body { font-size: var(--size); line-height: 1.25; orphans: 2; widows: 2; }
  .small, .name, footer { font-size: var(--small); }
  main { max-width: none; padding: 0; }
  h2 { margin-top: 0.7em; padding-top: 0.3em; }
  ul { margin-top: 0.35em; }
  li { margin-bottom: 0.3em; }
  .narrow { columns: 2; }
  footer { margin-top: 0.6em; padding-top: 0.3em; }
}
"""


def write(shared: Shared) -> bytes:
    """The page of what an export holds, in UTF-8."""
    page = hand_out(shared)
    return "\n".join([*_head(page), *_body(page), ""]).encode()


def _head(page: HandOut) -> Iterator[str]:
    size = type_size(page)
    named = ": ".join(filter(None, [page.title, page.subtitle]))
    yield "<!DOCTYPE html>"
    yield f'<html lang="{LANGUAGE}" dir="ltr">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f"<title>{escape(f'{named}, {page.day}')}</title>"
    yield '<meta name="author" content="The group">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_NOTHING_ELSE}">'
    yield "<style>"
    yield f"@page {{ margin: {MARGIN}mm; }}"
    yield f":root {{ --size: {size:g}pt; --small: {small_size(size):g}pt; }}"
    yield f"{STYLE}</style>"
    yield "</head>"


_NOTHING_ELSE = "default-src 'none'; style-src 'unsafe-inline'"
"""Keeps a browser from loading and from running anything."""


def _body(page: HandOut) -> Iterator[str]:
    yield "<body>"
    yield "<main>"
    yield "<header>"
    yield f'<h1 dir="auto">{escape(page.title)}</h1>'
    if page.subtitle:
        yield f'<p class="subtitle" dir="auto">{escape(page.subtitle)}</p>'
    yield f'<p class="day">{page.day}, <bdi>{escape(page.cohort)}</bdi></p>'
    yield "</header>"
    for place, section in enumerate(page.sections, start=1):
        yield from _section(section, place)
    if page.empty:
        yield f'<p class="empty">{escape(page.empty)}</p>'
    yield f"<footer><p>{escape(page.foot)}</p></footer>"
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _section(section: PageSection, place: int) -> Iterator[str]:
    looks = (("open", not section.agreed), ("narrow", section.narrow))
    kinds = " ".join(name for name, is_so in looks if is_so)
    yield f'<section aria-labelledby="part-{place}">'
    yield f'<h2 id="part-{place}">{escape(section.heading)}</h2>'
    yield f'<p class="about">{escape(section.about)}</p>'
    yield f'<ul class="{kinds}">' if kinds else "<ul>"
    for line in section.lines:
        yield from _line(line)
    yield "</ul>"
    yield "</section>"


def _line(line: PageLine) -> Iterator[str]:
    yield "<li>"
    yield f'<p dir="auto">{_words(line)}&ensp;<bdi class="name">{escape(line.name)}</bdi></p>'
    for said in line.more:
        yield f"<p>{_said(said)}</p>"
    if line.small:
        yield f'<p class="small">{"; ".join(map(_said, line.small))}</p>'
    yield "</li>"


def _words(line: PageLine) -> str:
    """Its words; of a term the meaning says in which direction all of it runs."""
    words = escape(line.words)
    language = f' lang="{escape(line.language)}"' if line.language else ""
    if line.meaning:
        called = f"<bdi><strong{language}>{words}</strong></bdi>"
        return f"{called}: {escape(line.meaning)}"
    return f"<strong{language}>{words}</strong>"


def _said(said: Said) -> str:
    what = escape(said.what)
    if not said.words:
        return what
    return f'<span class="what">{what}:</span> <bdi>{escape(said.words)}</bdi>'
