"""`python -m bench.sharing paste`: the kept results into the manual, between its two marks."""

import json
from pathlib import Path

from bench.sharing.tables import TABLES, printed, walls

BEGIN, END = "<!-- bench-sharing: begin -->", "<!-- bench-sharing: end -->"


def paste(results: Path, page: Path) -> None:
    """Replaces what stands between the marks; a page without them gets them at its end."""
    parts = [BEGIN]
    for name in TABLES:
        file = results / f"sharing-{name}.json"
        if file.exists():
            parts += printed(name, json.loads(file.read_text(encoding="utf-8")), pasted=True)
    parts += walls(results)
    parts += ["", "![Cost against fairness, and who got what](../bench/results/sharing.png)", "", END]
    old = page.read_text(encoding="utf-8") if page.exists() else "# Sharing\n"
    if BEGIN not in old:
        old = f"{old.rstrip()}\n\n{BEGIN}\n{END}\n"
    before, rest = old.split(BEGIN, 1)
    page.write_text(before + "\n".join(parts) + rest.split(END, 1)[1], encoding="utf-8")
