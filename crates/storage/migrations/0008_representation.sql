-- Who may act for whom: members and delegates of enterprises, mandates between citizens, guardians of children.
create table representation (
    -- 128 random bits in hexadecimal.
    id text not null constraint representation_id primary key,
    -- How many events it has had; a writer states the number that it has read.
    version {int} not null,
    -- The account that gave it; a child has none.
    principal_id text references account (id),
    -- The number of the person who shall represent; nobody looks whether it has an account until that person signs in.
    number text,
    -- The account that represents, once accepted.
    representative_id text references account (id),
    -- What may exist once only, as a digest of the two sides and their tie; none once it has ended.
    open_key text,
    -- When it was given or declared.
    given_at {int} not null,
    -- All of it as JSON.
    state text not null
){strict};

create unique index representation_open_key on representation (open_key);
create index representation_principal_id on representation (principal_id, given_at);
create index representation_number on representation (number, given_at);
create index representation_representative_id on representation (representative_id, given_at);

-- What happened to them, for ever.
create table representation_event (
    -- The representation.
    representation_id text not null references representation (id),
    -- Its version after it, from 1 on.
    number {int} not null,
    -- When it happened.
    at {int} not null,
    -- Who did it, as JSON.
    actor text not null,
    -- What happened, as JSON.
    event text not null,
    constraint representation_event_representation_id_number primary key (representation_id, number)
){strict};

{append_only representation_event}
