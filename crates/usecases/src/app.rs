//! The application: everything an act needs beside its circumstances and its input.

use std::sync::Arc;

use connectors::mail::Mailer;
use connectors::population::PopulationRegister;
use connectors::sms::Sms;
use connectors::subscribers::SubscriberRegister;
use content::Content;
use documents::Typesetter;
use domain::account::CodeRules;
use domain::agency::ContactChannel;
use domain::codes::{AgencyCode, PhoneNumber};
use domain::deadline::{self, DueDate, PauseCause, TimeLimit, add_working_minutes};
use domain::time::Instant;
use storage::{BlobStore, Db};

use crate::find_procedures::Finder;
use crate::passwords::Passwords;
use crate::receipts::ReceiptKeys;
use crate::second_factors::{RelyingParty, Vault};
use crate::single_sign_on::SingleSignOn;

/// The application of one portal. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Parts>,
}

/// What the program that starts a portal builds and hands over.
pub struct Parts {
    /// The portal's database.
    pub db: Db,
    /// Its files.
    pub blobs: BlobStore,
    /// Procedures, agencies, calendars, rules.
    pub content: Arc<Content>,
    /// Finds procedures.
    pub finder: Arc<Finder>,
    /// Makes documents.
    pub typesetter: Typesetter,
    /// Sends mails.
    pub mailer: Mailer,
    /// Sends text messages.
    pub sms: Sms,
    /// Asks the carrier whether a subscription is somebody's.
    pub subscribers: SubscriberRegister,
    /// Asks the population register.
    pub population: PopulationRegister,
    /// Hashes passwords.
    pub passwords: Passwords,
    /// Signing in elsewhere with an account here, and here with an account elsewhere.
    pub single_sign_on: SingleSignOn,
    /// Encrypts what must be read again.
    pub vault: Vault,
    /// Signs receipts.
    pub receipt_keys: ReceiptKeys,
    /// Checks passkeys; none when the portal's address is none that browsers bind keys to.
    pub relying_party: Option<RelyingParty>,
    /// What configuration says.
    pub settings: Settings,
}

/// What configuration says about the acts of one portal.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The portal's name as it stands in letters, in Vietnamese.
    pub portal_name: String,
    /// The same in English.
    pub portal_name_en: String,
    /// The portal's name in text messages: short and without accents.
    pub sms_name: String,
    /// What people may do with codes that are sent to their telephones.
    pub codes: CodeRules,
    /// Where people reach the portal, without a closing slash.
    pub public_url: String,
    /// The most bytes of one uploaded file.
    pub upload_limit_bytes: u64,
    /// The most files of one dossier.
    pub most_files: usize,
    /// How long a session lasts without being used, in milliseconds.
    pub session_millis: i64,
    /// Whether officers need an authenticator or a passkey beside the password: everywhere but in a demonstration.
    pub officers_need_second_factor: bool,
    /// How long a link that confirms an e-mail address works, in hours.
    pub confirmation_hours: i64,
    /// How long the link works with which an officer sets the first password, in hours.
    pub enrolment_hours: i64,
}

impl App {
    /// An application of these parts.
    pub fn new(parts: Parts) -> Self {
        Self { inner: Arc::new(parts) }
    }

    /// The database.
    pub(crate) fn db(&self) -> &Db {
        &self.inner.db
    }

    /// The files.
    pub(crate) fn blobs(&self) -> &BlobStore {
        &self.inner.blobs
    }

    /// Procedures, agencies, calendars, rules.
    pub fn content(&self) -> &Content {
        &self.inner.content
    }

    pub(crate) fn finder(&self) -> &Finder {
        &self.inner.finder
    }

    /// When the desk must have answered a dossier that is filed at this moment: so many working hours later
    /// (domain.md §1.2; the number is a rule of the content).
    pub fn answer_due_at(&self, filed_at: Instant) -> Instant {
        let Content { rules, calendar, .. } = self.content();
        let minutes = i64::from(rules.answer_within_working_hours) * 60;
        add_working_minutes(filed_at, minutes, calendar, &rules.office_hours)
    }

    /// When the result is due if the dossier is accepted at this moment, with the derivation.
    pub fn due(&self, accepted_at: Instant, limit: TimeLimit) -> DueDate {
        let Content { rules, calendar, .. } = self.content();
        deadline::due(accepted_at, limit, &rules.deadline, calendar, &rules.office_hours)
    }

    /// The appointed return of a dossier that waited for a supplement from one moment to the other.
    pub(crate) fn due_after_supplement(&self, due: &DueDate, from: Instant, to: Instant) -> DueDate {
        let Content { rules, calendar, .. } = self.content();
        due.after_pause(PauseCause::Supplement, from, to, calendar, &rules.office_hours)
    }

    /// The telephone number to call about dossiers of this agency: the nearest one's up the tree, else the help desk's.
    pub fn help_phone(&self, agency: &AgencyCode) -> String {
        let content = self.content();
        match content.agencies.contact_for(agency, ContactChannel::Phone) {
            Some(contact) => match PhoneNumber::parse(&contact.value) {
                Ok(phone) if phone == content.rules.help.phone => content.rules.help.display.clone(),
                Ok(phone) => phone.national(),
                Err(_) => contact.value.clone(),
            },
            None => content.rules.help.display.clone(),
        }
    }

    /// What configuration says.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    pub(crate) fn typesetter(&self) -> &Typesetter {
        &self.inner.typesetter
    }

    pub(crate) fn mailer(&self) -> &Mailer {
        &self.inner.mailer
    }

    pub(crate) fn sms(&self) -> &Sms {
        &self.inner.sms
    }

    /// The carrier's check (R28, R30). Never asked while a transaction is open.
    pub(crate) fn subscribers(&self) -> &SubscriberRegister {
        &self.inner.subscribers
    }

    /// The population register. Never asked while a transaction is open.
    pub(crate) fn population(&self) -> &PopulationRegister {
        &self.inner.population
    }

    pub(crate) fn passwords(&self) -> &Passwords {
        &self.inner.passwords
    }

    /// Signing in elsewhere with an account here, and here with an account elsewhere.
    pub fn single_sign_on(&self) -> &SingleSignOn {
        &self.inner.single_sign_on
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.inner.vault
    }

    pub(crate) fn receipt_keys(&self) -> &ReceiptKeys {
        &self.inner.receipt_keys
    }

    pub(crate) fn relying_party(&self) -> Option<&RelyingParty> {
        self.inner.relying_party.as_ref()
    }

    /// Whether the database answers, for `/readyz`.
    pub async fn is_ready(&self) -> bool {
        storage::is_ready(self.db()).await
    }
}
