//! The electronic forms: every one can be filled in and filed, each page keeps what it was given, and nobody overwrites another.

use domain::catalogue::Fileability;
use tests::app::{Engine, TestApp, sign_in};
use tests::forms::Form;
use tests::http::{Client, request};
use tests::page::Page;

use crate::steps::{CITIZEN, COMMUNE, STRANGER, answered, between, on_both_databases, paper};

on_both_databases! {
    a_marriage_is_filed_with_its_form;
    what_is_wrong_stands_beside_its_question_and_is_kept;
    two_windows_do_not_overwrite_each_other;
}

/// Thủ tục đăng ký kết hôn.
const MARRIAGE: &str = "1.000894";
/// Đăng ký thành lập hộ kinh doanh.
const BUSINESS: &str = "1.001612";

/// The first page of the form of a new draft.
async fn first_page(client: &Client, procedure: &str, agency: &str) -> Page {
    let page = client.get(&format!("/nop-ho-so/{procedure}?co-quan={agency}")).await.must_be(200);
    let form = page.form(&format!("/nop-ho-so/{procedure}")).fill("address", "Tổ 1, thị trấn Ia Kha");
    let page = client.submit(&page, form).await.must_be(303);
    client.follow(&page).await.must_be(200)
}

/// A file for every paper that must be given.
fn with_papers(files: &Page) -> Form {
    let source = files.source();
    let slots = source.split("<section").skip(1).filter(|slot| slot.contains("Bắt buộc"));
    let names = slots.filter_map(|slot| slot.split("name=\"file-").nth(1)?.split('"').next());
    names.fold(files.form(files.path()).press("viec", "tiep"), |form, name| {
        form.upload(&format!("file-{name}"), paper("giấy tờ.pdf"))
    })
}

/// From the page of the delivery to the code.
async fn file(client: &Client, delivery: Page) -> Page {
    let page = client.submit(&delivery, delivery.form(delivery.path()).fill("way", "online")).await.must_be(303);
    let files = client.follow(&page).await.must_be(200);
    let review = files.path().replace("tep-dinh-kem", "xem-lai");
    client.submit(&files, with_papers(&files)).await.must_be(303);
    let review = client.get(&review).await.must_be(200);
    client.submit(&review, review.form(review.path())).await
}

async fn a_marriage_is_filed_with_its_form(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    let page = first_page(&client, MARRIAGE, COMMUNE).await;
    page.must_say("Bước 2 trong 7 bước · Tờ khai đăng ký kết hôn");
    let delivery = answered(&client, page).await;
    let done = file(&client, delivery).await.must_be(303);
    let done = client.follow(&done).await.must_be(200);
    let code = between(&done, "id=\"ma-ho-so\">");
    // The person and the desk read the answers in words; nobody else does.
    let own = client.get(&format!("/ho-so/{code}")).await.must_be(200);
    let desk = app.officer(COMMUNE).await.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    for page in [own, desk] {
        for words in ["Bên nữ", "Nguyễn Văn An", "02/09/1990", "Kinh", "Việt Nam", "Thẻ căn cước"] {
            page.must_say(words);
        }
    }
    app.citizen(STRANGER).await.get(&format!("/ho-so/{code}")).await.must_be(404);
}

async fn what_is_wrong_stands_beside_its_question_and_is_kept(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    let page = first_page(&client, MARRIAGE, COMMUNE).await;
    let path = page.path().to_owned();
    let wrong = page
        .form(&path)
        .fill("bride.full_name", "Siu H'Bia 2")
        .fill("bride.birth_date.day", "31")
        .fill("bride.birth_date.month", "2")
        .fill("bride.birth_date.year", "2000")
        .fill("bride.paper.number", "12")
        .fill("bride.marriage_count", "hai");
    let page = client.submit(&page, wrong).await.must_be(422);
    for sentence in [
        "Họ và tên chỉ gồm chữ cái",
        "Ngày không đúng. Nhập đủ ngày, tháng, năm",
        "Chọn dân tộc",
        "Nhập nơi cư trú",
        "Số căn cước có 12 chữ số",
        "Nhập một số, không có chữ",
    ] {
        page.must_say(sentence);
    }
    // Left and opened again, on another device: all of it is there.
    let device = app.visitor();
    sign_in(&device, CITIZEN).await;
    let again = device.get(&path).await.must_be(200);
    let form = again.form(&path);
    for (name, value) in [
        ("bride.full_name", "Siu H'Bia 2"),
        ("bride.birth_date.day", "31"),
        ("bride.birth_date.year", "2000"),
        ("bride.paper.number", "12"),
        ("bride.marriage_count", "hai"),
    ] {
        assert_eq!(form.value(name), Some(value), "{name}");
    }
    // Going around the pages does not file it: one complete list tells what is missing.
    let draft = path.split("/to-khai/").next().unwrap();
    let delivery = client.get(&format!("{draft}/noi-nhan-ket-qua")).await.must_be(200);
    let refused = file(&client, delivery).await.must_be(422);
    for sentence in ["Họ và tên chỉ gồm chữ cái", "Chọn dân tộc", "Nhập họ và tên", "Trả lời câu hỏi này"]
    {
        refused.must_say(sentence);
    }
}

