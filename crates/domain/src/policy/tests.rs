//! The rights table, and the promise that lists never show more than single reads.

use super::*;
use crate::account::AccountKind;
use crate::codes::{AgencyCode, ProcedureCode};
use crate::dossier::Status;
use crate::dossier::samples::{after_steps, filed, filer};
use crate::ids::{AccountId, DossierId, OfficerId, RepresentationId};
use crate::representation::Right;
use crate::time::Day;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn agency(code: &str) -> AgencyCode {
    AgencyCode::parse(code).unwrap()
}

fn procedure(code: &str) -> ProcedureCode {
    ProcedureCode::parse(code).unwrap()
}

fn grant(role: Role, code: &str) -> OfficerGrant {
    OfficerGrant {
        role,
        agency: agency(code),
        procedures: ProcedureScope::All,
        valid_from: day("2026-01-01"),
        valid_to: None,
    }
}

fn officer(grants: Vec<OfficerGrant>) -> Viewer {
    Viewer::officer(OfficerId::from_bytes([9; 16]), grants, day("2026-11-23"))
}

fn facts(status: Status) -> DossierFacts {
    DossierFacts { status, ..DossierFacts::from(&filed()) }
}

fn dossier(status: Status) -> Resource {
    Resource::Dossier(facts(status))
}

fn allowed(viewer: &Viewer, resource: &Resource) -> Vec<Act> {
    Act::ALL.iter().copied().filter(|act| may(viewer, *act, resource).is_ok()).collect()
}

#[test]
fn each_role_may_what_the_table_says() {
    use Act::{
        AcceptDossier, AskRegister, CheckPaper, DraftLetter, FinishDossier, ReadDossier, RefuseDossier,
        RequestSupplement, ReturnDossier, TrackDossier, WriteRemark,
    };
    for (role, acts) in [
        (
            Role::Reception,
            vec![
                TrackDossier,
                ReadDossier,
                AcceptDossier,
                RefuseDossier,
                RequestSupplement,
                WriteRemark,
                ReturnDossier,
                CheckPaper,
                AskRegister,
            ],
        ),
        (
            Role::Processing,
            vec![TrackDossier, ReadDossier, RequestSupplement, WriteRemark, DraftLetter, FinishDossier, AskRegister],
        ),
        (Role::DivisionHead, vec![TrackDossier, ReadDossier, WriteRemark, DraftLetter]),
        (Role::Leader, vec![TrackDossier, ReadDossier, RefuseDossier, WriteRemark, DraftLetter, FinishDossier]),
        (Role::Clerk, vec![TrackDossier, ReadDossier, DraftLetter, FinishDossier]),
        (Role::Finance, vec![TrackDossier, ReadDossier]),
        (Role::ProcedureControl, vec![]),
        (Role::TechnicalAdmin, vec![]),
        (Role::Inspector, vec![TrackDossier, ReadDossier]),
        (Role::Administrator, vec![]),
    ] {
        let viewer = officer(vec![grant(role, "H21.58")]);
        assert_eq!(allowed(&viewer, &dossier(Status::Filed)), acts, "{role:?}");
        assert_eq!(allowed(&viewer, &dossier(Status::Draft)), [], "{role:?} and a draft");
        let elsewhere = officer(vec![grant(role, "H21.59")]);
        assert_eq!(allowed(&elsewhere, &dossier(Status::Filed)), [], "{role:?} of another agency");
        assert_eq!(may(&elsewhere, Act::ReadDossier, &dossier(Status::Filed)), Err(Denied::NotVisible));
    }
}

#[test]
fn roles_add_up_and_the_one_used_is_named() {
    let viewer = officer(vec![grant(Role::Inspector, "H21.58"), grant(Role::Reception, "H21.58")]);
    let found = may(&viewer, Act::AcceptDossier, &dossier(Status::Filed)).unwrap();
    assert_eq!(found.basis, Basis::Officer { role: Role::Reception, agency: agency("H21.58") });
    let inspector = officer(vec![grant(Role::Inspector, "H21.58")]);
    assert_eq!(may(&inspector, Act::AcceptDossier, &dossier(Status::Filed)), Err(Denied::NotAllowed));
}

#[test]
fn a_grant_covers_its_own_agency_only() {
    for code in ["H21", "H21.5", "H21.58.99", "H21.58-01"] {
        let viewer = officer(vec![grant(Role::Reception, code)]);
        assert_eq!(allowed(&viewer, &dossier(Status::Filed)), [], "{code}");
    }
}

