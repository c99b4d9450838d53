//! Repeatable chance for pictures and sounds; the answer never depends on it.

/// A stream of numbers that looks random and follows from its seed (splitmix64).
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 up to, not including, 1.
    fn unit(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        // 24 bits, all of which a float holds.
        ((mixed ^ (mixed >> 31)) >> 40) as f32 / 16_777_216.0
    }

    /// A number between the two.
    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// A whole number from 0 up to, not including, `many`.
    pub(super) fn below(&mut self, many: usize) -> usize {
        ((self.unit() * many as f32) as usize).min(many.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers_within_bounds() {
        let numbers = |seed| {
            let mut chance = Chance::new(seed);
            (0..1_000).map(|_| (chance.between(-2.0, 3.0), chance.below(7))).collect::<Vec<_>>()
        };
        assert_eq!(numbers(1), numbers(1));
        assert_ne!(numbers(1), numbers(2));
        assert!(numbers(1).iter().all(|(number, whole)| (-2.0..3.0).contains(number) && *whole < 7));
        assert!((0..7).all(|whole| numbers(1).iter().any(|(_, found)| *found == whole)));
    }
}
