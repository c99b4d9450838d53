//! Everything that is stored about the holder of an account, for reading and for taking along (domain.md §1.8).

use domain::account::recovery::{Recovery, RecoveryEvent, RecoveryStatus};
use domain::account::{Account, AccountEvent};
use domain::dossier::MAX_REMARKS;
use domain::policy::Viewer;
use domain::time::Instant;
use serde_json::{Value, json};
use storage::{
    Holder, Tx, accounts, authenticators, backup_codes, dossiers, linked_identities, messages, oidc_consents,
    oidc_grants, passkeys, remarks, representations, sessions, store_items,
};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::recover_at_desk::{RecoveryLog, list_with_logs};
use crate::remarks::remarks_json;

/// What happened to the viewer's account, the latest first.
pub async fn list_own_events(app: &App, ctx: &Ctx) -> Result<Vec<(Instant, AccountEvent)>, UsecaseError> {
    let Viewer::Citizen(id) = ctx.viewer else { return Err(UsecaseError::SignInFirst) };
    app.db().read(move |tx| Box::pin(async move { Ok(accounts::list_events(tx, id).await?) })).await
}

/// The account, what happened to it, where it is signed in, here and elsewhere, its dossiers with their logs and letters, as one JSON document.
pub async fn export_own_data(app: &App, ctx: &Ctx) -> Result<Value, UsecaseError> {
    let Viewer::Citizen(id) = ctx.viewer else { return Err(UsecaseError::SignInFirst) };
    let now = ctx.now;
    let (account, events, open, linked, clients, consents, represented, factors, recovered, store) = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                let account: Account = accounts::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
                let events = accounts::list_events(tx, id).await?;
                let open = sessions::list_of_account(tx, id, now).await?;
                let linked = linked_identities::list_of_account(tx, id).await?;
                let clients = oidc_grants::list_of_account(tx, id, now).await?;
                let mut represented = Vec::new();
                let mut all = representations::list_of_principal(tx, id, 1_000).await?;
                all.extend(representations::list_of_representative(tx, id, 1_000).await?);
                for one in all {
                    let log = representations::list_events(tx, one.id).await?;
                    represented.push((one, log));
                }
                let consents = oidc_consents::list_of_account(tx, id).await?;
                let factors = second_factors_of(tx, Holder::Account(id)).await?;
                let recovered = list_with_logs(tx, id).await?;
                let mut store = Vec::new();
                for item in store_items::list_of_owner(tx, id, 1_000).await? {
                    let uses = store_items::list_uses(tx, item.id, 1_000).await?;
                    store.push(json!({ "item": item, "uses": uses }));
                }
                Ok::<_, UsecaseError>((
                    account,
                    events,
                    open,
                    linked,
                    clients,
                    consents,
                    represented,
                    factors,
                    recovered,
                    store,
                ))
            })
        })
        .await?;
    let mut exported = Vec::new();
    let mut after = None;
    loop {
        // A page at a time, so that a long list holds no snapshot for long.
        let (page, next) = app
            .db()
            .read(move |tx| {
                Box::pin(async move {
                    let rows = dossiers::list_of_account(tx, id, after, 100).await?;
                    let next = rows.last().filter(|_| rows.len() == 100).map(|row| row.own_cursor());
                    let mut page = Vec::with_capacity(rows.len());
                    for row in rows {
                        let Some(dossier) = dossiers::find(tx, row.id).await? else { continue };
                        let log = dossiers::list_events(tx, row.id).await?;
                        let letters = messages::list_for_dossier(tx, row.id).await?;
                        let letters = letters.into_iter().map(|stored| {
                            let message = stored.message;
                            json!({ "at": rfc3339(message.created_at), "to": message.to, "subject": message.subject, "text": message.text })
                        });
                        let written = remarks_json(&remarks::list(tx, row.id, MAX_REMARKS as u32).await?);
                        page.push(json!({
                            "dossier": dossier,
                            "log": log,
                            "letters": letters.collect::<Vec<_>>(),
                            "remarks": written,
                        }));
                    }
                    Ok::<_, UsecaseError>((page, next))
                })
            })
            .await?;
        exported.extend(page);
        match next {
            Some(cursor) => after = Some(cursor),
            None => break,
        }
    }
    let events = events.into_iter().map(|(at, event)| json!({ "at": rfc3339(at), "event": event }));
    let open = open.into_iter().map(|session| {
        json!({ "began": rfc3339(session.created_at), "last_used": rfc3339(session.seen_at), "device": session.device })
    });
    let linked = linked.into_iter().map(|(issuer, at)| json!({ "provider": issuer, "linked": rfc3339(at) }));
    let clients = clients
        .into_iter()
        .map(|grant| json!({ "client": grant.client, "at": rfc3339(grant.granted_at), "told": grant.scopes }));
    let represented = represented.into_iter().map(|(one, log)| {
        let log =
            log.into_iter().map(|entry| json!({ "at": rfc3339(entry.at), "by": entry.actor, "event": entry.event }));
        json!({ "representation": one, "log": log.collect::<Vec<_>>() })
    });
    let consents = consents.into_iter().map(
        |consent| json!({ "client": consent.client, "at": rfc3339(consent.given_at), "may_know": consent.scopes, "may_act_at": consent.resources }),
    );
    Ok(json!({
        "exported_at": rfc3339(now),
        "account": account,
        "events": events.collect::<Vec<_>>(),
        "sessions": open.collect::<Vec<_>>(),
        "linked_accounts": linked.collect::<Vec<_>>(),
        "consents": consents.collect::<Vec<_>>(),
        "sign_ins_elsewhere": clients.collect::<Vec<_>>(),
        "second_factors": factors,
        "representations": represented.collect::<Vec<_>>(),
        "store": store,
        "recoveries": recovered.into_iter().map(of_recovery).collect::<Vec<_>>(),
        "dossiers": exported,
    }))
}