#[test]
fn a_grant_ends_with_its_last_day() {
    let mut ended = grant(Role::Reception, "H21.58");
    for (from, to, is_in_force) in [
        ("2026-01-01", Some("2026-11-23"), true),
        ("2026-01-01", Some("2026-11-22"), false),
        ("2026-11-23", None, true),
        ("2026-11-24", None, false),
    ] {
        ended.valid_from = day(from);
        ended.valid_to = to.map(day);
        let viewer = officer(vec![ended.clone()]);
        let found = may(&viewer, Act::ReadDossier, &dossier(Status::Filed));
        assert_eq!(found.is_ok(), is_in_force, "{from} to {to:?}");
    }
}

#[test]
fn a_grant_for_some_procedures_shows_no_others() {
    let mut narrow = grant(Role::Reception, "H21.58");
    narrow.procedures = ProcedureScope::Only(BTreeSet::from([procedure("1.000001")]));
    let viewer = officer(vec![narrow.clone()]);
    assert_eq!(may(&viewer, Act::ReadDossier, &dossier(Status::Filed)), Err(Denied::NotVisible));
    assert_eq!(visible_agencies(&viewer), []);
    narrow.procedures = ProcedureScope::Only(BTreeSet::from([procedure("1.001193")]));
    assert!(may(&officer(vec![narrow]), Act::AcceptDossier, &dossier(Status::Filed)).is_ok());
}

#[test]
fn filers_have_their_own_dossiers_and_no_others() {
    use Act::{EditDraft, FileDossier, ReadDossier, SupplementDossier, TrackDossier, WithdrawDossier, WriteRemark};
    let own = Viewer::Citizen(filer());
    for status in Status::ALL {
        assert_eq!(
            allowed(&own, &dossier(*status)),
            [TrackDossier, ReadDossier, EditDraft, FileDossier, SupplementDossier, WithdrawDossier, WriteRemark]
        );
    }
    assert_eq!(may(&own, Act::AcceptDossier, &dossier(Status::Filed)), Err(Denied::NotAllowed));
    let other = Viewer::Citizen(AccountId::from_bytes([2; 16]));
    for act in Act::ALL {
        assert_eq!(may(&other, *act, &dossier(Status::Filed)), Err(Denied::NotVisible), "{act:?}");
    }
}

#[test]
fn representatives_may_what_they_were_given_and_nothing_of_the_account() {
    use Act::{
        EditDraft, FileDossier, ReadDossier, ReadPublic, StartDossier, SupplementDossier, TrackDossier,
        WithdrawDossier, WriteRemark,
    };
    let acting = |rights: &[Right], principal| {
        Viewer::Representative(Acting {
            representation: RepresentationId::from_bytes([9; 16]),
            person: AccountId::from_bytes([2; 16]),
            principal,
            rights: rights.iter().copied().collect(),
            until: None,
        })
    };
    let viewing = acting(&[Right::View], filer());
    let filing = acting(&[Right::View, Right::File], filer());
    let ended = acting(&[], filer());
    let of_another = acting(Right::ALL, AccountId::from_bytes([3; 16]));
    for status in Status::ALL {
        assert_eq!(allowed(&viewing, &dossier(*status)), [TrackDossier, ReadDossier]);
        assert_eq!(
            allowed(&filing, &dossier(*status)),
            [TrackDossier, ReadDossier, EditDraft, FileDossier, SupplementDossier, WithdrawDossier, WriteRemark]
        );
        assert_eq!(allowed(&ended, &dossier(*status)), []);
        assert_eq!(may(&of_another, ReadDossier, &dossier(*status)), Err(Denied::NotVisible));
    }
    assert_eq!(allowed(&viewing, &Resource::Public), [ReadPublic]);
    assert_eq!(allowed(&filing, &Resource::Public), [ReadPublic, StartDossier]);
    for viewer in [&viewing, &filing, &ended, &of_another] {
        assert_eq!(allowed(viewer, &Resource::Account(filer())), [], "settings are the principal's alone");
        assert_eq!(allowed(viewer, &Resource::Account(AccountId::from_bytes([2; 16]))), []);
    }
}

