"""Reads the lines of the programs, fails if two of a size counted differently, and tells how fast each was.

    compare.py LINES.jsonl
"""

import json
import sys
from collections import defaultdict

COUNTED = ("quits", "transfers", "retirements", "promotions", "recruits", "occupied", "service", "pay")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    sizes = defaultdict(list)
    for line in lines:
        sizes[line["posts"], line["months"]].append(line)
    failed = False
    for (posts, months), told in sorted(sizes.items()):
        names = [line["program"] for line in told]
        counts = {name: {line[name] for line in told} for name in COUNTED}
        print(f"\n{posts} posts, {months} months: {', '.join(names)}")
        different = [name for name, values in counts.items() if len(values) > 1]
        for name in different:
            print(f"  DIFFERENT {name}: " + ", ".join(f"{line['program']} {line[name]}" for line in told))
        if len(told) < 2:
            print("  nothing to compare with")
        elif not different:
            print("  all count the same: " + ", ".join(f"{name} {told[0][name]}" for name in COUNTED))
        failed = failed or len(told) < 2 or bool(different)

    # Each program at the largest size it ran.
    best = {}
    for line in lines:
        if line["program"] not in best or line["posts"] > best[line["program"]]["posts"]:
            best[line["program"]] = line
    rows = []
    for name, line in best.items():
        work = line["posts"] * line["months"]
        rows.append((name, line["posts"], line["runs"], line["cpu"], work / line["cpu"]))
        if "drawing" in line:
            cpu = line["cpu"] - line["drawing"]
            rows.append((f"{name}, without its draws", line["posts"], line["runs"], cpu, work / cpu))
    ours = next(row[4] for row in rows if row[0] == "takeroot")
    rows.sort(key=lambda row: row[4])
    print("\n| program | posts | median of | CPU | million person-months a core-second | takeroot is |")
    print("|---|---|---|---|---|---|")
    for name, posts, runs, cpu, rate in rows:
        print(f"| {name} | {posts} | {runs} | {cpu:.3f} s | {rate / 1e6:.1f} | {ours / rate:.1f} times as fast |")
    return failed


if __name__ == "__main__":
    sys.exit(main())
