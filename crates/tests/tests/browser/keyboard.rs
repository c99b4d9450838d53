//! The kit's keyboard, tried on a page small enough to know everything about.

use fantoccini::key::Key;
use tests::browser::{Browser, Screen, Scripts};

const PAGE: &str = "data:text/html;charset=utf-8,<!doctype html><html lang=vi><title>Thử</title><h1>Thử</h1>\
    <a href='%23a'>Một</a> <a href='%23b' style='outline:0'>Hai</a> <form action='%23c'><label>Tên <input name=ten></label>\
    <label><input type=radio name=x>Ba</label> <label><input type=radio name=x>Bốn</label> <button>Gửi</button></form>";

#[tokio::test]
async fn a_focus_that_cannot_be_seen_is_found() {
    let browser = Browser::open(Screen::Desk, Scripts::On).await;
    browser.goto(PAGE).await;
    browser.tab_to("Một").await;
    assert!(browser.shows_focus().await);
    browser.press_key(Key::Tab).await;
    assert!(!browser.shows_focus().await);
}

#[tokio::test]
async fn letters_and_arrows_go_where_the_focus_is() {
    let browser = Browser::open(Screen::Desk, Scripts::On).await;
    browser.goto(&PAGE.replace(" style='outline:0'", "")).await;
    browser.tab_to("Tên").await;
    browser.type_keys("Rơ Châm").await;
    assert_eq!(browser.value("Tên").await, "Rơ Châm");
    browser.tab_to("Ba").await;
    browser.press_key(Key::Down).await;
    assert!(browser.by_label("Bốn").await.is_selected().await.unwrap());
}
