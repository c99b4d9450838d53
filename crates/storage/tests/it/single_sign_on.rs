//! What single sign-on stores: codes and tokens that are used once, sign-ins that end with their sessions, browsers that
//! come back once.

use domain::ids::{AccountId, Hash, OidcGrantId, SessionHash};
use storage::identity_proofs::{self, IdentityProof};
use storage::oidc_codes::{self, Code};
use storage::oidc_grants::{self, Grant};
use storage::oidc_tokens::{self, Token, TokenKind};
use storage::provider_sessions::{self, Origin};
use storage::provider_sign_ins::{self, ProviderSignIn};
use storage::{StorageError, Tx, linked_identities, oidc_clients, oidc_consents, sessions};

use crate::samples::{add_account, at};
use crate::support::TestDb;

on_both_engines!(
    of_many_who_use_a_code_at_once_one_is_first,
    a_client_and_a_consent_are_stored_anew,
    clients_are_told_once_of_sessions_that_are_gone,
    sign_ins_are_forgotten_with_all_that_hangs_on_them,
    a_browser_comes_back_once,
    a_proof_belongs_to_one_browser,
    an_identity_is_linked_once,
    sessions_end_by_what_the_provider_names,
);

fn hash(number: u8) -> Hash {
    Hash::from_bytes([number; 32])
}

fn session(number: u8) -> SessionHash {
    SessionHash::from_bytes([number; 32])
}

fn grant(number: u8, account: AccountId, session_number: u8) -> Grant {
    Grant {
        id: OidcGrantId::from_bytes([number; 16]),
        client: "gia-lai".to_owned(),
        account,
        session: session(session_number),
        session_name: format!("phien-{session_number}"),
        scopes: "openid".to_owned(),
        nonce: None,
        signed_in_at: at(0),
        granted_at: at(1),
        ended_at: None,
        resource: None,
    }
}

async fn prepared(db: &TestDb) -> AccountId {
    let id = add_account(db, 1).await;
    let done: Result<(), StorageError> =
        db.write(|tx| Box::pin(async move { oidc_clients::upsert(tx, "gia-lai", "{}", None, at(0)).await })).await;
    done.unwrap();
    id
}

async fn open_session(tx: &mut Tx<'_>, number: u8, account: AccountId) -> Result<(), StorageError> {
    sessions::insert_of_account(tx, session(number), account, at(0), at(7_200), "").await
}

async fn of_many_who_use_a_code_at_once_one_is_first(db: TestDb) {
    let account = prepared(&db).await;
    let added: Result<(), StorageError> = db
        .write(move |tx| {
            Box::pin(async move {
                let grant = grant(1, account, 1);
                oidc_grants::insert(tx, &grant, at(600)).await?;
                let code = Code {
                    grant: grant.id,
                    redirect_uri: "https://x.vn/".to_owned(),
                    challenge: hash(9),
                    issued_at: at(1),
                    used_at: None,
                };
                oidc_codes::insert(tx, hash(1), &code).await?;
                assert_eq!(oidc_codes::find(tx, hash(1)).await?, Some(code));
                assert_eq!(oidc_codes::find(tx, hash(2)).await?, None);
                Ok(())
            })
        })
        .await;
    added.unwrap();
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..30 {
        let db = (*db).clone();
        tries.spawn(async move {
            let used: Result<bool, StorageError> =
                db.write(|tx| Box::pin(async move { oidc_codes::use_up(tx, hash(1), at(2)).await })).await;
            used.unwrap()
        });
    }
    let first = tries.join_all().await.into_iter().filter(|was_first| *was_first).count();
    assert_eq!(first, 1);
}

async fn a_client_and_a_consent_are_stored_anew(db: TestDb) {
    let account = prepared(&db).await;
    let done: Result<(), StorageError> = db
        .write(move |tx| {
            Box::pin(async move {
                oidc_clients::upsert(tx, "gia-lai", "{\"name\":\"Gia Lai\"}", Some("https://gialai.vidu.vn"), at(1))
                    .await?;
                let registered = oidc_clients::find_resource(tx, "https://gialai.vidu.vn").await?;
                assert_eq!(registered.as_deref(), Some("{\"name\":\"Gia Lai\"}"));
                assert_eq!(oidc_clients::find_resource(tx, "https://khac.vidu.vn").await?, None);
                assert_eq!(oidc_clients::find(tx, "gia-lai").await?.as_deref(), Some("{\"name\":\"Gia Lai\"}"));
                assert_eq!(oidc_clients::find(tx, "khac").await?, None);
                assert_eq!(oidc_consents::find(tx, account, "gia-lai").await?, None);
                for scopes in ["openid", "openid vn"] {
                    oidc_consents::upsert(tx, account, "gia-lai", scopes, "https://a.vn", at(1)).await?;
                    let found = oidc_consents::find(tx, account, "gia-lai").await?;
                    assert_eq!(found, Some((scopes.to_owned(), "https://a.vn".to_owned())));
                }
                Ok(())
            })
        })
        .await;
    done.unwrap();
}

