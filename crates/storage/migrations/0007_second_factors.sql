-- Ways to sign in beside the password: passkeys, authenticator apps, backup codes; of accounts and of officers.

-- Passkeys (WebAuthn): public keys whose private halves stay on people's devices.
create table passkey (
    -- The credential's identifier as its device gave it, base64url.
    id text not null constraint passkey_id primary key,
    -- The account that it signs in, or
    account_id text references account (id),
    -- the officer.
    officer_id text references officer (id),
    -- What its holder calls it.
    name text not null,
    -- The public key with its counter and flags, as JSON of the WebAuthn library.
    credential text not null,
    -- When it was added.
    created_at {int} not null,
    -- When it last signed somebody in.
    used_at {int},
    constraint passkey_holder check ((account_id is null) <> (officer_id is null))
){strict};

create index passkey_account_id on passkey (account_id);
create index passkey_officer_id on passkey (officer_id);

-- Apps that show a code every 30 seconds (TOTP, RFC 6238); one of each holder.
create table authenticator (
    -- The account, or
    account_id text references account (id),
    -- the officer.
    officer_id text references officer (id),
    -- The shared secret, encrypted with the installation's key.
    sealed_secret {bytes} not null,
    -- The last step of 30 seconds whose code was taken: no code is good twice.
    last_step {int} not null,
    -- When it was added.
    created_at {int} not null,
    constraint authenticator_holder check ((account_id is null) <> (officer_id is null))
){strict};

create unique index authenticator_account_id on authenticator (account_id);
create unique index authenticator_officer_id on authenticator (officer_id);

-- Codes on paper for the day when the telephone is lost; each is good once and then gone.
create table backup_code (
    -- The SHA-256 of the code together with its holder.
    digest text not null constraint backup_code_digest primary key,
    -- The account, or
    account_id text references account (id),
    -- the officer.
    officer_id text references officer (id),
    -- When it was made.
    created_at {int} not null,
    constraint backup_code_holder check ((account_id is null) <> (officer_id is null))
){strict};

create index backup_code_account_id on backup_code (account_id);
create index backup_code_officer_id on backup_code (officer_id);

-- Steps of signing in, or of adding a way to, that were begun and wait for their answer.
create table ceremony (
    -- 128 random bits in hexadecimal.
    id text not null constraint ceremony_id primary key,
    -- What the answer does.
    purpose text not null,
    -- Whose it is: an account's,
    account_id text references account (id),
    -- an officer's, or nobody's yet.
    officer_id text references officer (id),
    -- What must be remembered until the answer: a challenge, or an encrypted secret.
    state text not null,
    -- How often an answer came.
    tries {int} not null,
    -- When it is forgotten.
    expires_at {int} not null
){strict};

create index ceremony_account_id on ceremony (account_id);
create index ceremony_officer_id on ceremony (officer_id);
create index ceremony_expires_at on ceremony (expires_at);

-- Browsers in which an account has signed in, so that its holder is told of a new one.
create table known_browser (
    -- The account.
    account_id text not null references account (id),
    -- The SHA-256 of the mark that the browser keeps.
    digest text not null,
    -- When it last signed the account in.
    seen_at {int} not null,
    constraint known_browser_account_id_digest primary key (account_id, digest)
){strict};

create index known_browser_seen_at on known_browser (seen_at);
