"""The group of verbs, and how an error ends a command."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from grappe import __version__
from grappe.cli.output import exit_code
from grappe.config import Settings
from grappe.errors import GrappeError

__all__ = ["main"]

_EPILOG = """\b
Exit codes: 0 done, 1 an input cannot be used, 2 wrong usage, 3 facts break a shape,
4 the store cannot be read or written, 5 a query failed, 6 not found, 70 a fault of Grappe.
"""


class _Group(click.Group):
    """A group that lists its verbs in the order of a day's work, and that turns errors into sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except GrappeError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(f"grappe: {error}", err=True)
            ctx.exit(exit_code(error))
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            # Who reads our output has read enough; nothing may be written any more, not even at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            message = f"grappe: An unforeseen error ({type(error).__name__}: {error}). Nothing stored was lost."
            click.echo(f"{message} Run it again as 'grappe --debug …' and report what it prints.", err=True)
            ctx.exit(70)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EPILOG)
@click.option(
    "--home", type=click.Path(path_type=Path), help="The folder of the graph. [default: $GRAPPE_HOME or ./grappe-home]"
)
@click.option("--debug", is_flag=True, help="Show where an error comes from.")
@click.version_option(__version__, prog_name="grappe")
@click.pass_context
def main(ctx: click.Context, home: Path | None, debug: bool) -> None:
    """Read documents about innovation clusters and publish what they state as a knowledge graph.

    \b
    Examples:
      grappe add communique.txt
      grappe query 'SELECT ?lab ?m2 WHERE { ?lab grp:hasFacility/grp:floorAreaM2 ?m2 }'
      grappe export -o graph.ttl
      grappe serve
    """  # noqa: D301
    del debug
    ctx.obj = Settings.from_environment(home=home)
