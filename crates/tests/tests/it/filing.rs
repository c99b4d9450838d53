//! `/nop-ho-so`: from the first page to the receipt, and everything that can go wrong on the way.

use domain::catalogue::Fileability;
use tests::app::{Engine, TestApp};
use tests::forms::FilePart;

use crate::steps::{
    BIRTH, CITIZEN, COMMUNE, STRANGER, between, draft, filed, filed_by, on_both_databases, paper, review,
};

on_both_databases! {
    a_dossier_is_filed_once_however_often_it_is_pressed;
    two_hundred_presses_at_once_file_once;
    what_was_entered_is_kept_and_shown_again;
    a_procedure_with_the_records_papers_needs_at_least_one;
    files_are_judged_by_their_content;
    nobody_else_sees_a_draft_or_a_dossier;
    a_dossier_for_somebody_else_never_bears_the_filers_own_number;
    whoever_files_by_mandate_attaches_it;
}

async fn a_dossier_is_filed_once_however_often_it_is_pressed(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    let files = draft(&client).await;
    let review = review(&client, &files).await;
    let first = client.submit(&review, review.form(review.path())).await.must_be(303);
    let second = client.submit(&review, review.form(review.path())).await.must_be(303);
    assert_eq!(first.location(), second.location());
    let done = client.follow(&first).await.must_be(200);
    done.must_say("Hồ sơ đã được chuyển đến bộ phận tiếp nhận hồ sơ");
    done.must_say("H21.58.51-261123-0001");
    let list = client.get("/ho-so").await.must_be(200);
    assert_eq!(list.source().matches("H21.58.51-261123-0001").count(), 2, "once as a link, once as a code");
    let receipt = client.get("/ho-so/H21.58.51-261123-0001/giay-to/bien-nhan.pdf").await.must_be(200);
    assert!(receipt.bytes().starts_with(b"%PDF-"));
    app.run_jobs().await;
    let letters = app.letters(&tests::app::email_of(CITIZEN));
    assert_eq!(letters.iter().filter(|letter| letter.subject.contains("đã được chuyển đến")).count(), 1);
    let next = filed(&client).await;
    assert_eq!(next.0, "H21.58.51-261123-0002");
}

async fn two_hundred_presses_at_once_file_once(app: TestApp) {
    let client = std::sync::Arc::new(app.citizen(CITIZEN).await);
    let files = draft(&client).await;
    let review = review(&client, &files).await;
    let presses = (0..200).map(|_| {
        let (client, review) = (client.clone(), review.clone());
        tokio::spawn(async move { client.submit(&review, review.form(review.path())).await })
    });
    let mut places = std::collections::BTreeSet::new();
    for press in presses.collect::<Vec<_>>() {
        places.insert(press.await.unwrap().must_be(303).location().to_owned());
    }
    assert_eq!(places.into_iter().collect::<Vec<_>>(), ["/ho-so/H21.58.51-261123-0001/da-nop"]);
    assert_eq!(filed(&client).await.0, "H21.58.51-261123-0002", "no number was lost or given twice");
}

