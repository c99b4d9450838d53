-- Keys that sign receipts. They are kept for ever: whoever shows a receipt after years must find the key that signed it.
create table receipt_key (
    -- The name of the key: the digest of its public half (RFC 7638).
    kid text not null constraint receipt_key_kid primary key,
    -- The public half, 32 bytes of Ed25519.
    public_key {bytes} not null,
    -- The private half as PKCS#8, encrypted.
    sealed {bytes} not null,
    -- From when on it signs; until the next one does.
    signs_from {int} not null,
    -- When it was made.
    created_at {int} not null
){strict};

-- Two that make the key of one time at once make one.
create unique index receipt_key_signs_from on receipt_key (signs_from);

-- Receipts as they were signed, one for each dossier that was filed since there are such keys.
create table receipt (
    -- The dossier.
    dossier_id text not null constraint receipt_dossier_id primary key references dossier (id),
    -- What was signed, letter by letter: canonical JSON.
    manifest text not null,
    -- The secret from which the salts of the manifest's fields follow.
    seed {bytes} not null,
    -- The signature: a JWS without its payload.
    signature text not null
){strict};
