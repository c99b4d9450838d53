//! *Làm việc thay …*: what a representative may do for the principal, and everything that ends or forbids it.

use std::time::Duration;

use domain::dossier::verify_chain;
use storage::StorageError;
use storage::dossiers::list_for_verify;
use tests::app::{PASSWORD, TestApp, sign_in};
use tests::http::Client;
use tests::page::Page;

use super::represent::{PAGE, enterprise, give, id_of, offer, post, press, until};
use super::steps::{NUMBER, TAX_NUMBER};
use crate::steps::{BIRTH, COMMUNE, STRANGER, draft, filed, on_both_databases, review};

on_both_databases! {
    a_member_files_for_the_enterprise_and_both_read_who_did_it;
    who_may_only_look_files_nothing;
    nobody_acts_without_acceptance_or_after_the_end;
    acting_ends_by_itself_with_its_last_day;
    settings_of_the_principal_are_out_of_reach;
    a_form_shown_for_one_principal_is_not_sent_for_another;
    a_manager_passes_on_no_more_than_they_have;
    a_closed_principal_is_represented_by_nobody;
    a_dossier_of_another_role_offers_to_change_over;
    a_parent_files_for_a_child_until_it_is_14;
}

const DAY: u64 = 24 * 3_600;
const BAND: &str = "Thôi làm việc thay";

async fn a_member_files_for_the_enterprise_and_both_read_who_did_it(app: TestApp) {
    let company = enterprise(&app).await;
    let person = app.citizen(STRANGER).await;
    let own_before = person.get("/ho-so").await.text();
    represented(&company, &person, STRANGER, &["file"]).await;
    let page = act(&person).await;
    page.must_say("Đang làm việc thay Công ty TNHH An Bình");
    for address in ["/", "/thu-tuc", "/ho-so", "/tra-cuu"] {
        person.get(address).await.must_be(200).must_say(BAND);
    }
    // The form is filled in with the enterprise's data.
    let first = person.get(&format!("/nop-ho-so/{BIRTH}?co-quan={COMMUNE}")).await.must_be(200);
    let form = first.form(&format!("/nop-ho-so/{BIRTH}"));
    assert_eq!(form.value("full_name"), Some("Công ty TNHH An Bình"));
    assert_eq!(form.value("number"), Some(TAX_NUMBER));
    let (code, _) = filed(&person).await;
    let shown = person.get(&format!("/ho-so/{code}")).await.must_be(200);
    shown.must_say("Rơ Châm H'Lan, thay mặt Công ty TNHH An Bình");
    // It is the enterprise's dossier, not the person's.
    company.get(&format!("/ho-so/{code}")).await.must_be(200).must_say("Rơ Châm H'Lan, thay mặt Công ty TNHH An Bình");
    company.get("/ho-so").await.must_say(&code);
    let stopped = stop(&person).await;
    assert!(!stopped.text().contains(BAND));
    person.get(&format!("/ho-so/{code}")).await.must_be(403).must_say("Đây là hồ sơ của Công ty TNHH An Bình");
    assert_eq!(person.get("/ho-so").await.text(), own_before);
    for side in [&company, &person] {
        let journal = side.get(&format!("{PAGE}/nhat-ky")).await.must_be(200);
        for words in [
            "Nộp hồ sơ",
            &code,
            "Rơ Châm H'Lan, cho Công ty TNHH An Bình",
            "Nhận làm đại diện",
            "Công ty TNHH An Bình mời Rơ Châm H'Lan",
        ] {
            journal.must_say(words);
        }
    }
    // Whoever tracks it by its code learns no names.
    let tracked = app.visitor().get("/tra-cuu").await.must_be(200);
    let form = tracked.form("/tra-cuu").fill("code", &code).fill("secret", &TAX_NUMBER[TAX_NUMBER.len() - 4..]);
    let progress = app.visitor().submit(&tracked, form).await.must_be(200);
    assert!(!progress.text().contains("thay mặt") && !progress.text().contains("H'Lan"), "{}", progress.text());
    // The chain of hashes names both.
    let logs: Result<_, StorageError> =
        app.db().read(|tx| Box::pin(async move { list_for_verify(tx, None, 100).await })).await;
    for entry in logs.unwrap() {
        assert_eq!(verify_chain(&entry.events), Ok(()));
    }
}

