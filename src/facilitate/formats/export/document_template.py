"""The empty document that others begin with: paper, styles, marks of lists, properties.

It is made here and not taken from a word processor, so that it holds nothing that we did not
put there: no theme, no picture of the first page, nothing of a machine or a person.
"""

from __future__ import annotations

import datetime as dt
import math
from html import escape
from typing import NamedTuple

from facilitate.core.handout import LANGUAGE
from facilitate.formats.export.type_size import (
    AROUND_HEADING,
    FOOT_ABOVE,
    GAP,
    HEADING,
    INDENT,
    MARGIN,
    SUBTITLE,
    TITLE,
    small_size,
)

AUTHOR = "The group"

BODY, HEADINGS, OTHER_SCRIPTS = "Calibri", "Georgia", "Arial"
"""Typefaces that most machines have, or have something like."""

INK, SOFT, WARM, RULE = "1D1917", "54493F", "7A3517", "CBB89F"
"""Of words, of what is told of them, of headings, all readable on white; of lines drawn."""


class Paper(NamedTuple):
    """The paper of a document, in points."""

    width: float
    height: float


LETTER = Paper(612, 792)
"""US Letter, upright. A4 is higher, and a little narrower than its margins leave room for."""

LETTER_ON_ITS_SIDE = Paper(792, 612)

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPC = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def template(title: str, date: dt.date, paper: Paper, size: float) -> dict[str, str]:
    """The parts of an empty document, by name, in type of `size` points, as of a day."""
    return {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _PACKAGE,
        "docProps/core.xml": _properties(title, date),
        "word/document.xml": _document(paper),
        "word/_rels/document.xml.rels": _RELATIONSHIPS,
        "word/styles.xml": _styles(size),
        "word/numbering.xml": _numbering(size),
        "word/settings.xml": _SETTINGS,
    }


_CONTENT_TYPES = f"""{_XML}<Types xmlns="{_OPC}/content-types">
<Default Extension="rels" \
ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/docProps/core.xml" \
ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>
<Override PartName="/word/numbering.xml" ContentType="{_TYPE}.numbering+xml"/>
<Override PartName="/word/settings.xml" ContentType="{_TYPE}.settings+xml"/>
</Types>
"""

_PACKAGE = f"""{_XML}<Relationships xmlns="{_OPC}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="{_OPC}/relationships/metadata/core-properties" \
Target="docProps/core.xml"/>
</Relationships>
"""

_RELATIONSHIPS = f"""{_XML}<Relationships xmlns="{_OPC}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{_OFFICE}/numbering" Target="numbering.xml"/>
<Relationship Id="rId3" Type="{_OFFICE}/settings" Target="settings.xml"/>
</Relationships>
"""

_SETTINGS = f"""{_XML}<w:settings {_WORD}>
<w:characterSpacingControl w:val="doNotCompress"/>
<w:compat><w:compatSetting w:name="compatibilityMode" \
w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
<w:themeFontLang w:val="{LANGUAGE}-US"/>
</w:settings>
"""


def _properties(title: str, date: dt.date) -> str:
    """Who wrote it, and when: the group, on the day of the sitting."""
    on = f'xsi:type="dcterms:W3CDTF">{date.isoformat()}T12:00:00Z'
    return f"""{_XML}<cp:coreProperties xmlns:cp="{_OPC}/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<dc:title>{escape(title)}</dc:title>
<dc:creator>{AUTHOR}</dc:creator>
<cp:lastModifiedBy>{AUTHOR}</cp:lastModifiedBy>
<cp:revision>1</cp:revision>
<dcterms:created {on}</dcterms:created>
<dcterms:modified {on}</dcterms:modified>
<dc:language>{LANGUAGE}</dc:language>
</cp:coreProperties>
"""


def _document(paper: Paper) -> str:
    margin = _twentieths(MARGIN * 72 / 25.4)
    turned = ' w:orient="landscape"' if paper.width > paper.height else ""
    width, height = _twentieths(paper.width), _twentieths(paper.height)
    return f"""{_XML}<w:document {_WORD}><w:body><w:sectPr>
<w:pgSz w:w="{width}" w:h="{height}"{turned}/>
<w:pgMar w:top="{margin}" w:right="{margin}" w:bottom="{margin}" w:left="{margin}" \
w:header="{margin}" w:footer="{margin}" w:gutter="0"/>
<w:cols w:space="{margin}"/>
</w:sectPr></w:body></w:document>
"""


def _twentieths(points: float) -> int:
    """Points in the unit that most lengths of a document have."""
    return round(points * 20)


# Styles

LINE, OPEN_LINE = "List Bullet", "List Bullet 2"
"""Of a line of the group, and of one that is not agreed."""

ABOUT, EMPTY, FOOT, CELL, HEAD = "About", "Empty", "Foot", "Cell", "Cell Heading"
STRONG, WHAT, SMALL = "Strong", "What", "Small"
"""Of words in a row: what stands out, our words before theirs, and where a line stands."""

TABLE = "Words"


def _styles(size: float) -> str:
    styles = [
        *_headings(size),
        *_below_headings(size),
        *_lines(size),
        *_in_cells(),
        *_in_a_row(size),
        _TABLES,
    ]
    return (
        f"{_XML}<w:styles {_WORD}>\n{_defaults(size)}\n" + "\n".join(styles) + "\n</w:styles>\n"
    )


