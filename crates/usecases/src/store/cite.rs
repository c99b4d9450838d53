//! The filer cites an item of the store in a draft instead of uploading a file; filing looks once more whether it holds.

use domain::dossier::{Attachment, Command, Dossier, DossierRefusal};
use domain::ids::{AttachmentId, DossierId, StoreItemId};
use domain::policy::{Act, Resource, Viewer, may};
use domain::store::{NotCitable, Standing, StoreItem};
use domain::time::{Day, Instant};
use storage::{Tx, store_items as rows};

use super::MOST_ITEMS;
use crate::act::{Order, Step, act};
use crate::answer_form::version_of;
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::{ActError, UsecaseError};

/// A cited paper of a draft that holds no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoidCitation {
    /// The paper it was cited for.
    pub component_code: Option<String>,
    /// That paper's name.
    pub component_name: String,
    /// Why it does not count.
    pub why: NotCitable,
}

/// What can be cited today in a draft of the viewer: everything of the filer's store that holds and has a kind.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_citable(app: &App, ctx: &Ctx, draft: &Dossier) -> Result<Vec<StoreItem>, UsecaseError> {
    let (owner, today) = (draft.filer, ctx.now.day());
    if may(&ctx.viewer, Act::CiteItem, &Resource::Store(owner)).is_err() {
        return Ok(Vec::new());
    }
    let mut items = app
        .db()
        .read(move |tx| {
            Box::pin(async move { Ok::<_, UsecaseError>(rows::list_of_owner(tx, owner, MOST_ITEMS).await?) })
        })
        .await?;
    items.retain(|item| item.facts.kind.is_some() && item.standing(today) == Standing::Valid);
    Ok(items)
}

/// Cites an item for a paper of the draft: the same bytes become a file of it, marked with who vouches for them. Citing the
/// same again changes nothing.
///
/// # Errors
/// [`DossierRefusal::NotCitable`] when the item does not hold or is of another kind; not found for an item of somebody else.
pub async fn cite_item(
    app: &App,
    ctx: &Ctx,
    draft: DossierId,
    component_code: &str,
    item: StoreItemId,
) -> Result<Dossier, ActError> {
    let file = AttachmentId::from_bytes(ctx.random());
    let command = Order::Cite { item, file, component_code: component_code.to_owned() };
    act(app, ctx, draft, Step { act: Act::EditDraft, command, news: None }).await
}

/// The command that cites an item, made inside the transaction that stores it.
pub(crate) async fn citation_of(
    tx: &mut Tx<'_>,
    app: &App,
    viewer: &Viewer,
    draft: &Dossier,
    (item, file, component_code): (StoreItemId, AttachmentId, String),
    now: Instant,
) -> Result<Command, ActError> {
    let item = rows::find(tx, item).await?.ok_or(UsecaseError::NotFound)?;
    may(viewer, Act::CiteItem, &Resource::Store(item.owner))?;
    if item.owner != draft.filer {
        return Err(UsecaseError::NotFound.into());
    }
    let refused = |why| ActError::Refused(DossierRefusal::NotCitable(why));
    let papers = version_of(app, draft, now.day()).map(|version| version.papers_asked(&draft.answers));
    let paper = papers.unwrap_or_default().into_iter().find(|paper| paper.code == component_code);
    let paper = paper.ok_or_else(|| refused(NotCitable::OtherKind))?;
    let citation = item.cite(paper.document.as_deref(), now.day()).map_err(refused)?;
    Ok(Command::AttachFile(Attachment {
        id: file,
        component_code: Some(component_code),
        component_name: paper.title.vi.clone(),
        file_name: item.file.name,
        media_type: item.file.media_type,
        size: item.file.size,
        hash: item.file.hash,
        uploaded_at: now,
        citation: Some(citation),
    }))
}

/// The cited papers of a draft that hold no longer: they expired, or newer ones took their places since they were cited.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_void_citations(app: &App, ctx: &Ctx, draft: &Dossier) -> Result<Vec<VoidCitation>, UsecaseError> {
    if draft.attachments.iter().all(|file| file.citation.is_none()) {
        return Ok(Vec::new());
    }
    let (draft, today) = (draft.clone(), ctx.now.day());
    app.db().read(move |tx| Box::pin(async move { void_citations_in(tx, &draft, today).await })).await
}

/// The same inside a transaction.
pub(crate) async fn void_citations_in(
    tx: &mut Tx<'_>,
    draft: &Dossier,
    today: Day,
) -> Result<Vec<VoidCitation>, UsecaseError> {
    let mut void = Vec::new();
    for (file, citation) in draft.attachments.iter().filter_map(|file| Some((file, file.citation.as_ref()?))) {
        let item = rows::find(tx, citation.item).await?.ok_or(UsecaseError::Broken("a cited item is kept"))?;
        let why = match item.standing(today) {
            Standing::Valid => continue,
            Standing::Expired => NotCitable::Expired,
            Standing::Superseded => NotCitable::Superseded,
        };
        let (component_code, component_name) = (file.component_code.clone(), file.component_name.clone());
        void.push(VoidCitation { component_code, component_name, why });
    }
    Ok(void)
}
