//! What the filer gets, and that there is one of it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use domain::receipt::{Manifest, SignedReceipt};
use oidc::jose::JwkSet;
use storage::receipts::list_keys;
use tests::app::TestApp;
use usecases::receipts::{Verdict, check_receipt};

use super::{keys_of, receipt_of};
use crate::steps::{CITIZEN, STRANGER, draft, filed, filed_by, on_both_databases, review};

on_both_databases! {
    the_filer_has_a_page_a_file_and_a_file_without_values;
    two_hundred_presses_give_one_receipt;
    a_dossier_of_before_keeps_working;
    keys_change_and_old_receipts_stay_right;
    nobody_else_has_the_receipt;
}

const DAY: u64 = 86_400;

async fn the_filer_has_a_page_a_file_and_a_file_without_values(app: TestApp) {
    let (client, code, bytes) = receipt_of(&app).await;
    let (receipt, is_exact) = SignedReceipt::read(&bytes).unwrap();
    assert!(is_exact);
    let manifest = &receipt.manifest;
    assert_eq!((manifest.format.as_str(), manifest.code.as_str()), (Manifest::FORMAT, code.as_str()));
    assert_eq!(manifest.portal.url, "http://motcua.test");
    assert_eq!(manifest.procedure.code, "1.001193");
    assert!(!manifest.procedure.version.is_empty() && !manifest.rule_version.is_empty());
    assert_eq!(manifest.filed_at, "2026-11-23T08:00:00.000+07:00");
    assert_eq!((manifest.files.len(), manifest.files[0].size), (1, 25));
    let value = |path: &str| {
        let field = receipt.opened.iter().find(|field| field.path == path);
        field.unwrap_or_else(|| panic!("no {path}")).value.clone()
    };
    assert_eq!(value("/owner/number"), CITIZEN);
    assert_eq!(value("/delivery/way"), "online");
    assert_eq!(value("/filer/name"), "Rơ Châm H'Lan");
    assert_eq!(value("/files/0/name"), "giấy chứng sinh.pdf");

    let page = client.get(&format!("/ho-so/{code}/bien-nhan")).await.must_be(200);
    for words in ["Rơ Châm H'Lan", "giấy chứng sinh.pdf", "08:00 23/11/2026", &manifest.digest().to_string()] {
        page.must_say(words);
    }
    let short = page.link("Tải biên nhận không kèm thông tin cá nhân (JSON)");
    let short = client.get(&short).await.must_be(200);
    assert_eq!(short.bytes(), receipt.clone().without_values().to_text().as_bytes());
    for private in ["H'Lan", CITIZEN, "912345678", "Tổ 1", "chứng sinh.pdf"] {
        assert!(!short.source().contains(private), "{private}");
    }
    let keys = JwkSet::read(&keys_of(&app).await).unwrap();
    assert_eq!(check_receipt(short.bytes(), Some(&keys), Vec::new()).unwrap().verdict(), Verdict::Right);
    // The same for ever, whatever happens to the dossier.
    app.advance(Duration::from_secs(40 * DAY));
    let client = app.visitor();
    tests::app::sign_in(&client, CITIZEN).await;
    assert_eq!(client.get(&format!("/ho-so/{code}/bien-nhan.json")).await.must_be(200).bytes(), bytes);
    client.get(&format!("/ho-so/{code}/bien-nhan?lang=en")).await.must_say("What is the signature good for?");
    assert_eq!(app.differences().await, Vec::<String>::new());
}

