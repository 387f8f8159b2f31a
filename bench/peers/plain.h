// What the two C++ programs share: draws, counts, the clock, the line of JSON.
#pragma once
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

constexpr uint32_t COUNTY = 4000, SEED = 1;
using Words = std::array<uint32_t, 4>;

inline uint32_t of(uint32_t word, uint32_t n) { return uint64_t(word) * n >> 32; }
inline uint32_t threshold(double p) { return uint32_t(p * 4294967296.0 + 0.5); }

// Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011).
inline Words philox(Words c, uint32_t k0, uint32_t k1) {
    for (int round = 0; round < 10; round++) {
        uint64_t p0 = uint64_t(c[0]) * 0xD2511F53u, p1 = uint64_t(c[2]) * 0xCD9E8D57u;
        c = {uint32_t(p1 >> 32) ^ c[1] ^ k0, uint32_t(p1), uint32_t(p0 >> 32) ^ c[3] ^ k1, uint32_t(p0)};
        k0 += 0x9E3779B9u, k1 += 0xBB67AE85u;
    }
    return c;
}

inline Words draw(uint32_t post, uint32_t nth, uint32_t month) { return philox({post, nth, month, 0}, SEED, 0); }

struct Counts {
    uint64_t quits = 0, transfers = 0, retirements = 0, promotions = 0, recruits = 0, occupied = 0, service = 0, pay = 0;
};

inline double cpu() {
    rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1e-6 * (used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

template <class Start, class Run>
int tell(const char* program, int n, char** args, Start start, Run run) {
    if (n != 4) return std::fprintf(stderr, "%s POSTS MONTHS RUNS\n", args[0]), 2;
    const uint32_t posts = (std::atoi(args[1]) + COUNTY - 1) / COUNTY * COUNTY, months = std::atoi(args[2]);
    const size_t runs = std::max(1, std::atoi(args[3]));
    std::vector<std::pair<double, double>> times;
    Counts c;
    for (size_t r = 0; r < runs; r++) {
        auto state = start(posts);
        auto wall = std::chrono::steady_clock::now();
        double before = cpu();
        c = run(state, months);
        double used = cpu() - before;
        times.push_back({used, std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count()});
    }
    std::sort(times.begin(), times.end());
    rusage used;
    getrusage(RUSAGE_SELF, &used);
    std::printf(
        "{\"program\":\"%s\",\"posts\":%u,\"months\":%u,\"runs\":%zu,\"threads\":1,\"cpu\":%.6f,\"wall\":%.6f,\"peak_mb\":%.1f,"
        "\"quits\":%llu,\"transfers\":%llu,\"retirements\":%llu,\"promotions\":%llu,\"recruits\":%llu,\"occupied\":%llu,"
        "\"service\":%llu,\"pay\":%llu}\n",
        program, posts, months, runs, times[runs / 2].first, times[runs / 2].second, used.ru_maxrss / 1000.0,
        (unsigned long long)c.quits, (unsigned long long)c.transfers, (unsigned long long)c.retirements,
        (unsigned long long)c.promotions, (unsigned long long)c.recruits, (unsigned long long)c.occupied,
        (unsigned long long)c.service, (unsigned long long)c.pay);
    return 0;
}
