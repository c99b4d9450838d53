//! Guessing one-time codes without end: how many guesses are judged at all is computed from the rules, and who is guessed
//! at goes on signing in.

use std::sync::Arc;
use std::time::Duration;

use domain::account::CodeRules;
use tests::app::{PASSWORD, TestApp};
use tests::http::Client;
use tests::portals::national_account;
use tokio::task::JoinSet;

use super::{NUMBER, PHONE, at_the_nation, code_to, from_place, half_way, post};

at_the_nation! {
    ten_thousand_guesses_at_one_challenge_are_twenty_five;
    ten_thousand_guesses_at_ever_new_challenges_are_fifty;
    who_knows_the_password_guesses_no_more_than_fifty_codes_either;
}

/// So many guess at once.
const AT_ONCE: usize = 50;

/// What guesses came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Guessed {
    /// They got in.
    let_in: usize,
    /// They were compared with the code.
    judged: usize,
    /// They were refused without being compared.
    refused: usize,
}

/// Guesses so many codes, none of them right, each from another address, some at once.
async fn guess(app: &TestApp, address: &str, right: &str, from: usize, count: usize) -> Guessed {
    let rules = CodeRules::default();
    let mut sent = JoinSet::new();
    let mut guessed = Guessed::default();
    let mut count_one = |text: String, status: u16| match status {
        303 => guessed.let_in += 1,
        // What is left is told after each guess that was compared, but after the last.
        _ if (1..rules.most_tries).any(|left| text.contains(&format!("Quý vị còn {left} lần"))) => {
            guessed.judged += 1
        }
        422 | 404 => guessed.refused += 1,
        other => panic!("a guess was answered {other}: {text}"),
    };
    for number in 0..count {
        let client: Client = from_place(app, from + number);
        let (address, guess) = (address.to_owned(), format!("{:06}", (from + number) % 1_000_000));
        if guess == right {
            continue;
        }
        if sent.len() == AT_ONCE {
            let (text, status) = sent.join_next().await.unwrap().unwrap();
            count_one(text, status);
        }
        sent.spawn(async move {
            let page = post(&client, &address, &[("code", &guess)]).await;
            (page.text(), page.status())
        });
    }
    while let Some(done) = sent.join_next().await {
        let (text, status) = done.unwrap();
        count_one(text, status);
    }
    guessed
}

async fn ten_thousand_guesses_at_one_challenge_are_twenty_five(app: TestApp) {
    national_account(&app, NUMBER, PHONE).await;
    let rules = CodeRules::default();
    let thief = app.visitor();
    let page = thief.follow(&half_way(&thief, NUMBER, PASSWORD).await.must_be(303)).await.must_be(200);
    let (mut judged, each) = (0, 10_000 / rules.most_sends as usize);
    for send in 0..rules.most_sends as usize {
        let right = code_to(&app, PHONE).await;
        let guessed = guess(&app, page.path(), &right, send * each, each).await;
        assert_eq!(guessed.let_in, 0);
        // The last of them is compared too and told as the end.
        judged += guessed.judged + 1;
        post(&thief, page.path(), &[("code", &right)]).await.must_be(422).must_say("nhập sai quá nhiều lần");
        app.advance(Duration::from_secs(rules.resend_after_seconds.unsigned_abs()));
        let again = post(&thief, &format!("{}/gui-lai", page.path()), &[]).await;
        assert_eq!(again.status(), if send + 1 < rules.most_sends as usize { 303 } else { 429 });
    }
    assert_eq!(judged, (rules.most_tries * rules.most_sends) as usize);
    // The holder signs in meanwhile, with a challenge of their own.
    let holder = from_place(&app, 60_000);
    let page = holder.follow(&half_way(&holder, NUMBER, PASSWORD).await.must_be(303)).await.must_be(200);
    let code = code_to(&app, PHONE).await;
    post(&holder, page.path(), &[("code", &code)]).await.must_be(303);
    holder.get("/tai-khoan").await.must_be(200);
}