async fn two_hundred_presses_give_one_receipt(app: TestApp) {
    let client = Arc::new(app.citizen(CITIZEN).await);
    let files = draft(&client).await;
    let review = review(&client, &files).await;
    let presses = (0..200).map(|_| {
        let (client, review) = (client.clone(), review.clone());
        tokio::spawn(async move {
            let done = client.submit(&review, review.form(review.path())).await.must_be(303);
            let address = done.location().replace("/da-nop", "/bien-nhan.json");
            client.get(&address).await.must_be(200).bytes().to_vec()
        })
    });
    let mut receipts = BTreeSet::new();
    for press in presses.collect::<Vec<_>>() {
        receipts.insert(press.await.unwrap());
    }
    assert_eq!(receipts.len(), 1);
    assert_eq!(app.differences().await, Vec::<String>::new());
}

async fn a_dossier_of_before_keeps_working(app: TestApp) {
    let (client, code, _) = receipt_of(&app).await;
    app.run_sql("delete from receipt; delete from receipt_key").await;
    let page = client.get(&format!("/ho-so/{code}/bien-nhan")).await.must_be(200);
    page.must_say("trước khi cổng có biên nhận ký số");
    for name in ["bien-nhan.json", "bien-nhan-rut-gon.json"] {
        client.get(&format!("/ho-so/{code}/{name}")).await.must_be(404);
    }
    let paper = client.get(&format!("/ho-so/{code}/giay-to/bien-nhan.pdf")).await.must_be(200);
    assert!(paper.bytes().starts_with(b"%PDF-"));
    assert_eq!(app.differences().await, Vec::<String>::new());
}

async fn keys_change_and_old_receipts_stay_right(app: TestApp) {
    let (_, _, old) = receipt_of(&app).await;
    let first = JwkSet::read(&keys_of(&app).await).unwrap();
    assert_eq!(first.keys().len(), 1);
    app.advance(Duration::from_secs(335 * DAY));
    let both = app.visitor().get("/.well-known/motcua-receipt-keys.json").await.must_be(200);
    assert_eq!(both.header("cache-control"), Some("public, max-age=604800"));
    assert_eq!(both.header("access-control-allow-origin"), Some("*"));
    let both = JwkSet::read(both.bytes()).unwrap();
    assert_eq!(both.keys().len(), 2, "a month ahead");
    app.advance(Duration::from_secs(40 * DAY));
    let (client, code, _) = filed_by(&app, STRANGER).await;
    let new = client.get(&format!("/ho-so/{code}/bien-nhan.json")).await.must_be(200);
    let is_right =
        |bytes: &[u8], keys| check_receipt(bytes, Some(keys), Vec::new()).unwrap().verdict() == Verdict::Right;
    assert!(is_right(new.bytes(), &both) && !is_right(new.bytes(), &first), "another key signs");
    assert!(is_right(&old, &both), "and the first is known for ever");
    assert_eq!(app.differences().await, Vec::<String>::new());
    // What is stored of a key's private half is of no use without the secret of the portal.
    let stored = app.db().read(|tx| Box::pin(list_keys(tx))).await;
    let stored = stored.map_err(|error: storage::StorageError| error).unwrap();
    assert_eq!(stored.len(), 2);
    for key in stored {
        assert!(oidc::jose::DetachedKey::read(&key.sealed).is_err());
        assert!(oidc::jose::DetachedKey::read(&key.sealed[12..]).is_err());
    }
}

async fn nobody_else_has_the_receipt(app: TestApp) {
    let (_, code, _) = receipt_of(&app).await;
    let stranger = app.citizen(STRANGER).await;
    let officer = app.officer(crate::steps::COMMUNE).await;
    for name in ["bien-nhan", "bien-nhan.json", "bien-nhan-rut-gon.json"] {
        let address = format!("/ho-so/{code}/{name}");
        stranger.get(&address).await.must_be(404);
        for visitor in [&app.visitor(), &officer] {
            assert!(visitor.get(&address).await.must_be(303).location().starts_with("/dang-nhap?tiep="));
        }
    }
    // The stranger's own is another one.
    let (other, _) = filed(&stranger).await;
    assert_ne!(other, code);
    stranger.get(&format!("/ho-so/{other}/bien-nhan.json")).await.must_be(200);
}
