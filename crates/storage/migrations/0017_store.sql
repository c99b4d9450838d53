-- The personal stores: results and checked papers that accounts own. Nothing of an item changes but that a newer one takes
-- its place.
create table store_item (
    -- 128 random bits in hexadecimal; of a result, those of its attachment.
    id text not null constraint store_item_id primary key,
    -- Whose it is.
    owner_id text not null references account (id),
    -- Its kind, by which procedures ask for it; none for a result whose kind nobody has named.
    kind text,
    -- The dossier out of which it was kept.
    dossier_id text not null references dossier (id),
    -- That dossier's file, as long as no newer item came out of it.
    live_attachment_id text,
    -- Owner, kind and number as a digest, as long as no newer item has the same; none for a paper without a number.
    live_number text,
    -- The content.
    blob_hash text not null references blob (hash),
    -- When it was kept.
    kept_at {int} not null,
    -- The item that took its place; none while it stands.
    superseded_by text,
    -- All of it as JSON.
    state text not null
){strict};

create unique index store_item_live_attachment_id on store_item (live_attachment_id);
create unique index store_item_live_number on store_item (live_number);
create index store_item_owner_id on store_item (owner_id, kept_at);
create index store_item_dossier_id on store_item (dossier_id);
create index store_item_blob_hash on store_item (blob_hash);

-- What was done with an item: cited, taken back, filed; for which dossier and by whom, for ever.
create table store_use (
    -- The item.
    item_id text not null references store_item (id),
    -- The dossier for which it was used; a draft may be deleted since.
    dossier_id text not null,
    -- Which of the dossier's events it was.
    seq {int} not null,
    -- When.
    at {int} not null,
    -- All of it as JSON.
    state text not null,
    constraint store_use_item_id_dossier_id_seq primary key (item_id, dossier_id, seq)
){strict};

create index store_use_item_id on store_use (item_id, at);
create index store_use_dossier_id on store_use (dossier_id, seq);

{append_only store_use}

-- Questions to registers of the state about a person: who asked what for, and what kind of answer came, for ever.
create table register_question (
    -- 128 random bits in hexadecimal.
    id text not null constraint register_question_id primary key,
    -- The account of the person that was asked about; none when the person has none here.
    account_id text references account (id),
    -- The dossier for which it was asked; none when there was no draft yet, and a draft may be deleted since.
    dossier_id text,
    -- When.
    at {int} not null,
    -- All of it as JSON; never what the register answered about the person.
    state text not null
){strict};

create index register_question_account_id on register_question (account_id, at);
-- The last dossiers of an account under one procedure, for the answers that are offered again.
create index dossier_filed_like on dossier (filer_account_id, procedure_code, filed_at, id) where filed_at is not null;
create index register_question_dossier_id on register_question (dossier_id, at);

{append_only register_question}
