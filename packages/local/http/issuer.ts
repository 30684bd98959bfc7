import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { TenantId, UserId } from "@regulars/core/platform/values";
import { Hono } from "hono";
import { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from "jose";
import * as z from "zod";
import { storedSecret } from "./stored-secret.ts";

const ALGORITHM = "ES256";
const AUDIENCE = "regulars";
const LIFETIME_MS = 8 * 3_600_000;

/**
 * The OIDC issuer of the local system. It issues tokens for any user without a password, so it must never be deployed.
 */
export interface LocalIssuer {
  readonly audience: string;
  /** A user's token, valid for eight hours from `now` (epoch ms). */
  readonly tokenOf: (issuer: string, tenantId: TenantId, userId: UserId, nowMs: number) => Promise<string>;
  /** The discovery document and the public key. */
  readonly routes: Hono;
}

const storedKeySchema = z.looseObject({ kid: z.string(), kty: z.literal("EC"), crv: z.literal("P-256") });

/** The issuer of a data folder. Its key is stored in the folder, so that tokens stay valid after a restart. */
export async function openIssuer(folder: string): Promise<LocalIssuer> {
  const text = await storedSecret(join(folder, "issuer-key.json"), newKey);
  const jwk = storedKeySchema.parse(JSON.parse(text));
  const key = await importJWK(jwk, ALGORITHM);
  const { d: _private, ...publicKey } = jwk;
  const routes = new Hono();
  routes.get("/.well-known/openid-configuration", (c) => {
    const issuer = c.req.url.replace("/.well-known/openid-configuration", "");
    return c.json({
      issuer,
      jwks_uri: `${issuer}/jwks.json`,
      id_token_signing_alg_values_supported: [ALGORITHM],
      response_types_supported: ["id_token"],
      subject_types_supported: ["public"],
    });
  });
  routes.get("/jwks.json", (c) => c.json({ keys: [{ ...publicKey, alg: ALGORITHM, use: "sig" }] }));
  return {
    audience: AUDIENCE,
    routes,
    tokenOf: (issuer, tenantId, userId, nowMs) => {
      const issuedAt = Math.floor(nowMs / 1000);
      return new SignJWT({ tenant_id: tenantId })
        .setProtectedHeader({ alg: ALGORITHM, kid: jwk.kid, typ: "JWT" })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setSubject(userId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(new Date(issuedAt * 1000 + LIFETIME_MS))
        .sign(key);
    },
  };
}

async function newKey(): Promise<string> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return JSON.stringify({ ...jwk, kid: await calculateJwkThumbprint(jwk) });
}

const newSecret = (): Promise<string> => Promise.resolve(randomBytes(32).toString("base64url"));

/**
 * The secrets of a data folder: with which its API signs cursors and links, derives signing secrets of API keys and seals
 * tokens.
 */
export const apiSecretsOf = async (folder: string) => ({
  CURSOR_SECRET: await storedSecret(join(folder, "cursor-secret"), newSecret),
  SIGNING_SECRET: await storedSecret(join(folder, "signing-secret"), newSecret),
  SEALING_KEY: await storedSecret(join(folder, "sealing-key"), newSecret),
  LINK_SECRET: await storedSecret(join(folder, "link-secret"), newSecret),
});
