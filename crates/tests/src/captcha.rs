//! What a browser with scripts does about a captcha: the work, done here instead of in `assets/js/captcha.js`.

use domain::ids::Hash;

use crate::forms::Form;
use crate::html::{Piece, Tag, pieces};
use crate::page::Page;

/// The form with the work of the page's captcha done; one that was solved before needs none.
#[must_use]
pub fn solve(page: &Page, form: Form) -> Form {
    assert!(form.value("captcha_token").is_some(), "{} has no captcha", page.path());
    match find(page, "data-captcha") {
        Some(tag) => form.fill("captcha_work", &work(&tag)),
        None => form,
    }
}

/// The answer that the demonstration shows; panics when it shows none.
pub fn demo_answer(page: &Page) -> String {
    let shown = find(page, "data-demo-captcha");
    let answer = shown.and_then(|tag| tag.attribute("data-demo-captcha").map(str::to_owned));
    answer.unwrap_or_else(|| panic!("{} shows no answer", page.path()))
}

fn find(page: &Page, attribute: &str) -> Option<Tag> {
    pieces(&page.source()).into_iter().find_map(|piece| match piece {
        Piece::Open(tag) if tag.has(attribute) => Some(tag),
        _ => None,
    })
}

fn work(captcha: &Tag) -> String {
    let attribute = |name: &str| captcha.attribute(name).expect("a captcha says what the work is");
    let nonce = attribute("data-nonce");
    let nonce: Vec<u8> = (0..nonce.len() / 2).map(|at| byte(&nonce[at * 2..at * 2 + 2])).collect();
    let bits: u32 = attribute("data-bits").parse().expect("a number of bits");
    let parts: u8 = attribute("data-parts").parse().expect("a number of parts");
    let solve =
        |part: u8| (0..u32::MAX).find(|counter| is_solved(&nonce, part, *counter, bits)).expect("some counter does it");
    (0..parts).map(|part| format!("{:x}", solve(part))).collect::<Vec<_>>().join(".")
}

fn byte(hex: &str) -> u8 {
    u8::from_str_radix(hex, 16).expect("a nonce is hexadecimal")
}

fn is_solved(nonce: &[u8], part: u8, counter: u32, bits: u32) -> bool {
    let mut message = Vec::with_capacity(21);
    message.extend_from_slice(nonce);
    message.push(part);
    message.extend_from_slice(&counter.to_be_bytes());
    let hash = Hash::of(&message);
    let [first, second, third, fourth, ..] = hash.as_bytes();
    u32::from_be_bytes([*first, *second, *third, *fourth]).leading_zeros() >= bits
}
