//! Failures on request: what a tester wants the outside world to do next.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A service of the outside world that can be made to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// The mail server.
    Email,
    /// The first SMS gateway.
    Sms,
    /// The second SMS gateway.
    SmsBackup,
    /// The carrier's check of subscriptions.
    Subscribers,
    /// The population register.
    Population,
}

/// How a service fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// Refuses for the time being: 451 to the recipient, 503 from an SMS gateway and from the carrier.
    Temporary,
    /// Refuses for good: 550 to the recipient, a refusing code from an SMS gateway, 403 from the carrier.
    Permanent,
    /// Takes the message or the question, and answers only after this long.
    Slow(Duration),
    /// Takes the message or the question, and the answer is lost.
    Cut,
    /// An SMS gateway takes the message, and reports afterwards that the telephone does not get it.
    Undelivered,
}

/// A failure, and how often it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// What happens.
    pub kind: FaultKind,
    /// To how many messages or questions; `None` until it is taken away.
    pub times: Option<u32>,
}

/// The faults in force, one a service.
#[derive(Default)]
pub(crate) struct Faults {
    by_service: Mutex<Vec<(Service, Fault)>>,
}

impl Faults {
    pub(crate) fn set(&self, service: Service, fault: Option<Fault>) {
        let mut by_service = self.lock();
        by_service.retain(|(of, _)| *of != service);
        by_service.extend(fault.filter(|fault| fault.times != Some(0)).map(|fault| (service, fault)));
    }

    pub(crate) fn list(&self) -> Vec<(Service, Fault)> {
        self.lock().clone()
    }

    /// The fault that refuses the next message, counted as used.
    pub(crate) fn take_refusal(&self, service: Service) -> Option<FaultKind> {
        self.take(service, |kind| matches!(kind, FaultKind::Temporary | FaultKind::Permanent))
    }

    /// The fault that spoils the answer to a message that was taken, counted as used.
    pub(crate) fn take_spoiled_answer(&self, service: Service) -> Option<FaultKind> {
        self.take(service, |kind| matches!(kind, FaultKind::Slow(_) | FaultKind::Cut))
    }

    /// Whether the next message that was taken does not arrive, counted as used.
    pub(crate) fn take_loss(&self, service: Service) -> bool {
        self.take(service, |kind| kind == FaultKind::Undelivered).is_some()
    }

    fn take(&self, service: Service, wanted: impl Fn(FaultKind) -> bool) -> Option<FaultKind> {
        let mut by_service = self.lock();
        let index = by_service.iter().position(|(of, fault)| *of == service && wanted(fault.kind))?;
        let fault = &mut by_service[index].1;
        let kind = fault.kind;
        fault.times = fault.times.map(|times| times - 1);
        if fault.times == Some(0) {
            by_service.remove(index);
        }
        Some(kind)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(Service, Fault)>> {
        self.by_service.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_happens_as_often_as_told() {
        let faults = Faults::default();
        faults.set(Service::Email, Some(Fault { kind: FaultKind::Temporary, times: Some(2) }));
        assert_eq!(faults.take_refusal(Service::Sms), None);
        assert_eq!(faults.take_spoiled_answer(Service::Email), None);
        assert_eq!(faults.take_refusal(Service::Email), Some(FaultKind::Temporary));
        assert_eq!(faults.take_refusal(Service::Email), Some(FaultKind::Temporary));
        assert_eq!(faults.take_refusal(Service::Email), None);
        assert!(faults.list().is_empty());
    }

    #[test]
    fn a_fault_without_number_stays_until_it_is_taken_away() {
        let faults = Faults::default();
        faults.set(Service::Email, Some(Fault { kind: FaultKind::Cut, times: None }));
        for _ in 0..5 {
            assert_eq!(faults.take_spoiled_answer(Service::Email), Some(FaultKind::Cut));
        }
        faults.set(Service::Email, None);
        assert_eq!(faults.take_spoiled_answer(Service::Email), None);
    }
}