def _defaults(size: float) -> str:
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_faces(BODY)}"
        f'<w:color w:val="{INK}"/>{_size(size)}'
        f'<w:lang w:val="{LANGUAGE}-US" w:eastAsia="ja-JP" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/>"
        f"{_rows()}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _faces(face: str) -> str:
    return (
        f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" '
        f'w:cs="{OTHER_SCRIPTS}"/>'
    )


def _size(points: float) -> str:
    """The size of type, for all scripts; never below what was asked for."""
    halves = math.ceil(points * 2)
    return f'<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/>'


def _rows(before: float = 0) -> str:
    """Single rows, so that each script has the room that it needs; `before` is in points."""
    return (
        f'<w:spacing w:before="{_twentieths(before)}" w:after="0" w:line="240" '
        'w:lineRule="auto"/>'
    )


def _style(name: str, paragraph: str, type_: str, *, after: str = "Normal") -> str:
    """A style of paragraphs, by how they stand and how their type looks."""
    id_ = name[0].upper() + name[1:].replace(" ", "")
    return (
        f'<w:style w:type="paragraph" w:styleId="{id_}"{_custom(name)}><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="{after}"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{type_}</w:rPr></w:style>"
    )


_KNOWN = ("heading", "Subtitle", "List Bullet", "Strong")
"""Styles that word processors have by themselves."""


def _custom(name: str) -> str:
    return "" if name.startswith(_KNOWN) else ' w:customStyle="1"'


_COLOUR = '<w:color w:val="{}"/>'


def _headings(size: float) -> list[str]:
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
    )
    above = (AROUND_HEADING - GAP) * size
    title = f'<w:keepNext/><w:keepLines/>{_rows()}<w:outlineLvl w:val="0"/>'
    heading = f'<w:keepNext/><w:keepLines/>{_rule(size)}{_rows(above)}<w:outlineLvl w:val="1"/>'
    warm = f"{_faces(HEADINGS)}{_COLOUR.format(WARM)}{_size(HEADING * size)}"
    return [
        normal,
        _style("heading 1", title, f"{_faces(HEADINGS)}{_size(TITLE * size)}"),
        _style("heading 2", heading, warm),
    ]


def _rule(size: float) -> str:
    """A line drawn above a paragraph."""
    return (
        f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="{round(0.3 * size)}" '
        f'w:color="{RULE}"/></w:pBdr>'
    )


def _below_headings(size: float) -> list[str]:
    small = small_size(size)
    soft = _COLOUR.format(SOFT)
    return [
        _style("Subtitle", "<w:keepNext/>", _size(SUBTITLE * size)),
        _style(ABOUT, "<w:keepNext/>", soft),
        _style(EMPTY, _rows(size), ""),
        _style(FOOT, f"{_rule(size)}{_rows(FOOT_ABOVE * size)}", soft + _size(small)),
    ]


def _lines(size: float) -> list[str]:
    indent = _twentieths(INDENT * size)
    return [
        _style(
            name,
            f'<w:keepLines/><w:numPr><w:numId w:val="{number}"/></w:numPr>'
            f'{_rows(GAP * size)}<w:ind w:left="{indent}" w:hanging="{indent}"/>',
            "",
            after=name.replace(" ", ""),
        )
        for number, name in enumerate((LINE, OPEN_LINE), start=1)
    ]


def _in_cells() -> list[str]:
    bold = f"<w:b/><w:bCs/>{_COLOUR.format(WARM)}"
    return [_style(CELL, "", ""), _style(HEAD, "<w:keepNext/>", bold)]


def _in_a_row(size: float) -> list[str]:
    soft = _COLOUR.format(SOFT)
    looks = {
        STRONG: "<w:b/><w:bCs/>",
        WHAT: soft,
        SMALL: soft + _size(small_size(size)),
    }
    return [
        f'<w:style w:type="character" w:styleId="{name.replace(" ", "")}"{_custom(name)}>'
        f'<w:name w:val="{name}"/><w:qFormat/><w:rPr>{look}</w:rPr></w:style>'
        for name, look in looks.items()
    ]


def _edge(side: str) -> str:
    return f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'


_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/></w:style>\n'
    f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE}"><w:name w:val="{TABLE}"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_edge("top")}'
    f"{_edge('insideH')}</w:tblBorders><w:tblCellMar>"
    '<w:top w:w="50" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>'
    '<w:bottom w:w="50" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
)


# The marks of lists


def _numbering(size: float) -> str:
    """A full mark for what is agreed and a hollow one for what is not."""
    indent = _twentieths(INDENT * size)
    marks = {1: (LINE, "\u2022"), 2: (OPEN_LINE, "\u25e6")}
    lists = [
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:pStyle w:val="{style.replace(" ", "")}"/><w:lvlText w:val="{mark}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr>'
        f"<w:rPr>{_COLOUR.format(WARM)}</w:rPr></w:lvl></w:abstractNum>"
        for number, (style, mark) in marks.items()
    ]
    used = [
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number in marks
    ]
    return f"{_XML}<w:numbering {_WORD}>\n" + "\n".join([*lists, *used]) + "\n</w:numbering>\n"
