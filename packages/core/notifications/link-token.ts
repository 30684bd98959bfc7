import * as z from "zod";
import { type Result, ok, refuse } from "../platform/result.ts";
import { type Instant, daySchema, tenantIdSchema, toDayNumber, userIdSchema } from "../platform/values.ts";

/** One secret of the links in messages: makes and compares signatures, in constant time. */
export interface LinkSecret {
  /** The signature of a text, with letters that an address may hold. */
  readonly sign: (text: string) => string;
  readonly isSignature: (text: string, signature: string) => boolean;
}

const plainScopes = ["digest", "group", "all", "preferences"] as const;

/** What a link may change: the digest, messages of one kind or of several, group mailings, all of these, or the preferences. */
const linkScopeSchema = z.union([
  z.enum(plainScopes),
  z.templateLiteral(["kind:", z.string().regex(/[a-z][a-z0-9-]{0,63}(?:,[a-z][a-z0-9-]{0,63}){0,19}/)]),
]);
export type LinkScope = z.output<typeof linkScopeSchema>;

const claimsSchema = z.strictObject({
  tenantId: tenantIdSchema,
  userId: userIdSchema.optional(),
  /** The receiver of a group mailing, who is no user: the hash of their address. */
  personAddressHash: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
  scope: linkScopeSchema,
  issuedOn: daySchema,
});

/** For whom a link is, and what it may change. */
export type LinkClaims = z.output<typeof claimsSchema>;

/** Days after its issue on which a link still works; a later day refuses it. */
export const LINK_DAYS = 180;
const LONGEST_TOKEN = 2_000;
const TOKEN = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;

/** The claims as a text of an address, which nobody without the secret can make or change. */
export function signLinkToken(claims: LinkClaims, secret: LinkSecret): string {
  const text = addressable(JSON.stringify(claimsSchema.parse(claims)));
  return `${text}.${secret.sign(text)}`;
}

/**
 * The claims of a link that one of the secrets signed, at most `LINK_DAYS` ago. What is cut, changed or somebody else's is
 * refused alike, so that nobody learns which part was wrong.
 */
export function readLinkToken(
  token: string,
  secrets: readonly LinkSecret[],
  now: Instant,
): Result<LinkClaims, "not-a-link" | "link-expired"> {
  const [, text = "", signature = ""] = token.length > LONGEST_TOKEN ? [] : (TOKEN.exec(token) ?? []);
  if (text === "" || !secrets.some((secret) => secret.isSignature(text, signature))) return notALink();
  const claims = claimsIn(text);
  if (claims === undefined) return notALink();
  if (Math.floor(Date.parse(now) / 86_400_000) - toDayNumber(claims.issuedOn) > LINK_DAYS)
    return refuse("link-expired", `the link is older than ${LINK_DAYS} days: use the link of a newer message`);
  return ok(claims);
}

const notALink = () =>
  refuse("not-a-link", "the link is not complete or not one of ours: open it again from the message");

function claimsIn(text: string): LinkClaims | undefined {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
    return claimsSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    return undefined;
  }
}

/** The text's UTF-8 as base64 with the letters of addresses, without padding. */
const addressable = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
