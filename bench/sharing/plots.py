"""Two pictures in one file: cost against fairness, and who got what of his hak. Needs matplotlib."""

from pathlib import Path
from typing import Any

Drawn = list[tuple[str, dict[str, list[float]]]]


def draw(rows: list[dict[str, Any]], got_of_hak: Drawn, to: Path) -> None:
    """`got_of_hak`: of each world and rule what the sellers got of their hak, worst off first; the first is drawn."""
    try:
        import matplotlib
    except ImportError:
        raise RuntimeError("a picture needs matplotlib: pip install matplotlib") from None
    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (fairness, people) = pyplot.subplots(1, 2, figsize=(13, 5), layout="constrained")
    for rule in dict.fromkeys(row["rule"] for row in rows):
        own = [row for row in rows if row["rule"] == rule]
        fairness.scatter(
            [row["cost over optimum %"] for row in own], [row["seller Gini"] for row in own], label=rule
        )
    fairness.set_xlabel("cost over the optimum, %")
    fairness.set_ylabel("Gini of what sellers sold (0: equal)")
    fairness.legend(fontsize="small")
    for rule, got in got_of_hak[0][1].items():
        people.plot([100 * place / max(len(got), 1) for place in range(len(got))], got, label=rule)
    people.axhline(1, color="grey", linewidth=0.5)
    people.set_ylim(0, 3)
    people.set_xlabel(f"sellers of {got_of_hak[0][0]}, worst off first, %")
    people.set_ylabel("got, of what was due by fairness alone (hak)")
    figure.savefig(to, dpi=120, metadata={"Software": None})
    pyplot.close(figure)
