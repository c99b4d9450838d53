-- Citizens and enterprises that can sign in.
create table account (
    -- 128 random bits in hexadecimal.
    id text not null constraint account_id primary key,
    -- How many events the account has had; a writer states the number that it has read.
    version {int} not null,
    -- citizen or enterprise.
    kind text not null,
    -- pending_confirmation, active or closed.
    status text not null,
    -- The number to sign in with: CCCD, CMND or tax number.
    login_name text not null,
    -- The holder's name.
    name text not null,
    -- The holder's birth date as far as it is known: a year, a month or a day.
    birth_date text,
    -- The address that confirmed the account, or shall.
    email text not null,
    -- A telephone number.
    phone text,
    -- How well the identity was checked: ial1, ial2 or ial3.
    assurance text not null,
    -- When the account was registered.
    registered_at {int} not null,
    -- When the present e-mail address was confirmed.
    email_confirmed_at {int},
    -- When the account was closed.
    closed_at {int},
    -- The argon2id hash of the password, with its parameters and salt.
    password_hash text not null
){strict};

create unique index account_login_name on account (login_name);

-- Links that confirm an e-mail address.
create table email_token (
    -- The SHA-256 of the token; the token itself stands only in the mail.
    token_hash text not null constraint email_token_token_hash primary key,
    -- The account whose address it confirms.
    account_id text not null references account (id),
    -- The address that it was sent to; the link is void once the account has another.
    email text not null,
    -- When the link stops working.
    expires_at {int} not null
){strict};

create index email_token_account_id on email_token (account_id);
create index email_token_expires_at on email_token (expires_at);

-- People who work at an agency.
create table officer (
    -- 128 random bits in hexadecimal.
    id text not null constraint officer_id primary key,
    -- The name to sign in with, in lower case.
    login_name text not null,
    -- The officer's name.
    name text not null,
    -- The argon2id hash of the password, with its parameters and salt.
    password_hash text not null,
    -- Whether the officer may sign in.
    is_active {bool} not null,
    -- When the officer was entered.
    created_at {int} not null
){strict};

create unique index officer_login_name on officer (login_name);

-- What an officer may do where, and for how long.
create table officer_grant (
    -- Given out by the database.
    id {pk},
    -- The officer.
    officer_id text not null references officer (id),
    -- The role, such as reception or processing.
    role text not null,
    -- The agency.
    agency_code text not null,
    -- The procedures that it is for, as a JSON list of codes; none means all.
    procedures text,
    -- The first day it is in force.
    valid_from text not null,
    -- The last day it is in force, when it ends.
    valid_to text
){strict};

create index officer_grant_officer_id on officer_grant (officer_id);

-- People who are signed in.
create table session (
    -- The SHA-256 of the token; the token itself stands only in the cookie.
    token_hash text not null constraint session_token_hash primary key,
    -- The account that is signed in, unless it is an officer.
    account_id text references account (id),
    -- The officer who is signed in, unless it is an account.
    officer_id text references officer (id),
    -- When it began.
    created_at {int} not null,
    -- When it was last used, to within a tenth of its length.
    seen_at {int} not null,
    -- When it ends unless it is used.
    expires_at {int} not null,
    constraint session_has_one_holder check ((account_id is null) <> (officer_id is null))
){strict};

create index session_account_id on session (account_id);
create index session_officer_id on session (officer_id);
create index session_expires_at on session (expires_at);

-- The last ordinal given out in dossier codes, for each agency and day.
create table dossier_counter (
    -- The agency under whose code dossiers are numbered.
    agency_code text not null,
    -- The day of reception.
    day text not null,
    -- The last ordinal given out.
    last_number {int} not null,
    constraint dossier_counter_agency_code_day primary key (agency_code, day)
){strict};

-- Dossiers as their events made them; dossier_event is the truth, this row its projection.
create table dossier (
    -- 128 random bits in hexadecimal.
    id text not null constraint dossier_id primary key,
    -- How many events the dossier has had; a writer states the number that it has read.
    version {int} not null,
    -- The dossier code, from filing on.
    code text,
    -- draft, filed, accepted, refused, finished or returned.
    status text not null,
    -- The procedure's code.
    procedure_code text not null,
    -- The procedure's name when the draft was begun.
    procedure_name text not null,
    -- The agency that receives it.
    agency_code text not null,
    -- The agency's name when the draft was begun.
    agency_name text not null,
    -- The account that files it.
    filer_account_id text not null references account (id),
    -- The owner's name.
    owner_name text,
    -- When the draft was begun.
    started_at {int} not null,
    -- When it was filed.
    filed_at {int},
    -- By when the desk must answer.
    answer_due_at {int},
    -- The appointed return.
    due_at {int},
    -- The clock by which lists are ordered: the one that runs, or the last one that ran.
    sort_due_at {int} not null,
    -- The agency that has it.
    holder_agency text,
    -- The name of the officer who has it.
    holder_officer text,
    -- Since when they have it.
    holder_since {int},
    -- The whole dossier as JSON.
    state text not null
){strict};

