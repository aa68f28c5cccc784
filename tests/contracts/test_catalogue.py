"""The Chinese wording of the command line: what is compiled is what is written."""

import re
from gettext import GNUTranslations
from importlib.resources import files

import click
from babel.messages.pofile import read_po

from luoshi.cli.main import COMMANDS, cli

FOLDER = files("luoshi") / "data" / "locale" / "zh_CN" / "LC_MESSAGES"
PLACE = re.compile(r"\{(\w+)|%\((\w+)\)")


def written():
    with (FOLDER / "luoshi.po").open("rb") as file:
        return [message for message in read_po(file, locale="zh_CN") if message.id]


def compiled():
    with (FOLDER / "luoshi.mo").open("rb") as file:
        return GNUTranslations(file)


def test_every_message_is_compiled_as_it_is_written():
    catalogue = compiled()
    messages = written()
    assert len(messages) > 20
    for message in messages:
        if message.pluralizable:
            single, plural = message.id
            assert catalogue.ngettext(single, plural, 2) == message.string[0]
        else:
            assert catalogue.gettext(message.id) == message.string


def test_nothing_else_is_compiled():
    single = {m.id[0] if m.pluralizable else m.id for m in written()}
    found = {key[0] if isinstance(key, tuple) else key for key in compiled()._catalog}
    assert found - {""} == single


def test_every_message_has_its_chinese_and_no_doubtful_mark():
    for message in written():
        strings = message.string if message.pluralizable else (message.string,)
        assert all(strings), message.id
        assert not message.fuzzy, message.id


def test_the_chinese_fills_in_only_what_there_is():
    for message in written():
        ids = message.id if message.pluralizable else (message.id,)
        strings = message.string if message.pluralizable else (message.string,)
        known = {place for words in ids for place in PLACE.findall(words)}
        assert {place for words in strings for place in PLACE.findall(words)} <= known, message.id


def test_every_command_can_be_reached():
    assert cli.list_commands(click.Context(cli)) == list(COMMANDS)
