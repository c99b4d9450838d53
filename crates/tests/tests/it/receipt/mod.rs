//! The signed receipt: made with the filing, shown to its owner, checked by anybody, by the program and by a stranger's.

mod checked;
mod issued;
mod offline;
mod tampered;

use tests::app::TestApp;
use tests::http::Client;

use crate::steps::{CITIZEN, filed_by};

/// A citizen with a filed dossier, its code and the receipt as the citizen keeps it.
async fn receipt_of(app: &TestApp) -> (Client, String, Vec<u8>) {
    let (client, code, _) = filed_by(app, CITIZEN).await;
    let receipt = client.get(&format!("/ho-so/{code}/bien-nhan.json")).await.must_be(200);
    (client, code, receipt.bytes().to_vec())
}

/// The published keys.
async fn keys_of(app: &TestApp) -> Vec<u8> {
    app.visitor().get("/.well-known/motcua-receipt-keys.json").await.must_be(200).bytes().to_vec()
}
