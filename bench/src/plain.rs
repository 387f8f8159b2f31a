//! `takeroot-bench plain`: the plain workload of `bench/peers/README.md` on the lab's own means: keyed draws, columns,
//! one county after the other.
//!
//! A county's columns take 88 KB and stay in the core's own memory for all months. Each month is three passes without a
//! branch (draws; hazards, ageing and flags; a search for flags), and a few words of exact reckoning for whoever is flagged.

use std::time::Instant;

use rayon::prelude::*;
use rustix::time::{ClockId, clock_gettime};
use takeroot_lab::keyed::{LANES, Luck, threshold};

/// Posts of a county.
pub const POSTS: usize = 4000;
/// Posts of a county that may be promoted in a month.
const QUOTA: u32 = POSTS as u32 / 100;
const SEED: u64 = 1;
const _: () = assert!(POSTS.is_multiple_of(LANES) && POSTS.is_multiple_of(8));

/// The coefficients, in the order of the specification.
const BASE: f64 = -5.1;
const YOUNG: f64 = 0.35;
const REMOTE: f64 = 0.12;
const LOCAL: f64 = -0.45;
const DEGREE: f64 = 0.25;
const OVERTIME: f64 = 0.02;
const PAY: f64 = -0.9;
const RANK: f64 = -0.15;
const TENURE: f64 = -0.004;
/// How much more likely than reckoned in 32 bits someone is taken to be before the exact threshold is asked.
const MARGIN: f32 = 1e-4;

/// May leave, by retirement or chance, or, where the post is empty, may be filled.
const MAY: u8 = 1;
/// Is ripe for promotion.
const RIPE: u8 = 2;

/// A county's posts, one array an attribute.
#[derive(Clone)]
struct County {
    first: u32,
    vacant: u32,
    age: [u16; POSTS],
    tenure: [u16; POSTS],
    held: [u16; POSTS],
    rank: [u8; POSTS],
    degree: [u8; POSTS],
    local: [u8; POSTS],
    remote: [u8; POSTS],
    here: [u8; POSTS],
    nth: [u8; POSTS],
    overtime: [f32; POSTS],
    pay: [f32; POSTS],
}

/// What a month needs for a while.
struct Scratch {
    word: [u32; POSTS],
    flag: [u8; POSTS],
    come: Vec<(usize, [u32; 4])>,
}

impl Scratch {
    fn new() -> Box<Scratch> {
        Box::new(Scratch { word: [0; POSTS], flag: [0; POSTS], come: Vec::new() })
    }
}

/// What happened, and what stands at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub quits: u64,
    pub transfers: u64,
    pub retirements: u64,
    pub promotions: u64,
    pub recruits: u64,
    pub occupied: u64,
    pub service: u64,
    pub pay: u64,
}

impl std::ops::Add for Counts {
    type Output = Counts;

    fn add(self, other: Counts) -> Counts {
        Counts {
            quits: self.quits + other.quits,
            transfers: self.transfers + other.transfers,
            retirements: self.retirements + other.retirements,
            promotions: self.promotions + other.promotions,
            recruits: self.recruits + other.recruits,
            occupied: self.occupied + other.occupied,
            service: self.service + other.service,
            pay: self.pay + other.pay,
        }
    }
}

/// `floor(word * n / 2^32)`.
fn of(word: u32, n: u32) -> u16 {
    ((u64::from(word) * u64::from(n)) >> 32) as u16
}

/// `exp(x)` in 32 bits for `|x| < 80`: a power of two by the exponent's bits, the rest by Taylor's polynomial of degree 6.
#[inline(always)]
fn exp32(x: f32) -> f32 {
    // Adding one and a half times 2^23 rounds to the nearest whole number, which then stands in the low bits.
    const ROUND: f32 = 12_582_912.0;
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let whole = shifted - ROUND;
    let r = (x - whole * 0.693_359_4) - whole * -2.121_944_4e-4;
    let p = 1.0 + r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r / 720.0)))));
    f32::from_bits(p.to_bits().wrapping_add(shifted.to_bits() << 23))
}

