"""A program that files for people, written against /api/openapi.json alone: it holds no address of the portal.

One JSON a line says what to do; the standard library speaks HTTP, `cryptography` checks the receipt."""

import hashlib
import json
import os
import secrets
import sys
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from urllib.error import HTTPError
from urllib.parse import parse_qs, quote, urlencode, urljoin, urlsplit
from urllib.request import Request, ProxyHandler, build_opener

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

DOCUMENT, CLIENT_ID, BACK = os.environ["DOCUMENT"], os.environ["CLIENT_ID"], os.environ["BACK"]
PIECE = 100_000
opener = build_opener(ProxyHandler({}))


def send(method, address, headers=(), body=None):
    request = Request(address, data=body, method=method, headers=dict(headers))
    try:
        answer = opener.open(request, timeout=60)
    except HTTPError as error:
        raise RuntimeError(f"{method} {address}: {error.code} {error.read().decode()}") from None
    return answer.headers, answer.read()


def read(address):
    return json.loads(send("GET", address)[1])


def base64url(data):
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unbase64url(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


class Client:
    def __init__(self):
        self.document = read(DOCUMENT)
        self.server = self.document["servers"][0]["url"]
        self.operations = {
            operation["operationId"]: (method.upper(), path, operation)
            for path, operations in self.document["paths"].items()
            for method, operation in operations.items()
        }
        self.token = None

    def call(self, name, headers=None, body=None, query=None, **parts):
        """Does an operation of the document; parts of its path and its query come by their names."""
        method, path, operation = self.operations[name]
        for part, value in parts.items():
            path = path.replace("{" + part + "}", quote(value, safe=""))
        headers = dict(headers or {})
        if "security" in operation:
            headers["Authorization"] = f"Bearer {self.token}"
        if isinstance(body, dict):
            headers["Content-Type"] = next(iter(operation["requestBody"]["content"]))
            body = json.dumps(body).encode()
        address = self.server + path + ("?" + urlencode(query) if query else "")
        return send(method, address, headers, body)

    def sign_in(self, given):
        """Where the person is sent: to the provider that the security scheme names."""
        scheme = self.document["components"]["securitySchemes"]["account"]
        self.provider = read(scheme["openIdConnectUrl"])
        metadata = json.loads(self.call("showResourceMetadata")[1])
        assert self.provider["issuer"] in metadata["authorization_servers"]
        scopes = self.operations["submitDraft"][2]["security"][0]["account"]
        self.verifier, self.state = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
        return self.provider["authorization_endpoint"] + "?" + urlencode({
            "response_type": "code", "client_id": CLIENT_ID, "redirect_uri": BACK, "state": self.state,
            "scope": " ".join(["openid", *scopes]), "resource": metadata["resource"], "code_challenge_method": "S256",
            "code_challenge": base64url(hashlib.sha256(self.verifier.encode()).digest()),
        })

    def signed_in(self, given):
        answer = {name: values[0] for name, values in parse_qs(urlsplit(given["address"]).query).items()}
        assert answer["state"] == self.state and answer["iss"] == self.provider["issuer"]
        form = urlencode({
            "grant_type": "authorization_code", "code": answer["code"], "redirect_uri": BACK, "client_id": CLIENT_ID,
            "code_verifier": self.verifier,
        })
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        self.token = json.loads(send("POST", self.provider["token_endpoint"], kind, form.encode())[1])["access_token"]

    def file(self, given):
        form = json.loads(self.call("showForm", code=given["procedure"])[1])
        assert {code for code, _ in given["files"] if code} <= {paper["code"] for paper in form["papers"]}
        body = {"procedure": given["procedure"], "agency": given["agency"]}
        headers, body = self.call("startDraft", body=body)
        draft = json.loads(body)["id"]
        # Part by part, each over the version that the last one gave.
        for part in ("owner", "answers", "delivery"):
            headers, body = self.call("changeDraft", {"If-Match": headers["ETag"]}, {part: given[part]}, id=draft)
        for component, path in given["files"]:
            self.upload(draft, component, path)
        assert json.loads(self.call("listObstacles", id=draft)[1]) == {"obstacles": []}
        key = {"Idempotency-Key": secrets.token_urlsafe(16)}
        first = json.loads(self.call("submitDraft", key, id=draft)[1])
        assert json.loads(self.call("submitDraft", key, id=draft)[1]) == first, "the same key, the same answer"
        return first

    def upload(self, draft, component, path):
        """A file in pieces (tus 1.0)."""
        data, pair = open(path, "rb").read(), lambda name, text: f"{name} {b64encode(text.encode()).decode()}"
        metadata = [pair("filename", os.path.basename(path)), pair("component", component)]
        version = {"Tus-Resumable": "1.0.0"}
        begin = version | {"Upload-Length": str(len(data)), "Upload-Metadata": ",".join(metadata)}
        headers, _ = self.call("beginUpload", begin, b"", id=draft)
        upload, offset = headers["Location"].rsplit("/", 1)[1], 0
        while offset < len(data):
            piece = data[offset:offset + PIECE]
            checksum = "sha256 " + b64encode(hashlib.sha256(piece).digest()).decode()
            about = version | {"Upload-Offset": str(offset), "Upload-Checksum": checksum}
            kind = {"Content-Type": next(iter(self.operations["continueUpload"][2]["requestBody"]["content"]))}
            headers, _ = self.call("continueUpload", about | kind, piece, id=draft, upload=upload)
            offset = int(headers["Upload-Offset"])

    def receipt(self, given):
        """Fetches the receipt and checks it: signature, what was entered, files."""
        code = given["submission"]["code"]
        text = self.call("showReceipt", code=code)[1]
        receipt = json.loads(text)
        keys = read(urljoin(self.server, given["submission"]["receipt_keys"]))["keys"]
        assert canonical(receipt) == text
        manifest, (head, signature) = receipt["manifest"], receipt["signature"].split("..")
        header = json.loads(unbase64url(head))
        key = next(key for key in keys if key["kid"] == header["kid"])
        signed = head.encode() + b"." + base64url(canonical(manifest)).encode()
        Ed25519PublicKey.from_public_bytes(unbase64url(key["x"])).verify(unbase64url(signature), signed)
        hashes = {field["path"]: field["hash"] for field in manifest["fields"]}
        for field in receipt["opened"]:
            entered = canonical([field["salt"], field["path"], field["value"]])
            assert hashlib.sha256(entered).hexdigest() == hashes[field["path"]], field["path"]
        sent = {hashlib.sha256(open(path, "rb").read()).hexdigest() for path in given["files"]}
        assert sent == {file["sha256"] for file in manifest["files"]}
        return {"code": manifest["code"], "files": len(sent)}

    def list(self, given):
        codes, after = [], None
        while True:
            page = json.loads(self.call("listDossiers", query={"after": after} if after else None)[1])
            codes += [dossier["code"] for dossier in page["dossiers"]]
            after = page["next"]
            if after is None:
                return codes


client = None
for line in sys.stdin:
    given = json.loads(line)
    try:
        client = client or Client()
        answer = {"given": getattr(client, given["act"])(given)}
    except Exception as error:
        answer = {"refused": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
