"""A home without the facts that are less sure than a threshold: what ``--min-confidence`` exports and serves.

It lies in ``store/confident/``, is made from the current generation, and holds a store only: all graphs of the home,
and of each document the facts that stay. It can be deleted at any time.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

from grappe.config import Settings
from grappe.link import judged, without
from grappe.model import Document, Facts, Resolution, Text
from grappe.ontology import Schema
from grappe.pipeline.making import resolved
from grappe.pipeline.values import Progress
from grappe.project import project
from grappe.store.contents import catalogue_of, links_of_named, plain_text
from grappe.store.facts_file import read_facts
from grappe.store.generations import Generation, current_number, generation_folder, open_generation
from grappe.store.home import Home, disk_errors
from grappe.store.lock import exclusive, unused
from grappe.store.writer import Writer, writing

__all__ = ["confident", "sure_facts"]


def confident(settings: Settings, threshold: float, *, progress: Progress = lambda _: None) -> Settings:
    """Return settings whose home holds the facts of at least some confidence, made anew where the graph has changed.

    Facts below it go with their evidence; so does what falls with them, and things of which nothing is left to say.

    Raises:
        StoreError: if nothing has been built in the home, or the folder cannot be written.
    """
    home = Home(settings.home)
    with open_generation(home) as generation:
        folder = home.store / "confident" / f"{generation.number:06d}-{threshold:.4f}"
        with disk_errors(folder), exclusive(folder.parent / "lock", wait=settings.lock_wait):
            _remove_old(home, generation.number)
            if not folder.is_dir():
                _make(settings, generation, folder, threshold, progress)
    return replace(settings, home=folder)


def sure_facts(facts: Facts, resolution: Resolution, threshold: float) -> Facts:
    """Return the facts with a passage that is as sure as the threshold, without what falls with the others."""
    weak = [s for s in facts.statements if max(e.confidence for e in s.evidence) < threshold]
    return without(facts, weak, resolution) if weak else facts


def _make(settings: Settings, generation: Generation, folder: Path, threshold: float, progress: Progress) -> None:
    """Build the store beside its place, then move it there."""
    temporary = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    shutil.rmtree(temporary, ignore_errors=True)
    try:
        made = Home(temporary)
        shutil.copytree(generation.path, made.store / "primary")
        with writing(made, names=settings.names, schema=Schema.load(settings.ontology), wait=0) as writer:
            _filter(settings, writer, threshold, progress)
            writer.changed = True
        temporary.replace(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _filter(settings: Settings, writer: Writer, threshold: float, progress: Progress) -> None:
    home, resolution, names = Home(settings.home), resolved(settings), settings.names
    for id in sorted(writer.documents()):
        progress(id)
        facts = sure_facts(judged(read_facts(home.facts(id)), resolution), resolution, threshold)
        text = Text(Document(id, "", "", b""), plain_text(writer.store, id, names=names))
        projection = project(facts, resolution, names=names, text=text)
        catalogue = catalogue_of(writer.store, id, names=names)
        writer.publish(id, facts=projection.facts, evidence=projection.evidence, catalogue=catalogue)
    writer.link(links_of_named(writer.store, names=names))


def _remove_old(home: Home, number: int) -> None:
    """Remove what was made from earlier generations and is served no more."""
    for folder in (home.store / "confident").glob("[0-9]*-*"):
        inner = Home(folder)
        held = current_number(inner)
        lock = generation_folder(inner, held or 1).with_suffix(".lock")
        if not folder.name.startswith(f"{number:06d}-") and unused(lock):
            shutil.rmtree(folder, ignore_errors=True)