#[test]
fn a_store_is_its_owners_and_of_whoever_acts_for_the_owner() {
    use Act::{CiteItem, ReadStore};
    let store = Resource::Store(filer());
    let acting = |rights: &[Right], principal| {
        Viewer::Representative(Acting {
            representation: RepresentationId::from_bytes([9; 16]),
            person: AccountId::from_bytes([2; 16]),
            principal,
            rights: rights.iter().copied().collect(),
            until: None,
        })
    };
    assert_eq!(allowed(&Viewer::Citizen(filer()), &store), [ReadStore, CiteItem]);
    assert_eq!(allowed(&acting(&[Right::View], filer()), &store), [ReadStore]);
    assert_eq!(allowed(&acting(&[Right::View, Right::File], filer()), &store), [ReadStore, CiteItem]);
    for stranger in [
        Viewer::Citizen(AccountId::from_bytes([2; 16])),
        acting(&[], filer()),
        acting(Right::ALL, AccountId::from_bytes([3; 16])),
        officer(vec![grant(Role::Reception, "H21.58"), grant(Role::Leader, "H21.58")]),
    ] {
        assert_eq!(allowed(&stranger, &store), [], "{stranger:?}");
        assert_eq!(may(&stranger, ReadStore, &store), Err(Denied::NotVisible));
    }
    assert_eq!(may(&Viewer::Anonymous, ReadStore, &store), Err(Denied::NotSignedIn));
}

#[test]
fn a_dossier_code_alone_opens_nothing() {
    for act in Act::ALL {
        assert_eq!(may(&Viewer::Anonymous, *act, &dossier(Status::Filed)), Err(Denied::NotSignedIn), "{act:?}");
    }
}

#[test]
fn code_and_secret_open_the_progress_only() {
    let holder = Viewer::TrackingSecretHolder(filed().id);
    let found = may(&holder, Act::TrackDossier, &dossier(Status::Filed)).unwrap();
    assert_eq!((found.view, found.basis), (View::ProgressOnly, Basis::TrackingSecret));
    assert_eq!(allowed(&holder, &dossier(Status::Filed)), [Act::TrackDossier]);
    assert_eq!(may(&holder, Act::ReadDossier, &dossier(Status::Filed)), Err(Denied::NotSignedIn));
    assert_eq!(allowed(&holder, &dossier(Status::Draft)), []);
    let other = Viewer::TrackingSecretHolder(DossierId::from_bytes([8; 16]));
    assert_eq!(may(&other, Act::TrackDossier, &dossier(Status::Filed)), Err(Denied::NotVisible));
}

#[test]
fn tracking_opens_with_the_secret_or_the_tail_of_the_owners_number() {
    let dossier = filed();
    for (given, opens) in [
        ("7KP3", true),
        (" 7kp3 ", true),
        ("1234", true),
        (" 1234 ", true),
        ("", false),
        ("7KP", false),
        ("7KP33", false),
        ("234", false),
        ("01234", false),
        ("064090001234", false),
        ("4321", false),
        ("5678", false),
        ("H21.58-261123-0001", false),
    ] {
        assert_eq!(opens_tracking(&dossier, given), opens, "{given:?}");
    }
    assert!(!opens_tracking(&after_steps(6), "1234"), "a draft is not tracked");
    let mut childs = filed();
    childs.owner.as_mut().unwrap().number = None;
    for (given, opens) in [("7KP3", true), ("", false), ("1234", false)] {
        assert_eq!(opens_tracking(&childs, given), opens, "{given:?}");
    }
}

#[test]
fn accounts_belong_to_their_holders() {
    let account = Resource::Account(filer());
    assert_eq!(allowed(&Viewer::Citizen(filer()), &account), [Act::ReadAccount, Act::EditAccount]);
    for viewer in [
        Viewer::Anonymous,
        Viewer::Citizen(AccountId::from_bytes([2; 16])),
        Viewer::TrackingSecretHolder(filed().id),
        officer(vec![grant(Role::TechnicalAdmin, "H21"), grant(Role::Leader, "H21.58")]),
    ] {
        assert_eq!(allowed(&viewer, &account), [], "{viewer:?}");
    }
}

#[test]
fn the_public_reads_and_only_citizens_start_dossiers() {
    let everyone =
        [Viewer::Anonymous, Viewer::TrackingSecretHolder(filed().id), officer(vec![grant(Role::Reception, "H21.58")])];
    for viewer in everyone {
        assert_eq!(allowed(&viewer, &Resource::Public), [Act::ReadPublic]);
    }
    assert_eq!(allowed(&Viewer::Citizen(filer()), &Resource::Public), [Act::ReadPublic, Act::StartDossier]);
    assert_eq!(may(&Viewer::Anonymous, Act::StartDossier, &Resource::Public), Err(Denied::NotSignedIn));
}

