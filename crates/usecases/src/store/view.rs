//! Reading one's store: the list, an item with its uses, its file.

use domain::ids::StoreItemId;
use domain::policy::{Act, Resource, may};
use domain::store::{StoreItem, StoreUse};
use storage::store_items as rows;
use tokio::fs::File;

use super::{MOST_ITEMS, owner_of};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// The most uses that are shown of an item.
const MOST_USES: u32 = 200;

/// An item with what was done with it, the latest first.
#[derive(Clone, Debug)]
pub struct StoreItemWithUses {
    /// The item.
    pub item: StoreItem,
    /// Its uses.
    pub uses: Vec<StoreUse>,
}

/// An item's file, ready to be streamed.
pub struct OpenedItem {
    /// The item.
    pub item: StoreItem,
    /// Its bytes.
    pub file: File,
}

/// What the viewer's account owns, or that of the principal, the latest first.
///
/// # Errors
/// When nobody is signed in, or the representative may not look.
pub async fn list_store(app: &App, ctx: &Ctx) -> Result<Vec<StoreItem>, UsecaseError> {
    let owner = owner_of(ctx)?;
    may(&ctx.viewer, Act::ReadStore, &Resource::Store(owner))?;
    app.db().read(move |tx| Box::pin(async move { Ok(rows::list_of_owner(tx, owner, MOST_ITEMS).await?) })).await
}

/// An item with its uses.
///
/// # Errors
/// Not found for everybody but its owner and whoever acts for the owner.
pub async fn view_store_item(app: &App, ctx: &Ctx, id: StoreItemId) -> Result<StoreItemWithUses, UsecaseError> {
    let viewer = ctx.viewer.clone();
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let item = rows::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
                may(&viewer, Act::ReadStore, &Resource::Store(item.owner))?;
                let uses = rows::list_uses(tx, id, MOST_USES).await?;
                Ok(StoreItemWithUses { item, uses })
            })
        })
        .await
}

/// Opens an item's file.
///
/// # Errors
/// As [`view_store_item`]; or the file is not there.
pub async fn open_store_item(app: &App, ctx: &Ctx, id: StoreItemId) -> Result<OpenedItem, UsecaseError> {
    let item = view_store_item(app, ctx, id).await?.item;
    let file = app.blobs().open_file(item.file.hash).await?;
    Ok(OpenedItem { item, file })
}
