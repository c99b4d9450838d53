-- Tokens that are good for one use and were used.
create table used_token (
    -- The SHA-256 of the token with what it is for.
    token_hash text not null constraint used_token_token_hash primary key,
    -- When the token would have expired anyway; until then it is remembered.
    expires_at {int} not null
){strict};

create index used_token_expires_at on used_token (expires_at);
