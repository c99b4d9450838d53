//! Answers that were swapped, stolen, replayed or made up on the way between browser, client and provider.

use super::world::{Portal, World, another_person};
use crate::client::{CallbackError, ExchangeError, IdTokenError, Pending, SignInError};
use crate::samples::{NOW, person};

const ISSUER: &str = "https://dvcqg.vidu.vn";

fn told(portal: &Portal, world: &World, pending: &Pending, back: &str) -> String {
    match portal.finish(world, pending, back) {
        Ok(identity) => identity.token.subject,
        Err(error) => error.to_string(),
    }
}

fn refused(error: impl Into<SignInError>) -> String {
    error.into().to_string()
}

#[test]
fn an_answer_that_was_not_asked_for_is_not_looked_at() {
    let world = World::new(ISSUER);
    let portal = Portal::of(&world);
    let (address, pending) = portal.start(1, NOW);
    let back = world.authorize(&address, &person());
    let (_, other) = portal.start(2, NOW);
    let state = crate::Secret::from_random([1; 32]);
    let cases = [
        (&other, back.clone()),
        (&pending, back.replace(state.as_str(), "")),
        (&pending, back.replace("state=", "trang-thai=")),
        (&pending, back.replace(state.as_str(), &state.as_str().to_lowercase())),
        (&pending, "https://gialai.vidu.vn/ve?code=abc".to_owned()),
        (&pending, "https://gialai.vidu.vn/ve?error=access_denied".to_owned()),
    ];
    for (pending, back) in cases {
        assert_eq!(told(&portal, &world, pending, &back), refused(CallbackError::OtherState), "{back}");
    }
    let twice = format!("{back}&state={}", state.as_str());
    assert_eq!(told(&portal, &world, &pending, &twice), refused(CallbackError::Malformed));
    assert_eq!(world.asked.borrow().iter().filter(|path| *path == "/oidc/token").count(), 0, "nobody was asked");
    assert_eq!(told(&portal, &world, &pending, &back), "nguoi-1");
}

#[test]
fn codes_of_two_people_cannot_be_swapped() {
    let world = World::new(ISSUER);
    let portal = Portal::of(&world);
    let (first, mine) = portal.start(1, NOW);
    let (second, theirs) = portal.start(2, NOW);
    let my_answer = world.authorize(&first, &person());
    let their_answer = world.authorize(&second, &another_person());
    let code = |answer: &str| answer.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    // My state with their code: the provider sees that the verifier is not the one of that code.
    let swapped = my_answer.replace(&code(&my_answer), &code(&their_answer));
    let no_good = refused(ExchangeError::Refused("invalid_grant".to_owned()));
    assert_eq!(told(&portal, &world, &mine, &swapped), no_good);
    // And that code is now used up, whoever brings it.
    assert_eq!(told(&portal, &world, &theirs, &their_answer), no_good);
    assert_eq!(told(&portal, &world, &mine, &my_answer), "nguoi-1");
}

#[test]
fn a_code_that_comes_twice_ends_what_it_gave() {
    let world = World::new(ISSUER);
    let portal = Portal::of(&world);
    let (address, pending) = portal.start(1, NOW);
    let back = world.authorize(&address, &person());
    assert_eq!(told(&portal, &world, &pending, &back), "nguoi-1");
    assert_eq!(told(&portal, &world, &pending, &back), refused(ExchangeError::Refused("invalid_grant".to_owned())));
}

#[test]
fn a_code_waits_a_minute_and_a_question_half_an_hour() {
    let world = World::new(ISSUER);
    let portal = Portal::of(&world);
    let (address, pending) = portal.start(1, NOW);
    let back = world.authorize(&address, &person());
    world.now.set(NOW.plus(61));
    assert_eq!(told(&portal, &world, &pending, &back), refused(ExchangeError::Refused("invalid_grant".to_owned())));
    world.now.set(NOW.plus(30 * 60 + 1));
    assert_eq!(told(&portal, &world, &pending, &back), refused(CallbackError::Late));
    world.now.set(NOW.plus(-1));
    assert_eq!(told(&portal, &world, &pending, &back), refused(CallbackError::Late));
}

