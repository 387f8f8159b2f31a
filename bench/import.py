"""Imports a roster workbook with the release binary, several times: CPU seconds and peak memory of the child.

    python import.py TAKEROOT FILE.xlsx [PASSES]
"""

import json
import os
import statistics
import subprocess
import sys

binary, file = sys.argv[1:3]
passes = int(sys.argv[3]) if len(sys.argv) > 3 else 7
LIMIT_SECONDS, LIMIT_MB = 2.0, 250


def run():
    child = subprocess.Popen([binary, "roster", "check", file, "--json"], stdout=subprocess.PIPE)
    said = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, json.loads(said)


runs = [run() for _ in range(passes)]
code, _, _, read = runs[0]
seconds, peak = statistics.median(r[1] for r in runs), max(r[2] for r in runs)
print(f"read {read['people']} people, {sum(read['events'].values())} events, {len(read['faults'])} faults; exit {code}")
print(f"CPU {seconds:.2f} s (median of {passes}, {min(r[1] for r in runs):.2f} to {max(r[1] for r in runs):.2f}), peak memory {peak:.0f} MB")
if seconds > LIMIT_SECONDS or peak > LIMIT_MB:
    sys.exit(f"more than {LIMIT_SECONDS} s or {LIMIT_MB} MB")