/// Ways to sign in beside the password; secrets are nobody's reading.
async fn second_factors_of(tx: &mut Tx<'_>, holder: Holder) -> Result<Value, UsecaseError> {
    let keys = passkeys::list(tx, holder).await?;
    let keys = keys.into_iter().map(
        |key| json!({ "name": key.name, "added": rfc3339(key.created_at), "last_used": key.used_at.map(rfc3339) }),
    );
    Ok(json!({
        "passkeys": keys.collect::<Vec<_>>(),
        "authenticator_added": authenticators::find(tx, holder).await?.map(|found| rfc3339(found.created_at)),
        "backup_codes_left": backup_codes::count(tx, holder).await?,
    }))
}

/// A recovery at the desk: who did what. Contacts that are not the account's may be those of whoever tries to take it.
fn of_recovery((recovery, log): (Recovery, RecoveryLog)) -> Value {
    let shown = |text: String, masked: String| if recovery.status == RecoveryStatus::Applied { text } else { masked };
    let log = log.into_iter().map(|(at, event)| {
        let event = match event {
            RecoveryEvent::Opened { recovery } => json!({ "kind": "opened", "by": recovery.opened_by }),
            other => json!(other),
        };
        json!({ "at": rfc3339(at), "event": event })
    });
    json!({
        "agency": recovery.agency,
        "opened_at": rfc3339(recovery.opened_at),
        "opened_by": recovery.opened_by,
        "paper": recovery.paper,
        "reason": recovery.reason,
        "old_contacts": recovery.old,
        "new_phone": recovery.wanted.phone.as_ref().map(|phone| shown(phone.to_string(), phone.masked())),
        "new_email": recovery.wanted.email.as_ref().map(|email| shown(email.to_string(), email.masked())),
        "second_factors": recovery.second_factors,
        "confirmed_by": recovery.confirmed_by,
        "takes_effect_at": recovery.takes_effect_at.map(rfc3339),
        "status": recovery.status,
        "log": log.collect::<Vec<_>>(),
    })
}

fn rfc3339(at: Instant) -> String {
    format!("{}+07:00", at.local())
}
