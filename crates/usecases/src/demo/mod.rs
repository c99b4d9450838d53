//! Seeding for the demonstration, the bench and tests: officers for every agency, and generated dossiers.

mod dossiers;
mod names;

use domain::codes::AgencyCode;
use domain::ids::OfficerId;
use domain::policy::{OfficerGrant, ProcedureScope, Role};
use domain::time::Day;
use storage::officers::{self, Officer};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

pub use dossiers::seed_dossiers;
pub use names::person_name;

/// The password of every officer of the demonstration; printed at its start, never used by `motcua serve`.
pub const DEMO_PASSWORD: &str = "MotCua@2026";

/// The login name of the demonstration's administrator, on both portals.
pub const DEMO_ADMINISTRATOR: &str = "quantri";

/// What the login name of an agency's second officer has behind that of the first.
pub const COLLEAGUE: &str = "-2";

/// From when the demonstration's grants are in force.
const GRANTED_FROM: &str = "2024-01-01";

/// An officer for every agency that receives dossiers, with the roles of a small one-stop desk. Those that exist stay.
/// Returns login names with the names of their agencies; `progress` is told how many are done.
pub async fn seed_officers(
    app: &App,
    ctx: &Ctx,
    progress: impl Fn(u64),
) -> Result<Vec<(String, String)>, UsecaseError> {
    let content = app.content();
    let agencies: Vec<AgencyCode> = content.assignment.receiving_agencies().cloned().collect();
    let password_hash = app.passwords().hash(DEMO_PASSWORD, ctx.random()).await?;
    let mut printed = Vec::new();
    let mut missing = Vec::new();
    for (number, agency) in agencies.iter().enumerate() {
        let login_name = agency.as_str().to_lowercase();
        let name = content.agencies.find(agency).map(|agency| agency.name.clone()).unwrap_or_default();
        printed.push((login_name.clone(), name));
        let officer = Officer {
            id: OfficerId::from_bytes(ctx.random()),
            login_name,
            name: person_name(number as u64 * 7 + 3),
            password_hash: password_hash.clone(),
            is_active: true,
            created_at: ctx.now,
        };
        missing.push((officer, agency.clone()));
    }
    let count = missing.len() as u64;
    app.db()
        .write(move |tx| {
            Box::pin(
                async move { insert_missing(tx, missing, &[Role::Reception, Role::Processing, Role::Leader]).await },
            )
        })
        .await?;
    progress(count);
    Ok(printed)
}

/// A second reception officer at each agency of the district: an account is recovered by two. Those that exist stay. Their
/// login names are those of the first officers with [`COLLEAGUE`] behind.
pub async fn seed_colleagues(app: &App, ctx: &Ctx, district: &AgencyCode) -> Result<(), UsecaseError> {
    let password_hash = app.passwords().hash(DEMO_PASSWORD, ctx.random()).await?;
    let agencies = app.content().assignment.receiving_agencies();
    let near = agencies.filter(|agency| agency.as_str().starts_with(district.as_str()));
    let colleague = |(number, agency): (usize, &AgencyCode)| {
        let officer = Officer {
            id: OfficerId::from_bytes(ctx.random()),
            login_name: format!("{}{COLLEAGUE}", agency.as_str().to_lowercase()),
            name: person_name(number as u64 * 11 + 4),
            password_hash: password_hash.clone(),
            is_active: true,
            created_at: ctx.now,
        };
        (officer, agency.clone())
    };
    let missing: Vec<_> = near.enumerate().map(colleague).collect();
    app.db().write(move |tx| Box::pin(async move { insert_missing(tx, missing, &[Role::Reception]).await })).await
}

/// An administrator of this agency; one who exists stays.
pub async fn seed_administrator(app: &App, ctx: &Ctx, agency: AgencyCode) -> Result<(), UsecaseError> {
    let officer = Officer {
        id: OfficerId::from_bytes(ctx.random()),
        login_name: DEMO_ADMINISTRATOR.to_owned(),
        name: person_name(5),
        password_hash: app.passwords().hash(DEMO_PASSWORD, ctx.random()).await?,
        is_active: true,
        created_at: ctx.now,
    };
    app.db()
        .write(move |tx| {
            Box::pin(async move { insert_missing(tx, vec![(officer, agency)], &[Role::Administrator]).await })
        })
        .await
}

async fn insert_missing(
    tx: &mut storage::Tx<'_>,
    wanted: Vec<(Officer, AgencyCode)>,
    roles: &[Role],
) -> Result<(), UsecaseError> {
    let valid_from =
        Day::parse(GRANTED_FROM).map_err(|_| UsecaseError::Broken("the first day of the demonstration"))?;
    for (officer, agency) in wanted {
        if officers::find_by_login(tx, &officer.login_name).await?.is_some() {
            continue;
        }
        officers::insert(tx, &officer).await?;
        for role in roles.iter().copied() {
            let grant = OfficerGrant {
                role,
                agency: agency.clone(),
                procedures: ProcedureScope::All,
                valid_from,
                valid_to: None,
            };
            officers::insert_grant(tx, officer.id, &grant).await?;
        }
    }
    Ok(())
}
