//! What the agency writes: drafts of the letters of a case at the desk, and form 02.

use tests::app::TestApp;
use tests::http::Client;
use tests::page::Page;
use tests::pdf::pdf_text;

use crate::steps::{CITIZEN, COMMUNE, STRANGER, between, draft_of, filed_by, on_both_databases, paper};

on_both_databases! {
    a_draft_is_for_the_officers_who_decide_while_they_do;
    whatever_is_answered_stands_in_a_draft_as_it_is;
    letters_of_six_procedures_are_drafted;
    form_02_says_what_was_asked_for;
}

async fn act(officer: &Client, code: &str, name: &str) -> Page {
    let page = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    let form = page.form(&format!("/can-bo/ho-so/{code}/{name}"));
    // Where the record states no limit, the desk does.
    let form = if form.names().contains(&"limit") { form.fill("limit", "3") } else { form };
    officer.submit(&page, form).await.must_be(303)
}

async fn a_draft_is_for_the_officers_who_decide_while_they_do(app: TestApp) {
    let (citizen, code, _) = filed_by(&app, CITIZEN).await;
    let officer = app.officer(COMMUNE).await;
    let address = format!("/can-bo/ho-so/{code}/du-thao/giay-khai-sinh.pdf");
    let page = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    assert!(!page.text().contains("Dự thảo văn bản"), "nothing is decided before it is accepted");
    officer.get(&address).await.must_be(404);
    act(&officer, &code, "tiep-nhan").await;
    let page = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    for words in ["Dự thảo văn bản", "Giấy khai sinh", "Ngày, tháng, năm sinh ghi bằng chữ"] {
        page.must_say(words);
    }
    assert_eq!(page.link("Xem dự thảo (PDF) Giấy khai sinh"), address);
    let pdf = officer.get(&address).await.must_be(200);
    assert_eq!(pdf.header("content-type"), Some("application/pdf"));
    let text = pdf_text(pdf.bytes());
    for words in [
        "ỦY BAN NHÂN DÂN THỊ TRẤN IA KHA",
        "GIẤY KHAI SINH",
        "DỰ THẢO",
        "Số: ………",
        "Nguyễn Văn An",
        "Ia Kha, ngày …… tháng …… năm 2026",
        "CHỦ TỊCH",
        &format!("Dự thảo của hồ sơ {code}: chưa có số, chưa ký, chưa có giá trị."),
    ] {
        assert!(text.contains(words), "«{words}» is not in: {text}");
    }
    // Neither the filer, nor another desk, nor anybody else; nor another letter.
    assert_ne!(citizen.get(&address).await.status(), 200);
    app.officer("H21.58.53").await.get(&address).await.must_be(404);
    assert_ne!(app.visitor().get(&address).await.status(), 200);
    for other in ["giay-khai-sinh", "giay-chung-nhan-ket-hon.pdf", "..%2f..%2fgiay-khai-sinh.pdf", ".pdf"] {
        officer.get(&format!("/can-bo/ho-so/{code}/du-thao/{other}")).await.must_be(404);
    }
    let page = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    let form = page.form(&format!("/can-bo/ho-so/{code}/ket-qua")).upload("result", paper("giấy khai sinh.pdf"));
    officer.submit(&page, form).await.must_be(303);
    officer.get(&address).await.must_be(404);
}

async fn whatever_is_answered_stands_in_a_draft_as_it_is(app: TestApp) {
    let markup = "#panic(\"a\") [b] *c* _d_ $e$ `f` <g> @h \\u{41} {subject.full_name}";
    let long = format!("👨‍👩‍👧 {}", "Ẫ".repeat(180));
    let name = format!("Nguyễn {}", "Thị Hồng Hạnh ".repeat(6).trim());
    for (purpose, expected) in [(markup, markup), (long.as_str(), "ẪẪẪẪẪẪ")] {
        let client = app.citizen(if purpose == markup { CITIZEN } else { STRANGER }).await;
        let answers = [("status.purpose", purpose), ("subject.full_name", name.as_str())];
        let code = filed_with(&client, "1.004873", &answers).await;
        let officer = app.officer(COMMUNE).await;
        act(&officer, &code, "tiep-nhan").await;
        let address = format!("/can-bo/ho-so/{code}/du-thao/giay-xac-nhan-tinh-trang-hon-nhan.pdf");
        let text = pdf_text(officer.get(&address).await.must_be(200).bytes());
        assert!(text.replace(' ', "").contains(&expected.replace(' ', "")), "{expected}: {text}");
        assert!(text.replace(' ', "").contains(&name.replace(' ', "")), "{name}: {text}");
    }
}

