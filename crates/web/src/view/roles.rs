//! The roles of officers in words.

use domain::policy::Role;

use crate::i18n::TextKey;

/// The name of a role.
pub fn role_words(role: Role) -> TextKey {
    match role {
        Role::Reception => TextKey("role-reception"),
        Role::Processing => TextKey("role-processing"),
        Role::DivisionHead => TextKey("role-division-head"),
        Role::Leader => TextKey("role-leader"),
        Role::Clerk => TextKey("role-clerk"),
        Role::Finance => TextKey("role-finance"),
        Role::ProcedureControl => TextKey("role-procedure-control"),
        Role::TechnicalAdmin => TextKey("role-technical-admin"),
        Role::Inspector => TextKey("role-inspector"),
        Role::Administrator => TextKey("role-administrator"),
    }
}
