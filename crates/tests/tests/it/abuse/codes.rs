//! Codes that are used twice, by another person, or for something else than they were sent for.

use tests::app::{PASSWORD, TestApp};
use tests::http::Client;
use tests::page::Page;
use tests::portals::national_account;

use super::{NUMBER, OTHER_PHONE, PHONE, STRANGER, at_the_nation, code_to, half_way, path_of, post};

at_the_nation! {
    a_code_opens_once_and_for_one_purpose;
    codes_of_two_people_are_not_exchanged;
    a_recovery_is_no_way_into_another_account;
}

/// The addresses under which codes are typed.
const DOORS: [&str; 5] = [
    "/dang-ky/ma-otp",
    "/dang-nhap/ma-otp",
    "/quen-mat-khau/ma-otp",
    "/tai-khoan/so-dien-thoai/ma-otp",
    "/tai-khoan/email/ma-otp",
];

fn id_of(address: &str) -> &str {
    path_of(address).rsplit('/').next().unwrap()
}

async fn signed_in(app: &TestApp, number: &str, phone: &str) -> Client {
    let client = app.visitor();
    let half = half_way(&client, number, PASSWORD).await.must_be(303);
    let code = code_to(app, phone).await;
    post(&client, half.location(), &[("code", &code)]).await.must_be(303);
    client
}

/// Sends a code to the telephone that the account shall have.
async fn change_phone(client: &Client, phone: &str) -> Page {
    let page = client.get("/tai-khoan/so-dien-thoai").await.must_be(200);
    let form = page.form(page.path()).fill("phone", phone).fill("present", PASSWORD);
    client.submit(&page, form).await.must_be(303)
}

async fn a_code_opens_once_and_for_one_purpose(app: TestApp) {
    national_account(&app, NUMBER, PHONE).await;
    let client = signed_in(&app, NUMBER, PHONE).await;
    let asked = change_phone(&client, OTHER_PHONE).await;
    let code = code_to(&app, OTHER_PHONE).await;
    let csrf = client.get("/tai-khoan").await.form("/dang-xuat").value("csrf").unwrap().to_owned();
    let id = id_of(asked.location());
    // The challenge is asked for at every other door, with its own right code.
    for door in DOORS.into_iter().filter(|door| *door != "/tai-khoan/so-dien-thoai/ma-otp") {
        let address = format!("{door}/{id}");
        post(&client, &address, &[("code", &code), ("csrf", &csrf)]).await.must_be(404).must_say("Làm lại từ đầu");
        let again = post(&client, &format!("{address}/gui-lai"), &[("csrf", &csrf)]).await;
        again.must_be(404).must_say("Làm lại từ đầu");
    }
    for page in ["/dang-ky/mat-khau", "/quen-mat-khau/mat-khau"] {
        let fields = [("csrf", csrf.as_str()), ("password", "Rẫy-tiêu-mới-7?"), ("password_again", "Rẫy-tiêu-mới-7?")];
        post(&client, &format!("{page}/{id}"), &fields).await.must_be(404);
    }
    assert_eq!(app.texts("+84961234568").len(), 1, "no other door had a code sent");
    client.get("/tai-khoan").await.must_be(200).must_say("0961 234 567");
    // Doors that were tried count as tries; that is why four is enough and five would be too many.
    let done = post(&client, asked.location(), &[("code", &code), ("csrf", &csrf)]).await.must_be(303);
    client.follow(&done).await.must_be(200).must_say("0961 234 568");
    // What has opened opens nothing again, neither here nor elsewhere.
    for door in DOORS {
        post(&client, &format!("{door}/{id}"), &[("code", &code), ("csrf", &csrf)]).await.must_be(404);
    }
}

async fn codes_of_two_people_are_not_exchanged(app: TestApp) {
    national_account(&app, NUMBER, PHONE).await;
    national_account(&app, STRANGER, OTHER_PHONE).await;
    let (one, other) = (app.visitor(), app.visitor());
    let one_half = half_way(&one, NUMBER, PASSWORD).await.must_be(303);
    let other_half = half_way(&other, STRANGER, PASSWORD).await.must_be(303);
    let (one_code, other_code) = (code_to(&app, PHONE).await, code_to(&app, OTHER_PHONE).await);
    assert_ne!(one_code, other_code);
    post(&one, one_half.location(), &[("code", &other_code)]).await.must_be(422).must_say("không đúng");
    post(&other, other_half.location(), &[("code", &one_code)]).await.must_be(422).must_say("không đúng");
    post(&one, one_half.location(), &[("code", &one_code)]).await.must_be(303);
    assert!(one.get("/tai-khoan").await.must_be(200).text().contains(NUMBER));
    // Whoever sees the code on the way finds it used, in any browser.
    post(&other, one_half.location(), &[("code", &one_code)]).await.must_be(404);
    post(&app.visitor(), one_half.location(), &[("code", &one_code)]).await.must_be(404);
    post(&other, other_half.location(), &[("code", &other_code)]).await.must_be(303);
    assert!(other.get("/tai-khoan").await.must_be(200).text().contains(STRANGER));
}

async fn a_recovery_is_no_way_into_another_account(app: TestApp) {
    national_account(&app, NUMBER, PHONE).await;
    national_account(&app, STRANGER, OTHER_PHONE).await;
    let thief = signed_in(&app, STRANGER, OTHER_PHONE).await;
    let csrf = thief.get("/tai-khoan").await.form("/dang-xuat").value("csrf").unwrap().to_owned();
    // The thief's own code, typed at the holder's recovery and at the thief's change of telephone.
    let holders = post(&app.visitor(), "/quen-mat-khau", &[("number", NUMBER)]).await.must_be(303);
    post(&app.visitor(), "/quen-mat-khau", &[("number", STRANGER)]).await.must_be(303);
    let own = code_to(&app, OTHER_PHONE).await;
    post(&app.visitor(), holders.location(), &[("code", &own)]).await.must_be(422);
    // The holder's change of telephone is nobody else's, not even with the right code.
    let holder = signed_in(&app, NUMBER, PHONE).await;
    let asked = change_phone(&holder, "0961234569").await;
    let code = code_to(&app, "0961234569").await;
    post(&thief, asked.location(), &[("code", &code), ("csrf", &csrf)]).await.must_be(404);
    assert!(!thief.get("/tai-khoan").await.must_be(200).text().contains("0961 234 569"));
    holder.get("/tai-khoan").await.must_be(200).must_say("0961 234 567");
    // A password page stands open only behind the code of its own recovery.
    let id = id_of(holders.location());
    for address in [format!("/quen-mat-khau/mat-khau/{id}"), format!("/dang-ky/mat-khau/{id}")] {
        app.visitor().get(&address).await.must_be(404);
        let fields = [("password", "Rẫy-tiêu-mới-7?"), ("password_again", "Rẫy-tiêu-mới-7?")];
        post(&app.visitor(), &address, &fields).await.must_be(404);
    }
    half_way(&app.visitor(), NUMBER, PASSWORD).await.must_be(303);
}
