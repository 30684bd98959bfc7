import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { TenantId, UserId } from "@regulars/core/platform/values";
import { Hono } from "hono";
import { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from "jose";
import * as z from "zod";
import { type Grants, openGrants } from "./grants.ts";
import { storedSecret } from "./stored-secret.ts";

const ALGORITHM = "ES256";
const AUDIENCE = "regulars";
/** The console as a client of this issuer: a public one. */
const CONSOLE = "console";
const LIFETIME_MS = 8 * 3_600_000;

/**
 * The OIDC issuer of the local system. It issues tokens for any user without a password, so it must never be deployed.
 */
export interface LocalIssuer {
  readonly audience: string;
  readonly clientId: string;
  /** A user's token, valid for eight hours from `now` (epoch ms). */
  readonly tokenOf: (issuer: string, tenantId: TenantId, userId: UserId, nowMs: number) => Promise<string>;
  /** Signing in with a code (authorization code with PKCE). */
  readonly grants: Grants;
  /** The discovery document, the public key, and tokens for codes. */
  readonly routes: Hono;
}

const storedKeySchema = z.looseObject({ kid: z.string(), kty: z.literal("EC"), crv: z.literal("P-256") });

/** The issuer of a data folder. Its key is stored in the folder, so that tokens stay valid after a restart. */
export async function openIssuer(folder: string, clock: () => number = () => Date.now()): Promise<LocalIssuer> {
  const text = await storedSecret(join(folder, "issuer-key.json"), newKey);
  const jwk = storedKeySchema.parse(JSON.parse(text));
  const key = await importJWK(jwk, ALGORITHM);
  const { d: _private, ...publicKey } = jwk;
  const routes = new Hono();
  routes.get("/.well-known/openid-configuration", (c) => {
    const issuer = c.req.url.replace("/.well-known/openid-configuration", "");
    return c.json({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      token_endpoint_auth_methods_supported: ["none"],
      code_challenge_methods_supported: ["S256"],
      jwks_uri: `${issuer}/jwks.json`,
      id_token_signing_alg_values_supported: [ALGORITHM],
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
    });
  });
  routes.get("/jwks.json", (c) => c.json({ keys: [{ ...publicKey, alg: ALGORITHM, use: "sig" }] }));
  const signed = (issuer: string, audience: string, { tenantId, userId, nonce }: Signed, nowMs: number) => {
    const issuedAt = Math.floor(nowMs / 1000);
    return new SignJWT({ tenant_id: tenantId, ...(nonce === undefined ? {} : { nonce }) })
      .setProtectedHeader({ alg: ALGORITHM, kid: jwk.kid, typ: "JWT" })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(userId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(new Date(issuedAt * 1000 + LIFETIME_MS))
      .sign(key);
  };
  const grants = openGrants();
  routes.post("/token", async (c) => {
    const grant = grants.take(await c.req.parseBody(), clock());
    if (grant === undefined) return c.json({ error: "invalid_grant" }, 400);
    const issuer = new URL("/auth", c.req.url).href;
    const idToken = await signed(issuer, CONSOLE, grant, clock());
    return c.json({ token_type: "Bearer", expires_in: LIFETIME_MS / 1000, id_token: idToken, access_token: idToken });
  });
  return {
    audience: AUDIENCE,
    clientId: CONSOLE,
    grants,
    routes,
    tokenOf: (issuer, tenantId, userId, nowMs) => signed(issuer, AUDIENCE, { tenantId, userId }, nowMs),
  };
}

interface Signed {
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly nonce?: string;
}

async function newKey(): Promise<string> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return JSON.stringify({ ...jwk, kid: await calculateJwkThumbprint(jwk) });
}

const newSecret = (): Promise<string> => Promise.resolve(randomBytes(32).toString("base64url"));

/**
 * The secrets of a data folder: with which its API signs cursors and links, derives signing secrets of API keys, and seals
 * tokens and sessions.
 */
export const apiSecretsOf = async (folder: string) => ({
  CURSOR_SECRET: await storedSecret(join(folder, "cursor-secret"), newSecret),
  SIGNING_SECRET: await storedSecret(join(folder, "signing-secret"), newSecret),
  SESSION_SECRET: await storedSecret(join(folder, "session-secret"), newSecret),
  SLACK_SIGNING_SECRET: await storedSecret(join(folder, "slack-signing-secret"), newSecret),
  SEALING_KEY: await storedSecret(join(folder, "sealing-key"), newSecret),
  LINK_SECRET: await storedSecret(join(folder, "link-secret"), newSecret),
});
