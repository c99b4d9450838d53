-- What the filer of a dossier and the officers of its agency write to each other.
create table remark (
    -- 128 random bits in hexadecimal.
    id text not null constraint remark_id primary key,
    -- The dossier.
    dossier_id text not null references dossier (id),
    -- filer or desk: which side wrote it.
    side text not null,
    -- The account or the officer that wrote it.
    writer_id text not null,
    -- Their name then.
    writer_name text not null,
    -- What they wrote.
    body text not null,
    -- When.
    written_at {int} not null
){strict};

create index remark_dossier_id on remark (dossier_id, written_at, id);

{append_only remark}

-- Which side of a dossier has something to read; the row goes when it is read.
create table remark_unread (
    -- The dossier.
    dossier_id text not null references dossier (id),
    -- filer or desk: which side has something to read.
    side text not null,
    -- Whose it is to read: the account that files the dossier, or the code of its agency.
    reader text not null,
    -- When the latest was written.
    latest_at {int} not null,
    constraint remark_unread_dossier_id_side primary key (dossier_id, side)
){strict};

create index remark_unread_reader on remark_unread (side, reader, latest_at);

-- When a draft was changed last: what is left alone expires.
alter table dossier add column changed_at {int};

update dossier set changed_at = (select max(at) from dossier_event where dossier_id = dossier.id);

create index dossier_idle_draft on dossier (changed_at, id) where status = 'draft';

-- A draft is its filer's paper until it is filed: only then does its log stay for ever.
{append_only_once_filed dossier_event}
