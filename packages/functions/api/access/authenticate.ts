import { catalogOf } from "../../catalog.ts";
import { createHash } from "node:crypto";
import { actorOf, isKeyText, isLive, parseKey } from "@regulars/core/access/api-key";
import { scopeOf } from "@regulars/core/customers/visible-customers";
import { type Day, type TenantId, daySchema, tenantIdSchema, toInstant } from "@regulars/core/platform/values";
import { identifyKey, identifyUser, noteUse } from "@regulars/flows/access/identify";
import { type Claimant, type Claimed, readClaimant } from "@regulars/store/tenants/claimant";
import type { Ahead } from "@regulars/store/engine/read-ahead";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import type { Context, MiddlewareHandler } from "hono";
import type { ApiSettings, Runtime } from "../../runtime.ts";
import { noteDecision } from "./decide.ts";
import { cardAhead } from "../http/card-ahead.ts";
import { cursorsOf } from "../http/cursor.ts";
import type { ApiEnv } from "../http/environment.ts";
import { EXAMPLE_BODY } from "../http/example-lead.ts";
import { Problem } from "../http/problem.ts";
import { isSigned } from "./signature.ts";
import { IssuerUnreachable, type TokenVerifier } from "./token.ts";

/** Methods of requests that change nothing. */
const READS: ReadonlySet<string> = new Set(["GET", "HEAD"]);
const INBOUND = "/v1/hooks/";
/** Headers of Standard Webhooks 1.0.0. */
const SIGNED = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;

/** Authenticates by a token of the issuer or an API key, and opens the store of its tenant only. */
export function authenticate(runtime: Runtime, api: ApiSettings, verify: TokenVerifier): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const credential = credentialOf(c);
    if (credential === undefined) await enterWithSignature(c, runtime, api);
    else if (isKeyText(credential)) await enterWithKey(c, runtime, credential);
    else await enterWithToken(c, runtime, verify, credential);
    c.set("cursors", cursorsOf(api.cursorSecret, c.var.tenant.tenantId));
    c.set("decided", new Set());
    c.set("scope", async () => {
      noteDecision(c, "customer.see");
      return scopeOf(c.var.actor, await c.var.store.nightly.users());
    });
    await next();
  };
}

/** The key or token of a request; `undefined` for a signed request. */
function credentialOf(c: Context): string | undefined {
  const key = c.req.header("x-api-key");
  if (key !== undefined) return key;
  const bearer = /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (bearer !== undefined) return bearer;
  if (c.req.path.startsWith(INBOUND)) {
    if (SIGNED.some((name) => c.req.header(name) !== undefined)) return undefined;
    // For senders that cannot set headers. It is never logged: logs have routes only, no query strings.
    const inAddress = c.req.query("key");
    if (inAddress !== undefined && isKeyText(inAddress)) return inAddress;
    if (c.req.query("apiKey") !== undefined || c.req.query("api_key") !== undefined)
      throw unknown(
        `an API key in the address is called key: POST /v1/hooks/plans/PLAN/leads?key=KEY with the body ${EXAMPLE_BODY}`,
      );
  }
  throw unknown("no credentials: send Authorization: Bearer with a token or an API key");
}

async function enterWithKey(c: Context<ApiEnv>, runtime: Runtime, text: string): Promise<void> {
  const key = parseKey(text);
  if (key === undefined) throw unknown("this is not an API key");
  const { apiKey } = await openStore(
    c,
    runtime,
    key.tenantId,
    { keyId: key.keyId },
    "this API key is not known, or it was revoked",
  );
  const actor = await identifyKey(c.var.store.apiKeys, apiKey, sha256(key.secret), todayOf(runtime));
  if (!actor.ok) throw unknown(actor.message);
  c.set("actor", actor.value);
}

/**
 * Authenticates a request signed by Standard Webhooks, over the raw body. The sender is in the address,
 * `?sender=TENANT:NAME`; every active key of that name is accepted, so that keys can be replaced without a gap.
 */
