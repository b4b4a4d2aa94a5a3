// 통합로그인 — a certified OpenID Connect provider on loopback for the stories, and beside it a forger that signs whatever it is asked.
//
// node provider.mjs BACK [PORT]: says {"issuer": …, "forger": …} on one line, and serves until it is ended.
import { createServer } from "node:http";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { Provider } from "oidc-provider";

const [back, port = "0"] = process.argv.slice(2);
const host = "127.0.0.1";

const free = (wanted) => new Promise((done) => {
  const server = createServer().listen(wanted, host, () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});
const keys = async (kid) => {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const shown = { ...await exportJWK(publicKey), kid, alg: "RS256", use: "sig" };
  const kept = { ...await exportJWK(privateKey), kid, alg: "RS256", use: "sig" };
  return { privateKey, shown, kept };
};

// The provider: whoever comes is who they say, as its page for development has it; nobody is asked for consent.
const at = await free(Number(port));
const issuer = `http://${host}:${at}`;
const own = await keys(`own-${process.pid}`);
const client = (client_id, client_secret) => ({ client_id, client_secret, redirect_uris: [back], grant_types: ["authorization_code"], response_types: ["code"] });
const provider = new Provider(issuer, {
  clients: [client("minwon", "minwon secret"), client("other", "other secret")],
  claims: { openid: ["sub", "ci"], profile: ["preferred_username", "name"], phone: ["phone_number", "phone_number_verified"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["for the stories only"] },
  jwks: { keys: [own.kept] },
  pkce: { required: () => true },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({
    sub: id, preferred_username: id, name: `이름 ${id}`, ci: `connecting information of ${id}`, phone_number: "+82 10-7777-0001", phone_number_verified: true,
  }) }),
  async loadExistingGrant(ctx) {
    const { client, session, provider } = ctx.oidc;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope("openid profile phone");
    await grant.save();
    return grant;
  },
});
await new Promise((done) => provider.listen(at, host, done));

// The forger: the code says what the statement says, and how it is signed.
const forged = await keys("forged");
const strange = await keys("strange");
const forger = createServer(async (request, response) => {
  const self = `http://${host}:${forger.address().port}`;
  const say = (what) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(what));
  if (request.url === "/.well-known/openid-configuration") {
    return say({
      issuer: self, authorization_endpoint: `${self}/auth`, token_endpoint: `${self}/token`, jwks_uri: `${self}/jwks`,
      userinfo_endpoint: `${self}/userinfo`, response_types_supported: ["code"], subject_types_supported: ["public"], id_token_signing_alg_values_supported: ["RS256"],
    });
  }
  if (request.url === "/jwks") return say({ keys: [forged.shown] });
  // What it tells of the person is what the code said: the access token carries it.
  if (request.url === "/userinfo") {
    return say(JSON.parse(Buffer.from(request.headers.authorization.split(" ")[1], "base64url").toString()));
  }
  let body = "";
  for await (const piece of request) body += piece;
  const { sign, userinfo = {}, ...claims } = JSON.parse(Buffer.from(new URLSearchParams(body).get("code"), "base64url").toString());
  const now = Math.floor(Date.now() / 1000);
  const whole = { iss: self, aud: "minwon", sub: "x", iat: now, exp: now + 300, ...claims };
  const token = {
    none: () => new UnsecuredJWT(whole).encode(),
    hs256: () => new SignJWT(whole).setProtectedHeader({ alg: "HS256" }).sign(Buffer.from("minwon secret")),
    strange: () => new SignJWT(whole).setProtectedHeader({ alg: "RS256", kid: "forged" }).sign(strange.privateKey),
    unknown: () => new SignJWT(whole).setProtectedHeader({ alg: "RS256", kid: "strange" }).sign(strange.privateKey),
    right: () => new SignJWT(whole).setProtectedHeader({ alg: "RS256", kid: "forged" }).sign(forged.privateKey),
  }[sign ?? "right"];
  say({ access_token: Buffer.from(JSON.stringify(userinfo)).toString("base64url"), token_type: "Bearer", id_token: await token() });
});
await new Promise((done) => forger.listen(0, host, done));
console.log(JSON.stringify({ issuer, forger: `http://${host}:${forger.address().port}` }));
