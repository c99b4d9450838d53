//! How hard a captcha is: it grows with the failures that came before.

/// How much work a machine must do and how many digits a person must read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difficulty {
    bits: u8,
    digits: u8,
}

/// Each part of the work takes 2^13 hashes on average: a quarter of a second in all on a desk, two or three on a cheap telephone.
const FEWEST_BITS: u8 = 13;
/// Half a minute and more of work; who has no time for it reads the picture.
const MOST_BITS: u8 = 18;
const FEW_DIGITS: u8 = 5;
const MANY_DIGITS: u8 = 6;

impl Difficulty {
    /// As hard as it should be after so many failures of the same number or place: the work doubles with each, up to a
    /// limit, and from the third on there is a digit more.
    pub fn after(failures: u32) -> Self {
        let more = u8::try_from(failures).unwrap_or(u8::MAX).min(MOST_BITS - FEWEST_BITS);
        Self { bits: FEWEST_BITS + more, digits: if failures < 3 { FEW_DIGITS } else { MANY_DIGITS } }
    }

    /// Zero bits with which each hash of the work must start.
    pub(super) fn bits(self) -> u8 {
        self.bits
    }

    /// Digits of the picture.
    pub(super) fn digits(self) -> u8 {
        self.digits
    }

    pub(super) fn of_parts(bits: u8, digits: u8) -> Option<Self> {
        let known = (FEWEST_BITS..=MOST_BITS).contains(&bits) && [FEW_DIGITS, MANY_DIGITS].contains(&digits);
        known.then_some(Self { bits, digits })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_make_it_harder_up_to_a_limit() {
        let hardness: Vec<_> =
            [0, 1, 2, 3, 5, 6, u32::MAX].map(Difficulty::after).map(|it| (it.bits, it.digits)).into();
        assert_eq!(hardness, [(13, 5), (14, 5), (15, 5), (16, 6), (18, 6), (18, 6), (18, 6)]);
    }
}
