//! What I gave, what was offered to me, what I have accepted, and my children.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::AccountKind;
use domain::representation::{EndReason, Matter, Representation, Right, Standing, Tie};
use domain::time::Day;
use usecases::represent::list_representations;
use web::errors::WebError;
use web::fields::Fields;
use web::i18n::{TextKey, Texts};
use web::portal::Portal;
use web::shell::html;
use web::view::page::{Page, Section};
use web::view::parts::Tone;
use web::visitor::Visitor;

use super::{right_text, tie_text};

#[derive(Template)]
#[template(path = "account/represent/overview.html")]
struct OverviewPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    enterprise: bool,
    /// A person's own page: only people act for others and have children.
    is_person: bool,
    /// The name of the account for which is given.
    name: &'a str,
    /// Somebody acts for the account.
    acting: bool,
    /// Whether rights can be given and taken back here.
    manages: bool,
    /// What was done just now.
    done: Option<&'static str>,
    offered: Vec<Entry>,
    received: Vec<Entry>,
    given: Vec<Entry>,
    children: Vec<Entry>,
}

/// One representation as the page shows it.
pub(super) struct Entry {
    id: String,
    /// Who stands on the other side: a name, or the number that was entered while nobody has accepted.
    who: String,
    tie: TextKey,
    rights: Vec<&'static str>,
    from: String,
    until: String,
    standing: TextKey,
    tone: Tone,
    /// Whether nobody has accepted it yet.
    waiting: bool,
    /// Whether it can be ended still.
    open: bool,
    /// Whether one can act by it now.
    in_force: bool,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    let account = visitor.account()?;
    let enterprise = account.kind == AccountKind::Enterprise;
    let is_agency = account.kind == AccountKind::StateAgency;
    // An agency's people are officers.
    let manages = !is_agency && account.acting.as_ref().is_none_or(|person| person.acting.has(Right::ManageMembers));
    let found = list_representations(portal.app(), &visitor.ctx).await?;
    let today = visitor.ctx.now.day();
    let t = visitor.texts();
    let entries = |list: &[Representation], mine: bool| list.iter().map(|one| entry(one, mine, today, t)).collect();
    html(&OverviewPage {
        page: visitor.page(&portal).in_section(Section::Account),
        t,
        enterprise,
        is_person: account.kind == AccountKind::Citizen && account.acting.is_none(),
        name: &account.name,
        acting: account.acting.is_some(),
        manages,
        done: done(Fields::of_query(uri.query()).text("sau")).map(|key| t.k(key)),
        offered: entries(&found.offered, false),
        received: entries(&found.received, false),
        given: entries(&found.given, true),
        children: entries(&found.children, false),
    })
}

/// What it means to end one: the words of the button, of the page that asks first, and what then happens.
#[derive(Clone, Copy)]
enum Ending {
    TakeBack,
    TakeBackOffer,
    GiveBack,
    Child,
}

impl Ending {
    fn button(self) -> TextKey {
        match self {
            Self::TakeBack => TextKey("represent-take-back"),
            Self::TakeBackOffer => TextKey("represent-take-back-offer"),
            Self::GiveBack => TextKey("represent-give-back"),
            Self::Child => TextKey("represent-end-child"),
        }
    }

    fn lead(self) -> TextKey {
        match self {
            Self::TakeBack => TextKey("represent-take-back-lead"),
            Self::TakeBackOffer => TextKey("represent-take-back-offer-lead"),
            Self::GiveBack => TextKey("represent-give-back-lead"),
            Self::Child => TextKey("represent-end-child-lead"),
        }
    }
}

#[derive(Template)]
#[template(path = "account/represent/end.html")]
struct EndPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    one: Entry,
    ending: Ending,
}

/// Asks before an open one is ended.
pub(super) async fn ask_end(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    visitor.account()?;
    let found = list_representations(portal.app(), &visitor.ctx).await?;
    let (today, t) = (visitor.ctx.now.day(), visitor.texts());
    let all = [(found.given, true), (found.received, false), (found.children, false)];
    let mut all = all.iter().flat_map(|(list, mine)| list.iter().map(|one| (one, *mine)));
    let Some((one, mine)) = all.find(|(one, _)| one.id.to_string() == id) else { return Err(WebError::NotFound) };
    let entry = entry(one, mine, today, t);
    if !entry.open {
        return Ok(Redirect::to(super::OVERVIEW).into_response());
    }
    let ending = match (mine, one.tie()) {
        (true, _) if entry.waiting => Ending::TakeBackOffer,
        (true, _) => Ending::TakeBack,
        (false, Tie::Guardian) => Ending::Child,
        (false, _) => Ending::GiveBack,
    };
    html(&EndPage { page: visitor.page(&portal).in_section(Section::Account), t, one: entry, ending })
}

fn done(word: &str) -> Option<TextKey> {
    match word {
        "da-giao" => Some(TextKey("represent-done-given")),
        "da-nhan" => Some(TextKey("represent-done-accepted")),
        "da-ket-thuc" => Some(TextKey("represent-done-ended")),
        "da-khai" => Some(TextKey("represent-done-declared")),
        "da-qua-han" => Some(TextKey("represent-over")),
        _ => None,
    }
}

/// `mine` when the account that looks is the principal.
pub(super) fn entry(one: &Representation, mine: bool, today: Day, t: &'static Texts) -> Entry {
    let (standing, tone) = standing_words(one, today);
    let (who, rights, from) = match &one.matter {
        Matter::Principal { principal, terms } => {
            let who = match (mine, &one.representative) {
                (true, Some(representative)) => format!("{}, {}", representative.name.as_str(), terms.number.as_str()),
                (true, None) => terms.number.to_string(),
                (false, _) => principal.name.as_str().to_owned(),
            };
            (who, terms.rights.iter().map(|right| t.k(right_text(*right))).collect(), terms.from.vietnamese())
        }
        Matter::Child { child } => {
            let who = format!("{}, {}", child.name.as_str(), child.birth_date.vietnamese());
            (who, vec![t.k(TextKey("represent-right-file-child"))], one.given_at.day().vietnamese())
        }
    };
    Entry {
        id: one.id.to_string(),
        who,
        tie: tie_text(one.tie()),
        rights,
        from,
        until: one.until().map(|day| day.vietnamese()).unwrap_or_default(),
        standing,
        tone,
        waiting: one.standing(today) == Standing::Waiting,
        in_force: one.standing(today) == Standing::InForce,
        open: !matches!(one.standing(today), Standing::Ended | Standing::Expired),
    }
}

fn standing_words(one: &Representation, today: Day) -> (TextKey, Tone) {
    match (one.standing(today), one.ended.map(|ended| ended.reason)) {
        (Standing::Waiting, _) => (TextKey("represent-waiting"), Tone::Attention),
        (Standing::ToCome, _) => (TextKey("represent-to-come"), Tone::Active),
        (Standing::InForce, _) => (TextKey("represent-in-force"), Tone::Good),
        (Standing::Expired, _) => (TextKey("represent-expired"), Tone::Neutral),
        (Standing::Ended, Some(EndReason::Declined)) => (TextKey("represent-declined"), Tone::Bad),
        (Standing::Ended, Some(EndReason::ByPrincipal)) => (TextKey("represent-ended-principal"), Tone::Neutral),
        (Standing::Ended, Some(EndReason::AccountClosed)) => (TextKey("represent-ended-closed"), Tone::Neutral),
        (Standing::Ended, _) => (TextKey("represent-ended-representative"), Tone::Neutral),
    }
}
