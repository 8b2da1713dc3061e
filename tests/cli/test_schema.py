"""`facilitate schema`: what editors are given."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from facilitate.cli.main import cli
from facilitate.cli.schema import put_beside, schema
from facilitate.formats.agenda_schema import schema_text


@pytest.mark.parametrize("sort", ["agenda", "programme"])
def test_a_schema_of_one_sort_is_printed_as_it_is_to_be_saved(sort: str) -> None:
    result = CliRunner().invoke(schema, [sort])
    assert (result.exit_code, result.output) == (0, schema_text(sort))
    assert result.output.endswith("}\n")


def test_without_a_sort_it_tells_both_apart() -> None:
    printed = json.loads(CliRunner().invoke(schema, []).output)
    assert printed["then"] == {"$ref": "#/$defs/programme"}
    assert printed["else"] == {"$ref": "#/$defs/agenda"}


def test_another_sort_is_a_mistake_of_the_command_line() -> None:
    result = CliRunner().invoke(schema, ["records"])
    assert result.exit_code == 2
    assert "'agenda', 'programme'" in result.output


def test_it_is_one_of_the_commands_and_loads_nothing_that_it_does_not_need() -> None:
    code = (
        "import sys; from facilitate.cli.main import cli;"
        "cli.main(['schema', 'agenda'], standalone_mode=False);"
        "print(sorted({'textual', 'rich', 'pydantic', 'pydantic_core'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == schema_text("agenda") + "[]\n"


def test_beside_a_new_file_the_schema_is_put_once_and_never_written_over(
    tmp_path: Path,
) -> None:
    file, beside = tmp_path / "day.toml", tmp_path / "agenda.schema.json"
    assert put_beside(file) == "agenda.schema.json"
    assert beside.read_text(encoding="utf-8") == schema_text("agenda")
    beside.write_text("mine", encoding="utf-8")
    assert put_beside(file) is None
    assert beside.read_text(encoding="utf-8") == "mine"
    assert put_beside(file, "programme") == "programme.schema.json"


def test_a_new_agenda_has_the_schema_that_its_first_line_names_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, ["new", "day.toml"])
    assert "agenda.schema.json beside it" in result.output
    first = (tmp_path / "day.toml").read_text().splitlines()[0]
    assert first == "#:schema ./agenda.schema.json"
    assert (tmp_path / "agenda.schema.json").read_text() == schema_text("agenda")
    assert "beside it" not in CliRunner().invoke(cli, ["new", "another.toml"]).output
