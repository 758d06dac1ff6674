//! Made-up text whose words are as frequent as those of a language are: the second half as often as the first, the tenth a
//! tenth as often (Zipf).

use std::ops::Range;

/// How many words the language has.
const WORDS: u32 = 200_000;

/// Draws words, always the same ones in the same order.
#[derive(Debug, Clone)]
pub struct Draw(u64);

impl Draw {
    /// A row of draws of its own.
    pub const fn of(row: u64) -> Self {
        // Never zero, from which xorshift does not get away.
        Self(row.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number from 0 to below 1 (xorshift64).
    #[expect(clippy::cast_precision_loss, reason = "53 bits of it")]
    fn share(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of these ranks, each as often as the others.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank among those given")]
    pub fn among(&mut self, ranks: &Range<u32>) -> u32 {
        ranks.start + (self.share() * f64::from(ranks.end - ranks.start)) as u32
    }

    /// One of the first `ranks`, each as often as Zipf has it.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank among those given")]
    pub fn rank(&mut self, ranks: u32) -> u32 {
        (self.share() * f64::from(ranks).ln()).exp() as u32
    }

    /// So many words of a text.
    pub fn text(&mut self, words: usize) -> String {
        (0..words).map(|_| word(self.rank(WORDS))).collect::<Vec<_>>().join(" ")
    }
}

/// The word of a rank, in syllables; no two ranks have the same.
pub fn word(mut rank: u32) -> String {
    const SYLLABLES: [&str; 16] =
        ["ka", "lo", "mu", "re", "ti", "va", "no", "du", "be", "fi", "ga", "ho", "pu", "sa", "wo", "xi"];
    let mut word = String::new();
    loop {
        word += SYLLABLES[(rank % 16) as usize];
        rank /= 16;
        if rank == 0 {
            return word;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_rank_has_a_word_of_its_own() {
        let words: HashSet<_> = (0..10_000).map(word).collect();
        assert_eq!(words.len(), 10_000);
    }

    #[test]
    fn frequent_words_are_frequent() {
        let text = Draw::of(1).text(100_000);
        let often = |sought: u32| text.split(' ').filter(|found| *found == word(sought)).count();
        let (first, tenth) = (often(1), often(10));
        assert!((5..15).contains(&(first / tenth.max(1))), "{first} and {tenth}");
    }
}