create unique index dossier_code on dossier (code);
create index dossier_of_filer on dossier (filer_account_id, started_at, id);
create index dossier_draft on dossier (filer_account_id, procedure_code, agency_code) where status = 'draft';
create index dossier_of_agency on dossier (agency_code, status, sort_due_at, id);
create index dossier_of_procedure on dossier (agency_code, procedure_code, status, sort_due_at, id);

-- Every act on a dossier, for ever.
create table dossier_event (
    -- The dossier.
    dossier_id text not null references dossier (id),
    -- The event's place among the dossier's, from 1.
    seq {int} not null,
    -- When it happened.
    at {int} not null,
    -- system, account or officer.
    actor_kind text not null,
    -- The account or the officer.
    actor_id text,
    -- Their name then.
    actor_name text,
    -- The version of the rules that it was decided under.
    rule_version text not null,
    -- The word that names the act.
    kind text not null,
    -- The event as JSON.
    event text not null,
    -- The hash of the event before; zeros before the first.
    previous_hash text not null,
    -- The SHA-256 of all of the above.
    hash text not null,
    constraint dossier_event_dossier_id_seq primary key (dossier_id, seq)
){strict};

{append_only dossier_event}

-- Files that the store holds.
create table blob (
    -- The SHA-256 of the content, under which the store keeps it.
    hash text not null constraint blob_hash primary key,
    -- How many bytes it has.
    size {int} not null,
    -- When it was first received.
    received_at {int} not null
){strict};

-- Files of dossiers, to tell whose a file is.
create table attachment (
    -- 128 random bits in hexadecimal.
    id text not null constraint attachment_id primary key,
    -- The dossier.
    dossier_id text not null references dossier (id),
    -- paper for what was filed, result for what came out.
    part text not null,
    -- The content.
    blob_hash text not null references blob (hash),
    -- The file's name.
    file_name text not null,
    -- The kind of file, found by its content.
    media_type text not null,
    -- When it was received.
    uploaded_at {int} not null,
    -- When it was taken out of the draft.
    removed_at {int}
){strict};

create index attachment_dossier_id on attachment (dossier_id);
create index attachment_blob_hash on attachment (blob_hash);

-- Work that follows an act and may be tried again; what is done is deleted.
create table job (
    -- Given out by the database.
    id {pk},
    -- Which worker it is for.
    kind text not null,
    -- What the worker needs to know.
    payload text not null,
    -- When it may next be taken; taking it moves this to the end of the lease.
    available_at {int} not null,
    -- How often it has been taken.
    attempts {int} not null,
    -- Why it was not done the last time.
    last_error text,
    -- When it was added.
    created_at {int} not null,
    -- When it was put aside for an operator.
    failed_at {int}
){strict};

create index job_available_at on job (available_at, id) where failed_at is null;
create index job_failed_at on job (failed_at, id) where failed_at is not null;

-- What people were told, and whether it reached them.
create table message (
    -- 128 random bits in hexadecimal.
    id text not null constraint message_id primary key,
    -- email.
    channel text not null,
    -- The template it was made from.
    template text not null,
    -- The address or number it goes to.
    recipient text not null,
    -- The subject line.
    subject text not null,
    -- The text.
    body text not null,
    -- The dossier it is about.
    dossier_id text references dossier (id),
    -- When it was written.
    created_at {int} not null,
    -- When the next system took it over.
    sent_at {int},
    -- When it was given up.
    failed_at {int},
    -- Why it was given up.
    failure text
){strict};

create index message_dossier_id on message (dossier_id, created_at, id);

-- How often something was tried in the present window of time.
create table rate_limit (
    -- What is counted, with a digest of who does it.
    key text not null constraint rate_limit_key primary key,
    -- When the window began.
    window_started_at {int} not null,
    -- When the window ends.
    expires_at {int} not null,
    -- How often it was tried.
    hits {int} not null
){strict};

create index rate_limit_expires_at on rate_limit (expires_at);

-- Who did or read what, for inspectors; acts on dossiers stand in dossier_event as well.
create table audit (
    -- Given out by the database.
    id {pk},
    -- When.
    at {int} not null,
    -- system, anonymous, account or officer.
    actor_kind text not null,
    -- The account or the officer.
    actor_id text,
    -- What was done.
    act text not null,
    -- What kind of thing it was done to.
    subject_kind text not null,
    -- Which one.
    subject_id text,
    -- On what ground it was allowed.
    basis text,
    -- The request that it came with.
    request_id text
){strict};

create index audit_subject on audit (subject_kind, subject_id, at);
create index audit_actor on audit (actor_id, at);

{append_only audit}
