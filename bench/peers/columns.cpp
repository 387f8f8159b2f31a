// The plain workload (README.md) in C++ as ../src/plain.rs has it: columns, one county after the other, polynomials of 32 bits that pick
// out who may leave, and the exact threshold for those few.
//   columns POSTS MONTHS RUNS
#include "plain.h"

#include <cstring>
#include <memory>

constexpr float MARGIN = 1e-4f;
enum : uint8_t { MAY = 1, RIPE = 2 };

struct County {
    uint32_t first, vacant;
    uint16_t age[COUNTY], tenure[COUNTY], held[COUNTY];
    uint8_t rank[COUNTY], degree[COUNTY], local[COUNTY], remote[COUNTY], here[COUNTY], nth[COUNTY];
    float overtime[COUNTY], pay[COUNTY];
};

struct Scratch {
    uint32_t word[COUNTY], may[COUNTY];
    uint8_t flag[COUNTY];
    std::vector<std::pair<uint32_t, Words>> come;
};

static inline float exp32(float x) {
    const float shifted = x * 1.44269504f + 12582912.0f, whole = shifted - 12582912.0f;
    const float r = (x - whole * 0.6933594f) - whole * -2.1219444e-4f;
    const float p = 1 + r * (1 + r * (0.5f + r * (1 / 6.0f + r * (1 / 24.0f + r * (1 / 120.0f + r / 720.0f)))));
    uint32_t a, b;
    std::memcpy(&a, &p, 4), std::memcpy(&b, &shifted, 4);
    a += b << 23;
    float y;
    std::memcpy(&y, &a, 4);
    return y;
}

static inline float ln32(float x) {
    const float s = (x - 1) / (x + 1), q = s * s;
    return 2 * s * (1 + q * (1 / 3.0f + q * (1 / 5.0f + q * (1 / 7.0f + q * (1 / 9.0f)))));
}

static std::vector<County> start(uint32_t posts) {
    std::vector<County> all(posts / COUNTY);
    for (uint32_t n = 0; n < posts; n++) {
        County& c = all[n / COUNTY];
        const uint32_t i = n % COUNTY, organ = i / 50;
        const Words w = draw(n, 0, 0);
        if (i == 0) c.first = n, c.vacant = 0;
        c.remote[i] = organ >= 20 ? organ % 6 : 0;
        c.age[i] = 264 + of(w[0], 432);
        c.tenure[i] = std::min<int>(of(w[1], 360), c.age[i] - 264);
        c.held[i] = std::min<int>(of(w[2], 72), c.tenure[i]);
        c.rank[i] = w[3] % 4;
        c.degree[i] = (w[3] & 12) != 0;
        c.local[i] = (w[3] & 16) != 0;
        c.here[i] = w[3] >> 25 < 115;
        c.nth[i] = 0;
        c.overtime[i] = 16;
        c.pay[i] = 4000 + 300 * c.rank[i] + 40 * (c.tenure[i] / 12);
        c.vacant += !c.here[i];
    }
    return all;
}

// The first words of a month, 8 posts at once; each word has 64 bits to itself.
static void words(const County& c, uint32_t month, uint32_t* __restrict out) {
    typedef uint64_t Lanes __attribute__((vector_size(64)));
    const Lanes low = (Lanes){} + 0xffffffffu;
    for (uint32_t at = 0; at < COUNTY; at += 8) {
        Lanes a, b, d = {}, e = (Lanes){} + month;
        for (uint32_t n = 0; n < 8; n++) a[n] = c.first + at + n, b[n] = c.nth[at + n];
        uint32_t k0 = SEED, k1 = 0;
        for (int round = 0; round < 10; round++) {
            const Lanes p0 = (a & low) * 0xD2511F53u, p1 = (e & low) * 0xCD9E8D57u;
            a = (p1 >> 32) ^ b ^ k0, b = p1, e = (p0 >> 32) ^ d ^ k1, d = p0;
            k0 += 0x9E3779B9u, k1 += 0xBB67AE85u;
        }
        for (uint32_t n = 0; n < 8; n++) out[at + n] = uint32_t(a[n]);
    }
}

