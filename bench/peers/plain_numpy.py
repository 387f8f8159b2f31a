"""The plain workload (README.md) in numpy: whole arrays, month by month.

    plain_numpy.py POSTS MONTHS RUNS
"""

import json
import resource
import sys
import time

import numpy as np

COUNTY = 4000
SEED = 1
BLOCK = 16 * COUNTY  # what the draws are made in at a time: it stays in the core's own memory

FIELDS = ("quits", "transfers", "retirements", "promotions", "recruits", "occupied", "service", "pay")


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class Philox:
    """Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011) of whole arrays, in the room it has once taken."""

    M0, M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
    W0, W1 = 0x9E3779B9, 0xBB67AE85
    HALF, LOW = np.uint64(32), np.uint64(0xFFFFFFFF)

    def __init__(self, seed):
        self.keys, k0, k1 = [], seed & 0xFFFFFFFF, seed >> 32
        for _ in range(10):
            self.keys.append((np.uint64(k0), np.uint64(k1)))
            k0, k1 = (k0 + self.W0) & 0xFFFFFFFF, (k1 + self.W1) & 0xFFFFFFFF
        self.room = np.empty((6, BLOCK), np.uint64)

    def words(self, post, nth, month):
        """The four words of every post."""
        out = np.empty((4, post.size), np.uint32)
        for at in range(0, post.size, BLOCK):
            part = slice(at, min(at + BLOCK, post.size))
            a, b, c, d, p, q = self.room[:, : part.stop - at]
            a[:], b[:], c[:], d[:] = post[part], nth[part], month, 0
            for k0, k1 in self.keys:
                np.multiply(a, self.M0, out=p)
                np.multiply(c, self.M1, out=q)
                np.right_shift(q, self.HALF, out=a)
                np.bitwise_xor(a, b, out=a)
                np.bitwise_xor(a, k0, out=a)
                np.bitwise_and(q, self.LOW, out=b)
                np.right_shift(p, self.HALF, out=c)
                np.bitwise_xor(c, d, out=c)
                np.bitwise_xor(c, k1, out=c)
                np.bitwise_and(p, self.LOW, out=d)
            for n, word in enumerate((a, b, c, d)):
                out[n, part] = word
        return out


def of(word, n):
    return (word.astype(np.uint64) * np.uint64(n)) >> np.uint64(32)


def threshold(p):
    return np.floor(p * 4294967296.0 + 0.5)


def start(posts, philox):
    post = np.arange(posts, dtype=np.uint64)
    nth = np.zeros(posts, np.uint8)
    w = philox.words(post, nth, 0)
    organ = (np.arange(posts) % COUNTY) // 50
    s = {"post": post, "nth": nth}
    s["remote"] = np.where(organ >= 20, organ % 6, 0).astype(np.uint8)
    s["age"] = (264 + of(w[0], 432)).astype(np.uint16)
    s["tenure"] = np.minimum(of(w[1], 360), s["age"] - 264).astype(np.uint16)
    s["held"] = np.minimum(of(w[2], 72), s["tenure"]).astype(np.uint16)
    s["rank"] = (w[3] % 4).astype(np.uint8)
    s["degree"] = (w[3] & 12) != 0
    s["local"] = (w[3] & 16) != 0
    s["here"] = (w[3] >> 25) < 115
    s["overtime"] = np.full(posts, 16, np.float32)
    s["pay"] = (4000 + 300 * s["rank"].astype(int) + 40 * (s["tenure"] // 12)).astype(np.float32)
    return s


def run(s, months, philox):
    counts = dict.fromkeys(FIELDS, 0)
    drawing = 0.0
    age, tenure, held, rank, here, pay = s["age"], s["tenure"], s["held"], s["rank"], s["here"], s["pay"]
    counties = (-1, COUNTY)
    remote_hours = s["remote"].astype(np.float32)
    wide = s["remote"] >= 4
    fill = np.where(wide, threshold(0.18), threshold(0.10))
    remote_part = 0.12 * s["remote"]
    for month in range(1, months + 1):
        burden = 64 * (COUNTY - np.count_nonzero(here.reshape(counties), axis=1)) // COUNTY
        before = cpu()
        w = philox.words(s["post"], s["nth"], month)
        drawing += cpu() - before
        come = np.flatnonzero(~here & (w[0] < fill))
        age += here
        tenure += here
        held += here
        s["overtime"] = (s["overtime"] + (np.repeat(burden.astype(np.float32), COUNTY) + remote_hours)) / np.float32(2)
        if month % 12 == 0:
            pay += here * np.float32(40)
        x = (
            -5.1
            + 0.35 * (age < 420)
            + remote_part
            - 0.45 * s["local"]
            + 0.25 * s["degree"]
            + 0.02 * s["overtime"].astype(np.float64)
            - 0.9 * np.log(pay / 5000.0, dtype=np.float64)
            - 0.15 * rank
            - 0.004 * np.minimum(tenure, 120)
        )
        retires = here & (age >= 720)
        leaves = here & ~retires & (w[0] < threshold(1.0 / (1.0 + np.exp(-x))))
        quits = leaves & (w[1] >= 2**31)
        moves = leaves & ~quits & (tenure >= 60)
        here &= ~(retires | quits | moves)
        counts["retirements"] += np.count_nonzero(retires)
        counts["quits"] += np.count_nonzero(quits)
        counts["transfers"] += np.count_nonzero(moves)

        ripe = here & (rank < 5) & (held >= 24 + 12 * np.minimum(rank, 3))
        within = np.cumsum(ripe.reshape(counties), axis=1, dtype=np.int16) <= COUNTY // 100
        up = np.flatnonzero(ripe & within.reshape(-1))
        rank[up] += 1
        held[up] = 0
        pay[up] += 300
        counts["promotions"] += up.size

        w = w[:, come]
        here[come] = True
        s["nth"][come] += 1
        age[come] = 264 + of(w[1], 120)
        tenure[come] = held[come] = rank[come] = 0
        s["degree"][come] = ~wide[come] | (w[2] < 2**31)
        s["local"][come] = (w[3] & 1) == 1
        s["overtime"][come] = 16
        pay[come] = 4000
        counts["recruits"] += come.size
    counts["occupied"] = np.count_nonzero(here)
    counts["service"] = int(tenure[here].sum(dtype=np.int64))
    counts["pay"] = int(pay[here].astype(np.int64).sum())
    return counts, drawing


def main():
    posts, months, runs = (int(arg) for arg in sys.argv[1:])
    posts = -(-posts // COUNTY) * COUNTY
    philox = Philox(SEED)
    told = []
    for _ in range(runs):
        state = start(posts, philox)
        wall, before = time.perf_counter(), cpu()
        counts, drawing = run(state, months, philox)
        told.append((cpu() - before, drawing, time.perf_counter() - wall, counts))
    used, drawing, wall, counts = sorted(told, key=lambda run: run[0])[runs // 2]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    line = {"program": "numpy", "posts": posts, "months": months, "runs": runs, "threads": 1, "cpu": used}
    print(json.dumps(line | {"drawing": drawing, "wall": wall, "peak_mb": peak} | {k: int(v) for k, v in counts.items()}))


if __name__ == "__main__":
    main()