async function enterWithSignature(c: Context<ApiEnv>, runtime: Runtime, api: ApiSettings): Promise<void> {
  const [, tenant, name] = /^([^:]{1,64}):(.{1,64})$/.exec(c.req.query("sender") ?? "") ?? [];
  const tenantId = tenantIdSchema.safeParse(tenant);
  const [id, timestamp, signature] = SIGNED.map((header) => c.req.header(header));
  if (!tenantId.success || id === undefined || timestamp === undefined || signature === undefined)
    throw unknown(`a signed request has ${SIGNED.join(", ")}, and its address says ?sender=TENANT:NAME`);
  const wrong = "the signature is not one of this sender's, or it is more than five minutes old";
  const signing = await openTenantDirectory(runtime.tableFor(tenantId.data)).find(tenantId.data);
  openStoreOf(c, runtime, { tenant: signing }, wrong);
  const raw = new Uint8Array(await c.req.arrayBuffer());
  const signed = { id, timestamp, signature };
  const keys = (await c.var.store.apiKeys.list()).filter((key) => key.name === name && isLive(key));
  const key = keys.find(({ keyId }) =>
    isSigned(raw, signed, { secret: api.signingSecret, tenantId: tenantId.data, keyId }, runtime.clock()),
  );
  if (key === undefined) throw unknown(wrong);
  await noteUse(c.var.store.apiKeys, key, todayOf(runtime));
  c.set("actor", actorOf(key));
}

const todayOf = ({ clock }: Runtime): Day => daySchema.parse(toInstant(clock()).slice(0, 10));

async function enterWithToken(
  c: Context<ApiEnv>,
  runtime: Runtime,
  verify: TokenVerifier,
  token: string,
): Promise<void> {
  const subject = await verify(token).catch((error: unknown) => {
    if (!(error instanceof IssuerUnreachable)) throw error;
    runtime.log.error("issuer unreachable", { reason: error.message });
    throw new Problem({
      status: 503,
      code: "issuer-unreachable",
      detail: "the token's issuer cannot be reached now: try again in a moment",
      headers: { "retry-after": "5" },
    });
  });
  if (subject === undefined) throw unknown("the token is not valid here, or it has expired: sign in again");
  const { tenantId, userId } = subject;
  const { user } = await openStore(c, runtime, tenantId, { userId }, "the token's tenant is not known");
  const actor = identifyUser(user);
  if (!actor.ok) throw unknown(actor.message);
  c.set("actor", actor.value);
}

async function openStore(
  c: Context<ApiEnv>,
  runtime: Runtime,
  tenantId: TenantId,
  claimant: Claimant,
  otherwise: string,
): Promise<Claimed> {
  const isRead = READS.has(c.req.method);
  const keys = isRead ? cardAhead(tenantId, c.req.path, toInstant(runtime.clock())) : [];
  const claimed = await readClaimant(runtime.tableFor(tenantId), tenantId, claimant, {
    heads: isRead,
    further: { wanted: keys, among: (items) => ({ keys, items }) },
  });
  openStoreOf(c, runtime, { ...claimed, ahead: claimed.further }, otherwise);
  return claimed;
}

function openStoreOf(
  c: Context<ApiEnv>,
  runtime: Runtime,
  { tenant, heads, ahead }: Pick<Claimed, "tenant" | "heads"> & { readonly ahead?: Ahead | undefined },
  otherwise: string,
): void {
  if (tenant === undefined) throw unknown(otherwise);
  c.set("tenant", tenant);
  c.set("store", openTenantStore(runtime.tableFor(tenant.tenantId), tenant, { heads, ahead }));
  c.set("catalog", catalogOf(runtime, tenant));
}

const unknown = (detail: string): Problem =>
  new Problem({
    status: 401,
    code: "not-signed-in",
    detail,
    headers: { "www-authenticate": 'Bearer realm="regulars"' },
  });

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