async fn a_dossier_of_another_role_offers_to_change_over(app: TestApp) {
    let company = enterprise(&app).await;
    let person = app.citizen(STRANGER).await;
    let ((own, _), (other, _)) = (filed(&person).await, filed(&company).await);
    let (own, other) = (format!("/ho-so/{own}"), format!("/ho-so/{other}/trao-doi"));
    person.get(&other).await.must_be(404);
    represented(&company, &person, STRANGER, &["file"]).await;
    // A letter's link leads to where one is nobody at the moment.
    let page = person.get(&other).await.must_be(403);
    page.must_say("Cần đổi vai để xem hồ sơ này");
    page.must_say("Đây là hồ sơ của Công ty TNHH An Bình");
    let form = page.form(&format!("{PAGE}/{}/lam-viec-thay", act_ids(&person.get(PAGE).await)[0]));
    let changed = person.submit(&page, form).await.must_be(303);
    assert_eq!(changed.location(), other);
    person.get(&other).await.must_be(200).must_say(BAND);
    let page = person.get(&own).await.must_be(403);
    page.must_say("Đây là hồ sơ của chính Rơ Châm H'Lan");
    let changed = person.submit(&page, page.form(&format!("{PAGE}/thoi")).forge("tiep", "//evil.example")).await;
    assert_eq!(changed.must_be(303).location(), PAGE, "only pages of the portal are gone on to");
    person.get(&own).await.must_be(200);
    // Who has no role in which to read it learns nothing, nor does whoever has one no longer.
    app.citizen("064190000789").await.get(&own).await.must_be(404);
    company.get(&own).await.must_be(404);
    let given = company.get(PAGE).await;
    press(&company, &given, "ket-thuc").await.must_be(303);
    person.get(&other).await.must_be(404);
}

async fn who_may_only_look_files_nothing(app: TestApp) {
    let company = enterprise(&app).await;
    let person = app.citizen(STRANGER).await;
    let (code, _) = filed(&company).await;
    let draft = draft_of(&company).await;
    represented(&company, &person, STRANGER, &[]).await;
    act(&person).await;
    person.get(&format!("/ho-so/{code}")).await.must_be(200);
    let list = person.get("/ho-so").await;
    list.must_say(&code);
    assert_eq!(list.heading(), "Hồ sơ của Công ty TNHH An Bình");
    assert!(!list.source().contains("/nop-ho-so/"), "no draft is offered to be gone on with");
    let address = format!("/nop-ho-so/{BIRTH}?co-quan={COMMUNE}");
    let refused = person.get(&address).await.must_be(403);
    refused.must_say("chỉ được xem hồ sơ, chưa được giao quyền nộp hồ sơ");
    let csrf = csrf(&person).await;
    post(&person, &address, &csrf).await.must_be(403);
    for step in ["xem-lai", "noi-nhan-ket-qua", "chu-ho-so"] {
        let body = [("csrf", csrf.as_str()), ("way", "online"), ("relation", "self"), ("kind", "organisation")];
        let body = body.iter().chain(&[
            ("full_name", "Công ty"),
            ("number", TAX_NUMBER),
            ("phone", "0912345678"),
            ("address", "Tổ 1"),
        ]);
        let body: Vec<String> = body.map(|(name, value)| format!("{name}={}", web::links::encode(value))).collect();
        let mut request =
            tests::http::request("POST", &draft.replace("tep-dinh-kem", step), body.join("&").into_bytes());
        request.headers_mut().insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
        person.send(request).await.must_be(403);
    }
    // Nor does it let anybody else in.
    person.get(&format!("{PAGE}/giao")).await.must_be(403);
}