#[test]
fn inbox_catalogue_and_system_have_their_roles() {
    let inbox = Resource::Inbox(agency("H21.58"));
    for (role, opens_inbox, edits, operates) in [
        (Role::Reception, true, false, false),
        (Role::Inspector, true, false, false),
        (Role::ProcedureControl, false, true, false),
        (Role::TechnicalAdmin, false, false, true),
    ] {
        let viewer = officer(vec![grant(role, "H21.58")]);
        assert_eq!(may(&viewer, Act::ReadInbox, &inbox).is_ok(), opens_inbox, "{role:?}");
        assert_eq!(may(&viewer, Act::EditCatalogue, &Resource::Catalogue).is_ok(), edits, "{role:?}");
        assert_eq!(may(&viewer, Act::OperateSystem, &Resource::System).is_ok(), operates, "{role:?}");
        assert!(may(&viewer, Act::ReadDossier, &inbox).is_err(), "an act on another kind of thing");
    }
    let elsewhere = officer(vec![grant(Role::Reception, "H21.59")]);
    assert_eq!(may(&elsewhere, Act::ReadInbox, &inbox), Err(Denied::NotAllowed));
    assert_eq!(may(&Viewer::Citizen(filer()), Act::ReadInbox, &inbox), Err(Denied::NotVisible));
    assert_eq!(may(&Viewer::Anonymous, Act::ReadInbox, &inbox), Err(Denied::NotSignedIn));
}

#[test]
fn administrators_approve_state_agencies_and_nothing_else() {
    for role in Role::ALL {
        let viewer = officer(vec![grant(*role, "H21")]);
        let expected =
            if *role == Role::Administrator { vec![Act::ReadApplicant, Act::JudgeApplicant] } else { vec![] };
        assert_eq!(allowed(&viewer, &Resource::Applicant(AccountKind::StateAgency)), expected, "{role:?}");
        for kind in [AccountKind::Citizen, AccountKind::Enterprise] {
            assert_eq!(may(&viewer, Act::ReadApplicant, &Resource::Applicant(kind)), Err(Denied::NotVisible));
        }
    }
    let agency = Resource::Applicant(AccountKind::StateAgency);
    assert_eq!(may(&Viewer::Citizen(filer()), Act::ReadApplicant, &agency), Err(Denied::NotVisible));
    assert_eq!(may(&Viewer::Anonymous, Act::ReadApplicant, &agency), Err(Denied::NotSignedIn));
    let mut ended = grant(Role::Administrator, "H21");
    ended.valid_to = Some(day("2026-11-22"));
    assert_eq!(may(&officer(vec![ended]), Act::JudgeApplicant, &agency), Err(Denied::NotVisible));
}

#[test]
fn recoveries_are_the_business_of_reception_and_leader_of_the_agency() {
    use Act::{JudgeRecovery, OpenRecovery, ReadRecovery};
    let here = Resource::Recoveries(agency("H21.58"));
    for role in Role::ALL {
        let expected = match role {
            Role::Reception => vec![ReadRecovery, OpenRecovery, JudgeRecovery],
            Role::Leader => vec![ReadRecovery, JudgeRecovery],
            _ => vec![],
        };
        assert_eq!(allowed(&officer(vec![grant(*role, "H21.58")]), &here), expected, "{role:?}");
        let elsewhere = officer(vec![grant(*role, "H21.59")]);
        assert_eq!(may(&elsewhere, ReadRecovery, &here), Err(Denied::NotVisible), "{role:?}");
    }
    let mut narrow = grant(Role::Reception, "H21.58");
    narrow.procedures = ProcedureScope::Only(BTreeSet::from([procedure("1.000001")]));
    assert_eq!(may(&officer(vec![narrow]), OpenRecovery, &here), Err(Denied::NotVisible), "for some procedures only");
    let leader = officer(vec![grant(Role::Leader, "H21.58")]);
    assert_eq!(may(&leader, OpenRecovery, &here), Err(Denied::NotAllowed));
    assert_eq!(may(&Viewer::Citizen(filer()), ReadRecovery, &here), Err(Denied::NotVisible));
    assert_eq!(may(&Viewer::Anonymous, ReadRecovery, &here), Err(Denied::NotSignedIn));
}

