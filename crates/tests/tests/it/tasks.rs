//! The list of the parts of a long filing: how far each is, going on from it and coming back.

use tests::app::TestApp;
use tests::page::Page;

use crate::steps::{CITIZEN, answered, on_both_databases};

on_both_databases! {
    the_parts_of_a_long_form_are_listed_with_how_far_they_are;
}

/// Đăng ký thành lập hộ kinh doanh: eight pages.
const BUSINESS: &str = "1.001612";

/// The state of a part.
fn state(list: &Page, part: &str) -> String {
    let source = list.source();
    let row = source.split("<li class=\"mc-tasks__item\">").skip(1).find(|row| row.contains(&format!(">{part}</a>")));
    let row = row.unwrap_or_else(|| panic!("no part {part}: {}", list.text()));
    row.split("<strong").nth(1).and_then(|rest| rest.split(['>', '<']).nth(1)).unwrap_or_default().to_owned()
}

async fn the_parts_of_a_long_form_are_listed_with_how_far_they_are(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    let agency = app.portal().app().content().agencies_of(&BUSINESS.parse().unwrap())[0].to_string();
    let start = format!("/nop-ho-so/{BUSINESS}");
    let page = client.get(&format!("{start}?co-quan={agency}")).await.must_be(200);
    let form = page.form(&start).fill("address", "Xã Ia Grai, Tỉnh Gia Lai");
    let next = client.submit(&page, form).await.must_be(303);
    let first = client.follow(&next).await.must_be(200);
    let place = first.link("Danh sách các phần");
    assert!(place.ends_with("/cac-phan"));
    let list = client.get(&place).await.must_be(200);
    assert_eq!(state(&list, "Chủ hồ sơ"), "Đã xong");
    assert_eq!(state(&list, "Trụ sở"), "Chưa làm");
    list.must_say("Chưa nộp được");
    // A page to which the list led leads back to it; what is wrong keeps one there and is not done.
    let seat = client.get(&list.link("Trụ sở")).await.must_be(200);
    let half = seat.form(seat.path()).fill("office.address", "Tổ 1, Xã Ia Grai, Tỉnh Gia Lai");
    client.submit(&seat, half).await.must_be(422);
    let list = client.get(&place).await.must_be(200);
    assert_eq!(state(&list, "Trụ sở"), "Đang làm");
    let seat = client.get(&list.link("Trụ sở")).await.must_be(200);
    let back = client.submit(&seat, seat.form(seat.path()).fill_rest()).await.must_be(303);
    assert!(back.location().ends_with("/cac-phan"), "{}", back.location());
    assert_eq!(state(&client.follow(&back).await.must_be(200), "Trụ sở"), "Đã xong");
    // The draft's own link leads to the list, and the other pages stay in their order.
    let own = client.get("/ho-so").await.must_be(200);
    assert!(own.source().contains(&place), "{}", own.source());
    let delivery = answered(&client, first).await;
    assert!(delivery.path().ends_with("/noi-nhan-ket-qua"));
    let list = client.get(&place).await.must_be(200);
    assert_eq!(state(&list, "Trụ sở"), "Đã xong");
    assert_ne!(state(&list, "Nơi nhận kết quả"), "Đã xong");
}
