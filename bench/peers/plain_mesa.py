"""The plain workload (README.md) in Mesa: one agent a post. The draws of a month are made by numpy, outside the clock.

    plain_mesa.py POSTS MONTHS RUNS
"""

import json
import math
import resource
import sys
import time

import mesa
import numpy as np
from plain_numpy import COUNTY, FIELDS, SEED, Philox, cpu


def of(word, n):
    return word * n >> 32


def threshold(p):
    return int(p * 4294967296.0 + 0.5)


FILL = (threshold(0.10), threshold(0.18))


class Post(mesa.Agent):
    """A post and who is in it."""

    def __init__(self, model, number, words):
        super().__init__(model)
        w0, w1, w2, w3 = words
        organ = number % COUNTY // 50
        self.number = number
        self.nth = 0
        self.remote = organ % 6 if organ >= 20 else 0
        self.age = 264 + of(w0, 432)
        self.tenure = min(of(w1, 360), self.age - 264)
        self.held = min(of(w2, 72), self.tenure)
        self.rank = w3 % 4
        self.degree = w3 & 12 != 0
        self.local = w3 & 16 != 0
        self.here = w3 >> 25 < 115
        self.overtime = 16.0
        self.pay = 4000 + 300 * self.rank + 40 * (self.tenure // 12)

    def step(self):
        model = self.model
        words = model.words[self.number]
        if not self.here:
            if words[0] < FILL[self.remote >= 4]:
                model.come.append((self, words))
            return
        self.age += 1
        self.tenure += 1
        self.held += 1
        self.overtime = (self.overtime + (model.burden + self.remote)) / 2
        if model.month % 12 == 0:
            self.pay += 40
        counts = model.counts
        if self.age >= 720:
            counts["retirements"] += 1
        elif words[0] >= self.leave():
            return
        elif words[1] >= 2**31:
            counts["quits"] += 1
        elif self.tenure < 60:
            return
        else:
            counts["transfers"] += 1
        self.here = False

    def leave(self):
        x = (
            -5.1
            + 0.35 * (self.age < 420)
            + 0.12 * self.remote
            - 0.45 * self.local
            + 0.25 * self.degree
            + 0.02 * self.overtime
            - 0.9 * math.log(self.pay / 5000.0)
            - 0.15 * self.rank
            - 0.004 * min(self.tenure, 120)
        )
        return threshold(1.0 / (1.0 + math.exp(-x)))

    def promote(self):
        model = self.model
        if model.places > 0 and self.here and self.rank < 5 and self.held >= 24 + 12 * min(self.rank, 3):
            self.rank += 1
            self.held = 0
            self.pay += 300
            model.places -= 1
            model.counts["promotions"] += 1

    def recruit(self, words):
        self.here = True
        self.nth += 1
        self.age = 264 + of(words[1], 120)
        self.tenure = self.held = self.rank = 0
        self.degree = self.remote < 4 or words[2] < 2**31
        self.local = words[3] & 1 == 1
        self.overtime = 16.0
        self.pay = 4000
        self.model.counts["recruits"] += 1


class County(mesa.Model):
    """One county."""

    def __init__(self):
        super().__init__(seed=SEED)
        self.philox = Philox(SEED)
        self.posts = np.arange(COUNTY, dtype=np.uint64)
        self.month = 0
        self.counts = dict.fromkeys(FIELDS, 0)
        words = self.draw(np.zeros(COUNTY, np.uint8))
        for number in range(COUNTY):
            Post(self, number, words[number])

    def draw(self, nth):
        """The words of everyone's month, as whole numbers of Python."""
        return self.philox.words(self.posts, nth, self.month).T.tolist()

    def next(self):
        """Goes on to the next month and draws for it."""
        self.month += 1
        self.words = self.draw(np.array([post.nth for post in self.agents], np.uint8))

    def step(self):
        self.burden = 64 * sum(1 for post in self.agents if not post.here) // COUNTY
        self.come = []
        self.agents.do("step")
        self.places = COUNTY // 100
        self.agents.do("promote")
        for post, words in self.come:
            post.recruit(words)

    def end(self):
        here = [post for post in self.agents if post.here]
        ends = {"occupied": len(here), "service": sum(post.tenure for post in here), "pay": sum(post.pay for post in here)}
        return self.counts | ends


def main():
    posts, months, runs = (int(arg) for arg in sys.argv[1:])
    if posts != COUNTY:
        sys.exit(f"one county: {COUNTY} posts")
    told = []
    for _ in range(runs):
        county = County()
        used = wall = 0.0
        for _ in range(months):
            county.next()
            wall, used = wall - time.perf_counter(), used - cpu()
            county.step()
            wall, used = wall + time.perf_counter(), used + cpu()
        told.append((used, wall, county.end()))
    used, wall, counts = sorted(told, key=lambda run: run[0])[runs // 2]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    line = {"program": f"Mesa {mesa.__version__}", "posts": posts, "months": months, "runs": runs, "threads": 1}
    print(json.dumps(line | {"cpu": used, "wall": wall, "peak_mb": peak} | counts))


if __name__ == "__main__":
    main()