async fn ten_thousand_guesses_at_ever_new_challenges_are_fifty(app: TestApp) {
    national_account(&app, NUMBER, PHONE).await;
    let (mut judged, mut begun, mut guesses) = (0, 0, 0);
    for place in 0..40 {
        let thief = from_place(&app, place);
        let asked = post(&thief, "/quen-mat-khau", &[("number", NUMBER)]).await;
        if asked.status() == 429 {
            continue;
        }
        let address = asked.must_be(303).location().to_owned();
        begun += 1;
        let right = code_to(&app, PHONE).await;
        let guessed = guess(&app, &address, &right, guesses, 1_000).await;
        guesses += 1_000;
        assert_eq!(guessed.let_in, 0);
        judged += guessed.judged + 1;
        post(&thief, &address, &[("code", &right)]).await.must_be(422).must_say("nhập sai quá nhiều lần");
        // Another code comes out of the same ten.
        let id = address.rsplit('/').next().unwrap();
        post(&thief, &format!("/quen-mat-khau/mat-khau/{id}"), &[("password", PASSWORD)]).await.must_be(404);
    }
    assert_eq!((begun, judged, guesses), (10, 50, 10_000), "ten codes an hour, five tries each");
    let texts = app.texts("+84961234567").len();
    assert_eq!(texts, 10, "nobody's telephone rings more often than that");
    // Who knows the password signs in as if nothing had happened.
    let holder = from_place(&app, 50_000);
    let page = holder.follow(&half_way(&holder, NUMBER, PASSWORD).await.must_be(303)).await.must_be(200);
    let code = code_to(&app, PHONE).await;
    post(&holder, page.path(), &[("code", &code)]).await.must_be(303);
    holder.get("/tai-khoan").await.must_be(200);
    // The next hour gives the other ten of the day, and then none till tomorrow.
    let mut begun = 0;
    for hour in 1..4 {
        app.advance(Duration::from_secs(3_600));
        for place in 0..15 {
            let asked = post(&from_place(&app, hour * 100 + place), "/quen-mat-khau", &[("number", NUMBER)]).await;
            begun += usize::from(asked.status() == 303);
        }
    }
    assert_eq!(begun, 10, "twenty a day");
}

async fn who_knows_the_password_guesses_no_more_than_fifty_codes_either(app: TestApp) {
    national_account(&app, NUMBER, PHONE).await;
    let mut judged = 0;
    let mut begun = 0;
    for place in 0..14 {
        let thief = from_place(&app, place);
        let half = half_way(&thief, NUMBER, PASSWORD).await;
        if half.status() == 429 {
            half.must_say("Đã thử quá nhiều lần");
            continue;
        }
        begun += 1;
        let address = half.must_be(303).location().to_owned();
        let right = code_to(&app, PHONE).await;
        let guessed = guess(&app, &address, &right, place * 20, 20).await;
        assert_eq!(guessed.let_in, 0);
        judged += guessed.judged + 1;
    }
    assert_eq!((begun, judged), (10, 50));
    // The holder, warned by ten messages, sets another password, and is not kept out by what the thief used up.
    let holder = Arc::new(from_place(&app, 9_000));
    let asked = post(&holder, "/quen-mat-khau", &[("number", NUMBER)]).await.must_be(303);
    let code = code_to(&app, PHONE).await;
    let next = post(&holder, asked.location(), &[("code", &code)]).await.must_be(303);
    let fields = [("password", "Rẫy-tiêu-mới-7?"), ("password_again", "Rẫy-tiêu-mới-7?")];
    post(&holder, next.location(), &fields).await.must_be(303);
    half_way(&from_place(&app, 1), NUMBER, PASSWORD).await.must_be(422);
    let page = half_way(&holder, NUMBER, "Rẫy-tiêu-mới-7?").await.must_be(303);
    let code = code_to(&app, PHONE).await;
    post(&holder, page.location(), &[("code", &code)]).await.must_be(303);
    holder.get("/tai-khoan").await.must_be(200);
}
