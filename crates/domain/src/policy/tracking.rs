//! Looking a dossier up without signing in: its code alone opens nothing (domain.md §1.8, leaflet R59).

use crate::codes::constant_time_eq;
use crate::dossier::{Dossier, Status};

/// Whether what was given beside the code opens the dossier's progress: its secret, or the last four digits of the
/// owner's identity number. Both are compared whatever the first comparison says, each in constant time.
pub fn opens_tracking(dossier: &Dossier, given: &str) -> bool {
    if dossier.status == Status::Draft {
        return false;
    }
    let by_secret = dossier.secret.as_ref().is_some_and(|secret| secret.matches(given));
    let number = dossier.owner.as_ref().and_then(|owner| owner.number.as_ref());
    let by_tail = number.is_some_and(|number| constant_time_eq(number.tail().as_bytes(), given.trim().as_bytes()));
    by_secret | by_tail
}
