//! What was found about a receipt, a plain sentence for each part.

use usecases::receipts::{FileFinding, ReceiptCheck, SignatureFinding};
use web::i18n::{TextKey, Texts};
use web::portal::Portal;
use web::view::format::size;
use web::view::parts::{SummaryRow, Task, Tone};

use super::words::{FieldWords, file_name, moment, short};

/// What the receipt says.
pub(super) fn facts(found: &ReceiptCheck, t: &Texts) -> Vec<SummaryRow> {
    let manifest = &found.receipt.manifest;
    vec![
        SummaryRow::new(t.m("tracking-code"), manifest.code.as_str()),
        SummaryRow::new(t.m("receipt-fact-portal"), format!("{}\n{}", manifest.portal.name, manifest.portal.url)),
        SummaryRow::new(t.m("fact-procedure"), manifest.procedure.name.as_str()),
        SummaryRow::new(t.m("fact-desk"), manifest.agency.name.as_str()),
        SummaryRow::new(t.m("fact-filed"), moment(&manifest.filed_at)),
        SummaryRow::new(t.m("fact-answer-due"), moment(&manifest.answer_due_at)),
        SummaryRow::new(t.m("receipt-digest"), found.digest.to_string()),
    ]
}

/// The receipt as a whole: its form, its signature, and whether it is the one on paper.
pub(super) fn parts(found: &ReceiptCheck, is_printed: Option<bool>, here: &str, t: &Texts) -> Vec<Task> {
    let form = if found.is_exact { TextKey("receipt-form-right") } else { TextKey("receipt-form-wrong") };
    let is_foreign = found.receipt.manifest.portal.url != here;
    let signature = match found.signature {
        SignatureFinding::Right => TextKey("receipt-signature-right"),
        SignatureFinding::UnknownKey | SignatureFinding::NoKeys if is_foreign => TextKey("receipt-signature-elsewhere"),
        SignatureFinding::UnknownKey | SignatureFinding::NoKeys => TextKey("receipt-signature-unknown-key"),
        SignatureFinding::OtherTime => TextKey("receipt-signature-other-time"),
        SignatureFinding::Wrong => TextKey("receipt-signature-wrong"),
    };
    let mut parts = vec![
        judged(t.m("receipt-part-signature"), t.k(signature), found.signature == SignatureFinding::Right, t),
        judged(t.m("receipt-part-form"), t.k(form), found.is_exact, t),
    ];
    if let Some(is_same) = is_printed {
        let words = if is_same { TextKey("receipt-printed-same") } else { TextKey("receipt-printed-other") };
        parts.push(judged(t.m("receipt-part-printed"), t.k(words), is_same, t));
    }
    parts
}

/// Every field that the receipt shows.
pub(super) fn fields(found: &ReceiptCheck, portal: &Portal, t: &Texts) -> Vec<Task> {
    let procedure = &found.receipt.manifest.procedure;
    let names = FieldWords::of(portal, &procedure.code, procedure.form.as_deref(), t);
    let shown = found.opened.iter().map(|(field, is_right)| {
        let words = if *is_right { String::new() } else { format!(" – {}", t.m("receipt-field-wrong")) };
        judged(&names.name(&field.path), &format!("{}{words}", names.value(field)), *is_right, t)
    });
    shown.collect()
}

/// Every file of the receipt, and those that are none of its files.
pub(super) fn files(found: &ReceiptCheck, t: &Texts) -> Vec<Task> {
    let known = found.receipt.manifest.files.iter().zip(&found.files).enumerate();
    let known = known.map(|(place, (file, finding))| {
        let name = file_name(&found.receipt.opened, place)
            .map_or_else(|| t.f("receipt-file", [("n", (place + 1).into())]), str::to_owned);
        let about = format!("{} · {} · {}", file.component, size(file.size), short(file.sha256));
        match finding {
            FileFinding::Same(given) => {
                let words = t.f("receipt-file-same", [("name", given.as_str().into())]);
                judged(&name, &format!("{words} {about}"), true, t)
            }
            FileFinding::NotGiven => Task {
                text: name,
                href: None,
                hint: about,
                status: t.m("receipt-not-compared").to_owned(),
                tone: Tone::Neutral,
            },
        }
    });
    let strange = found.strange_files.iter().map(|file| judged(&file.name, t.m("receipt-file-strange"), false, t));
    known.chain(strange).collect()
}

fn judged(text: &str, hint: &str, is_right: bool, t: &Texts) -> Task {
    let (status, tone) = if is_right { ("receipt-right", Tone::Good) } else { ("receipt-wrong", Tone::Bad) };
    Task { text: text.to_owned(), href: None, hint: hint.to_owned(), status: t.m(status).to_owned(), tone }
}
