//! The general form: procedures that nobody fitted are filed with what their record lets ask, at every level.

use domain::agency::AgencyLevel;
use domain::catalogue::Fileability;
use domain::codes::{AgencyCode, ProcedureCode};
use tests::app::{Engine, TestApp};
use tests::http::Client;
use tests::page::Page;

use crate::steps::{CITIZEN, answered, between, on_both_databases, paper};

on_both_databases! {
    procedures_of_every_level_are_filed_with_the_general_form;
}

/// The box of the question which case it is.
const CASE_PATH: &str = "request.case";
/// How many procedures of each level are filed.
const OF_EACH_LEVEL: usize = 3;

/// A procedure that has the general form, with an agency that receives it.
type Offered = (ProcedureCode, AgencyCode);

fn offered(app: &TestApp, is_wanted: impl Fn(&Offered) -> bool) -> Vec<Offered> {
    let content = app.portal().app().content();
    let today = domain::time::Day::new(2026, 11, 23).unwrap();
    let codes = content.procedures.all().iter().map(|summary| summary.code.clone());
    let filed_here = codes.filter(|code| content.fileability(code) == Some(Fileability::Here));
    let general = filed_here.filter(|code| content.version_on(code, today).is_some_and(|version| version.is_general));
    let with_agency = general.filter_map(|code| {
        let agency = content.agencies_of(&code).first()?.clone();
        Some((code, agency))
    });
    with_agency.filter(|offered| is_wanted(offered)).collect()
}

/// The first page of the general form of a new draft.
async fn begun(client: &Client, (procedure, agency): &Offered) -> Page {
    let start = format!("/nop-ho-so/{procedure}");
    let page = client.get(&format!("{start}?co-quan={agency}")).await.must_be(200);
    let form = page.form(&start).fill("address", "Làng Jút 1, Xã Ia Hrung, Tỉnh Gia Lai");
    let next = client.submit(&page, form).await.must_be(303);
    assert!(next.location().ends_with("/to-khai/noi-dung"), "{procedure}: {}", next.location());
    client.follow(&next).await.must_be(200)
}

async fn procedures_of_every_level_are_filed_with_the_general_form(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    for level in [AgencyLevel::Province, AgencyLevel::District, AgencyLevel::Commune] {
        let content = app.portal().app().content();
        let of_level =
            |(_, agency): &Offered| content.agencies.find(agency).is_some_and(|agency| agency.level == level);
        let all = offered(&app, of_level);
        let step = (all.len() / OF_EACH_LEVEL).max(1);
        for offered in all.iter().step_by(step).take(OF_EACH_LEVEL) {
            let (procedure, agency) = offered;
            let page = begun(&client, offered).await;
            let words = "Đề nghị giải quyết cho gia đình tôi.";
            let form = page.form(page.path()).fill("request.content", words).fill_rest();
            let next = client.submit(&page, form).await;
            assert_eq!(next.status(), 303, "{procedure}: {}", next.text());
            let mut page = client.follow(&next).await.must_be(200);
            if page.path().ends_with("/to-chuc") {
                let form = page.form(page.path()).fill("organisation.representative", "Siu H'Bia").fill_rest();
                let next = client.submit(&page, form).await.must_be(303);
                page = client.follow(&next).await.must_be(200);
            }
            let delivery = answered(&client, page).await;
            let form = delivery.form(delivery.path()).fill("way", "online");
            let next = client.submit(&delivery, form).await.must_be(303);
            let files = client.follow(&next).await.must_be(200);
            let has_papers = files.source().contains("name=\"file-1\"");
            let name = if has_papers { "file-1" } else { "file-other" };
            let form = files.form(files.path()).upload(name, paper("đơn.pdf")).press("viec", "tiep");
            let next = client.submit(&files, form).await.must_be(303);
            let review = client.follow(&next).await.must_be(200);
            review.must_say(words);
            review.must_say("Tôi cam đoan những nội dung kê khai");
            assert!(!review.text().contains("Không thu phí"), "{procedure}: the record's fees are not added up");
            let done = client.submit(&review, review.form(review.path())).await;
            assert_eq!(done.status(), 303, "{procedure}: {}", done.text());
            let code = between(&client.follow(&done).await.must_be(200), "id=\"ma-ho-so\">");
            let desk = app.officer(agency.as_str()).await.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
            desk.must_say(words);
            client.get(&format!("/ho-so/{code}")).await.must_be(200).must_say(words);
            client.get(&format!("/ho-so/{code}/bien-nhan")).await.must_be(200).must_say(words);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_papers_are_those_of_the_case_that_was_chosen_and_no_file_is_lost() {
    let app = TestApp::start(Engine::Sqlite).await;
    let client = app.citizen(CITIZEN).await;
    let content = app.portal().app().content();
    // Two cases with papers of their own.
    let with_cases = offered(&app, |(code, _)| {
        let detail = content.procedures.detail(code).unwrap();
        let of_cases = detail.dossier_groups.iter().filter(|group| group.name.to_lowercase().contains("trường hợp"));
        of_cases.filter(|group| group.components.iter().any(|component| component.is_document())).count() == 2
            && detail.dossier_groups.len() == 2
    });
    let page = begun(&client, &with_cases[0]).await;
    let draft = page.path().split("/to-khai/").next().unwrap().to_owned();
    let path = page.path().to_owned();
    let source = page.source();
    let cases: Vec<String> = source
        .split(&format!("name=\"{CASE_PATH}\""))
        .skip(1)
        .filter_map(|rest| Some(tests::html::decode(rest.split("value=\"").nth(1)?.split('"').next()?)))
        .collect();
    assert_eq!(cases.len(), 3, "two cases, and another: {cases:?}");
    let slots = async |case: &str| {
        let page = client.get(&path).await.must_be(200);
        let form = page.form(&path).fill(CASE_PATH, case).fill("request.content", "Đề nghị.").fill_rest();
        client.submit(&page, form).await.must_be(303);
        let files = client.get(&format!("{draft}/tep-dinh-kem")).await.must_be(200);
        files.source().matches("id=\"muc-file-").count()
    };
    let (first, second, all) = (slots(&cases[0]).await, slots(&cases[1]).await, slots(&cases[2]).await);
    // The place for other papers stands on every page.
    assert_eq!(first + second - 1, all);
    assert!(first < all && second < all);
    slots(&cases[0]).await;
    let files = client.get(&format!("{draft}/tep-dinh-kem")).await.must_be(200);
    let sent = client.submit(&files, files.form(files.path()).upload("file-1", paper("của trường hợp đầu.pdf"))).await;
    sent.must_be(303);
    slots(&cases[1]).await;
    client.get(&format!("{draft}/tep-dinh-kem")).await.must_be(200).must_say("của trường hợp đầu.pdf");
}