static void age(County& c, uint32_t month, Scratch& s) {
    const float burden = 64 * c.vacant / COUNTY, raise = month % 12 == 0 ? 40 : 0;
    // Whole arithmetic in place of every condition, or the compiler makes no vectors of it.
    uint16_t* __restrict ages = c.age;
    uint32_t* __restrict may = s.may;
    for (uint32_t i = 0; i < COUNTY; i++) {
        const float pay = c.pay[i] + raise, overtime = (c.overtime[i] + (burden + c.remote[i])) * 0.5f;
        const uint32_t age = ages[i] + c.here[i], tenure = c.tenure[i] + c.here[i];
        ages[i] = age, c.tenure[i] = tenure, c.pay[i] = pay, c.overtime[i] = overtime;
        const float x = -5.1f + 0.35f * (age < 420) + 0.12f * c.remote[i] + -0.45f * c.local[i] + 0.25f * c.degree[i] +
                        0.02f * overtime + -0.9f * ln32(pay / 5000) + -0.15f * c.rank[i] +
                        -0.004f * (tenure < 120 ? tenure : 120);
        const float word = int32_t(s.word[i] >> 8);
        const uint32_t leaves = (word * (1 + exp32(-x)) <= 16777216.0f * (1 + MARGIN)) | (age >= 720);
        const uint32_t fills = word <= 16777216.0f * 0.10f + 16777216.0f * 0.08f * (c.remote[i] >= 4);
        may[i] = (c.here[i] & leaves) | ((1 - c.here[i]) & fills);
    }
    for (uint32_t i = 0; i < COUNTY; i++) {
        const uint16_t held = c.held[i] + c.here[i], rank = c.rank[i];
        c.held[i] = held;
        s.flag[i] = s.may[i] * MAY | (c.here[i] & (rank < 5) & (held >= 24 + 12 * (rank < 3 ? rank : 3))) * RIPE;
    }
}

static uint32_t exact(const County& c, uint32_t i) {
    const double x = -5.1 + 0.35 * (c.age[i] < 420) + 0.12 * c.remote[i] + -0.45 * c.local[i] + 0.25 * c.degree[i] +
                     0.02 * c.overtime[i] + -0.9 * std::log(c.pay[i] / 5000.0) + -0.15 * c.rank[i] +
                     -0.004 * std::min<int>(c.tenure[i], 120);
    return threshold(1.0 / (1.0 + std::exp(-x)));
}

static inline uint64_t eight(const uint8_t* flags, uint32_t at, uint8_t which) {
    uint64_t all;
    std::memcpy(&all, flags + at, 8);
    return all & which * 0x0101010101010101ull;
}

static void month(County& c, uint32_t t, Scratch& s, Counts& n) {
    words(c, t, s.word);
    age(c, t, s);
    const uint32_t fill[2] = {threshold(0.10), threshold(0.18)};
    s.come.clear();
    for (uint32_t at = 0; at < COUNTY; at += 8)
        for (uint64_t flags = eight(s.flag, at, MAY); flags; flags &= flags - 1) {
            const uint32_t i = at + __builtin_ctzll(flags) / 8, w0 = s.word[i];
            if (!c.here[i]) {
                if (w0 < fill[c.remote[i] >= 4]) s.come.push_back({i, draw(c.first + i, c.nth[i], t)});
                continue;
            }
            if (c.age[i] >= 720) {
                n.retirements++;
            } else if (w0 >= exact(c, i)) {
                continue;
            } else if (draw(c.first + i, c.nth[i], t)[1] >= 1u << 31) {
                n.quits++;
            } else if (c.tenure[i] < 60) {
                continue;
            } else {
                n.transfers++;
            }
            c.here[i] = 0, c.vacant++;
        }
    uint32_t left = COUNTY / 100;
    for (uint32_t at = 0; at < COUNTY && left; at += 8)
        for (uint64_t flags = eight(s.flag, at, RIPE); flags && left; flags &= flags - 1) {
            const uint32_t i = at + __builtin_ctzll(flags) / 8;
            if (!c.here[i]) continue;
            c.rank[i]++, c.held[i] = 0, c.pay[i] += 300, n.promotions++, left--;
        }
    for (const auto& [i, w] : s.come) {
        c.here[i] = 1, c.nth[i]++;
        c.age[i] = 264 + of(w[1], 120);
        c.tenure[i] = c.held[i] = c.rank[i] = 0;
        c.degree[i] = (c.remote[i] < 4) | (w[2] < 1u << 31);
        c.local[i] = w[3] & 1;
        c.overtime[i] = 16, c.pay[i] = 4000;
    }
    c.vacant -= s.come.size(), n.recruits += s.come.size();
}

static Counts run(std::vector<County>& all, uint32_t months) {
    Counts n;
    auto s = std::make_unique<Scratch>();
    for (County& c : all) {
        for (uint32_t t = 1; t <= months; t++) month(c, t, *s, n);
        for (uint32_t i = 0; i < COUNTY; i++)
            if (c.here[i]) n.occupied++, n.service += c.tenure[i], n.pay += uint64_t(c.pay[i]);
    }
    return n;
}

int main(int n, char** args) { return tell("C++ columns", n, args, start, run); }