async fn clients_are_told_once_of_sessions_that_are_gone(db: TestDb) {
    let account = prepared(&db).await;
    let done: Result<(), StorageError> = db
        .write(move |tx| {
            Box::pin(async move {
                open_session(tx, 1, account).await?;
                open_session(tx, 2, account).await?;
                oidc_grants::insert(tx, &grant(1, account, 1), at(600)).await?;
                oidc_grants::insert(tx, &grant(2, account, 2), at(600)).await?;
                assert_eq!(oidc_grants::list_untold(tx, account).await?, []);
                sessions::delete(tx, session(1)).await?;
                let untold = oidc_grants::list_untold(tx, account).await?;
                assert_eq!(untold, [grant(1, account, 1)]);
                assert!(oidc_grants::note_told(tx, untold[0].id, at(2)).await?);
                assert!(!oidc_grants::note_told(tx, untold[0].id, at(3)).await?, "somebody else was quicker");
                assert_eq!(oidc_grants::list_untold(tx, account).await?, []);
                oidc_grants::end_of_account(tx, account, at(4)).await?;
                let all = oidc_grants::list_of_account(tx, account, at(5)).await?;
                assert_eq!(all.iter().map(|grant| grant.ended_at).collect::<Vec<_>>(), [Some(at(4)); 2]);
                Ok(())
            })
        })
        .await;
    done.unwrap();
}

async fn sign_ins_are_forgotten_with_all_that_hangs_on_them(db: TestDb) {
    let account = prepared(&db).await;
    let done: Result<(), StorageError> = db
        .write(move |tx| {
            Box::pin(async move {
                let (short, long) = (grant(1, account, 1), grant(2, account, 2));
                oidc_grants::insert(tx, &short, at(600)).await?;
                oidc_grants::insert(tx, &long, at(9_000)).await?;
                let token = |grant: &Grant, expires_at| Token {
                    grant: grant.id,
                    scopes: "openid".to_owned(),
                    issued_at: at(1),
                    used_at: None,
                    expires_at: at(expires_at),
                };
                oidc_tokens::insert(tx, TokenKind::Access, hash(1), &token(&short, 300)).await?;
                oidc_tokens::insert(tx, TokenKind::Refresh, hash(2), &token(&short, 300)).await?;
                oidc_tokens::insert(tx, TokenKind::Refresh, hash(3), &token(&long, 300)).await?;
                assert_eq!(oidc_tokens::find(tx, TokenKind::Access, hash(2)).await?, None, "of another kind");
                assert_eq!(oidc_tokens::delete_expired(tx, at(300)).await?, 1);
                assert!(oidc_tokens::use_up(tx, hash(2), at(301)).await?);
                assert!(!oidc_tokens::use_up(tx, hash(2), at(302)).await?);
                assert_eq!(oidc_grants::delete_expired(tx, at(600)).await?, 1);
                assert_eq!(oidc_tokens::find(tx, TokenKind::Refresh, hash(2)).await?, None);
                assert!(oidc_tokens::find(tx, TokenKind::Refresh, hash(3)).await?.is_some());
                assert_eq!(oidc_grants::find(tx, short.id).await?, None);
                assert_eq!(oidc_grants::find(tx, long.id).await?, Some(long));
                Ok(())
            })
        })
        .await;
    done.unwrap();
}

