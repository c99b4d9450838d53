-- As which a client takes access tokens of other clients: a portal whose dossiers programs file.
alter table oidc_client add column resource text;
create unique index oidc_client_resource on oidc_client (resource);

-- At which portals the client may act for the account, with spaces between.
alter table oidc_consent add column resources text not null default '';

-- The portal at which its access tokens open something; none when they open claims here.
alter table oidc_grant add column resource text;

-- The program through which the account did it, by its name at the provider; none when it did so itself.
alter table dossier_event add column program_id text;
-- The program's name then.
alter table dossier_event add column program_name text;

-- With which keys programs asked to file a draft: asked again with one of them, they are told the same.
create table filing_key (
    -- The draft, or the dossier that it became; the draft may be gone.
    dossier_id text not null,
    -- The SHA-256 of the program's name and its key.
    digest text not null,
    -- When it was first brought.
    brought_at {int} not null,
    constraint filing_key_dossier_id_digest primary key (dossier_id, digest)
){strict};

create index filing_key_brought_at on filing_key (brought_at);
