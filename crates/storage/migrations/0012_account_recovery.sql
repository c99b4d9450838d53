-- Recoveries of accounts at the desk: one officer opens, another confirms, and a wait passes before it takes effect.
create table account_recovery (
    -- 128 random bits in hexadecimal.
    id text not null constraint account_recovery_id primary key,
    -- How many events it has had; a writer states the number that it has read.
    version {int} not null,
    -- Whose account it is for.
    account_id text not null references account (id),
    -- The account again while the recovery waits for something, so that there is one such at a time; none once it has ended.
    live_account_id text,
    -- The agency of its two officers.
    agency_code text not null,
    -- When it was opened.
    opened_at {int} not null,
    -- All of it as JSON.
    state text not null
){strict};

create unique index account_recovery_live_account_id on account_recovery (live_account_id);
create index account_recovery_account_id on account_recovery (account_id, opened_at);
create index account_recovery_agency_code on account_recovery (agency_code, opened_at);

-- What happened to them, for ever; each event names who did it.
create table account_recovery_event (
    -- The recovery.
    recovery_id text not null references account_recovery (id),
    -- Its version after it, from 1 on.
    number {int} not null,
    -- When it happened.
    at {int} not null,
    -- What happened, as JSON.
    event text not null,
    constraint account_recovery_event_recovery_id_number primary key (recovery_id, number)
){strict};

{append_only account_recovery_event}

-- What whoever holds an old contact can stop a recovery with: the code of a text message, the link of a letter.
create table account_recovery_stop (
    -- The SHA-256 of the code or of the link's token, which stand only in the message.
    digest text not null constraint account_recovery_stop_digest primary key,
    -- Which recovery it stops.
    recovery_id text not null references account_recovery (id)
){strict};

create index account_recovery_stop_recovery_id on account_recovery_stop (recovery_id);
