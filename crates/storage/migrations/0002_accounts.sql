alter table account add column contact_email text;
update account set contact_email = email;
alter table account drop column email;
-- Where letters go; the national portal does not ask for an address.
alter table account rename column contact_email to email;
-- When a code that was sent to the present telephone number was typed.
alter table account add column phone_confirmed_at {int};

-- Whoever closed an account may open another.
drop index account_login_name;
create unique index account_login_name on account (login_name) where status <> 'closed';

-- Numbers that accounts had before: one person, two numbers.
create table former_number (
    -- The number; nobody else gets it.
    login_name text not null constraint former_number_login_name primary key,
    -- Whose it was.
    account_id text not null references account (id),
    -- Until when.
    replaced_at {int} not null
){strict};

create index former_number_account_id on former_number (account_id);

-- What happened to accounts, for their holders and for those who answer for the system.
create table account_event (
    -- The account.
    account_id text not null references account (id),
    -- The account's version after it, from 1 on.
    number {int} not null,
    -- When it happened.
    at {int} not null,
    -- What happened, as JSON.
    event text not null,
    constraint account_event_account_id_number primary key (account_id, number)
){strict};

-- Registrations that wait for the code sent to the telephone; no account exists before.
create table signup (
    -- The identifier of its challenge.
    id text not null constraint signup_id primary key,
    -- What was entered, as JSON.
    registration text not null,
    -- When the right code was typed.
    phone_confirmed_at {int},
    -- When it is forgotten.
    expires_at {int} not null
){strict};

create index signup_expires_at on signup (expires_at);

-- Codes that were sent to a telephone or a mailbox and are to be typed.
create table one_time_code (
    -- 128 random bits in hexadecimal; stands in the address of the page that asks for the code.
    id text not null constraint one_time_code_id primary key,
    -- What the right code opens: sign_up, sign_in, change_phone, change_email or new_password.
    purpose text not null,
    -- Whose it is, once there is an account.
    account_id text references account (id),
    -- The telephone number or the e-mail address that it was sent to.
    recipient text not null,
    -- The SHA-256 of the challenge's id and the code that was sent last.
    digest text not null,
    -- How many wrong codes were typed since.
    tries {int} not null,
    -- How many codes were sent.
    sends {int} not null,
    -- When the last was sent.
    sent_at {int} not null,
    -- When the right code was typed.
    met_at {int},
    -- When it is forgotten.
    expires_at {int} not null
){strict};

create index one_time_code_account_id on one_time_code (account_id);
create index one_time_code_expires_at on one_time_code (expires_at);

-- The kind of browser that signed in, in words that its owner knows it by.
alter table session add column device text;
