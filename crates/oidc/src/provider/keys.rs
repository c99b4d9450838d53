//! The provider's keys and their order: published before they sign, known for a while after they no longer do.
//!
//! Everything follows from the moment at which each key begins to sign, so several processes agree without talking.

use crate::jose::{JwkSet, SigningKey};
use crate::time::UnixTime;

const DAY: i64 = 24 * 60 * 60;

/// How often keys change, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// How long a key is published before it signs: longer than anybody keeps the document.
    pub ahead: i64,
    /// How long a key signs.
    pub signs: i64,
    /// How long a key is published after it no longer signs, so that tokens shown as hints are still known.
    pub kept: i64,
}

/// What has to be done about the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPlan {
    /// A key has to be made that signs from this moment on.
    pub make: Option<UnixTime>,
    /// Keys that began to sign at these moments have to be forgotten.
    pub forget: Vec<UnixTime>,
}

/// The keys that a provider has at a moment.
#[derive(Debug)]
pub struct KeyRing {
    /// In the order in which they sign.
    keys: Vec<(UnixTime, SigningKey)>,
    rotation: Rotation,
}

impl Rotation {
    /// Two days ahead, for ninety days, and thirty days afterwards.
    pub const USUAL: Self = Self { ahead: 2 * DAY, signs: 90 * DAY, kept: 30 * DAY };

    /// What has to be done, given when each key begins to sign.
    pub fn plan(&self, signs_from: &[UnixTime], now: UnixTime) -> KeyPlan {
        let mut times = signs_from.to_vec();
        times.sort();
        let make = match times.last() {
            // The very first key signs at once: nobody has the document yet.
            None => Some(now),
            Some(last) => {
                let due = last.plus(self.signs);
                (due.plus(-self.ahead) <= now).then(|| due.max(now.plus(self.ahead)))
            }
        };
        let ends = times.iter().zip(times.iter().skip(1));
        let forget = ends.filter(|(_, next)| next.plus(self.kept) <= now).map(|(from, _)| *from).collect();
        KeyPlan { make, forget }
    }
}

impl KeyRing {
    /// The keys, each with the moment from which it signs.
    pub fn new(mut keys: Vec<(UnixTime, SigningKey)>, rotation: Rotation) -> Self {
        keys.sort_by(|one, other| (one.0, one.1.kid()).cmp(&(other.0, other.1.kid())));
        Self { keys, rotation }
    }

    /// The key that signs at this moment.
    pub fn current(&self, now: UnixTime) -> Option<&SigningKey> {
        self.keys.iter().rev().find(|(from, _)| *from <= now).map(|(_, key)| key)
    }

    /// The keys that are published: the one that will sign, the one that signs, and those that did not long ago.
    pub fn published(&self, now: UnixTime) -> JwkSet {
        let times: Vec<UnixTime> = self.keys.iter().map(|(from, _)| *from).collect();
        let gone = self.rotation.plan(&times, now).forget;
        self.keys.iter().filter(|(from, _)| !gone.contains(from)).map(|(_, key)| key.public().clone()).collect()
    }

    /// What has to be done about the keys.
    pub fn plan(&self, now: UnixTime) -> KeyPlan {
        let times: Vec<UnixTime> = self.keys.iter().map(|(from, _)| *from).collect();
        self.rotation.plan(&times, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::Jws;
    use crate::jose::{Algorithm, JwsError};
    use crate::samples::new_key;
    use proptest::prelude::*;

    const START: UnixTime = UnixTime::from_seconds(1_700_000_000);
    const QUICK: Rotation = Rotation { ahead: 10, signs: 100, kept: 30 };

    fn at(seconds: i64) -> UnixTime {
        START.plus(seconds)
    }

    #[test]
    fn keys_follow_each_other() {
        let nothing = |make| KeyPlan { make, forget: Vec::new() };
        let cases = [
            (vec![], 0, nothing(Some(at(0)))),
            (vec![at(0)], 89, nothing(None)),
            (vec![at(0)], 90, nothing(Some(at(100)))),
            (vec![at(0), at(100)], 129, nothing(None)),
            (vec![at(100), at(0)], 130, KeyPlan { make: None, forget: vec![at(0)] }),
            // The program was off for a long time: the next key is published first all the same.
            (vec![at(0)], 1000, nothing(Some(at(1010)))),
        ];
        for (times, now, expected) in cases {
            assert_eq!(QUICK.plan(&times, at(now)), expected, "{times:?} at {now}");
        }
    }

    #[test]
    fn a_ring_signs_with_one_key_and_publishes_its_neighbours() {
        let [old, now, next] = [0, 100, 200].map(|from| (at(from), new_key().0));
        let kids: Vec<String> = [&old, &now, &next].iter().map(|(_, key)| key.kid().to_owned()).collect();
        let ring = KeyRing::new(vec![next, old, now], QUICK);
        let current = |seconds| ring.current(at(seconds)).map(|key| key.kid().to_owned());
        assert_eq!(current(-1), None);
        assert_eq!(current(0).as_ref(), Some(&kids[0]));
        assert_eq!(current(99).as_ref(), Some(&kids[0]));
        assert_eq!(current(100).as_ref(), Some(&kids[1]));
        assert_eq!(current(999).as_ref(), Some(&kids[2]));
        let published = |seconds| {
            let keys = ring.published(at(seconds));
            kids.iter().map(|kid| keys.keys().iter().any(|key| key.kid() == Some(kid))).collect::<Vec<_>>()
        };
        assert_eq!(published(129), [true, true, true]);
        assert_eq!(published(130), [false, true, true]);
        assert_eq!(published(230), [false, false, true]);
    }

    #[test]
    fn a_token_outlives_the_reign_of_its_key_but_not_its_keeping() {
        let ring = KeyRing::new(vec![(at(0), new_key().0), (at(100), new_key().0)], QUICK);
        let token = ring.current(at(99)).unwrap().sign("JWT", &1).unwrap();
        let judge =
            |seconds| Jws::read(&token).unwrap().verify(&ring.published(at(seconds)), &[Algorithm::Es256]).err();
        assert_eq!(judge(129), None);
        assert_eq!(judge(130), Some(JwsError::UnknownKey));
    }

    proptest! {
        // A process that looks at odd times, and sometimes not for long: what it plans is done at once.
        #[test]
        fn a_key_signs_only_when_everybody_could_know_it(waits in proptest::collection::vec(1_i64..400, 1..60)) {
            let mut now = at(0);
            let mut keys: Vec<(UnixTime, UnixTime)> = Vec::new();
            for wait in waits {
                let times: Vec<UnixTime> = keys.iter().map(|(from, _)| *from).collect();
                let plan = QUICK.plan(&times, now);
                keys.retain(|(from, _)| !plan.forget.contains(from));
                keys.extend(plan.make.map(|from| (from, now)));
                let current = keys.iter().filter(|(from, _)| *from <= now).max();
                prop_assert!(current.is_some(), "somebody always signs");
                for (from, made) in &keys {
                    prop_assert!(from.since(*made) >= QUICK.ahead || *made == at(0));
                }
                prop_assert!(keys.len() <= 4);
                now = now.plus(wait);
            }
        }
    }
}