async fn a_browser_comes_back_once(db: TestDb) {
    let done: Result<(), StorageError> = db
        .write(|tx| {
            Box::pin(async move {
                let sent = ProviderSignIn {
                    provider: "dvcqg".to_owned(),
                    pending: "{}".to_owned(),
                    way_back: Some("/ho-so".to_owned()),
                    expires_at: at(600),
                };
                provider_sign_ins::insert(tx, hash(1), hash(2), &sent).await?;
                provider_sign_ins::insert(tx, hash(3), hash(2), &sent).await?;
                assert_eq!(provider_sign_ins::take(tx, hash(1), hash(9), at(1)).await?, None, "another browser");
                assert_eq!(provider_sign_ins::take(tx, hash(1), hash(2), at(1)).await?, Some(sent));
                assert_eq!(provider_sign_ins::take(tx, hash(1), hash(2), at(1)).await?, None, "again");
                assert_eq!(provider_sign_ins::take(tx, hash(3), hash(2), at(600)).await?, None, "too late");
                Ok(())
            })
        })
        .await;
    done.unwrap();
}

async fn a_proof_belongs_to_one_browser(db: TestDb) {
    let account = prepared(&db).await;
    let done: Result<(), StorageError> = db
        .write(move |tx| {
            Box::pin(async move {
                let proof = IdentityProof { identity: "{}".to_owned(), account, way_back: None };
                identity_proofs::insert(tx, hash(1), hash(2), &proof, at(600)).await?;
                assert_eq!(identity_proofs::find(tx, hash(1), hash(3), at(1)).await?, None);
                assert_eq!(identity_proofs::find(tx, hash(1), hash(2), at(600)).await?, None);
                assert_eq!(identity_proofs::find(tx, hash(1), hash(2), at(599)).await?, Some(proof));
                identity_proofs::delete(tx, hash(1)).await?;
                assert_eq!(identity_proofs::find(tx, hash(1), hash(2), at(1)).await?, None);
                Ok(())
            })
        })
        .await;
    done.unwrap();
}

async fn an_identity_is_linked_once(db: TestDb) {
    let account = prepared(&db).await;
    let link = async || -> Result<(), StorageError> {
        db.write(move |tx| {
            Box::pin(async move { linked_identities::insert(tx, "https://a.vn", "1", account, at(1)).await })
        })
        .await
    };
    link().await.unwrap();
    assert!(link().await.unwrap_err().is_constraint(linked_identities::IDENTITY_TAKEN));
    let found: Result<_, StorageError> = db
        .read(move |tx| {
            Box::pin(async move {
                let own = linked_identities::find(tx, "https://a.vn", "1").await?;
                let other = linked_identities::find(tx, "https://b.vn", "1").await?;
                Ok((own, other, linked_identities::list_of_account(tx, account).await?))
            })
        })
        .await;
    assert_eq!(found.unwrap(), (Some(account), None, vec![("https://a.vn".to_owned(), at(1))]));
}

async fn sessions_end_by_what_the_provider_names(db: TestDb) {
    let account = prepared(&db).await;
    let done: Result<(), StorageError> = db
        .write(move |tx| {
            Box::pin(async move {
                for number in 1..=5 {
                    open_session(tx, number, account).await?;
                }
                // The fifth was opened here, the others come from two people's sessions at a provider.
                for (number, subject, name) in [(1, "an", "a"), (2, "an", "b"), (3, "an", "b"), (4, "binh", "c")] {
                    let origin = Origin {
                        issuer: "https://a.vn".to_owned(),
                        subject: subject.to_owned(),
                        session: Some(name.to_owned()),
                        id_token: "x.y.z".to_owned(),
                    };
                    provider_sessions::update(tx, session(number), &origin).await?;
                    assert!(provider_sessions::find(tx, session(number)).await? == Some(origin));
                }
                assert!(provider_sessions::find(tx, session(5)).await?.is_none());
                let issuer = "https://a.vn";
                assert_eq!(provider_sessions::delete_of(tx, "https://b.vn", Some("an"), None).await?, 0);
                assert_eq!(provider_sessions::delete_of(tx, issuer, Some("binh"), Some("b")).await?, 0);
                assert_eq!(provider_sessions::delete_of(tx, issuer, None, None).await?, 0);
                assert_eq!(provider_sessions::delete_of(tx, issuer, Some("an"), Some("b")).await?, 2);
                assert_eq!(provider_sessions::delete_of(tx, issuer, None, Some("c")).await?, 1);
                assert_eq!(provider_sessions::delete_of(tx, issuer, Some("an"), None).await?, 1);
                assert!(sessions::find(tx, session(5), at(1)).await?.is_some());
                Ok(())
            })
        })
        .await;
    done.unwrap();
}
