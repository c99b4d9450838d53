//! A dossier from the first search to the result in the citizen's hand, in a real browser, on both databases.

mod by_keyboard;
mod citizen;
mod officer;
mod papers;

use crate::look::{Walk, Window};
use citizen::Citizen;
use tests::browser::Screen::{Desk, Phone};
use tests::browser::Scripts::{Off, On};
use tests::postgres::Database;
use tests::server::{Server, Setup};

/// The whole journey in one window, the citizen's and the officer's part of it.
async fn a_dossier_goes_through(server: &Server, window: Window, number: u32) {
    let mut walk = Walk::open(server, window).await;
    let citizen = Citizen::number(number);
    citizen.find_the_procedure(&mut walk).await;
    citizen.register(&mut walk).await;
    citizen.find_the_service(&mut walk).await;
    citizen.choose_the_agency(&mut walk).await;
    let filed = citizen.file(&mut walk).await;
    citizen.files_nothing_more(&mut walk, &filed).await;
    citizen.check_the_receipt(&mut walk, &filed).await;
    citizen.sign_out(&mut walk).await;
    officer::accept(&mut walk, &filed).await;
    officer::return_the_result(&mut walk, &filed).await;
    citizen.receive_the_result(&mut walk, &filed).await;
    citizen.track_to_the_end(&mut walk, &filed).await;
    walk.end();
}

#[tokio::test]
async fn a_dossier_goes_through_on_sqlite() {
    let server = Server::start(Setup::default()).await;
    for (number, window) in [(1, (Desk, On)), (2, (Phone, Off)), (3, (Phone, On)), (4, (Desk, Off))] {
        a_dossier_goes_through(&server, Window::new("sqlite", window), number).await;
    }
}

#[tokio::test]
async fn a_dossier_goes_through_on_postgresql() {
    let database = Database::create().await;
    let server = Server::start(Setup { database: Some(database.url()), ..Setup::default() }).await;
    for (number, window) in [(1, (Desk, On)), (2, (Phone, Off))] {
        a_dossier_goes_through(&server, Window::new("postgresql", window), number).await;
    }
}

#[tokio::test]
async fn a_dossier_is_filed_without_a_mouse() {
    let server = Server::start(Setup::default()).await;
    let mut walk = Walk::open(&server, Window::new("keyboard", (Desk, On))).await;
    by_keyboard::file(&mut walk, &Citizen::number(1)).await;
    walk.end();
}
