"""The command line: thin verbs over the pipeline. Results go to standard output, everything else to standard error.

Whatever is heavy is imported by the verb that needs it, so that ``grappe --help`` answers at once.
"""

from __future__ import annotations

from grappe.cli import documents, judging, links, measures, operations, questions, service
from grappe.cli.group import main

__all__ = ["main"]

# In the order of a day's work, which is the order of ``grappe --help``.
for _verb in (
    documents.add,
    documents.list_,
    documents.remove,
    documents.rebuild,
    documents.diff,
    documents.check,
    questions.query,
    questions.explain,
    questions.export,
    judging.judgements,
    judging.judge,
    judging.suppress,
    links.authority,
    links.link,
    links.review,
    links.sssom,
    measures.evaluate,
    measures.annotate,
    service.serve,
    service.demo,
    operations.load,
    operations.backup,
    operations.restore,
    operations.verify,
    operations.token,
):
    main.add_command(_verb)
