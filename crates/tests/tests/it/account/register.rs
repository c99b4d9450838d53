//! `/dang-ky`: the second to the fifth step (R37–R41).

use std::time::Duration;

use tests::app::{Engine, PASSWORD, TestApp, email_of, sign_in};

use super::steps::{
    NUMBER, REPRESENTATIVE, TAX_NUMBER, details, enter_number, filled, links_to, registered, try_sign_in,
};
use crate::steps::on_both_databases;

on_both_databases! {
    the_seven_steps_are_taken_in_the_words_of_the_leaflet;
    an_enterprise_registers_with_its_tax_number;
    a_household_business_has_its_owner;
    a_number_that_has_an_account_is_found_before_more_is_typed;
    pressing_twice_makes_one_account_and_one_letter;
    a_number_that_nobody_confirmed_is_free_again;
}

async fn the_seven_steps_are_taken_in_the_words_of_the_leaflet(app: TestApp) {
    let client = app.visitor();
    let kinds = client.get(&client.get("/").await.link("Đăng ký")).await.must_be(200);
    for words in ["Công dân", "Doanh nghiệp", "Xác minh mức độ trung bình (IAL2)"] {
        kinds.must_say(words);
    }
    let chosen = client.submit(&kinds, kinds.form("/dang-ky").fill("kind", "citizen")).await.must_be(303);
    let number = client.follow(&chosen).await.must_be(200);
    number.must_say("CMND/CCCD");
    number.must_say("Tiến hành đăng ký");
    assert_eq!(number.form("/dang-ky/cong-dan").names(), ["csrf", "number", ""], "the number is asked alone");
    let details = client.submit(&number, number.form("/dang-ky/cong-dan").fill("number", NUMBER)).await.must_be(200);
    details.must_say("Ít nhất 8 ký tự");
    let registered = client.submit(&details, filled(&details)).await.must_be(303);
    let waiting = client.follow(&registered).await.must_be(200);
    assert_eq!(waiting.heading(), "Đăng ký thành công");
    waiting.must_say("ng***@vi-du.example");
    assert!(!waiting.source().contains(&email_of(NUMBER)), "the address is masked");
    let links = links_to(&app, &email_of(NUMBER)).await;
    let confirm = client.get(&links[0]).await.must_be(200);
    confirm.must_say("064*******23");
    let confirmed = client.submit(&confirm, confirm.form("/dang-ky/xac-nhan")).await.must_be(303);
    assert_eq!(client.follow(&confirmed).await.heading(), "Xác nhận thành công");
    let door = client.get(&client.get("/").await.link("Đăng nhập")).await.must_be(200);
    let form = door.form("/dang-nhap").fill("number", NUMBER).fill("password", PASSWORD);
    assert_eq!(client.submit(&door, form).await.must_be(303).location(), "/");
    let account = client.get("/tai-khoan").await.must_be(200);
    for words in ["Rơ Châm H'Lan", NUMBER, "0912 345 678", "1990", &email_of(NUMBER), "Công dân", "IAL2"] {
        account.must_say(words);
    }
    assert_eq!(account.link("Hồ sơ của tôi"), "/ho-so");
}

async fn an_enterprise_registers_with_its_tax_number(app: TestApp) {
    let client = app.visitor();
    let page = client.get("/dang-ky").await;
    let answer = client.submit(&page, page.form("/dang-ky").fill("kind", "enterprise")).await.must_be(303);
    assert_eq!(answer.location(), "/dang-ky/doanh-nghiep");
    enter_number(&client, "doanh-nghiep", "0100109107").await.must_be(422).must_say("Mã số thuế không đúng");
    enter_number(&client, "cong-dan", TAX_NUMBER).await.must_be(422).must_say("Đây là mã số thuế");
    enter_number(&client, "doanh-nghiep", "230123456").await.must_be(422).must_say("Đây là số chứng minh nhân dân");
    let page = details(&client, "doanh-nghiep", TAX_NUMBER).await;
    let name = "Công ty TNHH <b>An & Bình</b> \"2\"";
    let form = filled(&page).fill("full_name", name);
    assert!(!form.names().contains(&"birth_date.year"), "an enterprise was not born");
    for (field, value, sentence) in [
        ("representative_name", "", "Nhập họ và tên"),
        ("representative_number", "", "Nhập số CMND hoặc CCCD của người đại diện"),
        ("representative_number", TAX_NUMBER, "Đây là mã số thuế"),
        ("representative_birth_date.year", "", "Nhập ngày sinh của người đại diện"),
        ("representative_birth_date.year", "2999", "Ngày sinh"),
    ] {
        let refused = client.submit(&page, form.clone().fill(field, value)).await.must_be(422);
        refused.must_say(sentence);
        let again = refused.form("/dang-ky/doanh-nghiep/thong-tin");
        assert_eq!(again.value(field), Some(value), "what was entered stays");
        assert_eq!(again.value("full_name"), Some(name));
    }
    client.submit(&page, form).await.must_be(303);
    let links = links_to(&app, &email_of(NUMBER)).await;
    let confirm = client.get(&links[0]).await;
    client.submit(&confirm, confirm.form("/dang-ky/xac-nhan")).await.must_be(303);
    sign_in(&client, TAX_NUMBER).await;
    let account = client.get("/tai-khoan").await.must_be(200);
    account.must_say(name);
    assert!(!account.source().contains("<b>An"), "the name is text, not markup");
    account.must_say(&format!("Nguyễn Thị Hòa, {REPRESENTATIVE}, 1985"));
    let own = client.get("/tai-khoan/du-lieu.json").await.must_be(200);
    let own: serde_json::Value = serde_json::from_slice(own.bytes()).unwrap();
    let stored = &own["account"]["representative"];
    assert_eq!(stored["name"], "Nguyễn Thị Hòa");
    assert_eq!(own["events"][1]["event"]["registration"]["representative"], *stored, "{}", own["events"]);
}

