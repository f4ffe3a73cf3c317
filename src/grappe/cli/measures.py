"""Verbs that measure: evaluate, annotate."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grappe.cli.output import count, exit_code, progress, table
from grappe.config import Settings

if TYPE_CHECKING:
    from grappe.evaluate import Fact, Figures, Rate
    from grappe.pipeline import Evaluated

__all__ = ["annotate", "evaluate"]


@click.command()
@click.argument("gold_dir", type=click.Path(path_type=Path, exists=True))
@click.option("--document", "documents", multiple=True, metavar="NAME", help="Only this document; may be repeated.")
@click.option("--show", is_flag=True, help="List each miss and each false one with its sentence.")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def evaluate(ctx: click.Context, gold_dir: Path, documents: tuple[str, ...], show: bool, format_: str) -> None:
    """Measure extraction against gold files: precision, recall and F1, by relation, by document and overall.

    GOLD_DIR holds documents (NAME.txt) and what a person read in each (NAME.gold.json; 'grappe annotate' writes one to
    start from). Each is extracted anew; judgements of the home apply, and nothing is stored.

    \b
    Examples:
      grappe evaluate data/gold/dev
      grappe evaluate data/gold/dev --document anr-qubits --show
      grappe evaluate my-gold/ --format json
    """  # noqa: D301
    from grappe import pipeline
    from grappe.evaluate import figures

    settings: Settings = ctx.obj
    files = pipeline.gold_files(gold_dir, only=documents)
    with progress("Measuring", len(files)) as step:
        done = [*pipeline.evaluate(settings, files, progress=step)]
    whole = figures({one.name: one.outcome for one in done}, [one.backing.held for one in done])
    if format_ == "json":
        record = _record(whole)
        if show:
            record["differences"] = {one.name: [*_differences(one)] for one in done}
        click.echo(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        if show:
            for one in done:
                _show(one)
        _tables(whole, [one.name for one in done])
    for one in done:
        if one.error is not None:
            click.echo(f"grappe: {one.name} counts as stating nothing. {one.error}", err=True)
    ctx.exit(max((exit_code(one.error) for one in done if one.error is not None), default=0))


@click.command()
@click.argument("document", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write. [default: standard output]",
)
@click.pass_obj
def annotate(settings: Settings, document: Path, output: Path | None) -> None:
    """Write a gold file with what is extracted from a document, for a person to correct.

    Save it beside the document as NAME.gold.json: what is wrong goes, what is missing is added, and 'grappe evaluate'
    then measures against what the person read.

    \b
    Example:
      grappe annotate communique.txt -o communique.gold.json
    """  # noqa: D301
    from grappe import pipeline
    from grappe.store.home import write_atomically

    gold = pipeline.annotate(settings, document)
    if output is None or str(output) == "-":
        click.echo(gold, nl=False)
        return
    write_atomically(output, gold.encode())
    click.echo(f"wrote {output}", err=True)


def _tables(whole: Figures, names: Sequence[str]) -> None:
    table(["document", "P", "R", "F1"], [[name, *_cells(whole.documents[name])] for name in names])
    relations = [[name, str(rate.gold), *_cells(rate)] for name, rate in whole.relations.items()]
    table(["relation", "gold", "P", "R", "F1"], relations)
    micro, held = whole.micro, whole.evidence
    click.echo(f"relations alone (without type, title, publisher, issued)  F1={whole.relations_alone.f1:.3f}")
    each = held.size / held.facts if held.facts else 0.0
    click.echo(f"evidence={whole.held:.3f}, {held.broken} that does not hold, {each:.1f} triples a fact")
    p, r, f1 = _cells(micro)
    click.echo(f"micro P={p} R={r} F1={f1}  {count(len(names), 'document')}")


def _cells(rate: Rate) -> list[str]:
    return [f"{rate.precision:.3f}", f"{rate.recall:.3f}", f"{rate.f1:.3f}"]


def _record(whole: Figures) -> dict[str, object]:
    def rate(one: Rate) -> dict[str, float]:
        return {"gold": one.gold, "p": one.precision, "r": one.recall, "f1": one.f1}

    return {
        **{name: value for name, value in rate(whole.micro).items() if name != "gold"},
        "relations_f1": whole.relations_alone.f1,
        "evidence": whole.held,
        "not_holding": whole.evidence.broken,
        "relations": {name: rate(one) for name, one in whole.relations.items()},
        "documents": {name: rate(one) for name, one in whole.documents.items()},
    }


def _show(one: Evaluated) -> None:
    click.echo(f"{one.name}  {one.gold.title or ''}".rstrip())
    for found in _differences(one):
        sign = "-" if found["what"] == "missed" else "+"
        rule = f"  [{found['rule']}]" if found.get("rule") else ""
        click.echo(f"  {sign} {' | '.join(found['fact'])}{rule}")
        if found["sentence"]:
            click.echo(f"      {found['sentence']}")


def _differences(one: Evaluated) -> Iterator[dict[str, str | list[str]]]:
    """Yield each fact that the graph misses, and each that it has beside the gold, with its sentence."""
    from grappe.evaluate import likely_passage, sentence_at

    text = one.backing.text
    labels = {key: thing.label for key, thing in one.gold.things.items()}
    labels |= {address: shown.label for address, shown in one.drawn.things.items()}
    for fact in one.outcome.missed:
        things = [one.gold.things[v] for v in fact[1:] if isinstance(v, str) and v in one.gold.things]
        values = [str(v) for v in fact[1:] if v is not None and v not in one.gold.things]
        sentence = likely_passage(text, [(thing.label, *thing.aliases) for thing in things], values)
        yield {"what": "missed", "fact": _named(fact, labels), "sentence": sentence}
    for fact in one.outcome.false:
        passages = one.backing.of(fact, one.drawn)
        sentence = sentence_at(text, passages[0].start, passages[0].end) if passages else ""
        rule = f"{passages[0].rule} {passages[0].confidence:.2f}" if passages else ""
        yield {"what": "false", "fact": _named(fact, labels), "sentence": sentence, "rule": rule}


def _named(fact: Fact, labels: dict[str, str]) -> list[str]:
    return ["—" if value is None else labels.get(str(value), str(value)) for value in fact]
