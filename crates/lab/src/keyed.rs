//! Randomness without a sequence: every draw is a function of (seed, who, month, replicate, purpose).
//!
//! Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011) turns a key of 64 bits and a counter of 128 bits into four words of
//! 32 bits. The key is the run's seed, the same under every policy; the counter is who it is drawn for (64 bits), the
//! month (16 bits) with the group of purposes (16 bits), and the replicate (32 bits). The four words are four purposes.
//! So a person has the same luck under both policies of a comparison, and no draw depends on the order of the work, on
//! the number of threads or on how people are cut into shards.
//!
//! The block is written here rather than taken from a crate because the hot loop reckons [`LANES`] people at once, each
//! with a counter of their own, in a form that compiles to vector instructions; `pulp` chooses those that the processor
//! has. The published known answers (Random123, `kat_vectors`) are the test, and the crate `rand_philox` beside it.
//!
//! **In two steps.** What is asked of everybody every month is nearly always answered by the first eight bits: the words
//! of [`Purpose::Coarse`] hold four bytes for each month of a quarter and four for the quarter itself, one block for a
//! person and three months. Where a byte does not decide, the other 24 bits come from the purpose's own block
//! ([`joined`]): together they are a word of 32 independent bits like any other.

/// People reckoned at once.
pub const LANES: usize = 8;

const M0: u32 = 0xD251_1F53;
const M1: u32 = 0xCD9E_8D57;
const W0: u32 = 0x9E37_79B9;
const W1: u32 = 0xBB67_AE85;
const ROUNDS: usize = 10;

/// What a draw is for. Four neighbours share a block: those that are drawn together stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Purpose {
    /// Whether the person resigns.
    Resign = 0,
    /// Whether the person passes an open selection.
    Select,
    /// Whether the person is transferred.
    Transfer,
    /// Whether the person dies.
    Die,
    /// Whether a higher organ of the county takes the person, and which.
    Where,
    /// Place among equals in a round.
    Round,
    /// Whether the person is looked at in a round.
    Looked,
    /// The yearly grade.
    Grade,
    /// Whether the person goes away on secondment.
    Second,
    /// For how long.
    SecondMonths,
    /// Whether exhaustion is looked at anew.
    Tire,
    /// What it then is.
    Tired,
    /// Whether a vacant post is opened.
    Open,
    /// Whether it is filled.
    Fill,
    /// The recruit's education.
    Education,
    /// The recruit's origin.
    Origin,
    /// The recruit's channel.
    Channel,
    /// The recruit's age.
    Age,
    /// The recruit's sex.
    Sex,
    /// Whether a post asks for a bachelor's programme.
    Asks,
    /// Anything drawn once.
    Once,
    /// The first eight bits of a quarter's purposes.
    Coarse = 24,
    /// Which of several vacant posts it is.
    Post = 28,
}

/// Places of a quarter's own purposes among its four bytes.
pub mod quarterly {
    /// Of [`super::Purpose::Second`].
    pub const SECOND: usize = 0;
    /// Of [`super::Purpose::Tire`].
    pub const TIRE: usize = 1;
    /// Of [`super::Purpose::Tired`].
    pub const TIRED: usize = 2;
}

/// The four words of a group for many, by word: each as its bytes from the lowest.
pub type Words = [Vec<[u8; 4]>; 4];

/// A word of which the first eight bits are drawn apart from the others.
#[inline]
pub fn joined(first: u8, rest: u32) -> u32 {
    u32::from(first) << 24 | rest & 0x00ff_ffff
}

/// A byte for a word below which chance means *yes*: whoever draws a lower one may be among those for whom it does, and
/// nobody else, unless it is 255, with which everybody may be.
#[inline]
pub fn first_bits(threshold: u32) -> u8 {
    threshold.div_ceil(1 << 24).min(255) as u8
}

/// A seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Luck {
    key: [u32; 2],
}

impl Luck {
    /// The luck of a seed.
    pub const fn of(seed: u64) -> Luck {
        Luck { key: [seed as u32, (seed >> 32) as u32] }
    }

