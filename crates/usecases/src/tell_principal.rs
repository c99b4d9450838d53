//! Whoever is said to have given a mandate is told of the filing, when they have an account: a mandate that they never gave
//! must not stay unnoticed.

use askama::Template;
use domain::account::{Account, AccountStatus};
use domain::codes::Recipient;
use domain::dossier::{Dossier, Relation};
use domain::ids::MessageId;
use domain::text::fold;
use domain::time::Instant;
use storage::{Tx, accounts};

use crate::app::App;
use crate::errors::UsecaseError;
use crate::letters::{self, Letter, news_recipient, short_name};

/// The template of these messages.
const TEMPLATE: &str = "filed_by_mandate";

#[derive(Template)]
#[template(path = "mail/filed_by_mandate.txt")]
struct FiledByMandate<'a> {
    name: &'a str,
    filer: &'a str,
    portal: &'a str,
    code: &'a str,
    procedure: &'a str,
    agency: &'a str,
    at: &'a str,
    phone: &'a str,
}

/// Tells the owner of a dossier that was filed by mandate. The message is the owner's, not the filer's: it is no part of
/// what the filer takes along.
pub(crate) async fn tell_principal(
    tx: &mut Tx<'_>,
    app: &App,
    dossier: &Dossier,
    id: MessageId,
    now: Instant,
) -> Result<(), UsecaseError> {
    let Some(account) = find_principal(tx, dossier).await? else { return Ok(()) };
    let (Some(recipient), Some(code)) = (news_recipient(&account), &dossier.code) else { return Ok(()) };
    let (settings, phone) = (app.settings(), &app.content().rules.help.display);
    match recipient {
        Recipient::Phone(to) => {
            let name = &settings.sms_name;
            let text =
                format!("{name}: ho so {code} vua duoc nop thay quy vi. Neu quy vi khong uy quyen, goi ngay {phone}.");
            letters::send_text(tx, id, &to, TEMPLATE, text, None, now).await
        }
        Recipient::Email(to) => {
            let filer = accounts::find(tx, dossier.filer).await?.ok_or(UsecaseError::NotFound)?;
            let text = FiledByMandate {
                name: account.name.as_str(),
                filer: filer.name.as_str(),
                portal: &settings.portal_name,
                code: &code.to_string(),
                procedure: &short_name(&dossier.procedure.name),
                agency: dossier.agency.name.as_str(),
                at: &dossier.filed_at.unwrap_or(now).vietnamese(),
                phone,
            }
            .render()?;
            let letter =
                Letter { template: TEMPLATE, subject: format!("Hồ sơ {code} được nộp thay quý vị"), text };
            letters::send(tx, id, &to, &letter, None, now).await
        }
    }
}

/// The account of the owner: of this number, and of this name, so that nobody is told because of a mistyped digit.
async fn find_principal(tx: &mut Tx<'_>, dossier: &Dossier) -> Result<Option<Account>, UsecaseError> {
    let Some(owner) = dossier.owner.as_ref().filter(|owner| owner.relation_to_filer == Relation::ByMandate) else {
        return Ok(None);
    };
    let Some(number) = &owner.number else { return Ok(None) };
    let account = accounts::find_by_login(tx, number).await?.map(|found| found.account);
    Ok(account.filter(|account| {
        account.status == AccountStatus::Active
            && account.id != dossier.filer
            && fold(account.name.as_str()) == fold(owner.full_name.as_str())
    }))
}
