//! `/can-bo/khoi-phuc`, `/khoi-phuc/dung`, `/tai-khoan/khoi-phuc`: two officers, a wait, and whoever may stop it.

mod hostile;
mod steps;
mod stopping;

use std::time::Duration;

use tests::app::{PASSWORD, TestApp, email_of, sign_in};

use self::steps::*;
use super::steps::{NUMBER, try_sign_in};
use crate::steps::{COMMUNE, STRANGER, on_both_databases};

on_both_databases! {
    two_officers_and_three_days_give_the_account_back;
    both_contacts_are_proved_one_by_one_and_codes_are_sent_again;
    what_is_entered_wrongly_is_said_beside_its_field;
    nobody_confirms_in_time_and_it_lapses;
    an_authenticator_stays_unless_the_person_says_that_it_is_lost;
}

async fn two_officers_and_three_days_give_the_account_back(app: TestApp) {
    let holder = app.citizen(NUMBER).await;
    let first = app.officer(COMMUNE).await;
    let second = colleague(&app, "dong-nghiep", COMMUNE).await;
    let list = first.get("/can-bo").await.must_be(200).link("Khôi phục tài khoản");
    first.get(&list).await.must_be(200).must_say("Chưa có đề nghị nào");

    let page = found(&first, NUMBER).await;
    for words in ["Rơ Châm H&#39;Lan", "*******678", "ng***@vi-du.example"] {
        assert!(page.source().contains(words), "{words}: {}", page.text());
    }
    for private in [NUMBER, "0912345678", "1990", &email_of(NUMBER)] {
        assert!(!page.source().contains(private), "{private} is nobody's business at the desk");
    }
    let begun = first.submit(&page, filled(&page)).await.must_be(303);
    let page = first.follow(&begun).await.must_be(200);
    page.must_say("Chờ mã OTP");
    // The same form sent twice opens one.
    let again = found(&first, NUMBER).await;
    again.must_say("Mở đề nghị đang chờ");
    let texts = texts_to(&app, NEW_PHONE).await;
    assert!(texts[0].contains("Chi doc ma nay cho can bo") && texts.len() == 1, "{texts:?}");
    let proved = type_code(&first, &page, "phone_code", &digits(&texts[0], 6)).await.must_be(303);
    let page = first.follow(&proved).await.must_be(200);
    page.must_say("Chờ cán bộ thứ hai");
    page.must_say("Quý vị không tự xác nhận được");
    assert!(app.letters(&email_of(NUMBER)).iter().all(|letter| !letter.subject.contains("khôi phục")));

    let page = open_in_list(&second).await;
    assert!(!page.source().contains("0123"), "the end of the number stands on the paper alone");
    let confirmed = confirm(&second, &page, &NUMBER[8..]).await.must_be(303);
    second.follow(&confirmed).await.must_be(200).must_say("Có hiệu lực lúc 08:00 26/11/2026");
    // A second press changes nothing, not even the time.
    app.advance(Duration::from_secs(60));
    confirm(&second, &page, &NUMBER[8..]).await.must_be(303);
    let told = texts_to(&app, "+84912345678").await;
    assert!(told.len() == 1 && told[0].contains("08:00 26/11/2026") && !told[0].contains("http"), "{told:?}");
    let letter = &app.letters(&email_of(NUMBER))[0];
    assert!(letter.subject.contains("sắp được khôi phục") && letter.text.contains("In English"), "{}", letter.text);
    assert!(texts_to(&app, NEW_PHONE).await[0].contains("da duoc xac nhan"));
    holder.get("/").await.must_be(200).must_say("Cán bộ tại quầy đang khôi phục tài khoản này");

    app.advance(Duration::from_secs(72 * 3600 - 120));
    app.run_jobs().await;
    sign_in(&holder, NUMBER).await;
    holder.get("/tai-khoan").await.must_be(200).must_say("0912 345 678");
    app.advance(Duration::from_secs(120));
    app.run_jobs().await;
    assert!(holder.get("/tai-khoan").await.must_be(303).location().starts_with("/dang-nhap"), "all sessions ended");
    try_sign_in(&app.visitor(), NUMBER, PASSWORD).await.must_be(422);
    assert!(texts_to(&app, "+84912345678").await[0].contains("khong con dung"));
    assert!(app.letters(&email_of(NUMBER))[0].subject.contains("đã được khôi phục"));
    assert!(texts_to(&app, NEW_PHONE).await[0].contains("Quen mat khau"));

    let holder = set_password(&app, NUMBER, NEW_PHONE).await;
    let own = holder.get("/tai-khoan").await.must_be(200);
    own.must_say("0961 234 567");
    assert!(!own.text().contains(&email_of(NUMBER)), "a mailbox that was lost leads nowhere");
    let data = holder.get("/tai-khoan/du-lieu").await.must_be(200);
    for words in ["Khôi phục tại quầy: thay số điện thoại và email", "Cán bộ thứ hai xác nhận", "Ksor Thứ Hai"]
    {
        data.must_say(words);
    }
    let export = holder.get("/tai-khoan/du-lieu.json").await.must_be(200).json();
    let recovery = &export["recoveries"][0];
    assert_eq!((&recovery["status"], &recovery["new_phone"]), (&"applied".into(), &"+84961234567".into()));
    assert_eq!(recovery["confirmed_by"]["name"], "Ksor Thứ Hai");
    assert_eq!(export["events"][0]["event"]["officers"][1]["name"], "Ksor Thứ Hai");
    let acts = audit_of(&app, NUMBER).await;
    let expected = ["find_lost_account", "open_recovery", "prove_new_contact", "confirm_recovery", "apply_recovery"];
    for act in expected {
        assert!(acts.iter().any(|line| line.starts_with(act)), "{act}: {acts:?}");
    }
    app.officer(COMMUNE).await.get(&list).await.must_be(200).must_say("Đã khôi phục");
}

