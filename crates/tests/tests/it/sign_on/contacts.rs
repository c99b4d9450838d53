//! The mailbox of somebody who comes from the nation: confirmed there by a letter, passed on, written to by the province;
//! and changed at the province without a password.

use std::time::Duration;

use tests::app::{Engine, PASSWORD, TestApp};
use tests::captcha::solve;
use tests::http::Client;
use tests::page::Page;
use tests::portals::{Person, Portals, Site, national_account, sign_in_national};

use super::client::{NUMBER, PHONE};
use super::linking::{come, on_both_portals};
use crate::steps::{COMMUNE, filed};

on_both_portals! {
    an_address_confirmed_at_the_nation_gets_the_letters_of_the_province;
    without_a_password_a_fresh_sign_in_shows_the_holder;
}

const MAILBOX: &str = "hlan@vi-du.example";

/// The path of the link in the latest letter to the mailbox.
async fn mailed_link(app: &TestApp) -> String {
    app.run_jobs().await;
    let letters = app.letters(MAILBOX);
    let link = letters.first().and_then(|letter| letter.links.first()).expect("a letter with a link arrives").clone();
    let (_, rest) = link.split_once("://").unwrap();
    rest[rest.find('/').unwrap()..].to_owned()
}

/// The six digits of the latest message to this address.
async fn code_of(app: &TestApp, to: &str) -> String {
    app.run_jobs().await;
    let letters = app.letters(to);
    let codes = letters.iter().flat_map(|letter| letter.text.split(|c: char| !c.is_ascii_digit()));
    codes.into_iter().find(|run| run.len() == 6).expect("a message with six digits arrives").to_owned()
}

/// Registers at the nation with an address; the page that follows.
async fn registered(app: &TestApp, client: &Client) -> Page {
    let page = client.get("/dang-ky/cong-dan").await.must_be(200);
    let form = page.form(page.path()).fill("number", NUMBER).fill("full_name", "Rơ Châm H'Lan");
    let form = form.fill("birth_date.year", "1990").fill("phone", PHONE).fill("email", MAILBOX);
    let sent = client.submit(&page, solve(&page, form)).await.must_be(303);
    let page = client.follow(&sent).await.must_be(200);
    let code = code_of(app, &format!("+84{}", &PHONE[1..])).await;
    let typed = client.submit(&page, page.form(page.path()).fill("code", &code)).await.must_be(303);
    let page = client.follow(&typed).await.must_be(200);
    let form = page.form(page.path()).fill("password", PASSWORD).fill("password_again", PASSWORD);
    let made = client.submit(&page, form).await.must_be(303);
    client.follow(&made).await.must_be(200)
}

