import { createHash, randomBytes } from "node:crypto";
import type { TenantId, UserId } from "@regulars/core/platform/values";
import * as z from "zod";
import { LOOPBACK } from "./loopback-only.ts";

const MOST_OPEN = 1_000;
const LIFETIME_MS = 60_000;

/** What an OIDC client asks for: a code with PKCE, to be sent to a page of this machine. */
export const authorizeSchema = z.object({
  response_type: z.literal("code"),
  client_id: z.literal("console"),
  redirect_uri: z.url().refine((url) => LOOPBACK.has(new URL(url).hostname), "is not on this machine"),
  scope: z.string(),
  state: z.string().min(1),
  nonce: z.string().min(1),
  code_challenge: z.string().min(43),
  code_challenge_method: z.literal("S256"),
});
type Authorize = z.output<typeof authorizeSchema>;

const tokenFormSchema = z.object({
  grant_type: z.literal("authorization_code"),
  client_id: z.literal("console"),
  code: z.string(),
  redirect_uri: z.string(),
  code_verifier: z.string(),
});

/** Whom a code is for. */
interface Grant {
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly nonce: string;
}

/** Codes that were given out and not used yet. Each is for one use, within a minute. */
export interface Grants {
  readonly give: (grant: Grant, asked: Authorize, nowMs: number) => string;
  /** What a code stands for; `undefined` for a wrong, used or old one, or without its verifier. */
  readonly take: (form: unknown, nowMs: number) => Grant | undefined;
}

export function openGrants(): Grants {
  const open = new Map<string, Grant & { readonly asked: Authorize; readonly untilMs: number }>();
  return {
    give: ({ tenantId, userId, nonce }, asked, nowMs) => {
      const [oldest] = open.keys();
      if (open.size >= MOST_OPEN && oldest !== undefined) open.delete(oldest);
      const code = randomBytes(24).toString("base64url");
      open.set(code, { tenantId, userId, nonce, asked, untilMs: nowMs + LIFETIME_MS });
      return code;
    },
    take: (form, nowMs) => {
      const given = tokenFormSchema.safeParse(form);
      if (!given.success) return undefined;
      const { code, redirect_uri: redirectUri, code_verifier: verifier } = given.data;
      const grant = open.get(code);
      open.delete(code);
      const challenge = createHash("sha256").update(verifier).digest("base64url");
      const fits = grant?.asked.redirect_uri === redirectUri && grant.asked.code_challenge === challenge;
      return fits && grant.untilMs > nowMs ? grant : undefined;
    },
  };
}
