//! Whether a number has an account shows neither in the words of an answer nor in the time that it takes.

use std::time::{Duration, Instant};

use tests::app::{PASSWORD, TestApp, register};
use tests::captcha::solve;
use tests::http::Client;
use tests::page::Page;
use tests::portals::national_account;

use super::{NOBODY, NUMBER, PHONE, at_the_nation, from_place, post};
use crate::steps::on_both_databases;

on_both_databases! {
    an_account_shows_in_no_word_of_an_answer;
    an_account_shows_not_in_the_time_of_an_answer;
}

at_the_nation! {
    an_account_shows_in_no_word_of_the_nations_answers;
    an_account_shows_not_in_the_time_of_the_nations_answer;
}

/// So many pairs are compared.
const PAIRS: usize = 30;
/// What two medians may differ by. A hash takes 20 to 60 ms, so that leaving it out shows; a pair of medians differs by
/// a few milliseconds at most.
const NOISE: Duration = Duration::from_millis(10);

/// The answer without what differs from answer to answer: numbers that were typed, identifiers, tokens, nonces.
fn neutral(page: &Page, number: &str) -> (u16, String, String) {
    let hexadecimal = |word: &str| word.len() >= 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let plain = |text: &str| {
        let text = text.replace(number, "…");
        let words = text.split(|c: char| !c.is_ascii_alphanumeric());
        words.filter(|word| !hexadecimal(word)).collect::<Vec<_>>().join(" ")
    };
    let mut names: Vec<_> = page.headers().keys().map(|name| name.as_str().to_owned()).collect();
    names.sort();
    let location = page.header("location").unwrap_or_default();
    (page.status(), plain(&page.text()), format!("{} {}", plain(location), names.join(",")))
}

/// The same question about two numbers, one of which has an account; `ask` names what is asked.
async fn assert_alike<A: AsyncFn(&str) -> Page>(what: &str, ask: A) -> [Page; 2] {
    let (known, unknown) = (ask(NUMBER).await, ask(NOBODY).await);
    assert_eq!(neutral(&known, NUMBER), neutral(&unknown, NOBODY), "{what}");
    [known, unknown]
}

async fn an_account_shows_in_no_word_of_an_answer(app: TestApp) {
    register(&app, &app.visitor(), NUMBER).await;
    forgotten_passwords_look_alike(&app).await;
    for password in ["sai", "Sai-mật-khẩu-1!", &"a".repeat(1_000)] {
        let client = app.visitor();
        let ask = async |number: &str| post(&client, "/dang-nhap", &[("number", number), ("password", password)]).await;
        assert_alike("signing in", ask).await;
    }
    // Until it is refused, and then too.
    let client = from_place(&app, 1);
    for _ in 0..12 {
        let ask = async |number: &str| post(&client, "/dang-nhap", &[("number", number), ("password", "sai")]).await;
        assert_alike("guessing on", ask).await;
    }
}

async fn an_account_shows_in_no_word_of_the_nations_answers(app: TestApp) {
    national_account(&app, NUMBER, PHONE).await;
    forgotten_passwords_look_alike(&app).await;
    for _ in 0..12 {
        // Each number from a place of its own: captchas get harder in one that has failed.
        let place = |number: &str| if number == NUMBER { 3 } else { 4 };
        assert_alike("signing in", async |number: &str| try_national(&from_place(&app, place(number)), number).await)
            .await;
    }
}

/// A forgotten password from its first page to its last but one.
async fn forgotten_passwords_look_alike(app: &TestApp) {
    for round in 0..7 {
        let client = from_place(app, 100);
        let ask = async |number: &str| post(&client, "/quen-mat-khau", &[("number", number)]).await;
        let [known, unknown] = assert_alike(&format!("forgotten password {round}"), ask).await;
        if known.status() != 303 {
            assert_eq!(known.status(), 429);
            continue;
        }
        let address = |number: &str| if number == NUMBER { known.location() } else { unknown.location() }.to_owned();
        for _ in 0..7 {
            let ask = async |number: &str| client.get(&address(number)).await;
            assert_alike("the page of the code", ask).await;
            let ask = async |number: &str| post(&client, &address(number), &[("code", "000000")]).await;
            assert_alike("a wrong code", ask).await;
            let again = |number: &str| format!("{}/gui-lai", address(number));
            let ask = async |number: &str| post(&client, &again(number), &[]).await;
            assert_alike("another code at once", ask).await;
            app.run_jobs().await;
            assert_alike("once it is sent", async |number: &str| client.get(&address(number)).await).await;
        }
        app.advance(Duration::from_secs(61));
        let again = |number: &str| format!("{}/gui-lai", address(number));
        assert_alike("another code", async |number: &str| post(&client, &again(number), &[]).await).await;
        app.run_jobs().await;
    }
}

