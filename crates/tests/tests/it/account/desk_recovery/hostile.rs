//! What must not come of a recovery at the desk: one officer alone, another agency, a colleague who left, guesses, races.

use std::sync::Arc;
use std::time::Duration;

use tests::app::{PASSWORD, TestApp, sign_in};

use super::super::steps::NUMBER;
use super::steps::*;
use crate::steps::{COMMUNE, STRANGER, on_both_databases};

on_both_databases! {
    one_officer_alone_gets_nowhere;
    another_agency_learns_nothing;
    an_officer_who_left_stands_for_nothing;
    the_paper_is_not_guessed;
    an_account_has_one_recovery_at_a_time;
    other_accounts_are_not_recovered_this_way;
    searches_are_counted_and_noted;
    whoever_changes_a_contact_meanwhile_keeps_the_account;
    of_two_officers_at_once_one_is_the_second;
}

const ELSEWHERE: &str = "H21.58.53";

async fn one_officer_alone_gets_nowhere(app: TestApp) {
    app.citizen(NUMBER).await;
    let first = app.officer(COMMUNE).await;
    let page = opened(&app, &first, NUMBER).await;
    assert!(!page.source().contains("/xac-nhan"), "the page offers nothing to confirm");
    let address = format!("{}/xac-nhan", page.path());
    forge(&first, &page, &address, "tail=0123").await.must_be(422).must_say("Cán bộ khác phải xác nhận");
    app.advance(Duration::from_secs(100 * 3600));
    app.run_jobs().await;
    let first = app.officer(COMMUNE).await;
    page_of(&first, &page).await.must_say("Quá hạn xác nhận");
    // Codes that nobody typed: no colleague can confirm.
    let page = found(&first, NUMBER).await;
    let page = first.follow(&first.submit(&page, filled(&page)).await.must_be(303)).await.must_be(200);
    let second = colleague(&app, "dong-nghiep", COMMUNE).await;
    let seen = page_of(&second, &page).await;
    let address = format!("{}/xac-nhan", page.path());
    assert!(!seen.source().contains(&address));
    forge(&second, &seen, &address, "tail=0123").await.must_be(409);
}

async fn another_agency_learns_nothing(app: TestApp) {
    app.citizen(NUMBER).await;
    let first = app.officer(COMMUNE).await;
    let page = opened(&app, &first, NUMBER).await;
    let stranger = app.officer(ELSEWHERE).await;
    stranger.get(page.path()).await.must_be(404);
    stranger.get(LIST).await.must_be(200).must_say("Chưa có đề nghị nào");
    let theirs = found(&stranger, NUMBER).await;
    theirs.must_say("được lập tại cơ quan khác");
    assert!(!theirs.source().contains(page.path()));
    for act in ["ma", "gui-lai-ma", "xac-nhan", "dung"] {
        let address = format!("{}/{act}", page.path());
        forge(&stranger, &theirs, &address, "tail=0123&phone_code=000000").await.must_be(404);
    }
    page_of(&first, &page).await.must_say("Chờ cán bộ thứ hai");
}

async fn an_officer_who_left_stands_for_nothing(app: TestApp) {
    let holder = app.citizen(NUMBER).await;
    let first = app.officer(COMMUNE).await;
    let second = colleague(&app, "dong-nghiep", COMMUNE).await;
    let third = colleague(&app, "nguoi-thu-ba", COMMUNE).await;
    // The second one's grant ends before they confirm.
    let page = opened(&app, &first, NUMBER).await;
    let seen = page_of(&second, &page).await;
    end_grants(&app, "dong-nghiep").await;
    confirm(&second, &seen, "0123").await.must_be(404);
    // The one who confirmed leaves during the wait.
    let seen = page_of(&third, &page).await;
    confirm(&third, &seen, "0123").await.must_be(303);
    end_grants(&app, "nguoi-thu-ba").await;
    app.advance(Duration::from_secs(72 * 3600));
    app.run_jobs().await;
    page_of(&app.officer(COMMUNE).await, &page).await.must_say("Không còn hiệu lực");
    sign_in(&holder, NUMBER).await;
    holder.get("/tai-khoan").await.must_be(200).must_say("0912 345 678");
    assert!(texts_to(&app, NEW_PHONE).await[0].contains("Moi quy vi den lai quay"));
}

async fn the_paper_is_not_guessed(app: TestApp) {
    app.citizen(NUMBER).await;
    let first = app.officer(COMMUNE).await;
    let second = colleague(&app, "dong-nghiep", COMMUNE).await;
    let page = page_of(&second, &opened(&app, &first, NUMBER).await).await;
    for wrong in ["", "12", "12345", "abcd"] {
        confirm(&second, &page, wrong).await.must_be(422).must_say("đúng 4 chữ số");
    }
    for guess in 1000..1005 {
        confirm(&second, &page, &guess.to_string()).await.must_be(422).must_say("không giống với số");
    }
    confirm(&second, &page, "0123").await.must_be(429).must_say("quá nhiều lần");
}