async fn what_was_entered_is_kept_and_shown_again(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    let page = client.get(&format!("/nop-ho-so/{BIRTH}?co-quan={COMMUNE}")).await.must_be(200);
    let form = page.form(&format!("/nop-ho-so/{BIRTH}"));
    assert_eq!(form.value("full_name"), Some("Rơ Châm H'Lan"), "the account's name is filled in (R8)");
    let wrong = form.fill("number", "12").fill("phone", "abc").fill("email", "a@").fill("address", "");
    let again = client.submit(&page, wrong).await.must_be(422);
    for sentence in
        ["Số căn cước công dân có 12 chữ số", "Số điện thoại không đúng", "Địa chỉ email không đúng", "Nhập địa chỉ"]
    {
        again.must_say(sentence);
    }
    assert_eq!(again.form(&format!("/nop-ho-so/{BIRTH}")).value("number"), Some("12"));
    let files = draft(&client).await;
    let resumed = client.get(&format!("/nop-ho-so/{BIRTH}?co-quan={COMMUNE}")).await.must_be(200);
    resumed.must_say("đang soạn dở");
    let form = resumed.form(&format!("/nop-ho-so/{BIRTH}"));
    assert_eq!(form.value("address"), Some("Tổ 1, thị trấn Ia Kha, huyện Ia Grai, Gia Lai"));
    let page = client.submit(&resumed, form).await.must_be(303);
    assert_eq!(page.location(), files.path().replace("tep-dinh-kem", "xem-lai"), "the same draft goes on");
    let unfinished = client.follow(&page).await.must_be(200);
    let refused = client.submit(&unfinished, unfinished.form(unfinished.path())).await.must_be(422);
    refused.must_say("Còn thiếu giấy tờ bắt buộc: Giấy chứng sinh");
}

async fn a_procedure_with_the_records_papers_needs_at_least_one(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    let content = app.portal().app().content();
    let commune = COMMUNE.parse().unwrap();
    let plain = content.procedures_of(&commune).find(|procedure| {
        let has_papers =
            content.procedures.detail(&procedure.code).is_some_and(|detail| detail.components().count() > 0);
        let is_filed_here = content.fileability(&procedure.code) == Some(Fileability::Here)
            && content.offers(&commune, &procedure.code);
        content.whole_procedures.of(&procedure.code).is_empty() && has_papers && is_filed_here
    });
    let start = format!("/nop-ho-so/{}", plain.unwrap().code);
    let page = client.get(&format!("{start}?co-quan={COMMUNE}")).await.must_be(200);
    let page = client.submit(&page, page.form(&start).fill("address", "Tổ 1")).await.must_be(303);
    let review = page.location().replace("to-khai/noi-dung", "xem-lai");
    let page = client.get(&review).await.must_be(200);
    let refused = client.submit(&page, page.form(&review)).await.must_be(422);
    // One complete list, and not one thing after the other.
    refused.must_say("Nhập nội dung đề nghị");
    refused.must_say("Chưa chọn nơi nhận kết quả");
    refused.must_say("chưa có tệp nào");
}

async fn files_are_judged_by_their_content(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    let files = draft(&client).await;
    let program = [b"MZ\x90\x00".to_vec(), vec![0; 4096]].concat();
    let cases = [
        (FilePart::new("mot-byte.pdf", "application/pdf", b"a".to_vec()), "không phải PDF, ảnh"),
        (FilePart::new("trong.pdf", "application/pdf", Vec::new()), "Tệp này trống"),
        (FilePart::new("giay-chung-sinh.pdf", "application/pdf", program), "là một chương trình"),
        (FilePart::none(), "Chưa chọn tệp nào"),
    ];
    for (file, sentence) in cases {
        let form = files.form(files.path()).upload("file-1", file).press("tep", "file-1");
        client.submit(&files, form).await.must_be(422).must_say(sentence);
    }
    let mut large = b"%PDF-1.7\n".to_vec();
    large.resize(20_000_000, b' ');
    let form = files.form(files.path()).upload("file-1", FilePart::new("lớn.pdf", "application/pdf", large.clone()));
    let form = form.press("tep", "file-1");
    let page = client.submit(&files, form).await.must_be(303);
    let page = client.follow(&page).await.must_be(200);
    page.must_say("20 MB");
    let back = client.get(&page.link("lớn.pdf")).await.must_be(200);
    assert_eq!(back.bytes().len(), large.len());
    assert!(back.header("content-disposition").unwrap().starts_with("attachment"));
}

