//! `/ho-so`: the signed-in person's own dossiers and drafts, by state and by words, page by page.

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use domain::dossier::Status;
use domain::time::Instant;
use usecases::{Cursor, DossierRow, OwnQuery, expires_at, find_unread, list_latest_changes, list_my_dossiers};
use web::errors::WebError;
use web::fields::Fields;
use web::i18n::{TextKey, Texts};
use web::links::encode;
use web::portal::Portal;
use web::shell::html;
use web::view::page::{Page, Section};
use web::view::parts::Tone;
use web::visitor::Visitor;

use crate::filing::has_list;
use crate::words::status_words;

/// The filters: the word in the address, the text, the states.
const FILTERS: [(&str, TextKey, &[Status]); 7] = [
    ("", TextKey("my-filter-all"), &[]),
    ("dang-soan", TextKey("my-filter-drafts"), &[Status::Draft]),
    ("can-bo-sung", TextKey("my-filter-supplement"), &[Status::AwaitingSupplement]),
    ("cho-tiep-nhan", TextKey("my-filter-filed"), &[Status::Filed]),
    ("dang-giai-quyet", TextKey("my-filter-accepted"), &[Status::Accepted]),
    ("co-ket-qua", TextKey("my-filter-results"), &[Status::Finished, Status::Returned]),
    ("da-dung", TextKey("my-filter-ended"), &[Status::Refused, Status::Withdrawn]),
];
/// The most characters that are looked for.
const LONGEST_WORDS: usize = 200;

#[derive(Template)]
#[template(path = "portal/my_dossiers.html")]
struct MyDossiersPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    /// *Hồ sơ của tôi*, or of whoever is represented.
    title: String,
    may_file: bool,
    /// What was looked for.
    words: String,
    /// The filter in force.
    state: &'static str,
    filters: Vec<Filter>,
    /// Whether nothing narrows the list and it is its beginning: empty then means that there is no dossier at all.
    is_whole: bool,
    /// What was done just now.
    done: Option<TextKey>,
    entries: Vec<Entry>,
    next: Option<String>,
}

struct Filter {
    href: String,
    text: TextKey,
    current: bool,
}

/// One dossier of the list.
struct Entry {
    href: String,
    title: String,
    owner: String,
    agency: String,
    code: String,
    at: String,
    /// What is due next and when.
    due: Option<(TextKey, String)>,
    overdue: bool,
    is_draft: bool,
    /// When it will be deleted unless it is changed; empty for what is filed.
    expires: String,
    /// Whether that is soon.
    expires_soon: bool,
    /// Where it is deleted.
    discard: String,
    /// Whether the agency wrote something that was not read.
    unread: bool,
    status: TextKey,
    tone: Tone,
}

pub(crate) async fn show(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    let may_file = visitor.account()?.may_file();
    let page = visitor.page(&portal).in_section(Section::MyDossiers);
    let query = Fields::of_query(uri.query());
    let (state, _, statuses) =
        *FILTERS.iter().find(|(word, ..)| *word == query.text("trang-thai")).unwrap_or(&FILTERS[0]);
    let words: String = query.text("q").chars().filter(|c| !c.is_control()).take(LONGEST_WORDS).collect();
    let after = query.text("sau").parse::<Cursor>().ok();
    let wanted = OwnQuery { statuses: statuses.to_vec(), words: words.clone(), after };
    let found = list_my_dossiers(portal.app(), &visitor.ctx, wanted).await?;
    let now = visitor.ctx.now;
    let unread = find_unread(portal.app(), &visitor.ctx).await?;
    let mut entries: Vec<Entry> = found.rows.iter().map(|row| entry(&portal, row, now)).collect();
    let has_drafts = entries.iter().any(|entry| entry.is_draft);
    let changes = if has_drafts { list_latest_changes(portal.app(), &visitor.ctx).await? } else { Vec::new() };
    let soon = now.plus_millis(i64::from(portal.app().content().rules.drafts.remind_days) * 86_400_000);
    for (entry, row) in entries.iter_mut().zip(&found.rows) {
        entry.unread = unread.contains(&row.id);
        let changed = changes.iter().find(|(id, _)| *id == row.id && entry.is_draft);
        if let Some(at) = changed.map(|(_, changed_at)| expires_at(portal.app(), *changed_at)) {
            entry.expires = at.vietnamese();
            entry.expires_soon = at < soon;
        }
    }
    html(&MyDossiersPage {
        title: page.dossiers_link().unwrap_or_default(),
        page,
        t: visitor.texts(),
        may_file,
        is_whole: words.is_empty() && statuses.is_empty() && after.is_none(),
        filters: FILTERS
            .iter()
            .map(|(word, text, _)| Filter { href: address(word, &words, None), text: *text, current: *word == state })
            .collect(),
        done: (query.text("xong") == "da-xoa").then_some(TextKey("my-draft-deleted")),
        entries,
        next: found.next.map(|cursor| address(state, &words, Some(cursor))),
        words,
        state,
    })
}

fn address(state: &str, words: &str, after: Option<Cursor>) -> String {
    let mut parts = Vec::new();
    if !state.is_empty() {
        parts.push(format!("trang-thai={state}"));
    }
    if !words.is_empty() {
        parts.push(format!("q={}", encode(words)));
    }
    parts.extend(after.map(|cursor| format!("sau={cursor}")));
    if parts.is_empty() { "/ho-so".to_owned() } else { format!("/ho-so?{}", parts.join("&")) }
}

fn entry(portal: &Portal, row: &DossierRow, now: Instant) -> Entry {
    let (status, tone) = status_words(row.status);
    let href = match &row.code {
        Some(code) => format!("/ho-so/{code}"),
        None => {
            let own = portal.app().content().version_on(&row.procedure, now.day());
            let page = if has_list(own) { "cac-phan" } else { "chu-ho-so" };
            format!("/nop-ho-so/{}/{}/{page}", row.procedure, row.id)
        }
    };
    let due_at = match row.status {
        Status::Filed => row.answer_due_at.map(|at| (TextKey("fact-answer-due"), at)),
        Status::Accepted => row.due_at.map(|at| (TextKey("fact-due"), at)),
        Status::Draft
        | Status::AwaitingSupplement
        | Status::Refused
        | Status::Withdrawn
        | Status::Finished
        | Status::Returned => None,
    };
    Entry {
        href,
        title: row.procedure_name.clone(),
        owner: row.owner_name.clone().unwrap_or_default(),
        agency: row.agency_name.clone(),
        code: row.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        at: row.filed_at.unwrap_or(row.started_at).vietnamese(),
        due: due_at.map(|(key, due_at)| (key, due_at.vietnamese())),
        overdue: due_at.is_some_and(|(_, due_at)| now > due_at),
        is_draft: row.status == Status::Draft,
        expires: String::new(),
        expires_soon: false,
        discard: format!("/nop-ho-so/{}/{}/xoa-ban-nhap", row.procedure, row.id),
        unread: false,
        status,
        tone,
    }
}