async fn nobody_acts_without_acceptance_or_after_the_end(app: TestApp) {
    let company = enterprise(&app).await;
    let (person, other) = (app.citizen(STRANGER).await, app.citizen("064090000789").await);
    let form = offer(&company, STRANGER).await.fill("tie", "member").tick("rights", "file");
    give(&company, form).await.must_be(303);
    let offered = person.get(PAGE).await.must_be(200);
    let id = id_of(&offered, "nhan");
    let start = format!("{PAGE}/{id}/lam-viec-thay");
    // Waiting, for the person named and for strangers and for the principal itself.
    for client in [&person, &other, &company] {
        post(client, &start, &csrf(client).await).await.must_be(404);
        assert!(!client.get("/").await.text().contains(BAND));
    }
    press(&person, &offered, "nhan").await.must_be(303);
    for client in [&other, &company] {
        post(client, &start, &csrf(client).await).await.must_be(404);
    }
    act(&person).await;
    let (code, _) = filed(&person).await;
    let files = draft(&person).await;
    let review = review(&person, &files).await;
    // The enterprise takes it back while the person is in the middle of filing.
    let given = company.get(PAGE).await;
    press(&company, &given, "ket-thuc").await.must_be(303);
    person.submit(&review, review.form(review.path())).await.must_be(403);
    let told = person.get("/ho-so").await.must_be(200);
    told.must_say("Việc làm thay Công ty TNHH An Bình đã kết thúc");
    assert!(!told.text().contains(&code) && !told.text().contains(BAND));
    assert!(!person.get("/ho-so").await.text().contains("đã kết thúc"), "it is told once");
    person.get(&format!("/ho-so/{code}")).await.must_be(404);
    person.get(review.path()).await.must_be(404);
    post(&person, &start, &csrf(&person).await).await.must_be(404);
    company.get(review.path()).await.must_be(200);
}

async fn acting_ends_by_itself_with_its_last_day(app: TestApp) {
    let (giver, person) = (app.citizen(NUMBER).await, app.citizen(STRANGER).await);
    let form = until(offer(&giver, STRANGER).await, 23, 11, 2026).tick("rights", "file");
    give(&giver, form).await.must_be(303);
    let offered = person.get(PAGE).await;
    press(&person, &offered, "nhan").await.must_be(303);
    // Late on the last day it is in force still; a session outlives midnight when it is used.
    app.advance(Duration::from_secs(15 * 3_600));
    sign_in(&person, STRANGER).await;
    act(&person).await;
    let home = person.get("/nop-ho-so/1.001193?co-quan=H21.58.51").await.must_be(200);
    app.advance(Duration::from_secs(3_600));
    let form = home.form(&format!("/nop-ho-so/{BIRTH}")).fill("address", "Tổ 1, thị trấn Ia Kha");
    person.submit(&home, form).await.must_be(403);
    person.get("/ho-so").await.must_be(200).must_say("đã kết thúc");
    assert!(!person.get("/ho-so").await.text().contains(BAND));
}

async fn settings_of_the_principal_are_out_of_reach(app: TestApp) {
    let (giver, person) = (app.citizen(NUMBER).await, app.citizen(STRANGER).await);
    let form = until(offer(&giver, STRANGER).await, 30, 11, 2027).tick("rights", "file");
    give(&giver, form).await.must_be(303);
    let offered = person.get(PAGE).await;
    press(&person, &offered, "nhan").await.must_be(303);
    act(&person).await;
    let csrf = csrf(&person).await;
    for address in [
        "/tai-khoan",
        "/tai-khoan/mat-khau",
        "/tai-khoan/so-dien-thoai",
        "/tai-khoan/email",
        "/tai-khoan/phien",
        "/tai-khoan/du-lieu",
        "/tai-khoan/du-lieu.json",
        "/tai-khoan/dong",
        "/tai-khoan/can-cuoc",
        "/tai-khoan/dai-dien/con",
        "/tai-khoan/dai-dien/giao",
    ] {
        let page = person.get(address).await.must_be(403);
        assert!(!page.text().contains(NUMBER), "{address}");
        page.must_say(BAND);
        if address != "/tai-khoan/dai-dien/giao" {
            page.must_say("việc này chỉ làm được khi thôi làm việc thay");
        }
        if !address.ends_with("json") && !address.ends_with("du-lieu") && address != "/tai-khoan" {
            let body = format!(
                "csrf={csrf}&present={}&password=Khac-1234!&password_again=Khac-1234!",
                web::links::encode(PASSWORD)
            );
            let mut request = tests::http::request("POST", address, body.into_bytes());
            request.headers_mut().insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
            let status = person.send(request).await.status();
            assert!([403, 405].contains(&status), "{address}: {status}");
        }
    }
    giver.get("/tai-khoan").await.must_be(200);
    // The principal neither sees nor shares the person's own things.
    stop(&person).await;
    person.get("/tai-khoan").await.must_be(200).must_say(STRANGER);
}

