//! What holds of a representation under any sequence of commands.

use super::tests::{HOA, HUNG, account, day, number, run, terms};
use super::*;
use crate::account::AccountKind;
use proptest::prelude::*;

proptest! {
    #[test]
    fn rights_need_a_principal_who_gave_and_a_person_who_accepted(
        steps in prop::collection::vec((0_u8..4, 1_u8..4, 23_u8..30), 0..12), lasts in 23_u8..30, asked in 23_u8..31,
    ) {
        let principal = account(1, AccountKind::Citizen, HOA);
        let representative = account(2, AccountKind::Citizen, HUNG);
        let stranger = account(3, AccountKind::Citizen, "064090001234");
        let mut state = None;
        let mut steps = steps;
        // Time never goes back.
        steps.sort_by_key(|(_, _, day)| *day);
        for (act, who, on) in steps {
            let by = match who { 1 => &principal, 2 => &representative, _ => &stranger };
            let own = [by.login.clone()];
            let now = format!("2026-11-{on} 09:00");
            let mut offered = terms(Tie::Mandate, HUNG, Some(&format!("2026-11-{lasts}")));
            offered.from = day(&format!("2026-11-{on}"));
            let command = match act {
                0 => Command::Give {
                    id: RepresentationId::from_bytes([7; 16]), principal: &principal, own_numbers: &own, terms: offered, manager: None,
                },
                1 => Command::Accept { by, own_numbers: &own },
                2 => Command::End { by, own_numbers: &own },
                _ => Command::EndBecause(EndReason::AccountClosed),
            };
            if let Ok(after) = run(state.clone(), &command, &now) {
                // Whatever ended stays so.
                let was_ended = state.as_ref().and_then(|before: &Representation| before.ended);
                prop_assert!(was_ended.is_none() || was_ended == after.ended);
                state = Some(after);
            }
        }
        let today = day(&format!("2026-11-{asked}"));
        if let Some(state) = state {
            let accepted_by = state.representative.as_ref().map(|party| party.id);
            prop_assert!(accepted_by.is_none() || accepted_by == Some(representative.id));
            let in_force = state.ended.is_none()
                && state.accepted_at.is_some()
                && state.until().is_none_or(|last| today <= last)
                && matches!(&state.matter, Matter::Principal { terms, .. } if terms.from <= today && terms.number == number(HUNG));
            prop_assert_eq!(state.rights(today).contains(&Right::File), in_force);
            prop_assert_eq!(state.standing(today) == Standing::InForce, in_force);
        }
    }
}
