"""The same rules on the same people with OpenFisca: monthly pay, next rank, minimum service.

Vectorised formulas over NumPy arrays, as an OpenFisca country package has them; every value comes from the rules that
the Rust side wrote (`rules.json`), as parameters would. Where OpenFisca's own look-ups are slow (a parameter node
indexed by an Enum array), plain NumPy tables stand in their place, so that its formulas run as fast as they can.

    python bench.py DIR [PASSES]
"""

import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

HERE = Path(sys.argv[1])
PASSES = int(sys.argv[2]) if len(sys.argv) > 2 else 9
PERIOD = "2026-07"
RULES = json.loads((HERE / "rules.json").read_text())
GRADES = [g["grade"] for g in RULES["grades"]]

Person = build_entity(key="person", plural="people", label="A civil servant", is_person=True)


# --- Parameters: tables made once from the rules' values -------------------------------------------------------------

NONE = np.float32(np.nan)  # an amount that no table gives


def yuan(values):
    """A table of yuan; what a table does not give is not a number, and makes every sum that it enters unknown."""
    return np.array([NONE if v is None else v for v in values], dtype=np.float32)


RANKS, LAYERS = 12, 10
RANK_PAY = yuan([0] + RULES["rank_pay"])
LAYER_PAY = yuan([0] + RULES["layer_pay"])
LEVEL_PAY = np.stack([yuan(row) for row in RULES["level_pay"]])
LADDERS = ["2008", "2015", "2019"]
ALLOWANCES = {a["item"]: a for a in RULES["allowances"]}
assert set(ALLOWANCES) == {
    "township", "hardship", "transport", "regulated", "retained", "basic-performance", "annual-award",
}, "a new allowance needs a formula"


def tiers(item):
    """Tiers of the holders that an allowance tells apart: by layer and by rank on each ladder, 0 for everybody."""
    amounts = sorted({tuple((c, r["yuan"]) for c in [r["hardship_class"]])[0] for r in ALLOWANCES[item]["rows"]}, key=str)
    classes = sorted({c for c, _ in amounts}, key=lambda c: c or 0)
    by_class = {c: sorted({r["yuan"] for r in ALLOWANCES[item]["rows"] if r["hardship_class"] == c}) for c in classes}
    count = len(by_class[classes[0]])
    layer = np.zeros(LAYERS + 1, dtype=np.int8)
    ranks = {ladder: np.zeros(14, dtype=np.int8) for ladder in LADDERS}
    for row in ALLOWANCES[item]["rows"]:
        tier = by_class[row["hardship_class"]].index(row["yuan"])
        assert len(by_class[row["hardship_class"]]) == count and row["area_band"] is None and row["rooted_years"] is None
        if row["layer"] is not None:
            layer[row["layer"]:] = np.maximum(layer[row["layer"]:], tier)
        elif row["rank"] is not None:
            table = ranks[row["rank"]["ladder"]]
            table[row["rank"]["number"]:] = np.maximum(table[row["rank"]["number"]:], tier)
    # One row a class, by class from 0 (not on the list), one column a tier; what has no row is not due.
    amounts = np.zeros((8, count), dtype=np.float32)
    for c, values in by_class.items():
        amounts[c if c is not None else slice(None)] = values
    return layer, ranks, amounts


REGULATED, TRANSPORT, HARDSHIP = tiers("regulated"), tiers("transport"), tiers("hardship")


def township_table():
    """The township subsidy by area band (at least) and bracket of rooted years."""
    rows = ALLOWANCES["township"]["rows"]
    assert ALLOWANCES["township"]["township_only"]
    assert all(r["layer"] is None and r["rank"] is None and r["hardship_class"] is None for r in rows)
    brackets = sorted({r["rooted_years"] or 0 for r in rows})
    bands = sorted({r["area_band"] or 0 for r in rows})
    table = np.zeros((bands[-1] + 1, len(brackets)), dtype=np.float32)
    for band in range(bands[-1] + 1):
        for at, years in enumerate(brackets):
            held = (r for r in rows if (r["area_band"] or 0) <= band and (r["rooted_years"] or 0) <= years)
            table[band, at] = next(held)["yuan"]
    return np.array(brackets[1:]), table