    /// The four words of a group of purposes.
    #[inline]
    pub fn block(self, who: u64, month: u16, replicate: u32, group: u16) -> [u32; 4] {
        philox([who as u32, (who >> 32) as u32, counter(month, group), replicate], self.key)
    }

    /// The word of one purpose.
    #[inline]
    pub fn word(self, who: u64, month: u16, replicate: u32, purpose: Purpose) -> u32 {
        self.block(who, month, replicate, purpose as u16 / 4)[purpose as usize % 4]
    }

    /// A number between 0 and 1, neither of which it ever is.
    #[inline]
    pub fn unit(self, who: u64, month: u16, replicate: u32, purpose: Purpose) -> f64 {
        unit(self.word(who, month, replicate, purpose))
    }

    /// The four words of a group for many people.
    pub fn fill(self, who: &[u64], month: u16, replicate: u32, group: u16, into: &mut Words) {
        for words in into.iter_mut() {
            words.resize(who.len(), [0; 4]);
        }
        pulp::Arch::new().dispatch(Fill { luck: self, who, month, replicate, group, into });
    }

    /// The four words of a group for [`LANES`] people.
    #[inline(always)]
    pub fn lanes(self, who: &[u64; LANES], month: u16, replicate: u32, group: u16) -> [[u32; LANES]; 4] {
        // Each word has 64 bits to itself, of which the low 32 count: a product of two words fills it, and nothing has to be
        // moved between lanes. What is left in the high bits is masked away before it is multiplied, which costs nothing:
        // the machine's vector product looks at the low halves only.
        const LOW: u64 = 0xffff_ffff;
        let mut c = [
            [0; LANES],
            [0; LANES],
            [u64::from(counter(month, group)); LANES],
            [u64::from(replicate); LANES],
        ];
        for lane in 0..LANES {
            c[0][lane] = who[lane];
            c[1][lane] = who[lane] >> 32;
        }
        let mut key = self.key;
        for _ in 0..ROUNDS {
            let mut next = c;
            for lane in 0..LANES {
                let (p0, p1) = ((c[0][lane] & LOW) * u64::from(M0), (c[2][lane] & LOW) * u64::from(M1));
                next[0][lane] = (p1 >> 32) ^ c[1][lane] ^ u64::from(key[0]);
                next[1][lane] = p1;
                next[2][lane] = (p0 >> 32) ^ c[3][lane] ^ u64::from(key[1]);
                next[3][lane] = p0;
            }
            c = next;
            key = [key[0].wrapping_add(W0), key[1].wrapping_add(W1)];
        }
        c.map(|word| word.map(|lane| lane as u32))
    }
}

/// Words of many, in the instructions that the processor has.
struct Fill<'a> {
    luck: Luck,
    who: &'a [u64],
    month: u16,
    replicate: u32,
    group: u16,
    into: &'a mut Words,
}

impl pulp::NullaryFnOnce for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let [a, b, c, d] = self.into;
        let (who, rest) = self.who.as_chunks::<LANES>();
        let ((a, ar), (b, br)) = (a.as_chunks_mut::<LANES>(), b.as_chunks_mut::<LANES>());
        let ((c, cr), (d, dr)) = (c.as_chunks_mut::<LANES>(), d.as_chunks_mut::<LANES>());
        for ((((who, a), b), c), d) in who.iter().zip(a).zip(b).zip(c).zip(d) {
            let words = self.luck.lanes(who, self.month, self.replicate, self.group);
            for (into, words) in [a, b, c, d].into_iter().zip(words) {
                *into = words.map(u32::to_le_bytes);
            }
        }
        for ((((who, a), b), c), d) in rest.iter().zip(ar).zip(br).zip(cr).zip(dr) {
            let words = self.luck.block(*who, self.month, self.replicate, self.group);
            for (into, word) in [a, b, c, d].into_iter().zip(words) {
                *into = word.to_le_bytes();
            }
        }
    }
}

const fn counter(month: u16, group: u16) -> u32 {
    month as u32 | (group as u32) << 16
}

