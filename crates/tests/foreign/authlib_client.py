"""A client of a provider, written with Authlib and requests: the same acts as openid-client.mjs, one JSON a line."""

import json
import os
import sys
from urllib.parse import urlsplit

# The provider of the test is on this machine, where nobody reads along.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

from authlib.common.security import generate_token
from authlib.common.urls import add_params_to_uri, url_decode
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, JsonWebToken
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import OpenIDProviderMetadata, get_well_known_url

ISSUER, REDIRECT_URI = os.environ["ISSUER"], os.environ["REDIRECT_URI"]
CLIENT_ID, CLIENT_SECRET = os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"]

RULES = [
    "acr_values_supported",
    "claim_types_supported",
    "claims_parameter_supported",
    "claims_supported",
    "code_challenge_methods_supported",
    "grant_types_supported",
    "request_parameter_supported",
    "request_uri_parameter_supported",
    "response_modes_supported",
    "response_types_supported",
    "scopes_supported",
    "subject_types_supported",
    "token_endpoint_auth_methods_supported",
    "ui_locales_supported",
]


class Client:
    """One session of the library, and what it remembers of the question that is under way."""

    def discover(self, given):
        self.session = OAuth2Session(
            CLIENT_ID,
            CLIENT_SECRET,
            redirect_uri=REDIRECT_URI,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic",
        )
        self.session.trust_env = False
        answer = self.session.get(get_well_known_url(ISSUER, external=True), withhold_token=True)
        answer.raise_for_status()
        self.provider = OpenIDProviderMetadata(answer.json())
        # The library's rules, but for those that demand https even here, and RS256 of everybody.
        for rule in RULES:
            getattr(self.provider, f"validate_{rule}")()
        return dict(self.provider)

    def start(self, given):
        self.verifier, self.nonce = generate_token(64), generate_token(32)
        params = dict(given["params"])
        self.session.scope = params.pop("scope")
        address, self.session.state = self.session.create_authorization_url(
            self.provider["authorization_endpoint"], code_verifier=self.verifier, nonce=self.nonce, **params
        )
        return address

    def finish(self, given):
        answer = dict(url_decode(urlsplit(given["address"]).query))
        if "error" in answer:
            # As the library's own integrations do before they ask for tokens.
            raise OAuthError(answer["error"], answer.get("error_description"))
        tokens = self.session.fetch_token(
            self.provider["token_endpoint"], authorization_response=given["address"], code_verifier=self.verifier
        )
        return {"tokens": tokens, "claims": self.read(tokens, nonce=self.nonce)}

    def userinfo(self, given):
        answer = self.session.get(self.provider["userinfo_endpoint"])
        answer.raise_for_status()
        return answer.json()

    def refresh(self, given):
        tokens = self.session.refresh_token(self.provider["token_endpoint"], refresh_token=given["token"])
        return {"tokens": tokens, "claims": self.read(tokens, nonce=None)}

    def sign_out(self, given):
        params = {
            "id_token_hint": self.session.token["id_token"],
            "post_logout_redirect_uri": given["back"],
            "state": given["state"],
        }
        return add_params_to_uri(self.provider["end_session_endpoint"], params.items())

    def read(self, tokens, nonce):
        """Lets the library judge the ID token: signature, issuer, audience, time, nonce, access token."""
        keys = JsonWebKey.import_key_set(self.session.get(self.provider["jwks_uri"], withhold_token=True).json())
        claims = JsonWebToken(["ES256"]).decode(
            tokens["id_token"],
            key=keys,
            claims_cls=CodeIDToken,
            claims_options={"iss": {"essential": True, "value": ISSUER}, "aud": {"essential": True, "value": CLIENT_ID}},
            claims_params={"client_id": CLIENT_ID, "access_token": tokens["access_token"], "nonce": nonce},
        )
        claims.validate(leeway=60)
        return claims


client = Client()
for line in sys.stdin:
    given = json.loads(line)
    try:
        answer = {"given": getattr(client, given["act"])(given)}
    except Exception as error:
        answer = {"refused": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
