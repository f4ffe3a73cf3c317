"""rdflib-endpoint on a file of quads, its default graph their union: `python rdflib_peer.py FILE PORT`.

It runs in the peers' environment, and so knows nothing of ours.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Load the file into memory and serve it."""
    import gc

    import rdflib
    import uvicorn
    from rdflib_endpoint import SparqlEndpoint  # type: ignore[import-not-found, unused-ignore]

    gc.disable()  # millions of objects come and none goes: looking through them again and again helps nobody
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(sys.argv[1], format="nquads")
    gc.freeze()
    gc.enable()
    app = SparqlEndpoint(graph=dataset)
    print("ready", flush=True)
    uvicorn.run(app, port=int(sys.argv[2]), log_level="error")


if __name__ == "__main__":
    main()
