//! `/tai-khoan/dai-dien`: giving, accepting and ending, and everything that nobody may do.

use std::time::Duration;

use tests::app::{TestApp, email_of, sign_in};
use tests::forms::Form;
use tests::http::Client;
use tests::page::Page;

use super::steps::{NUMBER, TAX_NUMBER, details, filled, links_to};
use crate::steps::{STRANGER, on_both_databases};

on_both_databases! {
    an_enterprise_takes_a_member_in_and_either_side_ends_it;
    a_mandate_waits_for_a_number_without_telling_whether_it_has_an_account;
    what_nobody_may_give_is_refused_beside_its_field;
    only_the_person_named_accepts_and_only_in_time;
    double_presses_make_one_offer_and_one_answer;
    a_child_is_declared_once_and_grows_up;
    a_closed_account_ends_what_it_gave_and_was_given;
    an_old_number_leads_to_the_same_person;
}

pub(super) const PAGE: &str = "/tai-khoan/dai-dien";
const DAY: u64 = 24 * 3_600;

async fn an_enterprise_takes_a_member_in_and_either_side_ends_it(app: TestApp) {
    let company = enterprise(&app).await;
    let person = app.citizen(STRANGER).await;
    let offer = offer(&company, STRANGER).await;
    assert_eq!(offer.choices("tie"), ["member", "delegate"]);
    assert_eq!(offer.choices("rights"), ["view", "file", "manage_members"]);
    let sent = give(&company, offer.fill("tie", "member").tick("rights", "file")).await.must_be(303);
    company.follow(&sent).await.must_be(200).must_say("Chờ trả lời");
    app.run_jobs().await;
    let letter = app.letters(&email_of(STRANGER))[0].clone();
    assert_eq!(letter.subject, "Công ty TNHH An Bình mời quý vị làm đại diện");
    for words in ["Công ty TNHH An Bình mời quý vị làm đại diện trên", "Quý vị không bắt buộc phải nhận", "In English"]
    {
        assert!(letter.text.contains(words), "{words}: {}", letter.text);
    }
    assert!(!letter.text.contains("Nếu không phải quý vị làm việc này"), "it was not the reader who did it");
    assert!(letter.links.iter().any(|link| link.ends_with(PAGE)), "{:?}", letter.links);
    // The person sees who asks, and for what, before anything is accepted.
    let offered = person.get(PAGE).await.must_be(200);
    for words in ["Công ty TNHH An Bình", "Thành viên của doanh nghiệp", "Nộp hồ sơ", "Nhận làm đại diện"]
    {
        offered.must_say(words);
    }
    let accepted = press(&person, &offered, "nhan").await.must_be(303);
    let page = person.follow(&accepted).await.must_be(200);
    page.must_say("Đang có hiệu lực");
    let seen = company.get(PAGE).await.must_be(200);
    seen.must_say("Rơ Châm H'Lan");
    app.run_jobs().await;
    assert!(app.letters(&email_of(STRANGER))[0].subject.contains("vừa được nhận"));
    assert!(app.letters(&email_of(NUMBER))[0].subject.contains("vừa được nhận"), "both sides are told");
    let ended = press(&company, &seen, "ket-thuc").await.must_be(303);
    company.follow(&ended).await.must_say("Bên giao đã rút lại");
    person.get(PAGE).await.must_say("Bên giao đã rút lại");
    // Everything of it can be taken along.
    let own = person.get("/tai-khoan/du-lieu.json").await.must_be(200).json();
    let kinds: Vec<_> = own["representations"][0]["log"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["event"]["kind"].clone())
        .collect();
    assert_eq!(kinds, ["given", "accepted", "ended"]);
}