#[test]
fn an_answer_of_another_provider_is_not_taken() {
    // The mix-up: somebody chooses a dishonest provider, which leads them to the honest one, and hopes that the client
    // brings the honest provider's code to the dishonest one.
    let honest = World::new(ISSUER);
    let evil = World::new("https://evil.example");
    let at_honest = Portal::of(&honest);
    let at_evil = Portal::of(&evil);
    let (address, pending) = at_evil.start(1, NOW);
    let led_on = address.replace("https://evil.example", ISSUER);
    let back = honest.authorize(&led_on, &person());
    assert!(back.contains("iss=https%3A%2F%2Fdvcqg.vidu.vn"));
    assert_eq!(told(&at_evil, &evil, &pending, &back), refused(CallbackError::OtherIssuer));
    assert!(!evil.asked.borrow().contains(&"/oidc/token".to_owned()), "the code did not leave the house");
    // Without the name it is no better: both providers name themselves.
    let nameless = back.replace("&iss=https%3A%2F%2Fdvcqg.vidu.vn", "");
    assert_eq!(told(&at_evil, &evil, &pending, &nameless), refused(CallbackError::OtherIssuer));
    let renamed = back.replace("dvcqg.vidu.vn", "evil.example");
    assert_eq!(told(&at_honest, &honest, &pending, &renamed), refused(CallbackError::OtherIssuer));
    // The question was put to one provider; its answer is not finished with another's documents.
    assert_eq!(told(&at_honest, &honest, &pending, &back), refused(CallbackError::OtherIssuer));
}

#[test]
fn pkce_cannot_be_taken_out_on_the_way() {
    let world = World::new(ISSUER);
    let portal = Portal::of(&world);
    let (address, pending) = portal.start(1, NOW);
    let challenge = address.split("code_challenge=").nth(1).unwrap().split('&').next().unwrap();
    let downgrades = [
        address.replace(&format!("&code_challenge={challenge}"), ""),
        address.replace("&code_challenge_method=S256", ""),
        address.replace("code_challenge_method=S256", "code_challenge_method=plain"),
    ];
    for address in downgrades {
        let back = world.authorize(&address, &person());
        assert_eq!(
            told(&portal, &world, &pending, &back),
            refused(CallbackError::Refused("invalid_request".to_owned()))
        );
    }
    // A challenge of somebody else's verifier gives a code that is of no use here.
    let (other, _) = portal.start(2, NOW);
    let others_challenge = other.split("code_challenge=").nth(1).unwrap().split('&').next().unwrap();
    let back = world.authorize(&address.replace(challenge, others_challenge), &person());
    assert_eq!(told(&portal, &world, &pending, &back), refused(ExchangeError::Refused("invalid_grant".to_owned())));
}

#[test]
fn a_token_with_another_nonce_is_a_token_from_another_question() {
    let world = World::new(ISSUER);
    let portal = Portal::of(&world);
    let (address, pending) = portal.start(1, NOW);
    let nonce = address.split("nonce=").nth(1).unwrap().split('&').next().unwrap();
    for address in [address.replace(nonce, "khac"), address.replace(&format!("&nonce={nonce}"), "")] {
        let back = world.authorize(&address, &person());
        assert_eq!(told(&portal, &world, &pending, &back), refused(IdTokenError::OtherNonce));
    }
}

#[test]
fn a_client_without_its_secret_gets_nothing() {
    let world = World::new(ISSUER);
    for secret in [None, Some(crate::Secret::of("sai"))] {
        let mut portal = Portal::of(&world);
        portal.registration.client_secret = secret;
        let (address, pending) = portal.start(1, NOW);
        let back = world.authorize(&address, &person());
        assert_eq!(
            told(&portal, &world, &pending, &back),
            refused(ExchangeError::Refused("invalid_client".to_owned()))
        );
    }
}

#[test]
fn words_of_a_provider_do_not_reach_the_logs_unless_they_are_words() {
    let world = World::new(ISSUER);
    let portal = Portal::of(&world);
    let (_, pending) = portal.start(1, NOW);
    let state = crate::Secret::from_random([1; 32]);
    let back = format!("https://x.vn/?error=a%0Ab&state={}&iss=https://dvcqg.vidu.vn", state.as_str());
    assert_eq!(told(&portal, &world, &pending, &back), "the provider answers something unreadable");
}