async fn nobody_else_sees_a_draft_or_a_dossier(app: TestApp) {
    let (owner, code, _) = filed_by(&app, CITIZEN).await;
    let files = draft(&owner).await;
    let stranger = app.citizen(STRANGER).await;
    let officer_elsewhere = app.officer("H21.58.52").await;
    for path in [files.path().to_owned(), format!("/ho-so/{code}"), format!("/ho-so/{code}/giay-to/bien-nhan.pdf")] {
        stranger.get(&path).await.must_be(404);
        let page = app.visitor().get(&path).await.must_be(303);
        assert!(page.location().starts_with("/dang-nhap?tiep="), "{path}");
    }
    officer_elsewhere.get(&format!("/can-bo/ho-so/{code}")).await.must_be(404);
    stranger.get(&format!("/can-bo/ho-so/{code}")).await.must_be(303);
    let form = files.form(files.path()).upload("file-1", paper("a.pdf"));
    stranger.submit(&files, form).await.must_be(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_procedure_that_is_not_filed_here_says_why_and_ia_grai_comes_first() {
    let app = TestApp::start(tests::app::Engine::Sqlite).await;
    let visitor = app.visitor();
    let elsewhere = visitor.get("/nop-ho-so/1.003583").await.must_be(303);
    assert_eq!(elsewhere.location(), "/thu-tuc/1.003583");
    visitor.get("/nop-ho-so/9.999999").await.must_be(404);
    let agencies = visitor.get(&format!("/nop-ho-so/{BIRTH}")).await.must_be(200).source();
    let place = |agency: &str| agencies.find(&format!("co-quan={agency}\"")).expect("the agency is listed");
    assert!(place("H21.58.51") < place("H21.51.51"), "Ia Grai's communes come before Chư Păh's");
}

async fn a_dossier_for_somebody_else_never_bears_the_filers_own_number(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    let action = format!("/nop-ho-so/{BIRTH}");
    let page = client.get(&format!("{action}?co-quan={COMMUNE}")).await.must_be(200);
    let forgotten = page.form(&action).fill("relation", "behalf").fill("address", "Làng Jút, xã Ia Dêr");
    client.submit(&page, forgotten).await.must_be(422).must_say("Đây là số giấy tờ của chính quý vị");
    let empty = client.get(&page.link("Nộp thay người khác: mở trang này với các ô để trống")).await.must_be(200);
    let form = empty.form(&action);
    assert_eq!(form.value("relation"), Some("behalf"));
    for field in ["full_name", "number", "phone", "email", "birth_date.year"] {
        assert_eq!(form.value(field).unwrap_or_default(), "", "{field}");
    }
    let form = form.fill("kind", "citizen").fill("full_name", "Siu H'Nhi").fill("number", STRANGER);
    let form = form.fill("phone", "0905123456").fill("address", "Làng Jút, xã Ia Dêr");
    let next = client.submit(&empty, form).await.must_be(303);
    client.follow(&next).await.must_be(200);
}

async fn whoever_files_by_mandate_attaches_it(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    let files = draft(&client).await;
    let review_path = files.path().replace("tep-dinh-kem", "xem-lai");
    assert!(!files.text().contains("Văn bản ủy quyền"), "nobody else is asked for it");
    let owner = client.get(&files.path().replace("tep-dinh-kem", "chu-ho-so")).await.must_be(200);
    let forgotten = owner.form(owner.path()).fill("relation", "mandate");
    client.submit(&owner, forgotten).await.must_be(422).must_say("Đây là số giấy tờ của chính quý vị");
    drop(app.citizen(STRANGER).await);
    let mandated = owner.form(owner.path()).fill("relation", "mandate").fill("full_name", "Rơ Châm H'Lan");
    client.submit(&owner, mandated.fill("number", STRANGER)).await.must_be(303);
    // With every paper of the procedure, and without the mandate, it is not filed.
    let review = review(&client, &files).await;
    review.must_say("Văn bản ủy quyền Bắt buộc.");
    let refused = client.submit(&review, review.form(&review_path)).await.must_be(422);
    refused.must_say("Đính kèm văn bản ủy quyền: quý vị nộp theo ủy quyền của chủ hồ sơ");
    assert!(refused.source().contains("id=\"tep-mandate\""), "the list of errors leads to it");
    let files = client.get(files.path()).await.must_be(200);
    files.must_say("Vì quý vị nộp theo ủy quyền của chủ hồ sơ");
    let form = files.form(files.path()).upload("file-mandate", paper("giấy ủy quyền.pdf"));
    client.submit(&files, form).await.must_be(303);
    let review = client.get(&review_path).await.must_be(200);
    let done = client.submit(&review, review.form(&review_path)).await.must_be(303);
    let code = between(&client.follow(&done).await.must_be(200), "id=\"ma-ho-so\">");
    let desk = app.officer(COMMUNE).await.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    desk.must_say("nộp theo ủy quyền của chủ hồ sơ");
    desk.must_say("giấy ủy quyền.pdf");
    // Who is said to have given the mandate is told, and can say no.
    app.run_jobs().await;
    let letter = app.letters(&tests::app::email_of(STRANGER))[0].clone();
    assert_eq!(letter.subject, format!("Hồ sơ {code} được nộp thay quý vị"));
    assert!(letter.text.contains("Rơ Châm H'Lan vừa nộp hồ sơ thay quý vị theo ủy quyền"), "{}", letter.text);
    // A number alone, mistyped, tells nobody anything.
    let files = draft(&client).await;
    let owner = client.get(&files.path().replace("tep-dinh-kem", "chu-ho-so")).await.must_be(200);
    let other = owner.form(owner.path()).fill("relation", "mandate").fill("full_name", "Siu H'Nhi");
    client.submit(&owner, other.fill("number", STRANGER)).await.must_be(303);
    self::review(&client, &files).await;
    let files = client.get(files.path()).await.must_be(200);
    let form = files.form(files.path()).upload("file-mandate", paper("giấy ủy quyền.pdf"));
    client.submit(&files, form).await.must_be(303);
    let page = client.get(&files.path().replace("tep-dinh-kem", "xem-lai")).await.must_be(200);
    client.submit(&page, page.form(page.path())).await.must_be(303);
    app.run_jobs().await;
    let about = app.letters(&tests::app::email_of(STRANGER));
    assert_eq!(about.iter().filter(|letter| letter.subject.contains("được nộp thay")).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_place_where_one_lives_leads_to_the_agency_and_says_why() {
    let app = TestApp::start(Engine::Sqlite).await;
    let visitor = app.visitor();
    let birth = format!("/nop-ho-so/{BIRTH}");
    // A commune's committee receives births of its own people only.
    let page = visitor.get(&format!("{birth}?tim=ia+der")).await.must_be(200);
    page.must_say("Xã Ia Dêr, Huyện Ia Grai, Tỉnh Gia Lai: UBND xã Ia Dêr");
    page.must_say("Vì thủ tục này do Ủy ban nhân dân cấp xã nơi đó tiếp nhận");
    // A household business is registered at the district of whichever commune.
    let page = visitor.get("/nop-ho-so/1.001612?tim=Ia+D%C3%AAr").await.must_be(200);
    page.must_say("Xã Ia Dêr, Huyện Ia Grai, Tỉnh Gia Lai: ");
    page.must_say("Vì thủ tục này do cấp huyện tiếp nhận, cho mọi xã, thị trấn trong huyện");
    let client = app.citizen(CITIZEN).await;
    let owner = client.get(&format!("{birth}?co-quan={COMMUNE}")).await.must_be(200);
    owner.must_say("Vì thủ tục này do Ủy ban nhân dân cấp xã nơi đó tiếp nhận");
    for nothing in ["", "+++", "%F0%9F%98%80", "zzzz"] {
        let page = visitor.get(&format!("{birth}?tim={nothing}")).await.must_be(200);
        assert!(!page.text().contains("Theo nơi quý vị ở"), "«{nothing}»");
    }
}