async fn a_mandate_waits_for_a_number_without_telling_whether_it_has_an_account(app: TestApp) {
    let giver = app.citizen(NUMBER).await;
    app.citizen(STRANGER).await;
    let nobody = "064090000789";
    let mut seen = Vec::new();
    for number in [STRANGER, nobody] {
        let form = until(offer(&giver, number).await, 30, 11, 2027);
        assert!(!form.names().contains(&"tie"), "a citizen gives a mandate, nothing else");
        let sent = give(&giver, form).await.must_be(303);
        let page = giver.follow(&sent).await.must_be(200);
        let section = page.text();
        let at = section.find(number).unwrap();
        let told = section[at..].split_inclusive("Rút lại lời mời").next().unwrap();
        seen.push(told.replace(number, ""));
    }
    assert_eq!(seen[0], seen[1], "a number with an account looks like one without");
    // Once such a person registers and signs in, the offer is there.
    let person = app.citizen(nobody).await;
    let offered = person.get(PAGE).await.must_be(200);
    offered.must_say("Từ 23/11/2026 đến hết 30/11/2027");
    let declined = press(&person, &offered, "ket-thuc").await.must_be(303);
    person.follow(&declined).await.must_be(200);
    giver.get(PAGE).await.must_say("Đã từ chối");
}

async fn what_nobody_may_give_is_refused_beside_its_field(app: TestApp) {
    let giver = app.citizen(NUMBER).await;
    let good = until(offer(&giver, STRANGER).await, 30, 11, 2027);
    let flood = "9".repeat(100_000);
    let cases: [(Form, &str); 11] = [
        (good.clone().fill("number", ""), "number"),
        (good.clone().fill("number", NUMBER), "number"),
        (good.clone().fill("number", TAX_NUMBER), "number"),
        (good.clone().fill("number", "<b>0640</b>"), "number"),
        (good.clone().fill("number", &flood), "number"),
        (good.clone().clear("rights"), "rights"),
        (until(good.clone(), 22, 11, 2026), "until"),
        (until(good.clone(), 24, 11, 2036), "until"),
        (until(good.clone(), 31, 2, 2027), "until"),
        (good.clone().fill("until.day", "").fill("until.month", "").fill("until.year", ""), "until"),
        (good.clone().fill("from.year", "2025"), "from"),
    ];
    for (form, field) in cases {
        let refused = give(&giver, form).await.must_be(422);
        assert!(refused.source().contains(&format!("id=\"{field}-error\"")), "{field}");
    }
    // What the page does not offer is not taken from a forged form either.
    let forged = good.clone().forge("rights", "manage_members");
    give(&giver, forged).await.must_be(422);
    give(&giver, good.clone().forge("tie", "member")).await.must_be(303);
    giver.get(PAGE).await.must_say("Người được ủy quyền");
    // Another offer to the same person must wait until this one is taken back.
    give(&giver, good.tick("rights", "file")).await.must_be(422).must_say("đang có lời mời");
    assert!(!app.citizen(STRANGER).await.get(PAGE).await.text().contains("Thêm và bớt người đại diện"));
}

async fn only_the_person_named_accepts_and_only_in_time(app: TestApp) {
    let (giver, person, other) =
        (app.citizen(NUMBER).await, app.citizen(STRANGER).await, app.citizen("064090000789").await);
    give(&giver, until(offer(&giver, STRANGER).await, 24, 11, 2026)).await.must_be(303);
    let offered = person.get(PAGE).await.must_be(200);
    let id = id_of(&offered, "nhan");
    for stranger in [&other, &giver] {
        let page = stranger.get(&format!("{PAGE}/con")).await.must_be(200);
        let csrf = page.form(&format!("{PAGE}/con")).value("csrf").unwrap().to_owned();
        for act in ["nhan", "ket-thuc"] {
            let owner = std::ptr::eq(stranger, &giver) && act == "ket-thuc";
            if !owner {
                post(stranger, &format!("{PAGE}/{id}/{act}"), &csrf).await.must_be(404);
            }
        }
    }
    app.visitor().send(tests::http::request("POST", &format!("{PAGE}/{id}/nhan"), Vec::new())).await;
    assert!(person.get(PAGE).await.text().contains("Nhận làm đại diện"), "it waits still");
    app.advance(Duration::from_secs(2 * DAY));
    sign_in(&person, STRANGER).await;
    assert!(!person.get(PAGE).await.text().contains("Nhận làm đại diện"), "its last day has passed");
    let csrf = person.get(&format!("{PAGE}/con")).await.form(&format!("{PAGE}/con")).value("csrf").unwrap().to_owned();
    let late = post(&person, &format!("{PAGE}/{id}/nhan"), &csrf).await.must_be(303);
    person.follow(&late).await.must_say("đã kết thúc hoặc hết hạn");
    sign_in(&giver, NUMBER).await;
    giver.get(PAGE).await.must_say("Đã hết hạn");
    // What has expired stands in nobody's way.
    give(&giver, until(offer(&giver, STRANGER).await, 30, 11, 2026)).await.must_be(303);
}

