//! A representation after an event.

use super::{Ended, Event, Matter, Representation};
use crate::time::Instant;

/// The representation after an event; `None` when the first event neither gives nor declares, which storage never holds.
pub fn evolve(state: Option<Representation>, event: &Event, at: Instant) -> Option<Representation> {
    let born = |id, matter, representative| Representation {
        id,
        version: 1,
        matter,
        accepted_at: None,
        representative,
        given_at: at,
        ended: None,
    };
    match (state, event) {
        (None, Event::Given { id, principal, terms }) => {
            let matter = Matter::Principal { principal: principal.clone(), terms: terms.clone() };
            Some(born(*id, matter, None))
        }
        // Who declares a child answers for it from that moment on.
        (None, Event::ChildDeclared { id, guardian, child }) => {
            let declared = born(*id, Matter::Child { child: child.clone() }, Some(guardian.clone()));
            Some(Representation { accepted_at: Some(at), ..declared })
        }
        (None, Event::Accepted { .. } | Event::Ended { .. }) => None,
        (Some(mut state), event) => {
            state.version += 1;
            match event {
                Event::Given { .. } | Event::ChildDeclared { .. } => {}
                Event::Accepted { representative } => {
                    state.representative = Some(representative.clone());
                    state.accepted_at = Some(at);
                }
                Event::Ended { reason } => state.ended = Some(Ended { at, reason: *reason }),
            }
            Some(state)
        }
    }
}
