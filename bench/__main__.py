"""Run every case, print its table, keep all of it as JSON under bench/results/.

Numbers after the name of a case are its sizes: ``python -m bench scale 10000 1000000``. Cases that
last too long to be run with the others are run only when named.
"""

import importlib
import json
import sys
import traceback
from functools import partial
from pathlib import Path
from typing import Final

from bench.machine import machine
from bench.measure import Report, Row, once

RESULTS: Final = Path(__file__).parent / "results"
CASES: Final = (
    "nearest",
    "locate",
    "search",
    "imports",
    "exports",
    "web",
    "first",
    "tiles",
    "past",
)
LONG: Final = ("scale",)


def shown(rows: list[Row]) -> list[Row]:
    """Leave out what is kept for comparison only."""
    return [{key: value for key, value in row.items() if key[0] != "_"} for row in rows]


def table(rows: list[Row]) -> str:
    """Lay rows out in columns."""
    if not rows:
        return ""
    heads = list(rows[0])
    cells = [heads, *([str(row.get(head, "")) for head in heads] for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(heads))]
    return "\n".join(
        "  ".join(
            text.ljust(width) if i == 0 else text.rjust(width)
            for i, (text, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in cells
    )


def run_case(name: str, sizes: list[int]) -> Report:
    """Run one case; a case that cannot run says why and lets the others run."""
    try:
        report: Report = importlib.import_module(f"bench.{name}").run(*sizes)
    except Exception as fault:  # noqa: BLE001
        traceback.print_exc()
        report = Report(f"{name} : n'a pas pu tourner", [], [f"{type(fault).__name__} : {fault}"])
    return report


def cases_of(words: list[str]) -> dict[str, list[int]]:
    """Read the named cases, each with the sizes that follow it; none is every short one."""
    found: dict[str, list[int]] = {}
    for word in words or CASES:
        if word.isdecimal() and found:
            found[[*found][-1]].append(int(word))
        elif word in CASES + LONG:
            found[word] = []
        else:
            sys.exit(f"Mesure inconnue : « {word} » ; possibles : {', '.join(CASES + LONG)}.")
    return found


def main(words: list[str]) -> int:
    """Run the named cases, or all of them."""
    wanted = cases_of(words)
    where = machine()
    print(json.dumps(where, ensure_ascii=False, indent=2))
    results: dict[str, object] = {"machine": where, "cases": {}}
    cases: dict[str, object] = {}
    for name, sizes in wanted.items():
        seconds, report = once(partial(run_case, name, sizes))
        print(f"\n## {report.title} ({seconds:.0f} s)\n\n{table(shown(report.rows))}")
        print("".join(f"\n- {remark}" for remark in report.remarks))
        cases[name] = {
            "title": report.title,
            "rows": shown(report.rows),
            "remarks": report.remarks,
            "failed": not report.rows,
        }
    results["cases"] = cases
    RESULTS.mkdir(exist_ok=True)
    out = RESULTS / f"{str(where['date']).replace(':', '').replace('+0000', 'Z')}.json"
    out.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"\n{out}")
    return int(any(case["failed"] for case in cases.values()))  # type: ignore[index]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
