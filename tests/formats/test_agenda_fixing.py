"""What is mended without asking, what is left alone, and that nothing else changes."""

import tomllib
from pathlib import Path

import pytest

from facilitate.formats.agenda_fixing import fixed
from facilitate.formats.toml_reading import Unreadable

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "agendas").glob("*.toml"))
FAULTY = ROOT / "tests" / "data" / "agendas" / "faulty"
BEFORE, BEHIND = "format = 1  # one\r\n\n", '\n\n# the end\r\n[[segment]]\ntitle = "a\u00a0b"'


def mended(statement: str) -> str:
    """A statement mended in the middle of a file, of which nothing else may change."""
    after = fixed(f"{BEFORE}{statement}{BEHIND}".encode(), "day.toml").decode()
    assert after.startswith(BEFORE)
    assert after.endswith(BEHIND)
    return after[len(BEFORE) : -len(BEHIND)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("title = “Closing”", 'title = "Closing"'),
        ("title = “It\u2019s time”  # a “note”", 'title = "It\u2019s time"  # a “note”'),
        ('title = "Closing”', 'title = "Closing"'),
        ("title = «Closing»", 'title = "Closing"'),
        ("kind = \u2018break\u2019", 'kind = "break"'),
        ("title = “She said “yes” to it”", 'title = "She said “yes” to it"'),
        ('title = “say "hi"”', "title = 'say \"hi\"'"),
        (
            'chat = [\n  “a”, "b”,\n  "c ”d“", # e\n]',
            'chat = [\n  "a", "b",\n  "c ”d“", # e\n]',
        ),
        ("links = [{ label = “a”, url = “b” }]", 'links = [{ label = "a", url = "b" }]'),
        (
            "say = “””\nHello = “x”.\n\nIt\u2019s “me”.\n”””",
            'say = """\nHello = “x”.\n\nIt\u2019s “me”.\n"""',
        ),
        ("say = “””one”””  # two", 'say = """one"""  # two'),
    ],
)
def test_curly_quotes_around_a_text_are_made_straight(written: str, meant: str) -> None:
    assert mended(written) == meant
    tomllib.loads(meant)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("minutes\u00a0= 15", "minutes = 15"),
        ("\u200bminutes = 15", "minutes = 15"),
        ("min\u00adutes = 15\ufeff", "minutes = 15"),
        ("\u3000minutes =\u202f15", " minutes = 15"),
        ("[[segment]]\u00a0", "[[segment]] "),
        ('title\u00a0= "a\u00a0b" #\u00a0c', 'title = "a\u00a0b" #\u00a0c'),
        ("rounds = [\n\u00a0{ minutes = 3 },\n]", "rounds = [\n { minutes = 3 },\n]"),
        ("\u00a0", " "),
    ],
)
def test_invisible_characters_outside_of_texts_become_spaces_or_nothing(
    written: str, meant: str
) -> None:
    assert mended(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("minutes = 015 # 007", "minutes = 15 # 007"),
        ("rounds = [{ minutes = 08, ask = “05” }]", 'rounds = [{ minutes = 8, ask = "05" }]'),
        ("minutes = 00", "minutes = 0"),
    ],
)
def test_numbers_lose_the_zeros_before_them(written: str, meant: str) -> None:
    assert mended(written) == meant


@pytest.mark.parametrize(
    "statement",
    [
        "start = 09",
        "date = 013",
        "minutes = -05",
        "minutes = 15 min",
        "title = “a” and “b”",
        "title = “C:\\new”",
        'title = “it\'s "so"”',
        "title = “a",
        "say = “””\nno end",
        "say = “””\nC:\\new\n”””",
        "kind = break",
        "start = 09:00",
        'title = "a\\qb" # “c”',
        "title = “a” b = 015",
        "[segment",
    ],
)
def test_what_could_mean_several_things_is_left_alone(statement: str) -> None:
    assert mended(statement) == statement


def test_a_long_text_without_its_end_does_not_swallow_the_next() -> None:
    text = "say = “””\nOne.\n\nnotes = “””\nTwo.\n”””\n"
    assert fixed(text.encode(), "x").decode() == ('say = “””\nOne.\n\nnotes = """\nTwo.\n"""\n')


def test_a_byte_order_mark_goes_and_line_ends_stay() -> None:
    text = "\ufefffor = 1\r\nminutes = 015\r\n# a\r\n\nb = 2\n"
    assert fixed(text.encode(), "x") == b"for = 1\r\nminutes = 15\r\n# a\r\n\nb = 2\n"


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_sound_file_stays_byte_for_byte(file: Path) -> None:
    raw = file.read_bytes()
    assert fixed(raw, file.name) == raw
    assert fixed(raw.replace(b"\n", b"\r\n"), file.name) == raw.replace(b"\n", b"\r\n")


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_day_that_went_through_a_word_processor_comes_back(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    curly = text.replace('"""', "”””").replace(' = "', " = “").replace('"\n', "”\n")
    assert tomllib.loads(fixed(curly.encode(), "x").decode()) == tomllib.loads(text)


def test_another_encoding_is_not_touched() -> None:
    with pytest.raises(Unreadable, match="UTF-16"):
        fixed((FAULTY / "utf-16.toml").read_bytes(), "utf-16.toml")
