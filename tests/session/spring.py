"""A small programme and its agendas as files, and what is told of files."""

from pathlib import Path

from facilitate.session.checking import check_files

ROOT = Path(__file__).parents[2]
SMALL = (ROOT / "tests" / "data" / "agendas" / "small.toml").read_text(encoding="utf-8")

PROGRAMME = """\
format = 1

[programme]
id = "spring"
title = "Spring"
timezone = "America/Los_Angeles"
starts = 2027-03-01
ends = 2027-06-30

[[topic]]
key = "words"
title = "Words"

[[milestone]]
kind = "talk"
title = "Talk"
date = 2027-03-02
agenda = "talk.toml"

[[session]]
number = 1
date = 2027-04-06
title = "Beginning"
place = "online"
agenda = "one.toml"

[[session]]
number = 2
date = 2027-04-13
title = "Words"
place = "online"
topic = "words"
part = 1
agenda = "two.toml"
"""


def put(name: str, text: str = SMALL) -> Path:
    file = Path(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def agenda(name: str, *lines: str, date: str = "2027-04-13") -> Path:
    """An agenda with an id of its own and these lines more below [session]."""
    text = SMALL.replace('id = "day"', "\n".join([f'id = "{Path(name).stem}"', *lines]))
    return put(name, text.replace("2027-04-13", date))


def spring(*changes: tuple[str, str]) -> None:
    """A programme and its agendas, which agree, but for these changes of the programme."""
    text = PROGRAMME
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    put("programme.toml", text)
    ours = 'programme = "spring"'
    agenda("one.toml", ours, "number = 1", date="2027-04-06")
    two = ("number = 2", 'topic = "words"', "part = 1", 'carried_from = "one"')
    agenda("two.toml", ours, *two)
    agenda("talk.toml", ours, date="2027-03-02")


def again(name: str, old: str, new: str) -> None:
    """Change a file that is there."""
    text = Path(name).read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    put(name, text.replace(old, new))


def told(*names: str) -> list[str]:
    """Each problem of the files: where, how bad, what."""
    problems = [problem for one in check_files(names) for problem in one.problems]
    return [
        f"{p.file}:{p.line} {p.level} {p.code}: {p.message} {p.hint}".strip() for p in problems
    ]


def one_of(*names: str) -> str:
    (line,) = told(*names)
    return line