/// What is filed at a commune leads to letters without holes in their words.
async fn letters_of_six_procedures_are_drafted(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    let officer = app.officer(COMMUNE).await;
    let mut drafted = 0;
    for procedure in ["1.000656", "1.000894", "1.001022", "1.004859", "1.004884", "2.000635"] {
        let code = filed_with(&client, procedure, &[]).await;
        act(&officer, &code, "tiep-nhan").await;
        let source = officer.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200).source();
        let addresses = source.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let addresses: Vec<&str> = addresses.filter(|address| address.contains("/du-thao/")).collect();
        assert!(!addresses.is_empty(), "{procedure}");
        for address in addresses {
            let text = pdf_text(officer.get(address).await.must_be(200).bytes());
            assert!(
                text.contains("DỰ THẢO") && text.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                "{address}: {text}"
            );
            assert!(!text.contains('{') && !text.contains('}'), "{address}: {text}");
            drafted += 1;
        }
    }
    assert!(drafted >= 8, "{drafted}");
}

/// Files a procedure at the commune with these answers and whatever fits elsewhere; its code.
async fn filed_with(client: &Client, procedure: &str, answers: &[(&str, &str)]) -> String {
    let mut page = draft_of(client, procedure).await;
    while page.path().contains("/to-khai/") {
        let form = page.form(page.path());
        let here: Vec<String> = form.names().into_iter().map(str::to_owned).collect();
        let asked = answers.iter().filter(|(name, _)| here.iter().any(|known| known == name));
        let form = asked.fold(form.fill_rest(), |form, (name, value)| form.fill(name, value));
        let sent = client.submit(&page, form).await.must_be(303);
        page = client.follow(&sent).await.must_be(200);
    }
    let sent = client.submit(&page, page.form(page.path()).fill("way", "online")).await.must_be(303);
    let files = client.follow(&sent).await.must_be(200);
    let review = files.path().replace("tep-dinh-kem", "xem-lai");
    let source = files.source();
    let needed = source.split("<section").skip(1).filter(|slot| slot.contains("Bắt buộc"));
    let needed = needed.filter_map(|slot| slot.split("name=\"file-").nth(1)?.split('"').next());
    let form = needed.fold(files.form(files.path()).press("viec", "tiep"), |form, name| {
        form.upload(&format!("file-{name}"), paper("giấy tờ.pdf"))
    });
    client.submit(&files, form).await.must_be(303);
    let review = client.get(&review).await.must_be(200);
    let done = client.submit(&review, review.form(review.path())).await.must_be(303);
    between(&client.follow(&done).await.must_be(200), "id=\"ma-ho-so\">")
}

async fn form_02_says_what_was_asked_for(app: TestApp) {
    let (citizen, code, _) = filed_by(&app, CITIZEN).await;
    let address = format!("/ho-so/{code}/giay-to/phieu-bo-sung-1.pdf");
    citizen.get(&address).await.must_be(404);
    let officer = crate::afterwards::ask(&app, &code).await;
    let page = citizen.get(&format!("/ho-so/{code}")).await.must_be(200);
    assert_eq!(page.link("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ, lần 1 (PDF)"), address);
    let own = citizen.get(&address).await.must_be(200);
    let desk = officer.get(&format!("/can-bo{address}")).await.must_be(200);
    for pdf in [own, desk] {
        let text = pdf_text(pdf.bytes());
        for words in [
            "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
            &format!("Mã hồ sơ: {code}"),
            "Số: 0001/HDHS",
            "Ia Kha, ngày 23 tháng 11 năm 2026",
            "Rơ Châm H'Lan",
            "Ảnh bị mờ, hãy chụp lại.",
            "Lý do: không đọc được",
            "2. Cho biết ai đến nhận kết quả.",
            "Hết ngày 03/12/2026",
            "NGƯỜI HƯỚNG DẪN",
        ] {
            assert!(text.contains(words), "«{words}» is not in: {text}");
        }
    }
    app.citizen(STRANGER).await.get(&address).await.must_be(404);
    app.officer("H21.58.53").await.get(&format!("/can-bo{address}")).await.must_be(404);
    for other in ["phieu-bo-sung-0.pdf", "phieu-bo-sung-2.pdf", "phieu-bo-sung-01.pdf", "phieu-bo-sung-+1.pdf"] {
        citizen.get(&format!("/ho-so/{code}/giay-to/{other}")).await.must_be(404);
    }
}
