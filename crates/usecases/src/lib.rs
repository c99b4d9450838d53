//! What people do: one act per file. A use case opens a transaction, loads, lets `domain` decide, appends, and commits.

mod accept_dossier;
mod account_act;
mod act;
mod answer_form;
mod app;
mod approve_agency;
mod ask_population;
mod attach_file;
mod change_account;
mod change_draft;
mod choose_delivery;
mod confirm_email;
mod correct_email;
mod ctx;
mod derive_due;
mod draft_letter;
mod drafts;
mod earlier_answers;
mod enrol_officer;
mod enter_owner;
mod errors;
mod export_dossier;
mod find_news_recipient;
mod finish_dossier;
mod letters;
mod limits;
mod list_dossiers;
mod make_document;
mod merge_pictures;
mod note_delivery;
mod obstacles;
mod office_file;
mod officer_account;
mod one_time_codes;
mod open_attachment;
mod own_data;
mod password_strength;
mod passwords;
mod procedure_index;
mod recover_password;
mod refuse_dossier;
mod register_account;
mod remarks;
mod remove_file;
mod request_supplement;
mod return_dossier;
pub mod second_factors;
mod sign_in;
mod sign_in_officer;
mod sign_up;
mod single_sign_on;
mod spell_address;
mod start_draft;
mod submit_dossier;
mod supplement_dossier;
mod tell_principal;
mod track_dossier;
mod view_account;
mod view_dossier;
mod withdraw_dossier;

pub mod captcha;
pub mod demo;
pub mod file_kind;
pub mod find_procedures;
pub mod jobs;
pub mod login_providers;
pub mod oidc_provider;
pub mod programs;
pub mod receipts;
pub mod recover_at_desk;
pub mod represent;
pub mod sessions;
pub mod store;
pub mod uploads;
pub mod verify;

pub use accept_dossier::{AcceptError, AcceptInput, accept_dossier, propose_limit};
pub use answer_form::{filed_version, give_answers, known_answer, version_before, version_of};
pub use app::{App, Parts, Settings};
pub use approve_agency::{
    APPLICANTS_A_PAGE, Applicant, DecideError, Decision, decide_applicant, find_applicant, list_applicants,
};
pub use ask_population::{
    AskError, FoundCitizen, OwnFacts, RegisteredCitizen, ask_about_oneself, ask_about_owner, can_ask_about_owner,
    list_questions, may_ask_register,
};
pub use attach_file::{AttachError, ComponentRef, ReceivedFile, attach_file, receive_file};
pub use change_account::{
    ChangeError, HolderProof, begin_change_of_contact, change_password, close_account, finish_change_of_contact,
    replace_number,
};
pub use change_draft::{DraftChange, change_draft};
pub use choose_delivery::choose_delivery;
pub use confirm_email::{ConfirmError, confirm_email, find_link_account, find_registration, resend_confirmation};
pub use correct_email::{CorrectEmailError, correct_email};
pub use ctx::Ctx;
pub use derive_due::{DerivedDue, DueMatter, derive_due};
pub use draft_letter::{draft_letter, letters_of_case};
pub use drafts::{delete_draft, expires_at, list_latest_changes};
pub use earlier_answers::{EarlierAnswers, find_earlier_answers};
pub use enrol_officer::{
    EnrolError, Enrolment, EnrolmentLink, NewOfficer, enrol_officer, find_enrolment, finish_enrolment, renew_enrolment,
};
pub use enter_owner::enter_owner;
pub use errors::{ActError, UsecaseError};
pub use export_dossier::{DossierArchive, export_dossier};
pub use find_news_recipient::find_news_recipient;
pub use finish_dossier::finish_dossier;
pub use list_dossiers::{
    InboxQuery, OWN_ROWS, OwnPage, OwnQuery, PAGE_ROWS, count_inbox, list_inbox, list_my_dossiers,
};
pub use make_document::{Document, make_document};
pub use merge_pictures::{MergeError, is_mergeable, merge_pictures};
pub use note_delivery::{DeliveryReport, note_delivery};
pub use obstacles::{Obstacle, needs_mandate, obstacles};
pub use officer_account::{
    OfficerAccount, change_officer_password, end_officer_session, end_other_officer_sessions, view_officer_account,
};
pub use one_time_codes::{CodeError, CodeTrouble, ResendError, WaitingCode, find_waiting_code, resend_code};
pub use open_attachment::{OpenedAttachment, open_attachment, open_draft_attachment};
pub use own_data::{export_own_data, list_own_events};
pub use password_strength::{OwnWords, find_weakness};
pub use passwords::{PasswordError, Passwords};
pub use procedure_index::build_index;
pub use recover_password::{begin_recovery, confirm_recovery, find_open_recovery, finish_recovery};
pub use refuse_dossier::refuse_dossier;
pub use register_account::{NewAccount, NumberUse, RegisterError, find_number_use, register_account};
pub use remarks::{RemarkError, find_unread, list_remarks, write_remark};
pub use remove_file::remove_file;
pub use request_supplement::request_supplement;
pub use return_dossier::return_dossier;
pub use sign_in::{SecondProof, SignIn, SignInError, begin_sign_in, finish_sign_in, sign_in, sign_out};
pub use sign_in_officer::sign_in_officer;
pub use sign_up::{
    FinishSignUpError, NewSignUp, SignUpError, SignedUp, SubscriptionDifferences, begin_sign_up, confirm_sign_up,
    find_confirmed_sign_up, finish_sign_up,
};
pub use single_sign_on::SingleSignOn;
pub use spell_address::spelled_answer;
pub use start_draft::{StartError, find_open_draft, start_draft};
pub use submit_dossier::submit_dossier;
pub use supplement_dossier::{fill_supplement, send_supplement, supplement_problems, supply_file, take_back_file};
pub use track_dossier::{TrackError, track_dossier};
pub use view_account::{has_password, view_account};
pub use view_dossier::{DossierWithLog, find_draft, view_dossier};
pub use withdraw_dossier::withdraw_dossier;

/// What the right one-time code opens.
pub type CodePurpose = storage::one_time_codes::Purpose;
/// A file on its way into the store.
pub type Incoming = storage::Incoming;
/// A dossier as lists show it.
pub type DossierRow = storage::dossiers::DossierRow;
/// Where a page of a list ended.
pub type Cursor = storage::dossiers::Cursor;
/// How many dossiers are in a state.
pub type StatusCount = storage::dossiers::StatusCount;
