-- Programs of others that let people sign in with their account here: clients of OpenID Connect.
create table oidc_client (
    -- Its name in the protocol.
    id text not null constraint oidc_client_id primary key,
    -- What is registered about it, as JSON: names, addresses, scopes, the digest of its secret.
    registration text not null,
    -- When it was last registered.
    registered_at {int} not null
){strict};

-- What people have agreed that clients may know, so that they are not asked every time.
create table oidc_consent (
    -- The account.
    account_id text not null references account (id),
    -- The client.
    client_id text not null references oidc_client (id),
    -- What it may know, with spaces between.
    scopes text not null,
    -- When it was last agreed to.
    given_at {int} not null,
    constraint oidc_consent_account_id_client_id primary key (account_id, client_id)
){strict};

-- Sign-ins at clients; codes and tokens hang on them and end with them.
create table oidc_grant (
    -- 128 random bits in hexadecimal.
    id text not null constraint oidc_grant_id primary key,
    -- The client.
    client_id text not null references oidc_client (id),
    -- The account that signed in.
    account_id text not null references account (id),
    -- The SHA-256 of the token of the session in which it happened; the session itself may be gone.
    session_hash text not null,
    -- The name of that session for this client, which opens nothing.
    session_name text not null,
    -- What the client may know, with spaces between.
    scopes text not null,
    -- What the client wants to see again in the ID token.
    nonce text,
    -- When the person had proved who they are.
    signed_in_at {int} not null,
    -- When it happened.
    granted_at {int} not null,
    -- When it was ended, by the person or because a code or token came twice.
    ended_at {int},
    -- When it was noticed that the session has ended, and the client was to be told.
    told_at {int},
    -- When it is forgotten.
    expires_at {int} not null
){strict};

create index oidc_grant_account_id on oidc_grant (account_id);
create index oidc_grant_session_hash on oidc_grant (session_hash);
create index oidc_grant_expires_at on oidc_grant (expires_at);

-- Codes that clients exchange for tokens; kept for a while after their use, to notice when one comes twice.
create table oidc_code (
    -- The SHA-256 of the code.
    digest text not null constraint oidc_code_digest primary key,
    -- The sign-in.
    grant_id text not null references oidc_grant (id),
    -- Where it was sent.
    redirect_uri text not null,
    -- The SHA-256 of the secret that the client must show with it.
    challenge text not null,
    -- When it was given.
    issued_at {int} not null,
    -- When it was first exchanged, or tried with the wrong secret.
    used_at {int}
){strict};

create index oidc_code_grant_id on oidc_code (grant_id);

-- Access and refresh tokens of clients.
create table oidc_token (
    -- The SHA-256 of the token.
    digest text not null constraint oidc_token_digest primary key,
    -- The sign-in.
    grant_id text not null references oidc_grant (id),
    -- What it is: access or refresh.
    kind text not null,
    -- What it opens, with spaces between.
    scopes text not null,
    -- When it was given.
    issued_at {int} not null,
    -- When a refresh token was exchanged for the next.
    used_at {int},
    -- When it opens nothing any more.
    expires_at {int} not null
){strict};

create index oidc_token_grant_id on oidc_token (grant_id);

-- Private keys that sign ID tokens, encrypted with the key of the installation.
create table signing_key (
    -- The name of the key, made from its public half.
    kid text not null constraint signing_key_kid primary key,
    -- The key as PKCS#8, encrypted.
    sealed {bytes} not null,
    -- From when on it signs; until the next one does.
    signs_from {int} not null,
    -- When it was made.
    created_at {int} not null
){strict};

-- The provider through which the session was opened, by its issuer; none when it was opened here.
alter table session add column issuer text;
-- Who it is at that provider.
alter table session add column provider_subject text;
-- The name of the session there.
alter table session add column provider_session text;
-- What the provider said of who it is, signed; shown to it when the person signs out.
alter table session add column id_token text;

create index session_issuer_provider_subject on session (issuer, provider_subject);

-- Accounts at providers and the accounts here that belong to the same people.
create table linked_identity (
    -- The provider.
    issuer text not null,
    -- The stable name of the account there.
    subject text not null,
    -- The account here.
    account_id text not null references account (id),
    -- When they were linked.
    linked_at {int} not null,
    constraint linked_identity_issuer_subject primary key (issuer, subject)
){strict};

create index linked_identity_account_id on linked_identity (account_id);

-- People who were sent to a provider and have not come back.
create table provider_sign_in (
    -- The SHA-256 of the state that comes back with them.
    digest text not null constraint provider_sign_in_digest primary key,
    -- The SHA-256 of the secret in the cookie of the browser that was sent.
    browser_digest text not null,
    -- The provider's name in the configuration.
    provider text not null,
    -- What has to be remembered, as JSON.
    pending text not null,
    -- Where the person was going.
    way_back text,
    -- When it is forgotten.
    expires_at {int} not null
){strict};

create index provider_sign_in_expires_at on provider_sign_in (expires_at);

-- People who have proved who they are at a provider, and must still prove that an account here is theirs.
create table identity_proof (
    -- The SHA-256 of the secret in the address of the page.
    digest text not null constraint identity_proof_digest primary key,
    -- The SHA-256 of the secret in the cookie of the browser.
    browser_digest text not null,
    -- Who it is there, as JSON.
    identity text not null,
    -- The account here that has the same number.
    account_id text not null references account (id),
    -- Where the person was going.
    way_back text,
    -- When it is forgotten.
    expires_at {int} not null
){strict};

create index identity_proof_account_id on identity_proof (account_id);
create index identity_proof_expires_at on identity_proof (expires_at);
