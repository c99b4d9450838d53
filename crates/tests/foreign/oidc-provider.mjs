// A provider, written with oidc-provider. Its one client stands in its environment, and it believes whoever presses its
// one button.
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import library from './vendor/oidc-provider.cjs';
import { answer } from './lines.mjs';

const Provider = library.default;
const { CLIENT_ID, CLIENT_SECRET, ALGORITHM, PORTAL, NAME } = process.env;

const server = createServer().listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;

// By way of PKCS#8: a fresh RSA key that is exported as JWK brings Node 18 to a standstill now and then.
const privateKeyEncoding = { type: 'pkcs8', format: 'pem' };
const key = (type, options, alg) => {
  const { privateKey } = generateKeyPairSync(type, { ...options, privateKeyEncoding });
  return { ...createPrivateKey(privateKey).export({ format: 'jwk' }), alg };
};
let person = {};

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      redirect_uris: [`${PORTAL}/dang-nhap/ve/${NAME}`],
      post_logout_redirect_uris: [`${PORTAL}/`],
      backchannel_logout_uri: `${PORTAL}/dang-nhap/da-ra/${NAME}`,
      backchannel_logout_session_required: true,
      id_token_signed_response_alg: ALGORITHM,
      response_types: ['code'],
      grant_types: ['authorization_code'],
    },
  ],
  jwks: { keys: [key('rsa', { modulusLength: 2048 }, 'RS256'), key('ec', { namedCurve: 'P-256' }, 'ES256')] },
  enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES256', 'HS256'] },
  acrValues: ['muc-1', 'muc-2'],
  scopes: ['openid', 'vn'],
  claims: {
    openid: ['sub'],
    profile: ['name', 'birthdate'],
    email: ['email', 'email_verified'],
    vn: ['SoDinhDanh', 'LoaiTaiKhoan'],
  },
  cookies: { keys: ['cookies of a test'] },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: true },
    backchannelLogout: { enabled: true },
  },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ ...person, sub: id }) }),
});

// What became of every code that somebody wanted to exchange.
let exchanged = [];
provider.on('grant.success', () => exchanged.push('given'));
provider.on('grant.error', (ctx, error) => exchanged.push(error.error_detail ?? error.message));
provider.on('server_error', (ctx, error) => console.error(error));

const page = (title, action) =>
  `<!doctype html><title>${title}</title><h1>${title}</h1><form method="post" action="${action}"><button>Đồng ý</button></form>`;

// The one page: who presses its button signs in as the person of the moment, and agrees to whatever is asked.
server.on('request', async (request, response) => {
  if (!request.url.startsWith('/interaction/')) {
    provider.callback()(request, response);
  } else if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(page('Đăng nhập ở nơi khác', request.url));
  } else {
    const { params } = await provider.interactionDetails(request, response);
    const grant = new provider.Grant({ accountId: person.sub, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    await provider.interactionFinished(request, response, {
      login: { accountId: person.sub, acr: 'muc-2' },
      consent: { grantId: await grant.save() },
    });
  }
});

await answer({
  discover: () => ({ issuer }),

  // What became of the codes since this was last asked.
  exchanged() {
    const answer = exchanged;
    exchanged = [];
    return answer;
  },

  // Who is there from now on.
  become(given) {
    ({ person } = given);
  },
});
