//! One's own account: what the portal knows, and how well it was checked.

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use domain::account::{Account, AccountKind, Assurance};
use domain::codes::LoginName;
use usecases::represent::list_representations;
use usecases::{has_password, view_account};
use web::errors::WebError;
use web::fields::Fields;
use web::i18n::{TextKey, Texts};
use web::portal::Portal;
use web::shell::html;
use web::view::page::{Page, Section};
use web::view::parts::SummaryRow;
use web::visitor::Visitor;

#[derive(Template)]
#[template(path = "account/own/profile.html")]
struct ProfilePage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    rows: Vec<SummaryRow>,
    /// Something was changed just now.
    changed: bool,
    /// Somebody asks the holder to act for them, and waits for an answer.
    is_asked: bool,
    /// Others can act for the account, or its holder for others.
    can_represent: bool,
    /// Other places let people sign in with this account.
    has_consents: bool,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    visitor.holder()?;
    let account = view_account(portal.app(), &visitor.ctx).await?;
    let has_password = has_password(portal.app(), &visitor.ctx).await?;
    let t = visitor.texts();
    let page = visitor.page(&portal).in_section(Section::Account);
    let changed = Fields::of_query(uri.query()).text("sau") == "da-doi";
    let has_consents = portal.app().single_sign_on().provider.is_some();
    let can_represent = account.kind != AccountKind::StateAgency;
    let is_asked = !list_representations(portal.app(), &visitor.ctx).await?.offered.is_empty();
    html(&ProfilePage {
        page,
        t,
        is_asked,
        can_represent,
        rows: rows(&account, has_password, t),
        changed,
        has_consents,
    })
}

fn rows(account: &Account, has_password: bool, t: &Texts) -> Vec<SummaryRow> {
    let citizen = account.kind == AccountKind::Citizen;
    let (name, number) = match account.kind {
        AccountKind::Citizen => ("account-full-name", "account-number"),
        AccountKind::Enterprise => ("account-organisation-name", "account-tax-number"),
        AccountKind::StateAgency => ("account-agency-name", "account-tax-number"),
    };
    let born = account.birth_date.map(|date| date.vietnamese()).unwrap_or_default();
    let phone = account.phone.as_ref().map(|phone| phone.national()).unwrap_or_default();
    let email = account.email.as_ref().map(|email| match account.email_confirmed_at {
        Some(_) => email.to_string(),
        None => t.f("account-email-unconfirmed", [("email", email.as_str().into())]),
    });
    let representative = account.representative.as_ref().map(|person| {
        format!("{}, {}, {}", person.name.as_str(), person.number.as_str(), person.birth_date.vietnamese())
    });
    let birth_date = citizen.then(|| SummaryRow::new(t.m("account-birth-date"), born));
    [
        Some(SummaryRow::new(t.m(name), account.name.as_str())),
        Some(SummaryRow::new(t.m("account-kind"), t.k(kind_text(account.kind)))),
        Some(match account.login {
            LoginName::OldIdentity(_) => {
                SummaryRow::new(t.m(number), account.login.as_str()).changed_at("/tai-khoan/can-cuoc")
            }
            _ => SummaryRow::new(t.m(number), account.login.as_str()),
        }),
        birth_date,
        representative.map(|person| SummaryRow::new(t.m("account-representative"), person)),
        Some(SummaryRow::new(t.m("account-phone"), phone).changed_at("/tai-khoan/so-dien-thoai")),
        Some(SummaryRow::new(t.m("account-email"), email.unwrap_or_default()).changed_at("/tai-khoan/email")),
        Some(
            SummaryRow::new(
                t.m("account-password"),
                if has_password { "••••••••" } else { t.m("account-password-none") },
            )
            .changed_at("/tai-khoan/mat-khau"),
        ),
        Some(SummaryRow::new(t.m("account-assurance"), t.k(assurance_text(account)))),
        Some(SummaryRow::new(t.m("account-registered-at"), account.registered_at.vietnamese())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn kind_text(kind: AccountKind) -> TextKey {
    match kind {
        AccountKind::Citizen => TextKey("account-kind-citizen"),
        AccountKind::Enterprise => TextKey("account-kind-enterprise"),
        AccountKind::StateAgency => TextKey("account-kind-state-agency"),
    }
}

/// What was really checked, which is less than what was chosen while no register can be asked.
fn assurance_text(account: &Account) -> TextKey {
    match account.assurance {
        Assurance::Ial1 if account.email_confirmed_at.is_none() => TextKey("account-assurance-phone"),
        Assurance::Ial1 => TextKey("account-assurance-email"),
        Assurance::Ial2 => TextKey("account-assurance-medium"),
        Assurance::Ial3 => TextKey("account-assurance-high"),
    }
}