/// One block.
#[inline]
pub fn philox(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let (mut c, mut key) = (counter, key);
    for _ in 0..ROUNDS {
        let (p0, p1) = (u64::from(c[0]) * u64::from(M0), u64::from(c[2]) * u64::from(M1));
        c = [(p1 >> 32) as u32 ^ c[1] ^ key[0], p1 as u32, (p0 >> 32) as u32 ^ c[3] ^ key[1], p0 as u32];
        key = [key[0].wrapping_add(W0), key[1].wrapping_add(W1)];
    }
    c
}

/// A word as a number between 0 and 1: the middle of the word's own piece of the unit, `(word + 1/2) / 2^32`.
#[inline]
pub fn unit(word: u32) -> f64 {
    (f64::from(word) + 0.5) / 4_294_967_296.0
}

/// The word below which a draw means *yes* with a probability: `word < threshold` is true for `p * 2^32` words, rounded.
/// Impossible is exactly impossible; certain is certain but for one word in 2^32.
#[inline]
pub fn threshold(p: f64) -> u32 {
    // The cast saturates: what is not a number or below 0 becomes 0.
    (p * 4_294_967_296.0 + 0.5) as u32
}

/// A number for a text, for keys of people, organs and coefficients: FNV-1a of 64 bits, then mixed.
pub fn key_of(text: &str) -> u64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    mix(hash)
}

/// A number for a number within another: the recruit of a vacancy, the post of an organ.
pub fn key_in(key: u64, ordinal: u64) -> u64 {
    mix(key ^ mix(ordinal.wrapping_add(0x9E37_79B9_7F4A_7C15)))
}

/// The finishing steps of SplitMix64: a bijection.
fn mix(z: u64) -> u64 {
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_answers() {
        // Random123, kat_vectors, philox4x32 10.
        for (counter, key, answer) in [
            ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
            ([0xffff_ffff; 4], [0xffff_ffff; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
            (
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0],
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
            ),
        ] {
            assert_eq!(philox(counter, key), answer);
        }
    }

    #[test]
    fn another_implementation_says_the_same() {
        for n in 0..1000_u32 {
            let (counter, key) = ([n, n ^ 77, n << 16 | 3, n >> 3], [n.wrapping_mul(7), 9]);
            assert_eq!(philox(counter, key), rand_philox::philox4x32_10(counter, key));
        }
    }

    #[test]
    fn many_at_once_have_the_luck_of_each_alone() {
        let luck = Luck::of(0x0123_4567_89ab_cdef);
        let who: [u64; LANES] = std::array::from_fn(|n| key_in(5, n as u64));
        let words = luck.lanes(&who, 61, 9, 3);
        for (lane, who) in who.iter().enumerate() {
            let alone = luck.block(*who, 61, 9, 3);
            assert_eq!(alone, [words[0][lane], words[1][lane], words[2][lane], words[3][lane]]);
        }
    }

    #[test]
    fn any_number_at_once_have_it_too() {
        let luck = Luck::of(3);
        let who: Vec<u64> = (0..29).map(|n| key_in(6, n)).collect();
        let mut words = Words::default();
        luck.fill(&who, 7, 2, 6, &mut words);
        for (at, who) in who.iter().enumerate() {
            let alone = luck.block(*who, 7, 2, 6);
            assert_eq!(words.each_ref().map(|words| u32::from_le_bytes(words[at])), alone);
        }
    }

    #[test]
    fn the_first_bits_let_everybody_through_for_whom_chance_means_yes() {
        for threshold in [0, 1, 5, 0x00ff_ffff, 0x0100_0000, 0x0100_0001, 0x1234_5678, 0xfeff_ffff, u32::MAX]
        {
            let first = first_bits(threshold);
            for byte in 0..=255_u8 {
                let means_yes = joined(byte, 0) < threshold;
                assert_eq!(byte < first || first == 255, means_yes || first == 255, "{byte} of {threshold}");
            }
        }
        assert_eq!(first_bits(0), 0, "never is never");
    }

    #[test]
    fn never_and_always() {
        assert_eq!((threshold(0.0), threshold(-0.5), threshold(f64::NAN)), (0, 0, 0));
        assert_eq!(threshold(1.0), u32::MAX);
        assert!(unit(0) > 0.0 && unit(u32::MAX) < 1.0);
    }
}
