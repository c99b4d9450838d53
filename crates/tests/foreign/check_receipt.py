"""Checks a receipt with nothing of ours: check_receipt.py RECEIPT KEYS [FILE ...] ends with 0 when all is right."""
import json, sys
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

def encode(data):
    return urlsafe_b64encode(data).rstrip(b"=")

def decode(text):
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    assert encode(data) == text.encode(), "stray bits"
    return data

text = open(sys.argv[1], "rb").read()
receipt, keys = json.loads(text), json.load(open(sys.argv[2]))["keys"]
assert canonical(receipt) == text, "another form than portals write"
manifest, (head, signature) = receipt["manifest"], receipt["signature"].split("..")
header = json.loads(decode(head))
key = next(key for key in keys if key["kid"] == header["kid"] and (header["alg"], key["crv"]) == ("EdDSA", "Ed25519"))
Ed25519PublicKey.from_public_bytes(decode(key["x"])).verify(decode(signature), head.encode() + b"." + encode(canonical(manifest)))
fields = {field["path"]: field["hash"] for field in manifest["fields"]}
for field in receipt["opened"]:
    assert sha256(canonical([field["salt"], field["path"], field["value"]])).hexdigest() == fields[field["path"]], field["path"]
for name in sys.argv[3:]:
    assert sha256(open(name, "rb").read()).hexdigest() in [file["sha256"] for file in manifest["files"]], name