async fn two_windows_do_not_overwrite_each_other(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    let page = first_page(&client, MARRIAGE, COMMUNE).await;
    let path = page.path().to_owned();
    let other = client.get(&path).await.must_be(200);
    let first = client.submit(&page, page.form(&path).fill("bride.full_name", "Siu H'Bia").fill_rest()).await;
    first.must_be(303);
    let second = other.form(&path).fill("bride.full_name", "Siu H'Lan").fill_rest();
    let told = client.submit(&other, second).await.must_be(409);
    told.must_say("Tờ khai vừa được sửa ở nơi khác");
    told.must_say("Ở nơi kia, Họ và tên: Siu H'Bia");
    assert_eq!(told.form(&path).value("bride.full_name"), Some("Siu H'Lan"));
    // Knowingly, it may be done.
    client.submit(&told, told.form(&path)).await.must_be(303);
    let page = client.get(&path).await.must_be(200);
    assert_eq!(page.form(&path).value("bride.full_name"), Some("Siu H'Lan"));
    // The script keeps every change as it is made, and is told the same.
    let autosave = |seen: &str, name: &str| {
        let csrf = page.form(&path).value("csrf").unwrap().to_owned();
        let body = format!("csrf={csrf}&seen={seen}&bride.full_name={name}");
        let mut request = request("POST", &path, body.into_bytes());
        request.headers_mut().insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
        request.headers_mut().insert("x-autosave", "1".parse().unwrap());
        request
    };
    let seen = page.form(&path).value("seen").unwrap().to_owned();
    let kept = client.send(autosave(&seen, "Rah")).await.must_be(204);
    let newer = kept.header("x-seen").unwrap().to_owned();
    client.send(autosave(&seen, "Ksor")).await.must_be(409);
    client.send(autosave(&newer, "Ksor")).await.must_be(204);
    let page = client.get(&path).await.must_be(200);
    assert_eq!(page.form(&path).value("bride.full_name"), Some("Ksor"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_says_another_year_is_told_and_does_not_keep_anybody_from_filing() {
    let app = TestApp::start(Engine::Sqlite).await;
    let client = app.citizen(CITIZEN).await;
    let page = first_page(&client, MARRIAGE, COMMUNE).await;
    let bride = page.form(page.path()).fill("bride.birth_date.year", "1985").fill_rest();
    let sent = client.submit(&page, bride).await.must_be(303);
    let delivery = answered(&client, client.follow(&sent).await.must_be(200)).await;
    let sent = client.submit(&delivery, delivery.form(delivery.path()).fill("way", "online")).await.must_be(303);
    let review = client.get(&sent.location().replace("tep-dinh-kem", "xem-lai")).await.must_be(200);
    let doubt = "Bên nữ, ngày sinh: số định danh ở mục «Bên nữ, số giấy tờ» thường là của người sinh năm 1990";
    review.must_say(doubt);
    let done = client.submit(&review, review.form(review.path())).await.must_be(303);
    let code = between(&client.follow(&done).await.must_be(200), "id=\"ma-ho-so\">");
    app.officer(COMMUNE).await.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200).must_say(doubt);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_can_be_filled_in_and_filed() {
    let app = TestApp::start(Engine::Sqlite).await;
    let client = app.citizen(CITIZEN).await;
    let content = app.portal().app().content();
    let mut filed = 0;
    for code in content.whole_procedures.codes() {
        assert_eq!(content.fileability(code), Some(Fileability::Here), "{code}");
        let agency = content.agencies_of(code)[0].to_string();
        let delivery = answered(&client, first_page(&client, &code.to_string(), &agency).await).await;
        let done = file(&client, delivery).await;
        assert_eq!(done.status(), 303, "{code}: {}", done.text());
        filed += 1;
    }
    assert!(filed >= 15, "only {filed} forms");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_grows_by_a_button_and_what_is_not_asked_is_not_kept_back() {
    let app = TestApp::start(Engine::Sqlite).await;
    let client = app.citizen(CITIZEN).await;
    let agency = app.portal().app().content().agencies_of(&BUSINESS.parse().unwrap())[0].to_string();
    let mut page = first_page(&client, BUSINESS, &agency).await;
    assert_eq!(page.form(page.path()).value("owner.personal_number"), Some(CITIZEN));
    while !page.path().ends_with("/nganh-nghe") {
        let sent = client.submit(&page, page.form(page.path()).fill_rest()).await.must_be(303);
        page = client.follow(&sent).await.must_be(200);
    }
    let path = page.path().to_owned();
    let grown = page.form(&path).fill("lines.business_lines.0.name", "Bán lẻ").press("more", "lines.business_lines");
    let grown = client.submit(&page, grown).await.must_be(200);
    let two = grown.form(&path).fill("lines.business_lines.1.name", "Sửa xe");
    let page = client.submit(&grown, two).await.must_be(303);
    let mut page = client.follow(&page).await.must_be(200);
    // One person founds it: the members of a household are not asked for, and the page is not there.
    while !page.path().ends_with("/thanh-lap") {
        let sent = client.submit(&page, page.form(page.path()).fill_rest()).await.must_be(303);
        page = client.follow(&sent).await.must_be(200);
    }
    let alone = client.submit(&page, page.form(page.path()).fill("founder.kind", "1")).await.must_be(303);
    let delivery = client.follow(&alone).await.must_be(200);
    assert!(delivery.path().ends_with("/noi-nhan-ket-qua"), "{}", delivery.path());
    client.get(&page.path().replace("thanh-lap", "thanh-vien")).await.must_be(404);
    let done = file(&client, delivery).await.must_be(303);
    let done = client.follow(&done).await.must_be(200);
    let code = between(&done, "id=\"ma-ho-so\">");
    let own = client.get(&format!("/ho-so/{code}")).await.must_be(200);
    own.must_say("Bán lẻ");
    own.must_say("Sửa xe");
}