async fn a_form_shown_for_one_principal_is_not_sent_for_another(app: TestApp) {
    let company = enterprise(&app).await;
    let (giver, person) = (app.citizen(NUMBER).await, app.citizen(STRANGER).await);
    represented(&company, &person, STRANGER, &["file"]).await;
    let form = until(offer(&giver, STRANGER).await, 30, 11, 2027).tick("rights", "file");
    give(&giver, form).await.must_be(303);
    let offered = person.get(PAGE).await;
    press(&person, &offered, "nhan").await.must_be(303);
    let address = format!("/nop-ho-so/{BIRTH}?co-quan={COMMUNE}");
    // One tab for oneself, one for the enterprise, one for the citizen.
    let own_tab = person.get(&address).await.must_be(200);
    let ids = act_ids(&person.get(PAGE).await);
    start(&person, &ids[0]).await;
    let first_tab = person.get(&address).await.must_be(200);
    let send = |page: &Page| page.form(&format!("/nop-ho-so/{BIRTH}")).fill("address", "Tổ 1, thị trấn Ia Kha");
    person.submit(&own_tab, send(&own_tab)).await.must_be(403);
    start(&person, &ids[1]).await;
    person.submit(&first_tab, send(&first_tab)).await.must_be(403);
    person.submit(&own_tab, send(&own_tab)).await.must_be(403);
    // A forged principal in the form changes nothing.
    let tab = person.get(&address).await.must_be(200);
    let forged = send(&tab).forge("principal", TAX_NUMBER).forge("filer", TAX_NUMBER).forge("representation", &ids[0]);
    person.submit(&tab, forged).await.must_be(303);
    let drafts = [&company, &giver].map(|client| client.get("/ho-so"));
    let [of_company, of_giver] = drafts;
    let count = |page: Page| page.source().matches("mc-card__title").count();
    let (of_company, of_giver) = (count(of_company.await), count(of_giver.await));
    assert_eq!(of_company + of_giver, 1, "one draft, for the one who is acted for now: {of_company} {of_giver}");
    stop(&person).await;
    person.submit(&tab, send(&tab)).await.must_be(403);
    assert_eq!(count(person.get("/ho-so").await), 0, "nothing was begun in the person's own name");
}

async fn a_manager_passes_on_no_more_than_they_have(app: TestApp) {
    let company = enterprise(&app).await;
    let person = app.citizen(STRANGER).await;
    let form = until(offer(&company, STRANGER).await, 31, 12, 2026).fill("tie", "delegate");
    give(&company, form.tick("rights", "manage_members")).await.must_be(303);
    let offered = person.get(PAGE).await;
    press(&person, &offered, "nhan").await.must_be(303);
    act(&person).await;
    let good = until(offer(&person, "064090000789").await, 31, 12, 2026).fill("tie", "delegate");
    give(&person, good.clone().tick("rights", "file")).await.must_be(422).must_say("chỉ giao được những quyền");
    give(&person, until(good.clone(), 1, 1, 2027)).await.must_be(422).must_say("chỉ giao được những quyền");
    let endless = good.clone().fill("tie", "member");
    let endless = endless.fill("until.day", "").fill("until.month", "").fill("until.year", "");
    give(&person, endless).await.must_be(422).must_say("chỉ giao được những quyền");
    give(&person, good).await.must_be(303);
    company.get(PAGE).await.must_say("064090000789");
    let log = company.get("/tai-khoan/du-lieu.json").await.json();
    assert!(log["representations"].to_string().contains("\"who\":\"representative\""), "{log}");
}

async fn a_closed_principal_is_represented_by_nobody(app: TestApp) {
    let (giver, person) = (app.citizen(NUMBER).await, app.citizen(STRANGER).await);
    let form = until(offer(&giver, STRANGER).await, 30, 11, 2027);
    give(&giver, form).await.must_be(303);
    let offered = person.get(PAGE).await;
    press(&person, &offered, "nhan").await.must_be(303);
    act(&person).await;
    let page = giver.get("/tai-khoan/dong").await.must_be(200);
    giver.submit(&page, page.form(page.path()).fill("present", PASSWORD)).await.must_be(303);
    person.get("/ho-so").await.must_be(200).must_say("đã kết thúc");
    assert!(act_ids(&person.get(PAGE).await).is_empty());
}