ROOTED_BRACKETS, TOWNSHIP = township_table()

FLAT = {item: sum(r["yuan"] for r in ALLOWANCES[item]["rows"]) for item in ("retained", "basic-performance", "annual-award")}
assert all(len(ALLOWANCES[item]["rows"]) == 1 for item in FLAT)

# The step that time in a rank leads to, and the one that time in a layer leads to; each to one rank at most.
STEP_FROM_RANK = np.zeros(RANKS + 1, dtype=np.int8)
STEP_FROM_LAYER = np.zeros(LAYERS + 1, dtype=np.int8)
MONTHS_TO = np.zeros(RANKS + 1, dtype=np.int16)
for step in RULES["steps"]:
    assert step["level"] is None, "a level needs a formula"
    MONTHS_TO[step["to"]] = step["years"] * 12
    for rank in step["ranks"]:
        assert STEP_FROM_RANK[rank] == 0
        STEP_FROM_RANK[rank] = step["to"]
    for layer in step["layers"]:
        assert STEP_FROM_LAYER[layer] == 0
        STEP_FROM_LAYER[layer] = step["to"]
CEILING = np.full(14, RANKS, dtype=np.int8)  # by kind of organ, 0 for unknown
for top in RULES["top_ranks"]:
    for kind in top["kinds"]:
        CEILING[kind] = min(CEILING[kind], top["rank"])
assert RULES["rooted_credit"] is None, "a credit for rooted service needs a formula"
SHORTENS = {g["grade"]: g["shortens"] for g in RULES["grades"] if g["shortens"]}
LENGTHENS = {g["grade"]: g["lengthens"] for g in RULES["grades"] if g["lengthens"]}
NOT_COUNTED = [g["grade"] for g in RULES["grades"] if not g["counts"]]


# --- Inputs ----------------------------------------------------------------------------------------------------------

TERMS = range(len(RULES["terms"]))
INPUTS = [f"rank_{ladder}" for ladder in LADDERS] + [
    "layer", "level", "step", "organ_kind", "hardship_class", "area_band", "rooted_months", "rank_months", "layer_months",
    "bars", "unsure_bars",
]
YES_OR_NO = ["in_township", "sanctioned", "own_term"]
INPUTS += [f"served_{term}" for term in TERMS]
for grade in GRADES:
    INPUTS += [f"{holder}_{what}_{grade}" for holder in ("rank", "layer") for what in ("years", "grade_months")]


def variable(name, kind, formula=None):
    """A monthly variable of a person."""
    body = {"value_type": kind, "entity": Person, "definition_period": MONTH, "label": name}
    if formula is not None:
        body["formula"] = formula
    return type(name, (Variable,), body)


# --- Pay -------------------------------------------------------------------------------------------------------------

def base_pay(person, period):
    """The better of post pay and rank pay."""
    rank, layer = person("rank_2019", period), person("layer", period)
    best = np.maximum(RANK_PAY[rank], LAYER_PAY[layer])
    return np.where((rank == 0) & (layer == 0), NONE, best)


def level_pay(person, period):
    return LEVEL_PAY[person("level", period), person("step", period)]


def tier(person, period, item):
    layer, ranks, _ = item
    best = layer[person("layer", period)]
    for ladder, table in ranks.items():
        if table.any():
            best = np.maximum(best, table[person(f"rank_{ladder}", period)])
    return best


