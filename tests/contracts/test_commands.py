"""Every command of the command line has help and an example, and stands in the documentation."""

import re
from pathlib import Path

import click
import pytest

from luoshi.cli.main import COMMANDS, cli

DOCS = Path(__file__).resolve().parents[2] / "docs"
REFERENCE = (DOCS / "cli.md").read_text(encoding="utf-8")
MANUAL = "".join(page.read_text(encoding="utf-8") for page in sorted((DOCS / "zh").glob("*.md")))
SOURCES = Path(__file__).resolve().parents[2] / "src" / "luoshi" / "cli"


def loaded(name):
    return cli.get_command(click.Context(cli), name)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_help_and_an_example(name):
    command = loaded(name)
    assert command.name == name
    assert command.help
    assert f"luoshi {name}" in command.epilog
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_its_options_stand_in_the_documentation(name):
    assert f"`luoshi {name}" in REFERENCE
    for parameter in loaded(name).params:
        if isinstance(parameter, click.Option):
            assert any(option in REFERENCE for option in parameter.opts), parameter.opts


def test_the_documentation_names_no_command_that_is_not_there():
    for text in (REFERENCE, MANUAL):
        named = set(re.findall(r"`luoshi ([a-z]+)", text))
        assert named <= set(COMMANDS)


def test_every_command_module_is_listed():
    modules = {
        path.stem.rstrip("_")  # a module cannot be called `import`
        for path in SOURCES.glob("*.py")
        if re.search(r"@click\.(command|group)\(", path.read_text("utf-8"))
    }
    assert modules - {"main"} == set(COMMANDS)


def test_an_unknown_name_is_no_command():
    assert loaded("nothing") is None