async fn an_account_has_one_recovery_at_a_time(app: TestApp) {
    app.citizen(NUMBER).await;
    let first = Arc::new(app.officer(COMMUNE).await);
    let page = Arc::new(found(&first, NUMBER).await);
    let mut presses = Vec::new();
    for number in 0..8 {
        let (first, page) = (first.clone(), page.clone());
        presses.push(tokio::spawn(async move {
            let form = filled(&page).fill("phone", &format!("09612345{:02}", 60 + number % 2));
            first.submit(&page, form).await.must_be(303).location().to_owned()
        }));
    }
    let mut led_to = Vec::new();
    for press in presses {
        led_to.push(press.await.unwrap());
    }
    let list = first.get(LIST).await.must_be(200);
    assert_eq!(list.text().matches("Chờ mã OTP").count(), 1, "{led_to:?}");
    let second = colleague(&app, "dong-nghiep", COMMUNE).await;
    found(&second, NUMBER).await.must_say("Tài khoản đang có một đề nghị khôi phục");
}

async fn other_accounts_are_not_recovered_this_way(app: TestApp) {
    let first = app.officer(COMMUNE).await;
    let holder = app.citizen(NUMBER).await;
    let page = found(&first, NUMBER).await;
    let own = holder.get("/tai-khoan/dong").await.must_be(200);
    holder.submit(&own, own.form(own.path()).fill("present", PASSWORD)).await.must_be(303);
    search(&first, NUMBER).await.must_be(422).must_say("không có tài khoản đang dùng");
    first.submit(&page, filled(&page)).await.must_be(404);
    first.get(page.path()).await.must_be(404);
    super::super::steps::registered(&app.visitor(), STRANGER).await;
    search(&first, STRANGER).await.must_be(422).must_say("chưa được xác nhận");
}

async fn searches_are_counted_and_noted(app: TestApp) {
    app.citizen(NUMBER).await;
    let first = app.officer(COMMUNE).await;
    for _ in 0..30 {
        search(&first, STRANGER).await.must_be(422);
    }
    search(&first, NUMBER).await.must_be(429).must_say("quá nhiều lần");
    // Another officer is not kept out, and the next day is another day.
    found(&colleague(&app, "dong-nghiep", COMMUNE).await, NUMBER).await;
    app.advance(Duration::from_secs(24 * 3600));
    found(&app.officer(COMMUNE).await, NUMBER).await;
    let acts = audit_of(&app, NUMBER).await;
    assert_eq!(
        acts,
        [format!("find_lost_account reception {COMMUNE}"), format!("find_lost_account reception {COMMUNE}")]
    );
}

async fn whoever_changes_a_contact_meanwhile_keeps_the_account(app: TestApp) {
    let holder = app.citizen(NUMBER).await;
    let first = app.officer(COMMUNE).await;
    let second = colleague(&app, "dong-nghiep", COMMUNE).await;
    let page = waiting(&app, &first, &second, NUMBER).await;
    let own = holder.get("/tai-khoan/email").await.must_be(200);
    let form = own.form(own.path()).fill("email", "chinh-chu@vi-du.example").fill("present", PASSWORD);
    let own = holder.follow(&holder.submit(&own, form).await.must_be(303)).await.must_be(200);
    app.run_jobs().await;
    let code = digits(&app.letters("chinh-chu@vi-du.example")[0].text, 6);
    holder.submit(&own, own.form(own.path()).fill("code", &code)).await.must_be(303);
    app.advance(Duration::from_secs(72 * 3600));
    app.run_jobs().await;
    page_of(&app.officer(COMMUNE).await, &page).await.must_say("Không còn hiệu lực");
    sign_in(&holder, NUMBER).await;
    holder.get("/tai-khoan").await.must_be(200).must_say("chinh-chu@vi-du.example");
}

async fn of_two_officers_at_once_one_is_the_second(app: TestApp) {
    app.citizen(NUMBER).await;
    let first = app.officer(COMMUNE).await;
    let page = opened(&app, &first, NUMBER).await;
    let (mut ready, mut presses) = (Vec::new(), Vec::new());
    for login in ["hai", "ba", "bon", "nam"] {
        let officer = colleague(&app, login, COMMUNE).await;
        ready.push((page_of(&officer, &page).await, officer));
    }
    for (page, officer) in ready {
        presses.push(tokio::spawn(async move { confirm(&officer, &page, "0123").await.status() }));
    }
    for press in presses {
        assert_eq!(press.await.unwrap(), 303);
    }
    let told = texts_to(&app, "+84912345678").await;
    assert_eq!(told.len(), 1, "{told:?}");
    let confirmed = audit_of(&app, NUMBER).await.iter().filter(|act| act.starts_with("confirm_recovery")).count();
    assert_eq!(confirmed, 1);
}
