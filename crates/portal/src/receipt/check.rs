//! `/kiem-tra-bien-nhan`: anybody checks a receipt, and files against it; nothing that is sent here is kept.

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use domain::codes::DossierCode;
use domain::ids::Hash;
use domain::receipt::{ReceiptError, SignedReceipt};
use usecases::receipts::{ReceiptCheck, Verdict, check_receipt, count_check, is_issued, receipt_keys};
use web::errors::WebError;
use web::fields::Fields;
use web::i18n::{TextKey, Texts};
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::upload::UploadForm;
use web::view::filters;
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::view::parts::{SummaryRow, Task};
use web::visitor::Visitor;

use super::finding;

/// The field of the receipt's file.
const RECEIPT: &str = "bien-nhan";
/// The field of the receipt's text.
const TEXT: &str = "noi-dung";

#[derive(Template)]
#[template(path = "portal/receipt/check.html")]
struct CheckPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    /// What a QR code asked; none when the visitor came without one.
    printed: Option<Printed>,
    keys_address: String,
    largest: u64,
}

/// What stands on a printed receipt.
struct Printed {
    code: String,
    digest: Hash,
    is_issued: bool,
}

#[derive(Template)]
#[template(path = "portal/receipt/checked.html")]
struct CheckedPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    verdict: TextKey,
    lead: TextKey,
    is_right: bool,
    facts: Vec<SummaryRow>,
    parts: Vec<Task>,
    fields: Vec<Task>,
    files: Vec<Task>,
    hidden: usize,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    let query = Fields::of_query(uri.query());
    let printed = match (DossierCode::parse(query.text("ma")), Hash::parse(query.text("so"))) {
        (Ok(code), Ok(digest)) => {
            let is_issued = is_issued(portal.app(), &code, digest).await?;
            Some(Printed { code: code.to_string(), digest, is_issued })
        }
        _ => None,
    };
    html(&page_of(&portal, &visitor, FormView::new(), printed))
}

pub(super) async fn check(State(portal): State<Portal>, upload: UploadForm) -> Result<Response, WebError> {
    count_check(portal.app(), &upload.visitor.ctx, &upload.visitor.client).await?;
    let (visitor, looked) = upload.look(RECEIPT, SignedReceipt::MAX_BYTES + 1).await?;
    let text = looked.fields.raw(TEXT);
    let (field, bytes) = if looked.read.is_empty() { (TEXT, text.as_bytes()) } else { (RECEIPT, &looked.read[..]) };
    let keys = receipt_keys(portal.app(), &visitor.ctx).await?;
    match check_receipt(bytes, Some(&keys), looked.hashed) {
        Ok(found) => html(&checked(&portal, &visitor, &found, Hash::parse(looked.fields.text("so")).ok())),
        Err(error) => {
            let field = if error == ReceiptError::Empty { RECEIPT } else { field };
            let mut form = FormView::new().with(TEXT, text);
            form.refuse(field, visitor.texts().k(refusal(error)));
            html_invalid(&page_of(&portal, &visitor, form, None))
        }
    }
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, form: FormView, printed: Option<Printed>) -> CheckPage<'a> {
    CheckPage {
        page: visitor.page(portal).in_section(Section::Tracking),
        t: visitor.texts(),
        form,
        printed,
        keys_address: format!("{}/.well-known/motcua-receipt-keys.json", portal.app().settings().public_url),
        largest: portal.app().settings().upload_limit_bytes,
    }
}

fn refusal(error: ReceiptError) -> TextKey {
    match error {
        ReceiptError::Empty => TextKey("receipt-refused-empty"),
        ReceiptError::TooLarge => TextKey("receipt-refused-too-large"),
        ReceiptError::NotText => TextKey("receipt-refused-not-text"),
        ReceiptError::NotJson => TextKey("receipt-refused-not-json"),
        ReceiptError::TooDeep => TextKey("receipt-refused-too-deep"),
        ReceiptError::OtherForm => TextKey("receipt-refused-other-form"),
    }
}

fn checked<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    found: &ReceiptCheck,
    printed: Option<Hash>,
) -> CheckedPage<'a> {
    let t = visitor.texts();
    let is_printed = printed.map(|digest| digest == found.digest);
    let is_right = found.verdict() == Verdict::Right && is_printed != Some(false);
    let (verdict, lead) = if is_right {
        (TextKey("receipt-verdict-right"), TextKey("receipt-verdict-right-lead"))
    } else if found.own_verdict() == Verdict::Right && is_printed != Some(false) {
        (TextKey("receipt-verdict-strange"), TextKey("receipt-verdict-strange-lead"))
    } else {
        (TextKey("receipt-verdict-wrong"), TextKey("receipt-verdict-wrong-lead"))
    };
    CheckedPage {
        page: visitor.page(portal).in_section(Section::Tracking),
        t,
        verdict,
        lead,
        is_right,
        facts: finding::facts(found, t),
        parts: finding::parts(found, is_printed, &portal.app().settings().public_url, t),
        fields: finding::fields(found, portal, t),
        files: finding::files(found, t),
        hidden: found.hidden,
    }
}
