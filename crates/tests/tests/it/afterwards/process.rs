//! The steps of a dossier on its page: as a list and as a picture, with the part in which it is.

use tests::app::TestApp;
use tests::page::Page;

use crate::steps::{CITIZEN, COMMUNE, filed_by, on_both_databases};

use super::at_desk;

on_both_databases! {
    the_steps_tell_where_the_dossier_is;
}

/// The steps that are marked as the present ones.
fn current(page: &Page) -> Vec<String> {
    let source = page.source();
    let items = source.split("<li class=\"mc-stages__step\" aria-current=\"step\">").skip(1);
    let titles = items.filter_map(|item| item.split("mc-stages__title\">").nth(1)?.split('<').next());
    titles.map(str::to_owned).collect()
}

async fn the_steps_tell_where_the_dossier_is(app: TestApp) {
    let (client, code, _) = filed_by(&app, CITIZEN).await;
    let address = format!("/ho-so/{code}");
    let page = client.get(&address).await.must_be(200);
    assert_eq!(current(&page), ["Tiếp nhận và kiểm tra hồ sơ"]);
    page.must_say("Cán bộ tiếp nhận, trong 8 giờ làm việc");
    page.must_say("Ký Giấy khai sinh");
    let source = page.source();
    assert_eq!(source.matches("<svg class=\"mc-process\"").count(), 1);
    assert_eq!(source.matches("mc-process__box--current").count(), 1, "one step receives it");
    // What a child with a hospital's paper does not need is drawn aside and not listed.
    let list = source.split("<svg").next().unwrap();
    assert!(!list.contains("Kiểm tra, xác minh việc sinh"), "a step of another case");
    assert!(source.contains("Kiểm tra, xác minh") && source.contains("mc-process__box--aside"));
    at_desk(&app.officer(COMMUNE).await, &code, "tiep-nhan", &[]).await.must_be(303);
    let page = client.get(&address).await.must_be(200);
    let now = current(&page);
    assert!(now.len() > 2 && now[0] == "Thẩm tra hồ sơ", "{now:?}");
    client.get(&format!("{address}?lang=en")).await.must_be(200).must_say("Reception officer, within 8 working hours");
}
