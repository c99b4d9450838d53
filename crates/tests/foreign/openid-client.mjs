// A client of a provider, written with openid-client. What it is registered as stands in its environment.
import library from './vendor/openid-client.cjs';
import { answer } from './lines.mjs';

const { ISSUER, CLIENT_ID, CLIENT_SECRET, REDIRECT_URI } = process.env;
let client;
let asked;
let tokens;

await answer({
  async discover() {
    const issuer = await library.Issuer.discover(ISSUER);
    client = new issuer.Client({
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      redirect_uris: [REDIRECT_URI],
      response_types: ['code'],
      id_token_signed_response_alg: 'ES256',
    });
    return issuer.metadata;
  },

  start({ params }) {
    const { state, nonce, codeVerifier, codeChallenge } = library.generators;
    asked = { state: state(), nonce: nonce(), code_verifier: codeVerifier(), response_type: 'code' };
    return client.authorizationUrl({
      ...params,
      state: asked.state,
      nonce: asked.nonce,
      code_challenge: codeChallenge(asked.code_verifier),
      code_challenge_method: 'S256',
    });
  },

  async finish({ address }) {
    tokens = await client.callback(REDIRECT_URI, client.callbackParams(address), asked);
    return { tokens, claims: tokens.claims() };
  },

  userinfo: () => client.userinfo(tokens),

  async refresh({ token }) {
    tokens = await client.refresh(token);
    return { tokens, claims: tokens.claims() };
  },

  sign_out: ({ back, state }) =>
    client.endSessionUrl({ id_token_hint: tokens.id_token, post_logout_redirect_uri: back, state }),
});
