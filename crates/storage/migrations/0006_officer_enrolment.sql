-- Links with which officers set their first password.
create table officer_enrolment (
    -- The SHA-256 of the token; the token itself stands only in the link.
    digest text not null constraint officer_enrolment_digest primary key,
    -- Whose it is; an officer has one at a time.
    officer_id text not null references officer (id),
    -- When it stops working.
    expires_at {int} not null
){strict};

create unique index officer_enrolment_officer_id on officer_enrolment (officer_id);
create index officer_enrolment_expires_at on officer_enrolment (expires_at);
