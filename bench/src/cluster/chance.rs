//! Chance that is the same in each run: xorshift, from a seed.

/// Where numbers are drawn from.
#[derive(Debug)]
pub struct Chance(u64);

impl Chance {
    /// The chance of this seed.
    pub const fn of(seed: u64) -> Self {
        // It would stay at nought for ever.
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `below`.
    pub const fn draw(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % below
    }
}
