//! Addresses on a telephone: communes offered while one types, and found by a button where no script runs.

use fantoccini::key::Key;
use tests::browser::Screen::{Desk, Phone};
use tests::browser::Scripts::{Off, On};
use tests::server::{Server, Setup};

use crate::look::{Walk, Window};
use crate::representation::register;

/// Waits for the list under a field: its options, a line each.
const OPTIONS: &str = "return new Promise((done, never) => {
    let left = 100;
    const look = () => {
        const list = document.querySelector('[role=listbox]:not([hidden])');
        if (list) done([...list.children].map(option => option.innerText).join('\\n'));
        else if (!left--) never(new Error('nothing was offered'));
        else setTimeout(look, 50);
    };
    look();
})";

#[tokio::test]
async fn communes_are_offered_while_one_types_and_found_by_a_button_without_scripts() {
    let server = Server::start(Setup::default()).await;
    for (number, (screen, scripts)) in [(Phone, On), (Phone, Off), (Desk, On)].into_iter().enumerate() {
        let mut walk = Walk::open(&server, Window::new("addresses", (screen, scripts))).await;
        register(&mut walk, "Công dân", &format!("0641850091{number}4"), "Rơ Châm H'Lan").await;
        walk.goto("/nop-ho-so/1.000894?co-quan=H21.58.51").await;
        walk.browser.fill("Địa chỉ", "12 Lê Lợi, plei").await;
        match walk.has_scripts() {
            true => {
                let offered = walk.browser.run(OPTIONS, Vec::new()).await;
                assert!(offered.as_str().unwrap().starts_with("Phường Pleiku, Tỉnh Gia Lai"), "{offered}");
                walk.look("offered").await;
                walk.browser.press_key(Key::Down).await;
                walk.browser.press_key(Key::Enter).await;
            }
            false => {
                walk.browser.press("Tìm xã, phường (Địa chỉ)").await;
                walk.look("found").await;
                walk.browser.press("Phường Pleiku, Tỉnh Gia Lai").await;
            }
        }
        assert_eq!(walk.browser.value("Địa chỉ").await, "12 Lê Lợi, Phường Pleiku, Tỉnh Gia Lai");
        walk.browser.press("Tiếp tục").await;
        // An old name on a page of the form: its successor takes its place, or it stays.
        let old = "Làng Jút 1, xã Ia Hrung, huyện Ia Grai";
        walk.browser.fill("Nơi cư trú", old).await;
        if walk.has_scripts() {
            let offered = walk.browser.run(OPTIONS, Vec::new()).await;
            assert!(offered.as_str().unwrap().contains("Trước đây: Xã Ia Hrung, Huyện Ia Grai"), "{offered}");
            walk.look("renamed").await;
            walk.browser.press_key(Key::Escape).await;
            assert_eq!(walk.browser.value("Nơi cư trú").await, old);
        }
        walk.browser.press("Tìm xã, phường (Nơi cư trú)").await;
        walk.look("renamed-found").await;
        walk.browser.press("Xã Ia Hrung, Tỉnh Gia Lai").await;
        assert_eq!(walk.browser.value("Nơi cư trú").await, "Làng Jút 1, Xã Ia Hrung, Tỉnh Gia Lai");
        walk.end();
    }
}
