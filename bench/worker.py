"""`python -m bench.worker MODULE:FUNCTION JSON`: one measured run in its own process, on uvloop as services are."""

import gc
import importlib
import json
import sys

import uvloop


def main(function: str, told: str) -> None:
    module, _, name = function.partition(":")
    gc.collect()
    found = uvloop.run(getattr(importlib.import_module(module), name)(**json.loads(told)))
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