async fn a_household_business_has_its_owner(app: TestApp) {
    let client = app.visitor();
    let page = details(&client, "doanh-nghiep", REPRESENTATIVE).await;
    page.must_say("Người đại diện của hộ kinh doanh là chủ hộ");
    let form = filled(&page).fill("full_name", "Hộ kinh doanh Cà phê Hòa");
    assert!(!form.names().contains(&"representative_number"), "the owner's number is known");
    let another = form.clone().forge("representative_number", NUMBER);
    client.submit(&page, another).await.must_be(422);
    client.submit(&page, form).await.must_be(303);
    let links = links_to(&app, &email_of(NUMBER)).await;
    let confirm = client.get(&links[0]).await;
    client.submit(&confirm, confirm.form("/dang-ky/xac-nhan")).await.must_be(303);
    sign_in(&client, REPRESENTATIVE).await;
    let account = client.get("/tai-khoan").await.must_be(200);
    account.must_say(&format!("Nguyễn Thị Hòa, {REPRESENTATIVE}, 1985"));
}

async fn a_number_that_has_an_account_is_found_before_more_is_typed(app: TestApp) {
    let (client, stranger) = (app.visitor(), app.visitor());
    registered(&client, NUMBER).await;
    let page = enter_number(&stranger, "cong-dan", NUMBER).await.must_be(422);
    page.must_say("Số này đã được đăng ký nhưng chưa xác nhận qua email");
    assert!(!page.source().contains("vi-du.example"), "a stranger does not learn where the letter went");
    let links = links_to(&app, &email_of(NUMBER)).await;
    let confirm = client.get(&links[0]).await;
    client.submit(&confirm, confirm.form("/dang-ky/xac-nhan")).await.must_be(303);
    let page = enter_number(&stranger, "cong-dan", " 0641 9000 0123 ").await.must_be(422);
    page.must_say("Số này đã có tài khoản");
    assert_eq!(page.link("Đăng nhập"), "/dang-nhap");
    let other = details(&stranger, "cong-dan", "064190000124").await;
    let forged = filled(&other).forge("number", NUMBER).fill("password", "Rẫy-điều-chín-1!");
    let forged = forged.fill("password_again", "Rẫy-điều-chín-1!");
    stranger.submit(&other, forged).await.must_be(422).must_say("Số này đã có tài khoản");
    sign_in(&client, NUMBER).await;
}

async fn pressing_twice_makes_one_account_and_one_letter(app: TestApp) {
    let client = app.visitor();
    let page = details(&client, "cong-dan", NUMBER).await;
    let (first, second) = tokio::join!(client.submit(&page, filled(&page)), client.submit(&page, filled(&page)));
    assert_eq!(first.must_be(303).location(), second.must_be(303).location());
    assert_eq!(links_to(&app, &email_of(NUMBER)).await.len(), 1);
    let other = filled(&page).fill("password", "Rẫy-điều-chín-1!").fill("password_again", "Rẫy-điều-chín-1!");
    client.submit(&page, other).await.must_be(422).must_say("Số này đã có tài khoản");
}