async fn double_presses_make_one_offer_and_one_answer(app: TestApp) {
    let (giver, person) = (app.citizen(NUMBER).await, app.citizen(STRANGER).await);
    let form = until(offer(&giver, STRANGER).await, 30, 11, 2027);
    let (first, second) = tokio::join!(give(&giver, form.clone()), give(&giver, form));
    assert!([first.status(), second.status()].contains(&303));
    assert_eq!(giver.get(PAGE).await.text().matches("Chờ trả lời").count(), 1);
    let offered = person.get(PAGE).await;
    let (first, second) = tokio::join!(press(&person, &offered, "nhan"), press(&person, &offered, "nhan"));
    assert!([first.status(), second.status()].contains(&303));
    let log = person.get("/tai-khoan/du-lieu.json").await.json()["representations"][0]["log"].clone();
    assert_eq!(log.as_array().unwrap().len(), 2, "{log}");
    let held = person.get(PAGE).await;
    press(&person, &held, "ket-thuc").await.must_be(303);
    press(&person, &held, "ket-thuc").await.must_be(303);
    person.get(PAGE).await.must_say("Bên nhận đã thôi");
}

async fn a_child_is_declared_once_and_grows_up(app: TestApp) {
    let parent = app.citizen(NUMBER).await;
    let page = parent.get(&format!("{PAGE}/con")).await.must_be(200);
    page.must_say("Ghi đủ ngày, tháng, năm như trên giấy khai sinh");
    let form = |day: &str, month: &str, year: &str, number: &str| {
        let form = page.form(page.path()).fill("child_name", "Rơ Châm Minh").fill("relation", "mother");
        let form = form.fill("child_birth_date.day", day).fill("child_birth_date.month", month);
        form.fill("child_birth_date.year", year).fill("child_number", number)
    };
    for (refused, field) in [
        (form("24", "11", "2026", ""), "child_birth_date"),
        (form("23", "11", "2012", ""), "child_birth_date"),
        (form("", "", "2020", ""), "child_birth_date"),
        (form("29", "2", "2019", ""), "child_birth_date"),
        (form("1", "5", "2020", "064219001234"), "child_number"),
        (form("1", "5", "2020", "12"), "child_number"),
        (form("1", "5", "2020", "").fill("child_name", "<script>"), "child_name"),
        (form("1", "5", "2020", "").fill("child_name", &"a".repeat(10_000)), "child_name"),
    ] {
        let answer = parent.submit(&page, refused).await.must_be(422);
        assert!(answer.source().contains(&format!("id=\"{field}-error\"")), "{field}");
        assert!(!answer.text().contains("Có thể chỉ ghi năm"), "the whole day is needed");
    }
    let good = form("24", "11", "2012", "");
    let (first, second) = tokio::join!(parent.submit(&page, good.clone()), parent.submit(&page, good.clone()));
    assert!([first.status(), second.status()].contains(&303));
    parent.submit(&page, good.fill("relation", "father")).await.must_be(422).must_say("đã khai con này");
    let own = parent.get(PAGE).await.must_be(200);
    own.must_say("Rơ Châm Minh, 24/11/2012");
    own.must_say("đến hết 23/11/2026");
    assert_eq!(own.text().matches("Đang có hiệu lực").count(), 1);
    app.advance(Duration::from_secs(DAY));
    sign_in(&parent, NUMBER).await;
    parent.get(PAGE).await.must_say("Đã hết hạn");
    // An enterprise has no children.
    enterprise_of(&app, "0301452948").await.get(&format!("{PAGE}/con")).await.must_be(404);
}

