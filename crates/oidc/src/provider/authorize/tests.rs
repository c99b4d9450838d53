//! Authorization requests, honest and hostile, and what comes next with them.

use url::form_urlencoded;

use super::{
    AuthorizationRequest, AuthorizeError, Circumstances, Consent, ErrorCode, Next, Session, ShownError, decide,
    presented_client,
};
use crate::provider::{ClientAuthentication, RegisteredClient};
use crate::samples::{NOW, REDIRECT, issuer, registered};
use crate::{Assurance, Params, Scope, Scopes, Secret};

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A parameter and its other value; without one it is left out.
type Change<'a> = (&'a str, Option<&'a str>);

/// An honest request with some parameters changed.
fn params(changes: &[Change]) -> Params {
    let honest = [
        ("response_type", "code"),
        ("client_id", "gia-lai"),
        ("redirect_uri", REDIRECT),
        ("scope", "openid profile"),
        ("state", "trạng thái&1"),
        ("nonce", "n-1"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in honest {
        if changes.iter().all(|(changed, _)| *changed != name) {
            query.append_pair(name, value);
        }
    }
    for (name, value) in changes {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    Params::parse(&query.finish()).unwrap()
}

fn read(changes: &[Change]) -> Result<AuthorizationRequest, AuthorizeError> {
    AuthorizationRequest::read(&params(changes), &registered())
}

#[test]
fn an_honest_request_is_read_and_answered() {
    let request =
        read(&[("acr_values", Some("LoA2 urn:x LoA1")), ("ui_locales", Some("vi en")), ("max_age", Some("0"))])
            .unwrap();
    assert_eq!(request.client.as_str(), "gia-lai");
    assert_eq!(request.scopes, Scopes::parse("openid profile"));
    assert_eq!(request.nonce.as_deref(), Some("n-1"));
    assert_eq!(request.acr_values, [Assurance::LoA2, Assurance::LoA1]);
    assert_eq!(request.ui_locales, ["vi", "en"]);
    assert_eq!(request.max_age, Some(0));
    assert!(!request.wants_sign_in && !request.wants_consent && !request.is_silent);
    let location = request.location(&issuer(), &Secret::of("mã"));
    let expected = "&code=m%C3%A3&state=tr%E1%BA%A1ng+th%C3%A1i%261&iss=https%3A%2F%2Fdvcqg.vidu.vn";
    assert_eq!(location, format!("{REDIRECT}{expected}"));
}

#[test]
fn nobody_is_sent_to_an_address_that_is_not_registered() {
    let addresses = [
        "",
        "https://evil.example/",
        "//evil.example",
        "https:\\\\evil.example",
        "https://gialai.vidu.vn",
        "https://gialai.vidu.vn/dang-nhap/ve",
        "https://gialai.vidu.vn/dang-nhap/ve?nha-cung-cap=dvcqg&a=1",
        "https://gialai.vidu.vn/dang-nhap/ve?nha-cung-cap=DVCQG",
        "https://gialai.vidu.vn/dang-nhap/ve?nha-cung-cap=dvcqg#",
        "https://gialai.vidu.vn/dang-nhap/../dang-nhap/ve?nha-cung-cap=dvcqg",
        "https://gialai.vidu.vn:443/dang-nhap/ve?nha-cung-cap=dvcqg",
        "https://gialai.vidu.vn@evil.example/dang-nhap/ve?nha-cung-cap=dvcqg",
        "https://gialai.vidu.vn.evil.example/dang-nhap/ve?nha-cung-cap=dvcqg",
        "http://gialai.vidu.vn/dang-nhap/ve?nha-cung-cap=dvcqg",
        "HTTPS://gialai.vidu.vn/dang-nhap/ve?nha-cung-cap=dvcqg",
        "https://gialai.vidu.vn/dang-nhap/ve?nha-cung-cap=dvcqg ",
        "https://gialai.vidu.vn/dang-nhap/ve?nha-cung-cap=dvcqg\u{0}",
        "https://gialai.vidu.vn/%64ang-nhap/ve?nha-cung-cap=dvcqg",
        "javascript:alert(1)",
        "data:text/html,x",
        "urn:ietf:wg:oauth:2.0:oob",
        "https://*.vidu.vn/",
    ];
    for address in addresses {
        // With everything else wrong as well, the client is still not told at an address that could be anybody's.
        for changes in [vec![], vec![("response_type", Some("token")), ("code_challenge", None)]] {
            let mut changes = changes;
            changes.push(("redirect_uri", Some(address)));
            assert_eq!(read(&changes), Err(ShownError::UnknownRedirect.into()), "{address}");
        }
    }
    assert_eq!(read(&[("redirect_uri", None)]), Err(ShownError::UnknownRedirect.into()));
}

#[test]
fn a_client_that_is_not_named_clearly_is_not_told_anything() {
    let cases = [
        (vec![("client_id", None)], ShownError::UnknownClient),
        (vec![("client_id", Some("khác"))], ShownError::UnknownClient),
        (vec![("client_id", Some("gia-lai-2"))], ShownError::UnknownClient),
        (vec![("client_id", Some("gia-lai")), ("client_id", Some("gia-lai"))], ShownError::Malformed),
        (
            vec![("redirect_uri", Some(REDIRECT)), ("redirect_uri", Some("https://evil.example/"))],
            ShownError::Malformed,
        ),
    ];
    for (changes, expected) in cases {
        assert_eq!(read(&changes), Err(expected.into()), "{changes:?}");
    }
    assert_eq!(presented_client(&params(&[])).unwrap().as_str(), "gia-lai");
}

#[test]
fn what_is_wrong_with_the_rest_the_client_is_told() {
    use ErrorCode::{InvalidRequest, InvalidScope, UnsupportedResponseType};
    let long = "a".repeat(2049);
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXkA";
    let cases: Vec<(Vec<Change>, ErrorCode)> = vec![
        // PKCE cannot be left out, weakened, or asked for without a method (which means `plain`).
        (vec![("code_challenge", None)], InvalidRequest),
        (vec![("code_challenge", None), ("code_challenge_method", None)], InvalidRequest),
        (vec![("code_challenge_method", None)], InvalidRequest),
        (vec![("code_challenge_method", Some("plain"))], InvalidRequest),
        (vec![("code_challenge_method", Some("s256"))], InvalidRequest),
        (vec![("code_challenge_method", Some("S256 plain"))], InvalidRequest),
        (vec![("code_challenge_method", Some("S256")), ("code_challenge_method", Some("plain"))], InvalidRequest),
        (vec![("code_challenge", Some(""))], InvalidRequest),
        (vec![("code_challenge", Some("abc"))], InvalidRequest),
        (vec![("code_challenge", Some(verifier))], InvalidRequest),
        // The code flow and nothing else.
        (vec![("response_type", None)], InvalidRequest),
        (vec![("response_type", Some("token"))], UnsupportedResponseType),
        (vec![("response_type", Some("id_token"))], UnsupportedResponseType),
        (vec![("response_type", Some("code id_token"))], UnsupportedResponseType),
        (vec![("response_type", Some("none"))], UnsupportedResponseType),
        (vec![("response_type", Some("code")), ("response_type", Some("token"))], InvalidRequest),
        (vec![("response_mode", Some("fragment"))], InvalidRequest),
        (vec![("response_mode", Some("form_post"))], InvalidRequest),
        (vec![("request", Some("eyJhbGciOiJub25lIn0.e30."))], ErrorCode::RequestNotSupported),
        (vec![("request_uri", Some("http://169.254.169.254/"))], ErrorCode::RequestUriNotSupported),
        (vec![("registration", Some("{}"))], ErrorCode::RegistrationNotSupported),
        // Scopes.
        (vec![("scope", None)], InvalidScope),
        (vec![("scope", Some("profile"))], InvalidScope),
        (vec![("scope", Some("OPENID"))], InvalidScope),
        // The rest.
        (vec![("nonce", Some(&long))], InvalidRequest),
        (vec![("nonce", Some("1")), ("nonce", Some("2"))], InvalidRequest),
        (vec![("prompt", Some("none login"))], InvalidRequest),
        (vec![("max_age", Some("-1"))], InvalidRequest),
        (vec![("max_age", Some("1e3"))], InvalidRequest),
        (vec![("max_age", Some("99999999999999999999"))], InvalidRequest),
        (vec![("id_token_hint", Some("1")), ("id_token_hint", Some("2"))], InvalidRequest),
    ];
    for (changes, expected) in cases {
        let Err(AuthorizeError::Returned(error)) = read(&changes) else { panic!("{changes:?} was accepted") };
        assert_eq!(error.code, expected, "{changes:?}");
        let location = error.location(&issuer());
        assert!(location.starts_with(&format!("{REDIRECT}&error={}", expected.as_str())), "{location}");
        assert!(location.contains("&state=tr%E1%BA%A1ng+th%C3%A1i%261&iss=https%3A%2F%2Fdvcqg.vidu.vn"), "{location}");
    }
}

#[test]
fn a_state_that_cannot_be_given_back_is_not() {
    let long = "a".repeat(2049);
    for changes in [vec![("state", Some(long.as_str()))], vec![("state", Some("1")), ("state", Some("2"))]] {
        let Err(AuthorizeError::Returned(error)) = read(&changes) else { panic!("accepted") };
        assert_eq!(error.code, ErrorCode::InvalidRequest);
        assert!(!error.location(&issuer()).contains("state="));
    }
    assert!(read(&[("state", None)]).is_ok(), "PKCE ties the answer to the browser as well");
}

#[test]
fn a_state_brings_no_header_and_no_parameter_of_its_own() {
    let request = read(&[("state", Some("x\r\nSet-Cookie: a=b&code=evil#"))]).unwrap();
    let location = request.location(&issuer(), &Secret::of("c"));
    assert!(location.bytes().all(|byte| byte.is_ascii_graphic()));
    assert_eq!(location.matches("code=").count(), 1, "{location}");
    assert!(!location.contains('#'));
}

#[test]
fn a_client_gets_no_scope_beyond_its_own() {
    let client = RegisteredClient { scopes: Scopes::parse("openid email"), ..registered() };
    let judge =
        |scope| AuthorizationRequest::read(&params(&[("scope", Some(scope))]), &client).map(|request| request.scopes);
    assert_eq!(judge("openid email something"), Ok(Scopes::parse("openid email")));
    let Err(AuthorizeError::Returned(error)) = judge("openid vn") else { panic!("accepted") };
    assert_eq!(error.code, ErrorCode::InvalidScope);
}

/// Somebody who signed in so many seconds ago.
fn session(ago: i64) -> Session {
    Session { subject: "nguoi-1".to_owned(), signed_in_at: NOW.plus(-ago), assurance: Assurance::LoA2 }
}

fn next(changes: &[Change], session: Option<&Session>, consent: Consent) -> String {
    next_for(&registered(), changes, session, consent, None)
}

fn next_for(
    client: &RegisteredClient,
    changes: &[Change],
    session: Option<&Session>,
    consent: Consent,
    hinted_subject: Option<&str>,
) -> String {
    let request = AuthorizationRequest::read(&params(changes), client).unwrap();
    let given = Circumstances { session, consent, asked_at: NOW.plus(-30), hinted_subject, now: NOW };
    match decide(&request, client, &given) {
        Next::SignIn => "sign in".to_owned(),
        Next::AskConsent => "ask".to_owned(),
        Next::GiveCode => "code".to_owned(),
        Next::Return(error) => error.code.as_str().to_owned(),
    }
}

#[test]
fn people_sign_in_when_they_must_and_are_asked_once() {
    let known = || Consent::Remembered(Scopes::parse("openid profile email"));
    let unknown = || Consent::Remembered(Scopes::default());
    let (fresh, old) = (session(10), session(4000));
    let cases = [
        (None, None, known(), "sign in"),
        (None, Some(&old), known(), "code"),
        (None, Some(&old), unknown(), "ask"),
        (None, Some(&old), Consent::Remembered(Scopes::parse("openid")), "ask"),
        (None, Some(&old), Consent::GivenNow, "code"),
        (Some("login"), Some(&old), known(), "sign in"),
        (Some("login"), Some(&fresh), known(), "code"),
        (Some("select_account"), Some(&old), known(), "sign in"),
        (Some("consent"), Some(&old), known(), "ask"),
        (Some("consent"), Some(&old), Consent::GivenNow, "code"),
        (Some("login consent"), Some(&old), known(), "sign in"),
        (Some("login consent"), Some(&fresh), known(), "ask"),
        (Some("none"), None, known(), "login_required"),
        (Some("none"), Some(&old), unknown(), "consent_required"),
        (Some("none"), Some(&old), known(), "code"),
    ];
    for (prompt, session, consent, expected) in cases {
        let told = format!("{prompt:?} {session:?} {consent:?}");
        assert_eq!(next(&[("prompt", prompt)], session, consent), expected, "{told}");
    }
}

#[test]
fn a_sign_in_may_be_too_long_ago() {
    let known = || Consent::Remembered(Scopes::parse("openid profile"));
    let cases = [
        ("3600", None, 3600, "code"),
        ("3600", None, 3601, "sign in"),
        ("3600", Some("none"), 3601, "login_required"),
        // Signed in for this very request: however long the page took, asking again would never end.
        ("0", None, 30, "code"),
        ("0", None, 31, "sign in"),
    ];
    for (max_age, prompt, ago, expected) in cases {
        let changes = [("max_age", Some(max_age)), ("prompt", prompt)];
        assert_eq!(next(&changes, Some(&session(ago)), known()), expected, "{max_age} {ago}");
    }
}

#[test]
fn a_client_that_expects_somebody_else_does_not_get_this_one() {
    let known = || Consent::Remembered(Scopes::parse("openid profile"));
    let judge = |prompt, ago, hinted| {
        next_for(&registered(), &[("prompt", prompt)], Some(&session(ago)), known(), Some(hinted))
    };
    assert_eq!(judge(None, 4000, "nguoi-1"), "code");
    assert_eq!(judge(None, 4000, "nguoi-2"), "sign in");
    assert_eq!(judge(None, 10, "nguoi-2"), "login_required");
    assert_eq!(judge(Some("none"), 4000, "nguoi-2"), "login_required");
}

#[test]
fn nobody_is_asked_for_the_portals_own_clients_unless_the_client_wants_it() {
    let own = RegisteredClient { is_first_party: true, authentication: ClientAuthentication::Public, ..registered() };
    let old = session(4000);
    let unknown = || Consent::Remembered(Scopes::default());
    assert_eq!(next_for(&own, &[], Some(&old), unknown(), None), "code");
    assert_eq!(next_for(&own, &[("prompt", Some("consent"))], Some(&old), unknown(), None), "ask");
    assert!(Scope::ALL.iter().all(|scope| own.scopes.contains(*scope)));
}