async fn a_number_that_nobody_confirmed_is_free_again(app: TestApp) {
    let (client, owner) = (app.visitor(), app.visitor());
    let waiting = registered(&client, NUMBER).await;
    let old = links_to(&app, &email_of(NUMBER)).await;
    app.advance(Duration::from_secs(23 * 3_600));
    enter_number(&owner, "cong-dan", NUMBER).await.must_be(422);
    app.advance(Duration::from_secs(3_600));
    let page = details(&owner, "cong-dan", NUMBER).await;
    let form = filled(&page).fill("email", "chu@vi-du.example").fill("full_name", "Siu Y Khoa");
    owner.submit(&page, form).await.must_be(303);
    client.get(&waiting).await.must_be(404);
    client.get(&old[0]).await.must_be(404).must_say("Liên kết không dùng được");
    let links = links_to(&app, "chu@vi-du.example").await;
    let confirm = owner.get(&links[0]).await.must_be(200);
    confirm.must_say("Siu Y Khoa");
    owner.submit(&confirm, confirm.form("/dang-ky/xac-nhan")).await.must_be(303);
    sign_in(&owner, NUMBER).await;
    // What is confirmed stays, however long.
    app.advance(Duration::from_secs(90 * 24 * 3_600));
    enter_number(&client, "cong-dan", NUMBER).await.must_be(422).must_say("Số này đã có tài khoản");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_stands_beside_its_field_and_nothing_is_lost() {
    let app = TestApp::start(Engine::Sqlite).await;
    let client = app.visitor();
    let nothing = client.get("/dang-ky").await;
    let nothing = client.submit(&nothing, nothing.form("/dang-ky")).await.must_be(422);
    nothing.must_say("Chọn Công dân hoặc Doanh nghiệp");
    client.get("/dang-ky/khac").await.must_be(404);
    assert_eq!(client.get("/dang-ky/cong-dan/thong-tin").await.must_be(303).location(), "/dang-ky/cong-dan");
    let long = "9".repeat(10_000);
    for number in ["", "12", "abc", "000090001234", "0641900\u{7}00123", "<script>alert(1)</script>", &long] {
        let page = enter_number(&client, "cong-dan", number).await.must_be(422);
        assert!(page.source().contains("id=\"number-error\""), "{number:.40}");
    }
    let page = details(&client, "cong-dan", NUMBER).await;
    let long_name = "a".repeat(10_000);
    for (field, value, id) in [
        ("full_name", "<script>alert(1)</script>", "full_name-error"),
        ("full_name", "Rơ\u{0}Châm", "full_name-error"),
        ("full_name", &long_name, "full_name-error"),
        ("birth_date.day", "31", "birth_date-error"),
        ("birth_date.year", "2999", "birth_date-error"),
        ("birth_date.year", "", "birth_date-error"),
        ("phone", "\u{202e}0912345678", "phone-error"),
        ("email", "a@\r\nbcc: b@c.example", "email-error"),
        ("email", &long_name, "email-error"),
        ("password", "12345678", "password-error"),
        ("password", &long, "password-error"),
        ("password_again", "khác", "password_again-error"),
    ] {
        let again = client.submit(&page, filled(&page).fill(field, value)).await.must_be(422);
        let source = again.source();
        assert!(source.contains(&format!("id=\"{id}\"")), "{field} = {value:.40?}");
        assert!(!source.contains("<script>alert"), "{field} = {value:.40?}");
        assert!(!source.contains(PASSWORD), "a password never comes back");
        let form = again.form("/dang-ky/cong-dan/thong-tin");
        assert_eq!(form.value("number"), Some(NUMBER));
        if field != "email" {
            assert_eq!(form.value("email"), Some(email_of(NUMBER).as_str()));
        }
    }
    for weak in ["P@ssw0rd", "Anhyeuem@1", &format!("Số-{NUMBER}!")] {
        let again = client.submit(&page, filled(&page).fill("password", weak).fill("password_again", weak)).await;
        assert!(again.must_be(422).source().contains("id=\"password-error\""), "{weak}");
    }
    assert_eq!(links_to(&app, &email_of(NUMBER)).await.len(), 0, "nothing was registered");
    try_sign_in(&client, NUMBER, PASSWORD).await.must_be(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_number_carried_along_is_checked_again() {
    let app = TestApp::start(Engine::Sqlite).await;
    let client = app.visitor();
    let page = details(&client, "cong-dan", NUMBER).await;
    for number in ["", "12", "0100109106", "khong phai so"] {
        let answer = client.submit(&page, filled(&page).forge("number", number)).await.must_be(422);
        assert!(answer.source().contains("id=\"number-error\""), "{number}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_tries_are_told_beside_the_field() {
    let app = TestApp::start(Engine::Sqlite).await;
    let client = app.visitor();
    for number in 0..300 {
        let number = format!("0641900{number:05}");
        enter_number(&client, "cong-dan", &number).await.must_be(200);
    }
    let page = enter_number(&client, "cong-dan", NUMBER).await.must_be(429);
    page.must_say("Vui lòng thử lại sau 15 phút");
    assert_eq!(page.form("/dang-ky/cong-dan").value("number"), Some(NUMBER));
    assert!(page.header("retry-after").is_some());
    app.advance(Duration::from_secs(15 * 60));
    enter_number(&client, "cong-dan", NUMBER).await.must_be(200);
}