#[test]
fn agencies_are_listed_once_and_in_order() {
    let viewer = officer(vec![
        grant(Role::Reception, "H21.59"),
        grant(Role::Processing, "H21.58"),
        grant(Role::Leader, "H21.59"),
        grant(Role::TechnicalAdmin, "H21"),
    ]);
    assert_eq!(visible_agencies(&viewer), [agency("H21.58"), agency("H21.59")]);
    assert_eq!(visible_agencies(&Viewer::Citizen(filer())), []);
    assert_eq!(visible_dossiers(&officer(vec![grant(Role::TechnicalAdmin, "H21")])), DossierFilter::Nothing);
}

#[test]
fn grants_survive_json() {
    let mut narrow = grant(Role::Reception, "H21.58");
    narrow.procedures = ProcedureScope::Only(BTreeSet::from([procedure("1.000001")]));
    for grant in [grant(Role::Leader, "H21"), narrow] {
        let json = serde_json::to_string(&grant).unwrap();
        assert_eq!(serde_json::from_str::<OfficerGrant>(&json).unwrap(), grant);
    }
}

fn some_agency() -> impl Strategy<Value = AgencyCode> {
    prop_oneof![Just("H21"), Just("H21.58"), Just("H21.58.99"), Just("H21.59")].prop_map(agency)
}

fn some_procedure() -> impl Strategy<Value = ProcedureCode> {
    prop_oneof![Just("1.000001"), Just("1.000002"), Just("2.000001")].prop_map(procedure)
}

fn some_grant() -> impl Strategy<Value = OfficerGrant> {
    let scope = prop_oneof![
        Just(ProcedureScope::All),
        prop::collection::btree_set(some_procedure(), 0..3).prop_map(ProcedureScope::Only),
    ];
    (prop::sample::select(Role::ALL), some_agency(), scope, -3_i32..3, prop::option::of(-3_i32..3)).prop_map(
        |(role, agency, procedures, from, to)| OfficerGrant {
            role,
            agency,
            procedures,
            valid_from: day("2026-11-23").plus_days(from),
            valid_to: to.map(|to| day("2026-11-23").plus_days(to)),
        },
    )
}

fn some_acting() -> impl Strategy<Value = Acting> {
    let rights = prop::collection::btree_set(prop::sample::select(Right::ALL), 0..4);
    (0_u8..3, 0_u8..3, rights).prop_map(|(person, principal, rights)| Acting {
        representation: RepresentationId::from_bytes([9; 16]),
        person: AccountId::from_bytes([person; 16]),
        principal: AccountId::from_bytes([principal; 16]),
        rights,
        until: None,
    })
}

fn some_viewer() -> impl Strategy<Value = Viewer> {
    prop_oneof![
        some_acting().prop_map(Viewer::Representative),
        Just(Viewer::Anonymous),
        (0_u8..3).prop_map(|number| Viewer::TrackingSecretHolder(DossierId::from_bytes([number; 16]))),
        (0_u8..3).prop_map(|number| Viewer::Citizen(AccountId::from_bytes([number; 16]))),
        prop::collection::vec(some_grant(), 0..5).prop_map(officer),
    ]
}

proptest! {
    #[test]
    fn lists_show_exactly_what_single_reads_show(
        viewer in some_viewer(), id in 0_u8..3, filer in 0_u8..3, agency in some_agency(),
        procedure in some_procedure(), status in prop::sample::select(Status::ALL),
    ) {
        let facts = DossierFacts {
            id: DossierId::from_bytes([id; 16]),
            filer: AccountId::from_bytes([filer; 16]),
            agency,
            procedure,
            status,
        };
        let resource = Resource::Dossier(facts.clone());
        let is_readable = may(&viewer, Act::TrackDossier, &resource).is_ok();
        prop_assert_eq!(visible_dossiers(&viewer).admits(&facts), is_readable);
        if visible_agencies(&viewer).contains(&facts.agency) && status != Status::Draft {
            prop_assert!(is_readable);
        }
        if may(&viewer, Act::ReadDossier, &resource).is_ok() {
            prop_assert!(is_readable);
        }
        let changing = Act::ALL.iter().filter(|act| !matches!(act, Act::TrackDossier | Act::ReadDossier));
        for act in changing {
            if may(&viewer, *act, &resource).is_ok() {
                prop_assert!(may(&viewer, Act::ReadDossier, &resource).is_ok(), "{:?} without reading", act);
            }
        }
    }
}