async fn an_address_confirmed_at_the_nation_gets_the_letters_of_the_province(portals: Portals) {
    let person = portals.person();
    let done = registered(&portals.national, &person.national).await;
    done.must_say("Thư có liên kết xác nhận đã được gửi đến địa chỉ email quý vị vừa nhập");
    let link = mailed_link(&portals.national).await;
    assert!(portals.national.letters(MAILBOX)[0].subject.starts_with("Xác nhận địa chỉ email trên"));
    // Before it is confirmed the address is nobody's: the province gets none, and says where news go.
    let back = come(&portals, &person, "/dang-nhap?tiep=/ho-so").await;
    person.follow(Site::National, back).await.must_be(200);
    assert!(!person.province.get("/tai-khoan").await.must_be(200).text().contains(MAILBOX));
    let (code, _) = filed(&person.province).await;
    let done = person.province.get(&format!("/ho-so/{code}/da-nop")).await.must_be(200);
    done.must_say("cổng nhắn tin đến số điện thoại *******567");
    assert!(!done.text().contains("không gửi được thông báo"), "{}", done.text());
    let zip = person.province.get(&format!("/ho-so/{code}/tat-ca.zip")).await.must_be(200);
    assert!(!zip.source().contains("thong-bao.json"), "nothing was sent, so nothing is in it");
    // What the person must act upon comes as a text message, and stands in the archive from then on.
    let officer = portals.province.officer(COMMUNE).await;
    let page = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    let refusal = page.form(&format!("/can-bo/ho-so/{code}/tu-choi")).fill("reasons", "Thiếu giấy chứng sinh.");
    officer.submit(&page, refusal).await.must_be(303);
    portals.province.run_jobs().await;
    let text = portals.province.texts(&format!("+84{}", &PHONE[1..]))[0].text.clone();
    assert!(text.contains(&format!("ho so {code} khong duoc tiep nhan")) && text.len() <= 160, "{text}");
    let zip = person.province.get(&format!("/ho-so/{code}/tat-ca.zip")).await.must_be(200).source();
    for words in ["thong-bao.json", "\"channel\": \"sms\"", "\"to\": \"*******567\"", "\"state\": \"sent\""] {
        assert!(zip.contains(words), "{words}");
    }
    // The link shows first whose address it is, in any browser; the button confirms it.
    let account = person.national.get("/tai-khoan").await.must_be(200);
    account.must_say(&format!("{MAILBOX} (chưa xác nhận)"));
    let reader = portals.national.visitor();
    let page = reader.get(&link).await.must_be(200);
    assert_eq!(page.heading(), "Xác nhận địa chỉ email");
    page.must_say("hl***@vi-du.example");
    let pressed = reader.submit(&page, page.form("/dang-ky/xac-nhan")).await.must_be(303);
    assert_eq!(reader.follow(&pressed).await.must_be(200).heading(), "Xác nhận thành công");
    assert_eq!(reader.get(&link).await.must_be(200).heading(), "Địa chỉ email đã được xác nhận");
    assert!(!person.national.get("/tai-khoan").await.must_be(200).text().contains("chưa xác nhận"));
    // The next time the person comes, the province knows it, and writes to it.
    let away = person.province.get("/dang-nhap/qua/dvcqg").await.must_be(303);
    person.follow(Site::Province, away).await.must_be(200);
    person.province.get("/tai-khoan").await.must_be(200).must_say(MAILBOX);
    let (code, _) = filed(&person.province).await;
    let done = person.province.get(&format!("/ho-so/{code}/da-nop")).await.must_be(200);
    done.must_say("thông báo được gửi đến email hl***@vi-du.example");
    portals.province.run_jobs().await;
    let letters = portals.province.letters(MAILBOX);
    let subject = format!("Hồ sơ {code} đã được chuyển đến bộ phận tiếp nhận hồ sơ");
    assert!(letters.iter().any(|letter| letter.subject == subject), "{subject}");
}

/// Signs in at the nation anew, from the page of the province that asks for it.
async fn sign_in_anew(portals: &Portals, person: &Person, page: &Page) -> Page {
    let away = person.province.get(&page.link("Đăng nhập lại")).await.must_be(303);
    let door = person.follow(Site::Province, away).await.must_be(200);
    assert!(door.path().starts_with("/dang-nhap/cong-dvcqg"), "the nation asks again: {}", door.path());
    let signed_in = sign_in_national(&portals.national, &person.national, &door, NUMBER, PHONE).await;
    person.follow(Site::National, signed_in).await.must_be(200)
}

async fn without_a_password_a_fresh_sign_in_shows_the_holder(portals: Portals) {
    national_account(&portals.national, NUMBER, PHONE).await;
    let person = portals.person();
    let back = come(&portals, &person, "/dang-nhap?tiep=/tai-khoan").await;
    person.follow(Site::National, back).await.must_be(200);
    // Who has signed in a moment ago is asked for nothing that there is not.
    let form = person.province.get("/tai-khoan/email").await.must_be(200);
    assert!(!form.source().contains("type=\"password\""));
    // Later, it must be shown again; a form of before is of no use.
    portals.national.advance(Duration::from_secs(16 * 60));
    portals.province.advance(Duration::from_secs(16 * 60));
    let late = person.province.submit(&form, form.form(form.path()).fill("email", MAILBOX)).await.must_be(303);
    let page = person.province.follow(&late).await.must_be(200);
    page.must_say("hãy đăng nhập lại bằng tài khoản đó");
    portals.province.run_jobs().await;
    assert!(portals.province.letters(MAILBOX).is_empty());
    let form = sign_in_anew(&portals, &person, &page).await;
    assert_eq!((form.path(), form.heading().as_str()), ("/tai-khoan/email", "Đổi địa chỉ email"));
    let sent = person.province.submit(&form, form.form(form.path()).fill("email", MAILBOX)).await.must_be(303);
    let page = person.province.follow(&sent).await.must_be(200);
    let code = code_of(&portals.province, MAILBOX).await;
    let saved = person.province.submit(&page, page.form(page.path()).fill("code", &code)).await.must_be(303);
    person.province.follow(&saved).await.must_be(200).must_say(MAILBOX);
    // Who has a password is asked for it, however they came.
    let citizen = portals.province.citizen("064190000456").await;
    let page = citizen.get("/tai-khoan/email").await.must_be(200);
    citizen.submit(&page, page.form(page.path()).fill("email", MAILBOX)).await.must_be(422).must_say("Nhập mật khẩu");
}
