//! Failures on request: what a tester wants the outside world to do next.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::mailbox::Channel;

/// How a channel fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// Refuses for the time being: 451 to the recipient, 503 from the SMS gateway.
    Temporary,
    /// Refuses for good: 550 to the recipient, a refusing code from the SMS gateway.
    Permanent,
    /// Takes the message, and answers only after this long.
    Slow(Duration),
    /// Takes the message, and the answer is lost.
    Cut,
}

/// A failure, and how often it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// What happens.
    pub kind: FaultKind,
    /// To how many messages; `None` until it is taken away.
    pub times: Option<u32>,
}

/// The faults in force, one a channel.
#[derive(Default)]
pub(crate) struct Faults {
    by_channel: Mutex<Vec<(Channel, Fault)>>,
}

impl Faults {
    pub(crate) fn set(&self, channel: Channel, fault: Option<Fault>) {
        let mut by_channel = self.lock();
        by_channel.retain(|(of, _)| *of != channel);
        by_channel.extend(
            fault
                .filter(|fault| fault.times != Some(0))
                .map(|fault| (channel, fault)),
        );
    }

    pub(crate) fn list(&self) -> Vec<(Channel, Fault)> {
        self.lock().clone()
    }

    /// The fault that refuses the next message, counted as used.
    pub(crate) fn take_refusal(&self, channel: Channel) -> Option<FaultKind> {
        self.take(channel, |kind| {
            matches!(kind, FaultKind::Temporary | FaultKind::Permanent)
        })
    }

    /// The fault that spoils the answer to a message that was taken, counted as used.
    pub(crate) fn take_spoiled_answer(&self, channel: Channel) -> Option<FaultKind> {
        self.take(channel, |kind| {
            matches!(kind, FaultKind::Slow(_) | FaultKind::Cut)
        })
    }

    fn take(&self, channel: Channel, wanted: impl Fn(FaultKind) -> bool) -> Option<FaultKind> {
        let mut by_channel = self.lock();
        let index = by_channel
            .iter()
            .position(|(of, fault)| *of == channel && wanted(fault.kind))?;
        let fault = &mut by_channel[index].1;
        let kind = fault.kind;
        fault.times = fault.times.map(|times| times - 1);
        if fault.times == Some(0) {
            by_channel.remove(index);
        }
        Some(kind)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(Channel, Fault)>> {
        self.by_channel
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_happens_as_often_as_told() {
        let faults = Faults::default();
        faults.set(
            Channel::Email,
            Some(Fault {
                kind: FaultKind::Temporary,
                times: Some(2),
            }),
        );
        assert_eq!(faults.take_refusal(Channel::Sms), None);
        assert_eq!(faults.take_spoiled_answer(Channel::Email), None);
        assert_eq!(
            faults.take_refusal(Channel::Email),
            Some(FaultKind::Temporary)
        );
        assert_eq!(
            faults.take_refusal(Channel::Email),
            Some(FaultKind::Temporary)
        );
        assert_eq!(faults.take_refusal(Channel::Email), None);
        assert!(faults.list().is_empty());
    }

    #[test]
    fn a_fault_without_number_stays_until_it_is_taken_away() {
        let faults = Faults::default();
        faults.set(
            Channel::Email,
            Some(Fault {
                kind: FaultKind::Cut,
                times: None,
            }),
        );
        for _ in 0..5 {
            assert_eq!(
                faults.take_spoiled_answer(Channel::Email),
                Some(FaultKind::Cut)
            );
        }
        faults.set(Channel::Email, None);
        assert_eq!(faults.take_spoiled_answer(Channel::Email), None);
    }
}
