//! `/dang-ky/xac-nhan` and `/dang-ky/cho-xac-nhan`: the letter, its link, and another letter (R41).

use std::time::Duration;

use tests::app::{PASSWORD, TestApp, email_of};

use super::steps::{NUMBER, links_to, registered, try_sign_in};
use crate::steps::on_both_databases;

on_both_databases! {
    opening_the_link_confirms_nothing_until_the_button_is_pressed;
    a_link_works_for_a_day_and_says_what_to_do_afterwards;
    a_letter_is_sent_again_but_not_without_end;
}

async fn opening_the_link_confirms_nothing_until_the_button_is_pressed(app: TestApp) {
    let (client, scanner) = (app.visitor(), app.visitor());
    let waiting = registered(&client, NUMBER).await;
    let link = links_to(&app, &email_of(NUMBER)).await.remove(0);
    for _ in 0..3 {
        scanner.get(&link).await.must_be(200).must_say("Bấm Xác nhận");
    }
    assert_eq!(
        try_sign_in(&client, NUMBER, PASSWORD).await.must_be(303).location().split('?').next(),
        waiting.split('?').next()
    );
    let page = client.get(&link).await;
    let pressed = client.submit(&page, page.form("/dang-ky/xac-nhan")).await.must_be(303);
    assert_eq!(client.follow(&pressed).await.heading(), "Xác nhận thành công");
    // Pressed again in another window, and opened again later.
    client.submit(&page, page.form("/dang-ky/xac-nhan")).await.must_be(303);
    let again = client.get(&link).await.must_be(200);
    assert_eq!(again.heading(), "Tài khoản đã được xác nhận");
    assert_eq!(client.get(&waiting).await.must_be(200).heading(), "Tài khoản đã được xác nhận");
    try_sign_in(&client, NUMBER, PASSWORD).await.must_be(303);
}

async fn a_link_works_for_a_day_and_says_what_to_do_afterwards(app: TestApp) {
    let client = app.visitor();
    let waiting = registered(&client, NUMBER).await;
    let link = links_to(&app, &email_of(NUMBER)).await.remove(0);
    let page = client.get(&link).await.must_be(200);
    app.advance(Duration::from_secs(24 * 3_600));
    let late = client.submit(&page, page.form("/dang-ky/xac-nhan")).await.must_be(404);
    late.must_say("Liên kết không dùng được");
    for broken in
        ["", "?ma=", "?ma=12", "?ma=%FF", "?ma=%00", &format!("?ma={}", "0".repeat(64)), &"?ma=".repeat(2_000)]
    {
        client.get(&format!("/dang-ky/xac-nhan{broken}")).await.must_be(404).must_say("Liên kết không dùng được");
    }
    // The right password leads to another letter, even now.
    let answer = try_sign_in(&client, NUMBER, PASSWORD).await.must_be(303);
    let page = client.follow(&answer).await.must_be(200);
    page.must_say("chưa được xác nhận");
    assert_eq!(page.path().split('?').next(), waiting.split('?').next());
    let action = page.path().split('?').next().unwrap().to_owned();
    let sent = client.submit(&page, page.form(&action)).await.must_be(303);
    client.follow(&sent).await.must_be(200).must_say("Đã gửi lại thư");
    let links = links_to(&app, &email_of(NUMBER)).await;
    assert_eq!(links.len(), 2);
    let page = client.get(&links[0]).await.must_be(200);
    client.submit(&page, page.form("/dang-ky/xac-nhan")).await.must_be(303);
    try_sign_in(&client, NUMBER, PASSWORD).await.must_be(303);
}

async fn a_letter_is_sent_again_but_not_without_end(app: TestApp) {
    let client = app.visitor();
    let waiting = registered(&client, NUMBER).await;
    let action = waiting.split('?').next().unwrap().to_owned();
    let page = client.get(&waiting).await.must_be(200);
    for _ in 0..5 {
        client.submit(&page, page.form(&action)).await.must_be(303);
    }
    let refused = client.submit(&page, page.form(&action)).await.must_be(429);
    refused.must_say("Đã thử quá nhiều lần");
    assert_eq!(links_to(&app, &email_of(NUMBER)).await.len(), 6);
    client.get("/dang-ky/cho-xac-nhan/00000000000000000000000000000000").await.must_be(404);
    client.get("/dang-ky/cho-xac-nhan/x").await.must_be(404);
    let links = links_to(&app, &email_of(NUMBER)).await;
    let oldest = client.get(links.last().unwrap()).await.must_be(200);
    client.submit(&oldest, oldest.form("/dang-ky/xac-nhan")).await.must_be(303);
    // Nothing more is sent to an account that waits for nothing.
    app.advance(Duration::from_secs(3_600));
    client.submit(&page, page.form(&action)).await.must_be(303);
    assert_eq!(links_to(&app, &email_of(NUMBER)).await.len(), 6);
}
