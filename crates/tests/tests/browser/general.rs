//! The general form and the list of the parts of a long one, seen on a telephone and on a desk.

use content::Content;
use domain::catalogue::Fileability;
use domain::time::Day;
use forms::Kind;
use tests::browser::Screen::{Desk, Phone};
use tests::browser::Scripts::{Off, On};
use tests::server::{Server, Setup};

use crate::look::{Walk, Window};
use crate::representation::register;

/// How many procedures are looked at.
const LOOKED_AT: usize = 5;

/// Procedures with the general form that a person may ask for, from all over the catalogue: the code, an agency, and the
/// first case where there are several.
fn procedures(content: &Content) -> Vec<(String, String, Option<String>)> {
    let today = Day::new(2026, 11, 23).unwrap();
    let codes = content.procedures.all().iter().map(|summary| &summary.code);
    let of = |code| {
        let form = content.version_on(code, today).filter(|version| version.is_general).map(|version| &version.form)?;
        form.field("person.phone")?;
        let case = match form.field("request.case").map(|question| &question.kind) {
            Some(Kind::One(choices)) => choices.first().map(|choice| choice.title.vi.clone()),
            _ => None,
        };
        Some((code.to_string(), content.agencies_of(code).first()?.to_string(), case))
    };
    let all: Vec<_> =
        codes.filter(|code| content.fileability(code) == Some(Fileability::Here)).filter_map(of).collect();
    let (with_cases, without): (Vec<_>, Vec<_>) = all.into_iter().partition(|(.., case)| case.is_some());
    let spread = |list: Vec<_>, count: usize| {
        let step = (list.len() / count).max(1);
        list.into_iter().step_by(step).take(count).collect::<Vec<_>>()
    };
    [spread(with_cases, LOOKED_AT - 2), spread(without, 2)].concat()
}

#[tokio::test]
async fn the_general_form_and_the_list_of_parts_look_right() {
    let server = Server::start(Setup::default()).await;
    let content = Content::load().unwrap();
    for (number, (screen, scripts)) in [(Phone, Off), (Desk, On)].into_iter().enumerate() {
        let mut walk = Walk::open(&server, Window::new("general", (screen, scripts))).await;
        register(&mut walk, "Công dân", &format!("0641850092{number}4"), "Rơ Châm H'Lan").await;
        for (code, agency, case) in procedures(&content) {
            walk.goto(&format!("/nop-ho-so/{code}?co-quan={agency}")).await;
            walk.browser.fill("Địa chỉ", "Làng Jút 1, Xã Ia Hrung, Tỉnh Gia Lai").await;
            walk.browser.press("Tiếp tục").await;
            if let Some(case) = &case {
                let is_list =
                    walk.browser.run("return document.getElementById('request.case').tagName", Vec::new()).await;
                match is_list == "SELECT" {
                    true => walk.browser.select("Quý vị thuộc trường hợp nào?", case).await,
                    false => walk.browser.choose(case).await,
                }
            }
            walk.browser.fill("Nội dung đề nghị", "Đề nghị cấp lại giấy tờ đã mất.").await;
            walk.look(&format!("{code}-request")).await;
            walk.browser.press("Tiếp tục").await;
            walk.look(&format!("{code}-applicant")).await;
            walk.browser.press("Tiếp tục").await;
            walk.browser.choose("Nhận trực tuyến").await;
            walk.browser.press("Tiếp tục").await;
            walk.look(&format!("{code}-files")).await;
        }
        let business = content.agencies_of(&"1.001612".parse().unwrap())[0].to_string();
        walk.goto(&format!("/nop-ho-so/1.001612?co-quan={business}")).await;
        walk.browser.fill("Địa chỉ", "Xã Ia Grai, Tỉnh Gia Lai").await;
        walk.browser.press("Tiếp tục").await;
        walk.look("long-form").await;
        walk.browser.follow("Danh sách các phần").await;
        walk.look_at("Danh sách các phần", "parts").await;
        walk.browser.follow("Trụ sở").await;
        walk.browser.fill("Địa chỉ trụ sở", "12 Hùng Vương, Xã Ia Grai, Tỉnh Gia Lai").await;
        walk.browser.choose("Có").await;
        walk.browser.press("Tiếp tục").await;
        walk.look_at("Danh sách các phần", "parts-again").await;
        walk.end();
    }
}