def township(person, period):
    band = np.clip(person("area_band", period), 0, TOWNSHIP.shape[0] - 1)
    bracket = np.searchsorted(ROOTED_BRACKETS, person("rooted_months", period) // 12, side="right")
    amount = np.where(person("area_band", period) < 0, NONE, TOWNSHIP[band, bracket])
    return np.where(person("in_township", period), amount, 0)


def hardship(person, period):
    place = person("hardship_class", period)
    amount = HARDSHIP[2][place, tier(person, period, HARDSHIP)]
    return np.where(place < 0, NONE, amount)


def regulated(person, period):
    return REGULATED[2][0, tier(person, period, REGULATED)]


def transport(person, period):
    return TRANSPORT[2][0, tier(person, period, TRANSPORT)]


def flat(item):
    def formula(person, period):
        return person.filled_array(FLAT[item], dtype=np.float32)
    return formula


LINES = ["base_pay", "level_pay", "township", "hardship", "transport", "regulated", "retained", "basic_performance", "annual_award"]


def monthly_pay(person, period):
    return sum(person(line, period) for line in LINES)


# --- The next rank ---------------------------------------------------------------------------------------------------

def counted_months(holder):
    def formula(person, period):
        counted = person(f"{holder}_months", period)
        for grade in NOT_COUNTED:
            counted = counted - person(f"{holder}_grade_months_{grade}", period)
        return counted
    return formula


def change(holder):
    def formula(person, period):
        months = 0
        for grade, each in SHORTENS.items():
            months = months - person(f"{holder}_years_{grade}", period) * each
        for grade, each in LENGTHENS.items():
            months = months + person(f"{holder}_years_{grade}", period) * each
        return months
    return formula


def full(holder, to):
    """Whether the years for a rank are full."""
    def formula(person, period):
        needed = np.maximum(MONTHS_TO[person(to, period)] + person(f"{holder}_change", period), 0)
        return person(f"{holder}_counted_months", period) >= needed
    return formula


def next_by_rank(person, period):
    return STEP_FROM_RANK[person("rank_2019", period)]


def next_by_layer(person, period):
    to = STEP_FROM_LAYER[person("layer", period)]
    return np.where(to > person("rank_2019", period), to, 0)


def barred(person, period):
    return ((person("bars", period) & RULES["barring"]) != 0) | person("sanctioned", period)


def bar_unknown(person, period):
    return (person("unsure_bars", period) & ~person("bars", period) & RULES["barring"]) != 0


def may_rise(way, other):
    """Met, but for bars: a next rank within the organ's ceiling, with the years full on either way to it."""
    def formula(person, period):
        to = person(f"next_by_{way}", period)
        years = person(f"full_by_{way}", period)
        years = years | ((person(f"next_by_{other}", period) == to) & person(f"full_by_{other}", period))
        return (to > 0) & years & (to <= CEILING[person("organ_kind", period)])
    return formula


def eligible(way):
    def formula(person, period):
        return person(f"may_rise_by_{way}", period) & ~person("barred", period) & ~person("bar_unknown", period)
    return formula


def unknown(way):
    def formula(person, period):
        return person(f"may_rise_by_{way}", period) & ~person("barred", period) & person("bar_unknown", period)
    return formula


# --- Minimum service -------------------------------------------------------------------------------------------------

def term_left(person, period):
    left = 0
    for term in TERMS:
        served = person(f"served_{term}", period)
        left = np.maximum(left, np.where(served < 0, 0, RULES["terms"][term] * 12 - served))
    return left


def term_running(person, period):
    return person("own_term", period) | (person("term_left", period) > 0)


COMPUTED = {
    "base_pay": (float, base_pay), "level_pay": (float, level_pay), "township": (float, township),
    "hardship": (float, hardship), "transport": (float, transport), "regulated": (float, regulated),
    "retained": (float, flat("retained")), "basic_performance": (float, flat("basic-performance")),
    "annual_award": (float, flat("annual-award")), "monthly_pay": (float, monthly_pay),
    "next_by_rank": (int, next_by_rank), "next_by_layer": (int, next_by_layer),
    "barred": (bool, barred), "bar_unknown": (bool, bar_unknown),
    "term_left": (int, term_left), "term_running": (bool, term_running),
}
for way, other in (("rank", "layer"), ("layer", "rank")):
    COMPUTED |= {
        f"{way}_counted_months": (int, counted_months(way)), f"{way}_change": (int, change(way)),
        f"full_by_{way}": (bool, full(way, f"next_by_{way}")), f"may_rise_by_{way}": (bool, may_rise(way, other)),
        f"eligible_by_{way}": (bool, eligible(way)), f"unknown_by_{way}": (bool, unknown(way)),
    }
ASKED = [
    "monthly_pay", "term_running", "term_left", "next_by_rank", "next_by_layer", "eligible_by_rank", "eligible_by_layer",
    "unknown_by_rank", "unknown_by_layer",
]


# --- The run ---------------------------------------------------------------------------------------------------------

def main():
    system = TaxBenefitSystem([Person])
    for name in INPUTS:
        system.add_variable(variable(name, int))
    for name in YES_OR_NO:
        system.add_variable(variable(name, bool))
    for name, (kind, formula) in COMPUTED.items():
        system.add_variable(variable(name, kind, formula))
    inputs = {name: np.load(HERE / f"{name}.npy") for name in INPUTS}
    inputs |= {name: np.load(HERE / f"{name}.npy") != 0 for name in YES_OR_NO}
    people = len(inputs["layer"])

    simulation = SimulationBuilder().build_default_simulation(system, people)
    for name, values in inputs.items():
        simulation.set_input(name, PERIOD, values)
    seconds = []
    for _ in range(PASSES):
        for name in COMPUTED:
            simulation.delete_arrays(name)
        started = time.thread_time()
        got = {name: simulation.calculate(name, PERIOD) for name in ASKED}
        seconds.append(time.thread_time() - started)

    # --- Person by person against the other side ---
    want = {name: np.load(HERE / f"answer_{name}.npy") for name in ("pay", "pay_unknown", "eligible", "unknown", "term_left", "term_running")}
    bit = lambda to, here: np.where(here, 1 << np.maximum(got[f"next_by_{to}"].astype(np.int32) - 1, 0), 0)
    masks = {what: bit("rank", got[f"{what}_by_rank"]) | bit("layer", got[f"{what}_by_layer"]) for what in ("eligible", "unknown")}
    wrong = {what: int((masks[what] != want[what]).sum()) for what in masks}
    wrong["term"] = int((got["term_left"] != want["term_left"]).sum() + (got["term_running"] != (want["term_running"] != 0)).sum())
    known = want["pay_unknown"] == 0
    wrong["pay_known"] = int((np.isnan(got["monthly_pay"]) == known).sum())
    fen = got["monthly_pay"].astype(np.float64)[known] * 100
    difference = np.abs(fen - want["pay"][known])
    wrong["pay"] = int((np.rint(fen) != want["pay"][known]).sum())

    ours = json.loads((HERE / "takeroot.json").read_text())
    median = statistics.median(seconds)
    result = {
        "people": people, "passes": PASSES, "seconds": median, "slowest": max(seconds), "fastest": min(seconds),
        "wrong": wrong, "pay_known": int(known.sum()), "max_difference_fen": float(difference.max()),
        "ratio": median / ours["seconds"], "ratio_folded": median / ours["seconds_folded"],
    }
    (HERE / "openfisca.json").write_text(json.dumps(result, indent=2) + "\n")
    print(f"OpenFisca  all answers kept    {median * 1e3:8.2f} ms of CPU  {people / median / 1e6:7.1f} million persons per core-second")
    print(f"{people} people compared one by one: different " + ", ".join(f"{k} {v}" for k, v in wrong.items())
          + f"; pay differs by at most {difference.max():.3f} fen over {known.sum()} people whose pay is known")
    print(f"eligible now {int((masks['eligible'] != 0).sum())}, service term running {int(got['term_running'].sum())}")
    print(f"takeroot is {result['ratio']:.1f} times as fast, {result['ratio_folded']:.1f} times where answers are folded")
    if any(wrong.values()):
        sys.exit("the two do not agree")


if __name__ == "__main__":
    main()
