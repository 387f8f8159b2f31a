// The plain workload (README.md) as one writes it first: a struct a post, the standard library's exp and log.
//   structs POSTS MONTHS RUNS
#include "plain.h"

struct Post {
    uint16_t age, tenure, held;
    uint8_t rank, degree, local, remote, here, nth;
    float overtime, pay;
};

static double leave(const Post& p) {
    double x = -5.1 + 0.35 * (p.age < 420) + 0.12 * p.remote + -0.45 * p.local + 0.25 * p.degree + 0.02 * p.overtime +
               -0.9 * std::log(p.pay / 5000.0) + -0.15 * p.rank + -0.004 * std::min<int>(p.tenure, 120);
    return 1.0 / (1.0 + std::exp(-x));
}

static std::vector<Post> start(uint32_t posts) {
    std::vector<Post> all(posts);
    for (uint32_t n = 0; n < posts; n++) {
        Words w = draw(n, 0, 0);
        Post& p = all[n];
        uint32_t organ = n % COUNTY / 50;
        p.remote = organ >= 20 ? organ % 6 : 0;
        p.age = 264 + of(w[0], 432);
        p.tenure = std::min<int>(of(w[1], 360), p.age - 264);
        p.held = std::min<int>(of(w[2], 72), p.tenure);
        p.rank = w[3] % 4;
        p.degree = (w[3] & 12) != 0;
        p.local = (w[3] & 16) != 0;
        p.here = w[3] >> 25 < 115;
        p.nth = 0;
        p.overtime = 16;
        p.pay = 4000 + 300 * p.rank + 40 * (p.tenure / 12);
    }
    return all;
}

static void month(Post* county, uint32_t first, uint32_t t, std::vector<std::pair<uint32_t, Words>>& come, Counts& c) {
    uint32_t vacant = 0;
    for (uint32_t i = 0; i < COUNTY; i++) vacant += !county[i].here;
    const float burden = 64 * vacant / COUNTY;
    come.clear();
    for (uint32_t i = 0; i < COUNTY; i++) {
        Post& p = county[i];
        Words w = draw(first + i, p.nth, t);
        if (!p.here) {
            if (w[0] < threshold(p.remote >= 4 ? 0.18 : 0.10)) come.push_back({i, w});
            continue;
        }
        p.age++, p.tenure++, p.held++;
        p.overtime = (p.overtime + (burden + p.remote)) / 2;
        if (t % 12 == 0) p.pay += 40;
        if (p.age >= 720) {
            c.retirements++;
        } else if (w[0] >= threshold(leave(p))) {
            continue;
        } else if (w[1] >= 1u << 31) {
            c.quits++;
        } else if (p.tenure < 60) {
            continue;
        } else {
            c.transfers++;
        }
        p.here = 0;
    }
    uint32_t left = COUNTY / 100;
    for (uint32_t i = 0; i < COUNTY && left > 0; i++) {
        Post& p = county[i];
        if (p.here && p.rank < 5 && p.held >= 24 + 12 * std::min<int>(p.rank, 3)) {
            p.rank++, p.held = 0, p.pay += 300;
            c.promotions++, left--;
        }
    }
    for (auto& [i, w] : come) {
        Post& p = county[i];
        p.here = 1, p.nth++;
        p.age = 264 + of(w[1], 120);
        p.tenure = p.held = p.rank = 0;
        p.degree = p.remote < 4 || w[2] < 1u << 31;
        p.local = w[3] & 1;
        p.overtime = 16, p.pay = 4000;
        c.recruits++;
    }
}

static Counts run(std::vector<Post>& all, uint32_t months) {
    Counts c;
    std::vector<std::pair<uint32_t, Words>> come;
    for (uint32_t first = 0; first < all.size(); first += COUNTY)
        for (uint32_t t = 1; t <= months; t++) month(&all[first], first, t, come, c);
    for (const Post& p : all)
        if (p.here) c.occupied++, c.service += p.tenure, c.pay += uint64_t(p.pay);
    return c;
}

int main(int n, char** args) { return tell("C++ structs", n, args, start, run); }