async fn both_contacts_are_proved_one_by_one_and_codes_are_sent_again(app: TestApp) {
    app.citizen(NUMBER).await;
    let first = app.officer(COMMUNE).await;
    let page = found(&first, NUMBER).await;
    let form = filled(&page).fill("email", NEW_EMAIL);
    let page = first.follow(&first.submit(&page, form).await.must_be(303)).await.must_be(200);
    let wrong = type_code(&first, &page, "phone_code", "000000").await.must_be(422);
    wrong.must_say("Mã OTP không đúng");
    type_code(&first, &page, "phone_code", "12").await.must_be(422).must_say("đúng 6 chữ số");
    first.submit(&page, page.form(&format!("{}/ma", page.path()))).await.must_be(422).must_say("Nhập mã OTP");
    let resend = || page.form(&format!("{}/gui-lai-ma", page.path()));
    first.submit(&page, resend()).await.must_be(429).must_say("mới gửi lại được");
    let old = digits(&texts_to(&app, NEW_PHONE).await[0], 6);
    app.advance(Duration::from_secs(60));
    first.submit(&page, resend()).await.must_be(303);
    type_code(&first, &page, "phone_code", &old).await.must_be(422);
    let code = digits(&texts_to(&app, NEW_PHONE).await[0], 6);
    let page = first.follow(&type_code(&first, &page, "phone_code", &code).await.must_be(303)).await.must_be(200);
    page.must_say("Chờ mã OTP");
    let code = digits(&app.letters(NEW_EMAIL)[0].text, 6);
    let page = first.follow(&type_code(&first, &page, "email_code", &code).await.must_be(303)).await.must_be(200);
    page.must_say("Chờ cán bộ thứ hai");
}

