import { type TenantId, type UserId, tenantIdSchema, userIdSchema } from "@regulars/core/platform/values";
import { type JWTVerifyGetKey, createRemoteJWKSet, customFetch, jwtVerify } from "jose";
import * as z from "zod";

/** The issuer that the operator trusts to identify users. */
export interface TokenSettings {
  /** The OIDC issuer's address, exactly as in its tokens. */
  readonly issuer: string;
  readonly audience: string;
  /** The address of the issuer's public keys; default: from its discovery document. */
  readonly jwksUrl?: string | undefined;
}

/** The subject of a token. */
export interface TokenSubject {
  readonly tenantId: TenantId;
  readonly userId: UserId;
  /** What the token was asked for with, if it names that. */
  readonly nonce?: string | undefined;
}

/** Verifies tokens; resolves to `undefined` for an invalid one. */
export type TokenVerifier = (token: string) => Promise<TokenSubject | undefined>;

type Fetch = (url: string, options: RequestInit) => Promise<Response>;

/** Only algorithms with a public key; a token with another algorithm, or none, is refused. */
const ALGORITHMS = ["ES256", "RS256", "PS256", "EdDSA"];
const CLOCK_SKEW_SECONDS = 60;
const DISCOVERY_TIMEOUT_MS = 5_000;

const claimsSchema = z.object({ sub: userIdSchema, tenant_id: tenantIdSchema, nonce: z.string().optional() });
const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** Verifies tokens of one issuer: signature, issuer, audience, expiry, and the claims `sub` (user) and `tenant_id`. */
export function tokenVerifier(
  settings: TokenSettings,
  clock: () => number,
  fetch: Fetch = globalThis.fetch,
): TokenVerifier {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async (token) => {
    keys ??= findKeys(settings, fetch);
    const getKey = await keys.catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    try {
      const { payload } = await jwtVerify(token, getKey, {
        issuer: settings.issuer,
        audience: settings.audience,
        algorithms: ALGORITHMS,
        requiredClaims: ["exp", "sub", "tenant_id"],
        clockTolerance: CLOCK_SKEW_SECONDS,
        currentDate: new Date(clock()),
      });
      const { sub, tenant_id: tenantId, nonce } = claimsSchema.parse(payload);
      return { tenantId, userId: sub, ...(nonce === undefined ? {} : { nonce }) };
    } catch (error) {
      if (error instanceof IssuerUnreachable) throw error;
      return undefined;
    }
  };
}

async function findKeys({ issuer, jwksUrl }: TokenSettings, fetch: Fetch): Promise<JWTVerifyGetKey> {
  if (jwksUrl !== undefined) return remoteKeys(jwksUrl, fetch);
  const reply = await ask(fetch, `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(DISCOVERY_TIMEOUT_MS),
  });
  const given = discoverySchema.safeParse(await reply.json().catch(() => undefined));
  if (!given.success) throw new IssuerUnreachable(`${issuer} does not describe itself as an OIDC issuer does`);
  const found = given.data;
  if (found.issuer !== issuer) throw new IssuerUnreachable(`${issuer} describes itself as ${found.issuer}`);
  return remoteKeys(found.jwks_uri, fetch);
}

const remoteKeys = (url: string, fetch: Fetch): JWTVerifyGetKey =>
  createRemoteJWKSet(new URL(url), { [customFetch]: (address, options) => ask(fetch, address, options) });

/** The issuer could not be reached: the token may be valid. */
export class IssuerUnreachable extends Error {
  override readonly name = "IssuerUnreachable";
}

async function ask(fetch: Fetch, url: string, options: RequestInit): Promise<Response> {
  const reply = await fetch(url, options).catch((cause: unknown) => {
    throw new IssuerUnreachable(`${url} does not answer`, { cause });
  });
  if (reply.status === 200) return reply;
  throw new IssuerUnreachable(`${url} answered ${reply.status}`);
}
