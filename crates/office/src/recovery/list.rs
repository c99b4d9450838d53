//! What waits at the desk, and the search for the account of the person who stands there.

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::recovery::RecoveryRefusal;
use usecases::UsecaseError;
use usecases::recover_at_desk::{RecoverError, RecoveryRow, find_lost_account, list_recoveries};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::{TextKey, Texts};
use web::input::Input;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::view::parts::Tone;
use web::visitor::Visitor;

use super::words::status_words;
use super::{START, refuse_too_many, too_many};

#[derive(Template)]
#[template(path = "office/recovery/list.html")]
struct ListPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    rows: Vec<Row>,
    may_open: bool,
    /// How long a recovery waits.
    days: u32,
    /// A recovery was stopped just now.
    stopped: bool,
}

struct Row {
    href: String,
    name: String,
    opened_at: String,
    opened_by: String,
    until: String,
    status: TextKey,
    tone: Tone,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    visitor.officer()?;
    let stopped = Fields::of_query(uri.query()).text("sau") == "da-dung";
    html(&ListPage { stopped, ..page_of(&portal, &visitor, FormView::new()).await? })
}

pub(super) async fn search(State(portal): State<Portal>, Form { visitor, fields }: Form) -> Result<Response, WebError> {
    visitor.officer()?;
    let t = visitor.texts();
    let mut input = Input::new(&fields, t, &["number"]);
    let login = input.login_name("number");
    let mut form = input.into_form();
    let Some(login) = login else { return html_invalid(&page_of(&portal, &visitor, form).await?) };
    match find_lost_account(portal.app(), &visitor.ctx, &login).await {
        Ok(account) => return Ok(Redirect::to(&format!("{START}/tai-khoan/{account}")).into_response()),
        Err(RecoverError::Usecase(UsecaseError::TooMany { retry_after_seconds })) => {
            refuse_too_many(&mut form, "number", t, retry_after_seconds);
            return too_many(html(&page_of(&portal, &visitor, form).await?), retry_after_seconds);
        }
        Err(RecoverError::Usecase(UsecaseError::NotFound)) => form.refuse("number", t.m("desk-not-found")),
        Err(RecoverError::Refused(RecoveryRefusal::NotACitizen)) => form.refuse("number", t.m("desk-not-a-citizen")),
        Err(RecoverError::Refused(_)) => form.refuse("number", t.m("desk-not-usable")),
        Err(RecoverError::AlreadyLive) => return Err(WebError::Conflict),
        Err(RecoverError::Usecase(error)) => return Err(error.into()),
    }
    html_invalid(&page_of(&portal, &visitor, form).await?)
}

async fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, form: FormView) -> Result<ListPage<'a>, WebError> {
    let found = list_recoveries(portal.app(), &visitor.ctx).await?;
    Ok(ListPage {
        page: visitor.page(portal).in_section(Section::Recoveries),
        t: visitor.texts(),
        form,
        rows: found.into_iter().map(row_of).collect(),
        may_open: visitor.officer()?.opens_recoveries(),
        days: portal.app().content().rules.account_recovery.waiting_days(),
        stopped: false,
    })
}

fn row_of(RecoveryRow { recovery, name }: RecoveryRow) -> Row {
    let (status, tone) = status_words(recovery.status);
    Row {
        href: format!("{START}/{}", recovery.id),
        name,
        opened_at: recovery.opened_at.vietnamese(),
        opened_by: recovery.opened_by.name.clone(),
        until: match recovery.is_live() {
            true => recovery.takes_effect_at.unwrap_or(recovery.lapses_at).vietnamese(),
            false => String::new(),
        },
        status,
        tone,
    }
}