/// `ln(x)` in 32 bits for x between 1/2 and 2.
#[inline(always)]
fn ln32(x: f32) -> f32 {
    let s = (x - 1.0) / (x + 1.0);
    let q = s * s;
    2.0 * s * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q * (1.0 / 9.0)))))
}

#[inline(always)]
fn when(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

impl County {
    fn start(number: u32, luck: Luck) -> County {
        let first = number * POSTS as u32;
        let mut c = County {
            first,
            vacant: 0,
            age: [0; POSTS],
            tenure: [0; POSTS],
            held: [0; POSTS],
            rank: [0; POSTS],
            degree: [0; POSTS],
            local: [0; POSTS],
            remote: [0; POSTS],
            here: [0; POSTS],
            nth: [0; POSTS],
            overtime: [16.0; POSTS],
            pay: [0.0; POSTS],
        };
        for i in 0..POSTS {
            let w = luck.block(u64::from(first) + i as u64, 0, 0, 0);
            let organ = i / 50;
            c.remote[i] = if organ >= 20 { (organ % 6) as u8 } else { 0 };
            c.age[i] = 264 + of(w[0], 432);
            c.tenure[i] = of(w[1], 360).min(c.age[i] - 264);
            c.held[i] = of(w[2], 72).min(c.tenure[i]);
            c.rank[i] = (w[3] % 4) as u8;
            c.degree[i] = u8::from(w[3] & 0b1100 != 0);
            c.local[i] = u8::from(w[3] & 0b1_0000 != 0);
            c.here[i] = u8::from(w[3] >> 25 < 115);
            c.pay[i] = 4000.0 + 300.0 * f32::from(c.rank[i]) + 40.0 * f32::from(c.tenure[i] / 12);
            c.vacant += u32::from(c.here[i] == 0);
        }
        c
    }

    /// A person's number.
    #[inline(always)]
    fn who(&self, i: usize) -> u64 {
        (u64::from(self.first) + i as u64) | (u64::from(self.nth[i]) << 32)
    }

    /// Everybody's word that decides.
    fn draw(&self, luck: Luck, month: u16, word: &mut [u32; POSTS]) {
        for (at, out) in word.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
            let who: [u64; LANES] = std::array::from_fn(|n| self.who(at * LANES + n));
            *out = luck.lanes(&who, month, 0, 0)[0];
        }
    }

    /// Ageing, and who may have to be looked at.
    fn age(&mut self, month: u16, s: &mut Scratch) {
        let burden = (64 * self.vacant / POSTS as u32) as f32;
        let raise = if month.is_multiple_of(12) { 40.0 } else { 0.0 };
        for i in 0..POSTS {
            let here = self.here[i];
            let there = here != 0;
            let (age, tenure, held) = (
                self.age[i] + u16::from(here),
                self.tenure[i] + u16::from(here),
                self.held[i] + u16::from(here),
            );
            let (remote, rank) = (self.remote[i], self.rank[i]);
            let pay = self.pay[i] + raise;
            let overtime = (self.overtime[i] + (burden + f32::from(remote))) * 0.5;
            self.age[i] = age;
            self.tenure[i] = tenure;
            self.held[i] = held;
            self.pay[i] = pay;
            self.overtime[i] = overtime;
            let x = BASE as f32
                + YOUNG as f32 * when(age < 420)
                + REMOTE as f32 * f32::from(remote)
                + LOCAL as f32 * f32::from(self.local[i])
                + DEGREE as f32 * f32::from(self.degree[i])
                + OVERTIME as f32 * overtime
                + PAY as f32 * ln32(pay / 5000.0)
                + RANK as f32 * f32::from(rank)
                + TENURE as f32 * f32::from(tenure.min(120));
            // The word's first 24 bits, which a float holds exactly. Not above the word: who may leave is never missed.
            let word = ((s.word[i] >> 8) as i32) as f32;
            let leaves = word * (1.0 + exp32(-x)) <= 16_777_216.0 * (1.0 + MARGIN) || age >= 720;
            let fills = word <= 16_777_216.0 * if remote >= 4 { 0.18 } else { 0.10 };
            let ripe = rank < 5 && held >= 24 + 12 * u16::from(rank.min(3));
            let may = if there { leaves } else { fills };
            s.flag[i] = (u8::from(may) * MAY) | (u8::from(there & ripe) * RIPE);
        }
    }

    /// The word below which a person leaves, in 64 bits.
    fn exact(&self, i: usize) -> u32 {
        let x = BASE
            + YOUNG * f64::from(u8::from(self.age[i] < 420))
            + REMOTE * f64::from(self.remote[i])
            + LOCAL * f64::from(self.local[i])
            + DEGREE * f64::from(self.degree[i])
            + OVERTIME * f64::from(self.overtime[i])
            + PAY * (f64::from(self.pay[i]) / 5000.0).ln()
            + RANK * f64::from(self.rank[i])
            + TENURE * f64::from(self.tenure[i].min(120));
        threshold(1.0 / (1.0 + (-x).exp()))
    }

    fn month(&mut self, luck: Luck, month: u16, s: &mut Scratch, counts: &mut Counts) {
        self.draw(luck, month, &mut s.word);
        self.age(month, s);
        let fill = [threshold(0.10), threshold(0.18)];
        s.come.clear();
        for at in 0..POSTS / 8 {
            let mut flags = eight(&s.flag, at, MAY);
            while flags != 0 {
                let i = at * 8 + flags.trailing_zeros() as usize / 8;
                flags &= flags - 1;
                let w0 = s.word[i];
                if self.here[i] == 0 {
                    if w0 < fill[usize::from(self.remote[i] >= 4)] {
                        s.come.push((i, luck.block(self.who(i), month, 0, 0)));
                    }
                    continue;
                }
                if self.age[i] >= 720 {
                    counts.retirements += 1;
                } else if w0 >= self.exact(i) {
                    continue;
                } else if luck.block(self.who(i), month, 0, 0)[1] >= 1 << 31 {
                    counts.quits += 1;
                } else if self.tenure[i] < 60 {
                    continue;
                } else {
                    counts.transfers += 1;
                }
                self.here[i] = 0;
                self.vacant += 1;
            }
        }
        self.promote(&s.flag, counts);
        for (i, w) in &s.come {
            self.recruit(*i, w);
        }
        self.vacant -= s.come.len() as u32;
        counts.recruits += s.come.len() as u64;
    }

    fn promote(&mut self, flag: &[u8; POSTS], counts: &mut Counts) {
        let mut left = QUOTA;
        for at in 0..POSTS / 8 {
            let mut flags = eight(flag, at, RIPE);
            while flags != 0 {
                let i = at * 8 + flags.trailing_zeros() as usize / 8;
                flags &= flags - 1;
                if self.here[i] == 0 {
                    continue;
                }
                self.rank[i] += 1;
                self.held[i] = 0;
                self.pay[i] += 300.0;
                counts.promotions += 1;
                left -= 1;
                if left == 0 {
                    return;
                }
            }
        }
    }

    fn recruit(&mut self, i: usize, w: &[u32; 4]) {
        self.here[i] = 1;
        self.nth[i] = self.nth[i].wrapping_add(1);
        self.age[i] = 264 + of(w[1], 120);
        self.tenure[i] = 0;
        self.held[i] = 0;
        self.rank[i] = 0;
        self.degree[i] = u8::from(self.remote[i] < 4 || w[2] < 1 << 31);
        self.local[i] = (w[3] & 1) as u8;
        self.overtime[i] = 16.0;
        self.pay[i] = 4000.0;
    }

    fn run(&mut self, luck: Luck, months: u16, s: &mut Scratch) -> Counts {
        let mut counts = Counts::default();
        for month in 1..=months {
            self.month(luck, month, s, &mut counts);
        }
        for i in (0..POSTS).filter(|i| self.here[*i] != 0) {
            counts.occupied += 1;
            counts.service += u64::from(self.tenure[i]);
            counts.pay += self.pay[i] as u64;
        }
        counts
    }
}

