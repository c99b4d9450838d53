-- Files of drafts that are on their way in pieces (tus 1.0). How much of one has arrived is what the file holds, not a row.
create table upload (
    -- 128 random bits in hexadecimal; the attachment that it becomes has the same.
    id text not null constraint upload_id primary key,
    -- The draft.
    dossier_id text not null references dossier (id),
    -- The account that files the draft.
    account_id text not null references account (id),
    -- The required document it is for; none for a file beside the list.
    component_code text,
    -- The name of that document then.
    component_name text not null,
    -- The file's name on the person's device.
    file_name text not null,
    -- What the sender said of it, as the sender wrote it (Upload-Metadata); asked for again, it is answered the same.
    metadata text not null,
    -- How many bytes it will have.
    size {int} not null,
    -- When it was begun.
    begun_at {int} not null,
    -- When it is forgotten, unless more of it arrives.
    expires_at {int} not null,
    -- When it became a file of the draft; none before.
    finished_at {int}
){strict};

create index upload_dossier_id on upload (dossier_id);
create index upload_account_id on upload (account_id);
create index upload_expires_at on upload (expires_at);
