//! What can be done, for the policy to judge.

/// An act on a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Read what is public: procedures, agencies, figures.
    ReadPublic,
    /// Begin a dossier.
    StartDossier,
    /// See how far a dossier is, without its content.
    TrackDossier,
    /// Read a dossier's content, its files and its history.
    ReadDossier,
    /// Change a draft.
    EditDraft,
    /// File a draft.
    FileDossier,
    /// Accept a filed dossier.
    AcceptDossier,
    /// Refuse a filed dossier.
    RefuseDossier,
    /// Ask the filer of a dossier for what is missing or wrong.
    RequestSupplement,
    /// Give what was asked for.
    SupplementDossier,
    /// Withdraw a dossier.
    WithdrawDossier,
    /// Write to the other side of a dossier.
    WriteRemark,
    /// Read the draft of the letter that an accepted dossier leads to.
    DraftLetter,
    /// Enter the result of an accepted dossier.
    FinishDossier,
    /// Hand the result over.
    ReturnDossier,
    /// Confirm that a file of a dossier was compared with the original.
    CheckPaper,
    /// Ask a register of the state about the owner of a dossier.
    AskRegister,
    /// Read an account's store, and who used what of it.
    ReadStore,
    /// Cite an item of it in a dossier.
    CiteItem,
    /// Read an account's data.
    ReadAccount,
    /// Change an account's data.
    EditAccount,
    /// Read what an account was registered with that somebody must approve.
    ReadApplicant,
    /// Approve or refuse it.
    JudgeApplicant,
    /// See which recoveries of accounts an agency has, and each of them.
    ReadRecovery,
    /// Look for a person's account and open its recovery.
    OpenRecovery,
    /// Confirm a colleague's, or stop one.
    JudgeRecovery,
    /// Open the inbox of an agency.
    ReadInbox,
    /// Change catalogues, agencies, calendars.
    EditCatalogue,
    /// Look after the running system: failed jobs, logs without content.
    OperateSystem,
}

impl Act {
    /// Every act, for tables that must miss none.
    pub const ALL: &'static [Act] = &[
        Act::ReadPublic,
        Act::StartDossier,
        Act::TrackDossier,
        Act::ReadDossier,
        Act::EditDraft,
        Act::FileDossier,
        Act::AcceptDossier,
        Act::RefuseDossier,
        Act::RequestSupplement,
        Act::SupplementDossier,
        Act::WithdrawDossier,
        Act::WriteRemark,
        Act::DraftLetter,
        Act::FinishDossier,
        Act::ReturnDossier,
        Act::CheckPaper,
        Act::AskRegister,
        Act::ReadStore,
        Act::CiteItem,
        Act::ReadAccount,
        Act::EditAccount,
        Act::ReadApplicant,
        Act::JudgeApplicant,
        Act::ReadRecovery,
        Act::OpenRecovery,
        Act::JudgeRecovery,
        Act::ReadInbox,
        Act::EditCatalogue,
        Act::OperateSystem,
    ];
}