async fn a_parent_files_for_a_child_until_it_is_14(app: TestApp) {
    let parent = app.citizen(NUMBER).await;
    let page = parent.get(&format!("{PAGE}/con")).await.must_be(200);
    let form = page.form(page.path()).fill("child_name", "Rơ Châm Minh").fill("relation", "mother");
    let form = form.fill("child_birth_date.day", "24").fill("child_birth_date.month", "11");
    let form = form.fill("child_birth_date.year", "2012").fill("child_number", "064212001234");
    parent.submit(&page, form).await.must_be(303);
    let address = format!("/nop-ho-so/{BIRTH}?co-quan={COMMUNE}");
    let own = parent.get(&address).await.must_be(200);
    let link = own.link("Nộp cho con: Rơ Châm Minh");
    let chosen = parent.get(&link).await.must_be(200);
    let form = chosen.form(&format!("/nop-ho-so/{BIRTH}"));
    for (field, value) in
        [("full_name", "Rơ Châm Minh"), ("number", "064212001234"), ("birth_date.year", "2012"), ("relation", "behalf")]
    {
        assert_eq!(form.value(field), Some(value), "{field}");
    }
    // A child that has no number yet leaves the field empty; nobody older may.
    let address_given = form.fill("number", "").fill("address", "Làng Jut, xã Ia Dêr");
    let grown = address_given.clone().fill("birth_date.year", "2011");
    parent.submit(&chosen, grown).await.must_be(422).must_say("Nhập số CMND/CCCD hoặc mã số thuế");
    let without_day = address_given.clone().fill("birth_date.day", "").fill("birth_date.month", "");
    parent.submit(&chosen, without_day).await.must_be(422).must_say("Nhập số");
    let own_dossier = address_given.clone().fill("relation", "self");
    parent.submit(&chosen, own_dossier).await.must_be(422).must_say("Nhập số");
    let elsewhere = parent.get(&link.replace(COMMUNE, "H21.58.52")).await.must_be(200);
    let form = elsewhere.form(&format!("/nop-ho-so/{BIRTH}"));
    let form = form.fill("number", "").fill("address", "Làng Jut, xã Ia Dêr");
    parent.submit(&elsewhere, form).await.must_be(303);
    let stranger = app.citizen(STRANGER).await.get(&link).await.must_be(200);
    assert!(!stranger.text().contains("Rơ Châm Minh"));
    assert!(!stranger.source().contains("064212001234"));
    app.advance(Duration::from_secs(DAY));
    sign_in(&parent, NUMBER).await;
    assert!(!parent.get(&link).await.must_be(200).source().contains("Rơ Châm Minh"), "14 years old");
}

/// The principal gives these rights beside seeing, and the person accepts.
pub(super) async fn represented(principal: &Client, person: &Client, number: &str, rights: &[&str]) {
    let form = offer(principal, number).await.fill("tie", "member");
    let form = rights.iter().fold(form, |form, right| form.tick("rights", right));
    give(principal, form).await.must_be(303);
    let offered = person.get(PAGE).await.must_be(200);
    press(person, &offered, "nhan").await.must_be(303);
}

/// Presses the first *Làm việc thay*.
pub(super) async fn act(person: &Client) -> Page {
    let page = person.get(PAGE).await.must_be(200);
    let started = press(person, &page, "lam-viec-thay").await.must_be(303);
    person.follow(&started).await.must_be(200)
}

async fn start(person: &Client, id: &str) {
    let csrf = csrf(person).await;
    post(person, &format!("{PAGE}/{id}/lam-viec-thay"), &csrf).await.must_be(303);
}

async fn stop(person: &Client) -> Page {
    let page = person.get("/ho-so").await.must_be(200);
    let stopped = person.submit(&page, page.form(&format!("{PAGE}/thoi"))).await.must_be(303);
    person.follow(&stopped).await.must_be(200)
}

/// The representations by which one can act, in the order of the page.
fn act_ids(page: &Page) -> Vec<String> {
    let source = page.source();
    source.match_indices("/lam-viec-thay\"").map(|(at, _)| source[at - 32..at].to_owned()).collect()
}

/// The address of the files of a draft.
async fn draft_of(client: &Client) -> String {
    draft(client).await.path().to_owned()
}

/// What every form of the session carries.
async fn csrf(client: &Client) -> String {
    between_quotes(&client.get("/").await.source())
}

fn between_quotes(source: &str) -> String {
    let (_, rest) = source.split_once("name=\"csrf\" value=\"").expect("a form of the session");
    rest.split('"').next().unwrap_or_default().to_owned()
}
