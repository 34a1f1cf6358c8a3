// A real OpenID provider on loopback for the tests: two people, one client, its own login form.
// Usage: node provider.mjs PORT REDIRECT_URI
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";

const [port, redirectUri] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const PEOPLE = {
  camille: { name: "Camille Contributrice", email: "camille@exemple.test", email_verified: true },
  colette: { name: "Colette Coordinatrice", email: "colette@exemple.test", email_verified: true },
  // Says to be the coordinator, and nobody verified it.
  ursule: { name: "Ursule Usurpatrice", email: "colette@exemple.test", email_verified: false },
};

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "catalyse",
      client_secret: "secret-of-the-tests",
      redirect_uris: [redirectUri],
      post_logout_redirect_uris: [redirectUri],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false, // Streamlit reads people from the identity token alone
  cookies: { keys: ["cookies-of-the-tests"] },
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" }] },
  features: { devInteractions: { enabled: true } },
  findAccount: (_, sub) =>
    PEOPLE[sub] && { accountId: sub, claims: () => ({ sub, ...PEOPLE[sub] }) },
});

const server = provider.listen(Number(port), "127.0.0.1", () => console.log(`ready ${issuer}`));
process.on("SIGTERM", () => server.close(() => process.exit(0)));
