//! Addresses: communes found and taken without scripts, kept in one spelling, and doubts that keep nobody from filing.

use tests::app::{Engine, TestApp};
use tests::page::Page;

use crate::steps::{CITIZEN, COMMUNE, answered, between, on_both_databases};

on_both_databases! {
    a_commune_is_found_and_taken_by_buttons_and_nothing_is_lost;
    an_old_name_is_told_with_its_successor_and_filed_all_the_same;
}

/// Thủ tục đăng ký kết hôn.
const MARRIAGE: &str = "1.000894";

/// What a button beside an address offers.
fn offers(page: &Page) -> Vec<String> {
    let source = page.source();
    source
        .split("name=\"take_place\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

async fn a_commune_is_found_and_taken_by_buttons_and_nothing_is_lost(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    // On the owner's page: found, taken, and nothing else changed, whatever is still missing.
    let start = format!("/nop-ho-so/{MARRIAGE}");
    let page = client.get(&format!("{start}?co-quan={COMMUNE}")).await.must_be(200);
    let asked =
        page.form(&start).fill("phone", "").fill("address", "12 Lê Lợi, plei ku").press("find_place", "address");
    let page = client.submit(&page, asked).await.must_be(200);
    page.must_say("Chọn xã, phường, đặc khu:");
    page.must_say("Phường Pleiku, Tỉnh Gia Lai");
    let pleiku = offers(&page)[0].clone();
    let page = client.submit(&page, page.form(&start).press("take_place", &pleiku)).await.must_be(200);
    let form = page.form(&start);
    assert_eq!(form.value("address"), Some("12 Lê Lợi, Phường Pleiku, Tỉnh Gia Lai"));
    assert_eq!(form.value("phone"), Some(""), "what was taken out stays out");
    let next = client.submit(&page, form.fill("phone", "0905345678")).await.must_be(303);
    // On a page of the form: what else was entered is kept in the draft, wrong as it is.
    let page = client.follow(&next).await.must_be(200);
    let path = page.path().to_owned();
    let asked = page
        .form(&path)
        .fill("bride.marriage_count", "hai")
        .fill("bride.residence", "")
        .press("find_place", "bride.residence");
    let page = client.submit(&page, asked).await.must_be(200);
    page.must_say("Gõ tên xã, phường vào ô trên");
    let asked = page.form(&path).fill("bride.residence", "Không đâu cả").press("find_place", "bride.residence");
    let page = client.submit(&page, asked).await.must_be(200);
    page.must_say("Không tìm thấy xã, phường nào có tên như vậy");
    let asked = page.form(&path).fill("bride.residence", "Làng Jút 1, ia hrung").press("find_place", "bride.residence");
    let page = client.submit(&page, asked).await.must_be(200);
    let taken = client.submit(&page, page.form(&path).press("take_place", &offers(&page)[0])).await.must_be(200);
    let again = client.get(&path).await.must_be(200);
    for page in [&taken, &again] {
        assert_eq!(page.form(&path).value("bride.residence"), Some("Làng Jút 1, Xã Ia Hrung, Tỉnh Gia Lai"));
        assert_eq!(page.form(&path).value("bride.marriage_count"), Some("hai"));
    }
    // Typed by hand it is kept in the same spelling.
    let typed = again.form(&path).fill("bride.residence", "Tổ 3, xa ia grai, tinh gia lai");
    client.submit(&again, typed).await.must_be(422);
    let page = client.get(&path).await.must_be(200);
    assert_eq!(page.form(&path).value("bride.residence"), Some("Tổ 3, Xã Ia Grai, Tỉnh Gia Lai"));
    // Where the post brings the result.
    let delivery = path.split("/to-khai/").next().unwrap().to_owned() + "/noi-nhan-ket-qua";
    let page = client.get(&delivery).await.must_be(200);
    let asked = page.form(&delivery).fill("way", "post").fill("post_address", "Tổ 2, xã Ia Dêr, huyện Ia Grai");
    let page = client.submit(&page, asked.press("find_place", "post_address")).await.must_be(200);
    let taken = page.form(&delivery).press("take_place", &offers(&page)[0]);
    let page = client.submit(&page, taken).await.must_be(200);
    let form = page.form(&delivery);
    assert_eq!(
        (form.value("way"), form.value("post_address")),
        (Some("post"), Some("Tổ 2, Xã Ia Hrung, Tỉnh Gia Lai"))
    );
}

async fn an_old_name_is_told_with_its_successor_and_filed_all_the_same(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    let start = format!("/nop-ho-so/{MARRIAGE}");
    let page = client.get(&format!("{start}?co-quan={COMMUNE}")).await.must_be(200);
    let form = page.form(&start).fill("address", "Tổ 1, thị trấn Ia Kha, huyện Ia Grai, Gia Lai");
    let next = client.submit(&page, form).await.must_be(303);
    let page = client.follow(&next).await.must_be(200);
    let form = page.form(page.path()).fill("bride.residence", "12 rue Lepic, Paris").fill_rest();
    let next = client.submit(&page, form).await.must_be(303);
    let delivery = answered(&client, client.follow(&next).await.must_be(200)).await;
    let files = client.submit(&delivery, delivery.form(delivery.path()).fill("way", "online")).await.must_be(303);
    let review = client.get(&files.location().replace("tep-dinh-kem", "xem-lai")).await.must_be(200);
    let old = "Địa chỉ của chủ hồ sơ: «Thị trấn Ia Kha, Huyện Ia Grai, Tỉnh Gia Lai» là tên trước ngày 01/07/2025, \
               nay thuộc Xã Ia Grai, Tỉnh Gia Lai.";
    review.must_say(old);
    review.must_say("Bên nữ, nơi cư trú: chưa nhận ra tên xã, phường; nên ghi đủ");
    // Whoever goes back is offered today's name.
    let owner = review.path().replace("xem-lai", "chu-ho-so");
    let page = client.get(&owner).await.must_be(200);
    page.must_say("Đây là tên trước ngày 01/07/2025");
    assert_eq!(offers(&page).len(), 1);
    let done = client.submit(&review, review.form(review.path())).await.must_be(303);
    let done = client.follow(&done).await.must_be(200);
    let code = between(&done, "id=\"ma-ho-so\">");
    let desk = app.officer(COMMUNE).await.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200);
    desk.must_say(old);
    desk.must_say("Tổ 1, thị trấn Ia Kha, huyện Ia Grai, Gia Lai");
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_are_told_communes_and_where_their_names_begin() {
    let app = TestApp::start(Engine::Sqlite).await;
    let visitor = app.visitor();
    let ask = async |line: &str| {
        let page = visitor.get(&format!("/dia-ban/goi-y?q={}", web::links::encode(line))).await.must_be(200);
        assert_eq!(page.header("cache-control"), Some("public, max-age=86400"));
        serde_json::from_slice::<serde_json::Value>(page.bytes()).unwrap()
    };
    let found = ask("Làng Jút 𝄞, xã Ia Hrun").await;
    assert_eq!(found["from"], 13, "counted as scripts count");
    assert_eq!(found["places"][0]["name"], "Xã Ia Hrung, Tỉnh Gia Lai");
    let old = ask("phường Hoa Lư, thành phố Pleiku").await;
    assert_eq!(old["places"][0]["before"], "Phường Hoa Lư, Thành phố Pleiku, Tỉnh Gia Lai");
    assert_eq!(ask("").await["places"], serde_json::json!([]));
    assert_eq!(ask(&"ị, ".repeat(2_000)).await["places"], serde_json::json!([]));
    visitor.get("/dia-ban/goi-y?q=%ff%fe&q").await.must_be(200);
}
