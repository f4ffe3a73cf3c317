"""Verbs on judgements: judgements, judge."""

from __future__ import annotations

import getpass
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

import click

from grappe.cli.output import table
from grappe.config import Settings

if TYPE_CHECKING:
    from grappe.model import Decision, FactVerdict, Verdict
    from grappe.pipeline import Noted, Signed

__all__ = ["judge", "judgements", "suppress"]

_PAIR = ("same", "different", "unsure")
_FACT = {"reject": "rejected", "correct": "corrected"}


@click.command()
@click.option("--all", "all_", is_flag=True, help="Those too that were taken back or judged anew.")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def judgements(settings: Settings, all_: bool, format_: str) -> None:
    """List the decisions on identity and on single facts, by rules and by people.

    \b
    Example:
      grappe judgements --all --format json
    """  # noqa: D301
    from grappe import pipeline
    from grappe.model import Revocation

    noted = [
        one
        for one in pipeline.judgements(settings)
        if all_ or (one.stands and not isinstance(one.decision, Revocation))
    ]
    if format_ == "json":
        click.echo(json.dumps([_record(one) for one in noted], ensure_ascii=False, indent=1))
    elif noted:
        rows = [[one.decision.id, *_row(one.decision), "" if one.stands else "no more"] for one in noted]
        table(["id", "about", "verdict", "by", "at", "reason", "stands"], rows)
    else:
        click.echo("Nobody has judged anything yet. 'grappe judge' does.", err=True)


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="WHAT... VERDICT")
@click.option("--reason", help="Why; the ledger keeps it.")
@click.option("--by", help="Who decides. [default: your user name]")
@click.option("--at", help="When, as 2026-01-31T12:00:00Z. [default: now]")
@click.option(
    "--relation",
    type=click.Choice(["owl:sameAs", "skos:exactMatch", "skos:closeMatch"]),
    default="owl:sameAs",
    show_default=True,
    help="How a thing of another graph matches.",
)
@click.option("--undo", is_flag=True, help="Take back the decision that stands; the ledger keeps both.")
@click.pass_obj
def judge(
    settings: Settings,
    what: tuple[str, ...],
    reason: str | None,
    by: str | None,
    at: str | None,
    relation: str,
    undo: bool,
) -> None:
    """Decide whether two things are one, or whether a fact holds; the graph shows it at once, and after any rebuild.

    WHAT is two things (addresses or their last parts; one may be of another graph) with same, different or unsure; or
    the id of a fact, as 'grappe explain' shows it, with reject, or with correct and what should stand in its place.

    \b
    Examples:
      grappe judge place/evry place/evry-courcouronnes same --reason 'one commune'
      grappe judge organization/genopole http://www.wikidata.org/entity/Q3100865 same --reason 'same address'
      grappe judge 2f6c0a4be0f0a1d3 reject --reason 'said of another company'
      grappe judge 2f6c0a4be0f0a1d3 correct 1200 --reason 'misprint'
      grappe judge place/evry place/evry-courcouronnes --undo
    """  # noqa: D301
    from grappe import pipeline

    signed = _signed(by, at, reason)
    if undo:
        about = what[:-1] if len(what) > 1 and (what[-1] in _PAIR or what[-1] in _FACT) else what
        done: Decision = pipeline.undo(settings, about, signed)
    elif not reason:
        raise click.UsageError("Say why, with --reason.")
    elif len(what) == 3 and what[2] in _PAIR:
        pair, verdict = (what[0], what[1]), cast("Verdict", what[2])
        done = pipeline.judge_pair(settings, pair, verdict, signed, relation=relation)
    elif len(what) in (2, 3) and what[1] in _FACT and (len(what) == 3) == (what[1] == "correct"):
        verdict_of_fact = cast("FactVerdict", _FACT[what[1]])
        value = what[2] if len(what) == 3 else None
        done = pipeline.judge_fact(settings, what[0], verdict_of_fact, signed, value=value)
    else:
        raise click.UsageError("Give LEFT RIGHT same|different|unsure, FACT reject, or FACT correct VALUE.")
    shown = _row(done)
    click.echo(f"{shown[1]:<10} {shown[0]}")


@click.command()
@click.argument("iri")
@click.option("--reason", required=True, help="Why; the ledger keeps it, and no name.")
@click.option("--by", help="Who decides. [default: your user name]")
@click.option("--at", help="When, as 2026-01-31T12:00:00Z. [default: now]")
@click.pass_obj
def suppress(settings: Settings, iri: str, reason: str, by: str | None, at: str | None) -> None:
    """Take a person out of graph, evidence, facts and texts for good: a right to erasure.

    IRI is the person's address, or the last part of it. No document brings the person back, and nothing undoes it.

    \b
    Example:
      grappe suppress person/jeanne-martin --reason 'asked by letter of 3 May 2026'
    """  # noqa: D301
    from grappe import pipeline
    from grappe.cli.output import count

    done = pipeline.suppress(settings, iri, _signed(by, at, reason))
    click.echo(f"suppressed a person in {count(len(done), 'document')}: {', '.join(done)}")


def _signed(by: str | None, at: str | None, reason: str | None) -> Signed:
    from grappe import pipeline

    return pipeline.Signed(by or _user(), at or f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", reason or "")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "someone"


def _row(decision: Decision) -> list[str]:
    from grappe.model import FactJudgement, Judgement, Suppression

    match decision:
        case Judgement():
            said = [f"{decision.left}  {decision.right}", decision.verdict]
        case FactJudgement():
            said = [f"{decision.document}  {decision.statement}", decision.verdict]
        case Suppression():
            said = ["a person", "suppressed"]
        case _:
            said = [decision.revokes, "taken back"]
    return [*said, decision.by, decision.at, decision.reason]


def _record(one: Noted) -> dict[str, object]:
    from grappe.store.ledger import record

    return {"id": one.decision.id, **record(one.decision), "stands": one.stands}