async fn a_closed_account_ends_what_it_gave_and_was_given(app: TestApp) {
    let (giver, person) = (app.citizen(NUMBER).await, app.citizen(STRANGER).await);
    let other = app.citizen("064090000789").await;
    for (from, to, number) in [(&giver, &person, STRANGER), (&other, &giver, NUMBER)] {
        give(from, until(offer(from, number).await, 30, 11, 2027)).await.must_be(303);
        let offered = to.get(PAGE).await;
        press(to, &offered, "nhan").await.must_be(303);
    }
    let page = giver.get("/tai-khoan/dong").await.must_be(200);
    let form = page.form(page.path()).fill("present", tests::app::PASSWORD);
    giver.submit(&page, form).await.must_be(303);
    for side in [&person, &other] {
        side.get(PAGE).await.must_say("Kết thúc vì tài khoản đã đóng");
    }
}

async fn an_old_number_leads_to_the_same_person(app: TestApp) {
    let (giver, person) = (app.citizen(NUMBER).await, app.citizen("230123456").await);
    give(&giver, until(offer(&giver, "230123456").await, 30, 11, 2027)).await.must_be(303);
    let page = person.get("/tai-khoan/can-cuoc").await.must_be(200);
    let form = page.form(page.path()).fill("number", "064190000777").fill("present", tests::app::PASSWORD);
    person.submit(&page, form).await.must_be(303);
    let offered = person.get(PAGE).await.must_be(200);
    press(&person, &offered, "nhan").await.must_be(303);
    // With either number it would be oneself.
    for own in ["230123456", "064190000777"] {
        let form = until(offer(&person, own).await, 30, 11, 2027);
        give(&person, form).await.must_be(422).must_say("Đây là số của chính quý vị");
    }
}

/// An enterprise with a confirmed account, signed in.
pub(super) async fn enterprise(app: &TestApp) -> Client {
    enterprise_of(app, TAX_NUMBER).await
}

async fn enterprise_of(app: &TestApp, number: &str) -> Client {
    let client = app.visitor();
    let page = details(&client, "doanh-nghiep", number).await;
    let form = filled(&page).fill("full_name", "Công ty TNHH An Bình");
    client.submit(&page, form).await.must_be(303);
    let links = links_to(app, &email_of(NUMBER)).await;
    let confirm = client.get(&links[0]).await;
    assert_eq!(confirm.text().contains("Mã số thuế"), number.len() != 12, "the number is called what it is");
    assert_eq!(confirm.text().contains("CMND/CCCD"), number.len() == 12);
    client.submit(&confirm, confirm.form("/dang-ky/xac-nhan")).await.must_be(303);
    sign_in(&client, number).await;
    client
}

/// The form that offers to see dossiers to this number.
pub(super) async fn offer(client: &Client, number: &str) -> Form {
    let page = client.get(&format!("{PAGE}/giao")).await.must_be(200);
    page.form(page.path()).fill("number", number)
}

pub(super) fn until(form: Form, day: u8, month: u8, year: u16) -> Form {
    let form = form.fill("until.day", &day.to_string()).fill("until.month", &month.to_string());
    form.fill("until.year", &year.to_string())
}

pub(super) async fn give(client: &Client, form: Form) -> Page {
    let page = client.get(&format!("{PAGE}/giao")).await.must_be(200);
    client.submit(&page, form).await
}

/// Presses the first button of this kind on the page.
pub(super) async fn press(client: &Client, page: &Page, act: &str) -> Page {
    let address = format!("{PAGE}/{}/{act}", id_of(page, act));
    if page.source().contains(&format!("action=\"{address}\"")) {
        return client.submit(page, page.form(&address)).await;
    }
    // What ends something is asked first.
    let question = client.get(&address).await;
    if question.status() != 200 {
        return question;
    }
    client.submit(&question, question.form(&address)).await
}

/// The representation whose button of this kind comes first.
pub(super) fn id_of(page: &Page, act: &str) -> String {
    let source = page.source();
    let end = source.find(&format!("/{act}\"")).unwrap_or_else(|| panic!("no button for {act}"));
    source[end - 32..end].to_owned()
}

pub(super) async fn post(client: &Client, address: &str, csrf: &str) -> Page {
    let body = format!("csrf={csrf}").into_bytes();
    let mut request = tests::http::request("POST", address, body);
    request.headers_mut().insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
    client.send(request).await
}