async fn try_national(client: &Client, number: &str) -> Page {
    let page = client.get("/dang-nhap/cong-dvcqg").await.must_be(200);
    let form = page.form(page.path()).fill("number", number).fill("password", "Sai-mật-khẩu-1!");
    client.submit(&page, solve(&page, form)).await
}

/// The medians of the times that answers for a number with an account and for one without it take, asked in turn.
async fn medians<A: AsyncFn(usize, &str) -> Duration>(ask: A) -> [Duration; 2] {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for pair in 0..PAIRS {
        // Which comes first changes, so that neither always finds the caches warm.
        for number in if pair % 2 == 0 { [NUMBER, NOBODY] } else { [NOBODY, NUMBER] } {
            let took = ask(pair, number).await;
            if number == NUMBER { known.push(took) } else { unknown.push(took) }
        }
    }
    [known, unknown].map(|mut times| {
        times.sort();
        times[times.len() / 2]
    })
}

/// Asks again when a busy machine has made the times differ: a hash that is left out differs every time.
async fn assert_takes_as_long<A: AsyncFn(usize, &str) -> Duration>(what: &str, bound: Duration, ask: A) {
    let mut seen = Vec::new();
    for round in 0..3 {
        let [known, unknown] = medians(async |pair, number: &str| ask(round * PAIRS + pair, number).await).await;
        if known.abs_diff(unknown) < bound {
            return;
        }
        seen.push([known, unknown]);
    }
    panic!("{what}: {seen:?}");
}

async fn an_account_shows_not_in_the_time_of_an_answer(app: TestApp) {
    register(&app, &app.visitor(), NUMBER).await;
    assert_takes_as_long("signing in", NOISE, async |pair: usize, number: &str| {
        let client = from_place(&app, pair);
        let begin = Instant::now();
        post(&client, "/dang-nhap", &[("number", number), ("password", PASSWORD.trim_end_matches('!'))])
            .await
            .must_be(422);
        begin.elapsed()
    })
    .await;
    // The number of step three is told by design (R39). What a forgotten password does is no more than rows in tables.
    assert_takes_as_long("a forgotten password", NOISE, async |pair: usize, number: &str| {
        if pair % 4 == 0 {
            app.advance(Duration::from_secs(24 * 3_600));
        }
        let client = from_place(&app, 1_000 + pair);
        let begin = Instant::now();
        let page = post(&client, "/quen-mat-khau", &[("number", number)]).await.must_be(303);
        let took = begin.elapsed();
        let begin = Instant::now();
        post(&client, page.location(), &[("code", "000000")]).await.must_be(422);
        took + begin.elapsed()
    })
    .await;
    // What the bound has to notice: the same question with and without a hash.
    let [with, without] = medians(async |pair: usize, number: &str| {
        let client = from_place(&app, 3_000 + pair);
        let fields: &[_] =
            if number == NUMBER { &[("number", number), ("password", "sai")] } else { &[("number", number)] };
        let begin = Instant::now();
        post(&client, "/dang-nhap", fields).await.must_be(422);
        begin.elapsed()
    })
    .await;
    assert!(with.abs_diff(without) >= NOISE, "a hash takes {with:?} beside {without:?}: the bound notices nothing");
}

async fn an_account_shows_not_in_the_time_of_the_nations_answer(app: TestApp) {
    national_account(&app, NUMBER, PHONE).await;
    assert_takes_as_long("signing in", NOISE, async |pair: usize, number: &str| {
        let client = from_place(&app, pair);
        let page = client.get("/dang-nhap/cong-dvcqg").await.must_be(200);
        let form = page.form(page.path()).fill("number", number).fill("password", "Sai-mật-khẩu-1!");
        let form = solve(&page, form);
        let begin = Instant::now();
        client.submit(&page, form).await;
        begin.elapsed()
    })
    .await;
}
