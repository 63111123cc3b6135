"""`doctor`: whether this machine can run Lumbung, and what to do where it cannot."""

import typer

from infra.checks import Finding, findings
from infra.home import Home
from lumbung import exits
from lumbung.screen import console

MARKS = {"good": "[green]good [/]", "warn": "[yellow]warn [/]", "bad": "[red]bad  [/]"}


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: lumbung doctor")(doctor)


def doctor() -> None:
    """Check Python, disk, memory, ports and versions. Exit code 1 when Lumbung cannot run."""
    found = findings(Home.chosen())
    for finding in found:
        _print(finding)
    if any(finding.mark == "bad" for finding in found):
        raise typer.Exit(exits.FAILED)


def _print(finding: Finding) -> None:
    console.print(f"{MARKS[finding.mark]} {finding.what}", soft_wrap=True)
    if finding.to_do:
        console.print(f"      -> {finding.to_do}", style="bold", markup=False, soft_wrap=True)