/// Eight flags at once, one bit a byte, lowest first.
#[inline(always)]
fn eight(flags: &[u8; POSTS], at: usize, which: u8) -> u64 {
    u64::from_le_bytes(flags.as_chunks::<8>().0[at]) & (u64::from(which) * 0x0101_0101_0101_0101)
}

/// CPU seconds of the whole process, every thread counted.
fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

/// Most memory held, in MB, as the system tells it.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(f64::NAN) / 1000.0
}

/// Runs the workload so many times on as many threads as rayon is told, and prints one line of JSON.
pub fn run(posts: u32, months: u16, runs: usize, program: &str) -> anyhow::Result<()> {
    let luck = Luck::of(SEED);
    let counties = posts.div_ceil(POSTS as u32);
    let mut told = Vec::new();
    for _ in 0..runs.max(1) {
        let mut state: Vec<County> = (0..counties).into_par_iter().map(|n| County::start(n, luck)).collect();
        let (wall, before) = (Instant::now(), cpu());
        let counts = state
            .par_iter_mut()
            .map_init(Scratch::new, |s, county| county.run(luck, months, s))
            .reduce(Counts::default, |a, b| a + b);
        told.push((cpu() - before, wall.elapsed().as_secs_f64(), counts));
    }
    anyhow::ensure!(told.iter().all(|run| run.2 == told[0].2), "two runs of the same differ");
    told.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (seconds, wall, c) = told[told.len() / 2];
    println!(
        "{}",
        serde_json::json!({
            "program": program, "posts": counties as usize * POSTS, "months": months, "runs": told.len(),
            "threads": rayon::current_num_threads(), "cpu": seconds, "wall": wall, "peak_mb": peak(),
            "quits": c.quits, "transfers": c.transfers, "retirements": c.retirements, "promotions": c.promotions,
            "recruits": c.recruits, "occupied": c.occupied, "service": c.service, "pay": c.pay,
        })
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_margin_is_far_wider_than_the_polynomials_err() {
        let mut worst = 0.0_f64;
        for n in 0..200_000 {
            let x = -12.0 + 24.0 * n as f32 / 200_000.0;
            worst = worst.max((f64::from(exp32(x)) / f64::from(x).exp() - 1.0).abs());
            let y = 0.5 + 1.5 * n as f32 / 200_000.0;
            worst = worst.max((f64::from(ln32(y)) - f64::from(y).ln()).abs());
        }
        assert!(worst > 0.0 && worst < f64::from(MARGIN) / 20.0, "{worst}");
    }

    #[test]
    fn whoever_leaves_was_flagged() {
        // The flags of 32 bits against the exact threshold, of every post and month of a county.
        let luck = Luck::of(7);
        let (mut county, mut s) = (County::start(3, luck), Scratch::new());
        let (mut counts, mut leavers, mut flagged) = (Counts::default(), 0, 0);
        for month in 1..=240 {
            let mut twin = county.clone();
            twin.draw(luck, month, &mut s.word);
            twin.age(month, &mut s);
            for i in (0..POSTS).filter(|i| twin.here[*i] != 0 && twin.age[*i] < 720) {
                let (leaves, may) = (s.word[i] < twin.exact(i), s.flag[i] & MAY != 0);
                assert!(may || !leaves);
                leavers += usize::from(leaves);
                flagged += usize::from(may);
            }
            county.month(luck, month, &mut s, &mut counts);
        }
        assert!(leavers > 1000 && flagged < leavers + 10, "{leavers} {flagged}");
        let stock = (0..POSTS).filter(|i| county.here[*i] != 0).count();
        assert_eq!(stock, POSTS - county.vacant as usize);
    }
}
