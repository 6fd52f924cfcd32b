#!/usr/bin/env python3
"""The benchmarks' own reckoning: plots, tables, the answer book, regressions. Prints TAP."""

import math
import sys
import tempfile
import traceback
import xml.etree.ElementTree
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import check  # noqa: E402
import instances  # noqa: E402
import plots  # noqa: E402
import tables  # noqa: E402


def row(name, engine, seconds, between, cut_off=False, **more):
    return {"instance": name, "engine": engine, "seconds": seconds, "between": between,
            "cut_off": cut_off, "people": 500, "sessions": 10, "pairs": 1000, "threads": 1,
            "objective": 100, "bound": 100 - (between or 0), "gap": 0.001, "peak_mb": 10.0,
            "read_seconds": 0.1, "status": "feasible", **more}


def the_exponent_of_a_power_is_found():
    sizes = [500, 1000, 5000, 50000]
    for power in (0.5, 1.0, 1.25):
        assert abs(plots.exponent(sizes, [3 * s ** power for s in sizes]) - power) < 1e-9


def growth_is_drawn_with_its_exponent():
    rows = [row(f"growth-{n}", "amends", n / 1000, 0, pairs=n * 30, people=n, peak_mb=n / 10,
                read_seconds=n / 5000, cut_off=n == 50000) for n in (500, 5000, 50000)]
    drawn = plots.growth(rows)
    xml.etree.ElementTree.fromstring(drawn)
    assert "pairs^1.00" in drawn and 'fill="white" stroke' in drawn
    assert plots.growth(rows[:2]) is None


def a_search_is_drawn_from_its_trace():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_text("seconds,phase,objective,bound,gap\n0.1,prices,900,,\n"
                        "0.5,prices,900,100,0.9\n2.0,roster,500,480,0.1\n3.0,end,490,485,0.01\n")
        trace = plots.read_trace(path)
    assert trace[0] == (0.1, 900, None) and trace[-1] == (3.0, 490, 485)
    xml.etree.ElementTree.fromstring(plots.search("x", trace))
    assert plots.search("x", trace[:1]) is None


def where_another_engine_wins_the_table_says_so():
    own = row("a", "amends", 5.0, 10)
    quicker = row("a", "CBC", 2.0, 10)
    text = "\n".join(tables.winners([own, quicker]))
    assert "CBC wins" in text
    slower = "\n".join(tables.winners([own, row("a", "CBC", 9.0, 10)]))
    assert "wins" not in slower and "No other engine" in slower
    further = [row("a", "amends", 20.0, 50, cut_off=True), row("a", "CBC", 20.0, 40, cut_off=True)]
    assert "CBC wins" in "\n".join(tables.winners(further))
    none = [row("a", "amends", 5.0, 10), row("a", "CBC", 2.0, None, cut_off=True)]
    assert "CBC wins" not in "\n".join(tables.winners(none))
    assert "| a |" in tables.markdown([own, quicker], "now")


def an_answer_below_a_known_bound_is_a_contradiction():
    book = instances.AnswerBook()
    book.answers = {"x": {"sha256": "s", "best": 120, "bound": 100, "peer_best": None,
                          "peer_bound": None}}
    book.check("x", "s", "amends", 110, 105, 0)
    assert not book.mistakes and book.answers["x"]["best"] == 110
    book.check("x", "s", "amends", 104, 90, 0)
    assert len(book.mistakes) == 1 and "below the known bound" in book.mistakes[0]
    book.check("x", "s", "amends", 115, 111, 0)
    assert len(book.mistakes) == 2 and "claims bound 111" in book.mistakes[1]


def five_percent_more_is_a_regression():
    before = {"instructions": 1000, "gap": 0.01}
    assert not check.regressions("x", {"instructions": 1050, "gap": 0.0105}, before)
    assert len(check.regressions("x", {"instructions": 1051, "gap": 0.0106}, before)) == 2
    assert not check.regressions("x", {"instructions": 10, "gap": 1e-4},
                                 {"instructions": 10, "gap": 0.0})
    assert len(check.regressions("x", {"instructions": 10, "gap": 2e-4},
                                 {"instructions": 10, "gap": 0.0})) == 1
    assert "nothing is recorded" in check.regressions("x", before, None)[0]


def every_row_has_a_name_of_its_own_and_a_command():
    every = [i for suite in instances.SUITES.values() for i in suite]
    commands = {}
    for instance in every:
        assert commands.setdefault(instance.name, instance.command()) == instance.command()
        assert math.isfinite(instance.people)
    readme = (Path(check.HERE) / "README.md").read_text()
    for instance in instances.SUITES["targets"]:
        assert f"`{instance.name}` | `{instance.command()}`" in readme, instance.name


def the_gap_that_was_asked_for_is_told():
    own = {"instance": "a", "made_by": "gen", "asked_gap": "0.1%"}
    assert tables.commands([own])[-1] == "- a: `gen`, with `--gap 0.1%`"
    assert tables.commands([{**own, "asked_gap": ""}])[-1] == "- a: `gen`"


TESTS = [the_exponent_of_a_power_is_found, growth_is_drawn_with_its_exponent,
         a_search_is_drawn_from_its_trace, where_another_engine_wins_the_table_says_so,
         an_answer_below_a_known_bound_is_a_contradiction, five_percent_more_is_a_regression,
         every_row_has_a_name_of_its_own_and_a_command,
         the_gap_that_was_asked_for_is_told]


def main():
    print(f"1..{len(TESTS)}")
    failed = 0
    for number, test in enumerate(TESTS, 1):
        try:
            test()
            print(f"ok {number} - {test.__name__}")
        except Exception:  # pylint: disable=broad-except
            failed += 1
            print(f"not ok {number} - {test.__name__}")
            print("# " + traceback.format_exc().replace("\n", "\n# "))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
