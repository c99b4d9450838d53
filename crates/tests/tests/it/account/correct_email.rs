//! `/dang-ky/cho-xac-nhan/…/email`: a mistyped address does not lock anybody out.

use tests::app::{PASSWORD, TestApp, email_of};

use super::steps::{NUMBER, links_to, registered, try_sign_in};
use crate::steps::on_both_databases;

on_both_databases! {
    a_mistyped_address_is_corrected_with_the_password;
}

async fn a_mistyped_address_is_corrected_with_the_password(app: TestApp) {
    let client = app.visitor();
    let waiting = registered(&client, NUMBER).await;
    let old = links_to(&app, &email_of(NUMBER)).await.remove(0);
    let address = client.get(&waiting).await.link("Địa chỉ email không đúng?");
    let page = client.get(&address).await.must_be(200);
    let form = |email: &str, password: &str| page.form(&address).fill("email", email).fill("password", password);
    for (email, password, sentence) in [
        ("moi@vi-du.example", "sai", "Mật khẩu không đúng"),
        ("moi@vi-du.example", "", "Nhập mật khẩu"),
        ("moi@", PASSWORD, "Địa chỉ email không đúng. Ví dụ"),
        ("", PASSWORD, "Nhập địa chỉ email"),
    ] {
        let again = client.submit(&page, form(email, password)).await.must_be(422);
        again.must_say(sentence);
        assert_eq!(again.form(&address).value("email"), Some(email));
    }
    let sent = client.submit(&page, form("moi@vi-du.example", PASSWORD)).await.must_be(303);
    client.follow(&sent).await.must_be(200).must_say("mo***@vi-du.example");
    client.get(&old).await.must_be(404);
    let link = links_to(&app, "moi@vi-du.example").await.remove(0);
    let confirm = client.get(&link).await.must_be(200);
    client.submit(&confirm, confirm.form("/dang-ky/xac-nhan")).await.must_be(303);
    // Too late to correct what is confirmed.
    client.submit(&page, form("khac@vi-du.example", PASSWORD)).await.must_be(303);
    assert_eq!(links_to(&app, "khac@vi-du.example").await.len(), 0);
    try_sign_in(&client, NUMBER, PASSWORD).await.must_be(303);
    client.get("/tai-khoan").await.must_be(200).must_say("moi@vi-du.example");
}