async fn what_is_entered_wrongly_is_said_beside_its_field(app: TestApp) {
    app.citizen(NUMBER).await;
    let first = app.officer(COMMUNE).await;
    for (number, sentence) in [("", "Nhập"), ("06419", "12"), ("064090000456", "không có tài khoản đang dùng")]
    {
        search(&first, number).await.must_be(422).must_say(sentence);
    }
    let page = found(&first, NUMBER).await;
    for (field, value, sentence) in [
        ("tail", "999", "đúng 4 chữ số"),
        ("tail", "9999", "không khớp với số định danh"),
        ("issued.year", "2027", "không sau hôm nay"),
        ("issued.month", "13", "Nhập ngày cấp"),
        ("phone", "", "Nhập số điện thoại mới hoặc email mới"),
        ("phone", "0269 3844 789", "số di động"),
        ("phone", "0912345678", "đang dùng số điện thoại hoặc email này"),
        ("email", "khong-phai-email", "email"),
        ("email", &email_of(NUMBER), "đang dùng số điện thoại hoặc email này"),
        ("reason", "", "Ghi vì sao"),
        ("reason", "Xem https://la.example", "liên kết"),
    ] {
        let refused = first.submit(&page, filled(&page).fill(field, value)).await.must_be(422);
        refused.must_say(sentence);
        assert!(field == "reason" || refused.source().contains("Mất máy"), "what was entered is kept");
    }
    first.submit(&page, filled(&page).clear("lost")).await.must_be(422).must_say("đã mất cả số điện thoại và email");
    assert!(texts_to(&app, NEW_PHONE).await.is_empty(), "nothing was sent");
    first.get("/can-bo/khoi-phuc?lang=en").await.must_be(200).must_say("Recovering accounts at the desk");
}

async fn nobody_confirms_in_time_and_it_lapses(app: TestApp) {
    app.citizen(NUMBER).await;
    let first = app.officer(COMMUNE).await;
    colleague(&app, "dong-nghiep", COMMUNE).await;
    let page = opened(&app, &first, NUMBER).await;
    app.advance(Duration::from_secs(24 * 3600));
    let (first, second) = (app.officer(COMMUNE).await, back_at_work(&app, "dong-nghiep").await);
    let late = confirm(&second, &page_of(&second, &page).await, &NUMBER[8..]).await.must_be(303);
    second.follow(&late).await.must_be(200).must_say("Quá hạn xác nhận");
    app.run_jobs().await;
    assert!(texts_to(&app, NEW_PHONE).await[0].contains("da dung"), "the person is told");
    assert!(app.texts("+84912345678").is_empty(), "the old contacts never knew of it");
    // Another may be opened; the job of one that nobody comes for ends it too.
    opened(&app, &first, NUMBER).await;
    app.advance(Duration::from_secs(24 * 3600));
    app.run_jobs().await;
    let first = app.officer(COMMUNE).await;
    assert_eq!(first.get("/can-bo/khoi-phuc").await.text().matches("Quá hạn xác nhận").count(), 2);
}

async fn an_authenticator_stays_unless_the_person_says_that_it_is_lost(app: TestApp) {
    colleague(&app, "dong-nghiep", COMMUNE).await;
    for (number, is_lost) in [(NUMBER, false), (STRANGER, true)] {
        let (first, second) = (app.officer(COMMUNE).await, back_at_work(&app, "dong-nghiep").await);
        let holder = app.citizen(number).await;
        super::second_factors::add_app(&app, &holder, "/tai-khoan/bao-mat", PASSWORD).await;
        let page = found(&first, number).await;
        let form = filled(&page).fill("tail", &number[8..]);
        let form = if is_lost { form.fill("factors", "1") } else { form };
        let page = first.follow(&first.submit(&page, form).await.must_be(303)).await.must_be(200);
        let code = digits(&texts_to(&app, NEW_PHONE).await[0], 6);
        type_code(&first, &page, "phone_code", &code).await.must_be(303);
        let page = page_of(&second, &page).await;
        assert_eq!(page.text().contains("gỡ cả ứng dụng xác thực"), is_lost);
        confirm(&second, &page, &number[8..]).await.must_be(303);
        app.run_jobs().await;
        assert_eq!(app.letters(&email_of(number))[0].text.contains("cũng bị gỡ"), is_lost);
        app.advance(Duration::from_secs(72 * 3600));
        app.run_jobs().await;
        let client = app.visitor();
        let asked = recovered_password(&app, &client, number, NEW_PHONE).await;
        assert_eq!(asked.location().starts_with("/dang-nhap/ma-ung-dung/"), !is_lost, "{}", asked.location());
    }
}
