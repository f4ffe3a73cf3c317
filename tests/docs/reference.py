"""The reference of the command line: what each verb's --help says, as one page."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any

import click

from grappe.cli import main

__all__ = ["page"]

_HEAD = """# The command line

Made from the commands themselves by `make docs`; a test holds it to what `--help` says.
"""


def page() -> str:
    """Return docs/cli.md."""
    return "\n".join([_HEAD, *_pages("grappe", main, None)])


def _pages(name: str, command: click.Command, parent: click.Context | None) -> Iterator[str]:
    settings: MutableMapping[str, Any] = command.context_settings
    # The same context as a user's call makes: a command keeps the help option that it is first asked for.
    context = click.Context(
        command, parent=parent, info_name=name.rpartition(" ")[2], terminal_width=100, color=False, **settings
    )
    shown = "\n".join(f"    {line}".rstrip() for line in command.get_help(context).splitlines())
    yield f"{'#' * min(len(name.split()) + 1, 4)} {name}\n\n{shown}\n"
    if isinstance(command, click.Group):
        for verb in command.list_commands(context):
            child = command.get_command(context, verb)
            assert child is not None
            yield from _pages(f"{name} {verb}", child, context)
