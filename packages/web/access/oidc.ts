import { createHash, randomBytes } from "node:crypto";
import { cutText } from "@regulars/core/platform/cut-text";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { IssuerUnreachable, type TokenSubject, tokenVerifier } from "@regulars/functions/api/access/token";
import type { ConsoleSettings } from "@regulars/functions/runtime";
import * as z from "zod";

export type Fetch = (url: string, options?: RequestInit) => Promise<Response>;

/** What one sign-in must match when the issuer sends its user back. */
export const signInSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Where to go then: a path of this site. */
  to: z.string(),
  redirectUri: z.string(),
});
export type SignIn = z.output<typeof signInSchema>;

const discoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
});
type Discovery = z.output<typeof discoverySchema>;

const TIMEOUT_MS = 5_000;
/** Most characters of an issuer's error that a page repeats. */
const MOST_LETTERS = 200;

const random = (): string => randomBytes(32).toString("base64url");

/** A new sign-in, with a state, a nonce and a PKCE verifier that nobody can guess (RFC 7636). */
export const newSignIn = (to: string, redirectUri: string): SignIn => ({
  state: random(),
  nonce: random(),
  verifier: random(),
  to,
  redirectUri,
});

/** The operator's OIDC issuer, as the console signs people in with it. */
interface OidcClient {
  /** The issuer's address that a sign-in begins at. */
  readonly authorizeUrl: (signIn: SignIn) => Promise<string>;
  /** The user whom a code is for. */
  readonly subjectOf: (signIn: SignIn, code: string) => Promise<Result<TokenSubject>>;
}

/** A client of the issuer. Its discovery document and its keys are read once. Throws `IssuerUnreachable`. */
export function oidcClient(settings: ConsoleSettings, clock: () => number, fetch: Fetch): OidcClient {
  let discovery: Promise<Discovery> | undefined;
  const discovered = async (): Promise<Discovery> => {
    discovery ??= discover(settings, fetch);
    return discovery.catch((error: unknown) => {
      discovery = undefined;
      throw error;
    });
  };
  let verify: ReturnType<typeof tokenVerifier> | undefined;
  return {
    authorizeUrl: async ({ state, nonce, verifier, redirectUri }) => {
      const url = new URL((await discovered()).authorization_endpoint);
      const parameters = {
        response_type: "code",
        client_id: settings.clientId,
        redirect_uri: redirectUri,
        scope: "openid",
        state,
        nonce,
        code_challenge: createHash("sha256").update(verifier).digest("base64url"),
        code_challenge_method: "S256",
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return url.href;
    },
    subjectOf: async (signIn, code) => {
      const found = await discovered();
      const token = await exchange(found, settings, fetch, signIn, code);
      if (!token.ok) return token;
      const { issuer, clientId: audience, jwksUrl = found.jwks_uri } = settings;
      verify ??= tokenVerifier({ issuer, audience, jwksUrl }, clock, fetch);
      const subject = await verify(token.value);
      return subject === undefined || subject.nonce !== signIn.nonce
        ? refuse("unusable-token", "the issuer's answer is not for this sign-in")
        : ok(subject);
    },
  };
}

async function discover({ issuer }: ConsoleSettings, fetch: Fetch): Promise<Discovery> {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const reply = await asked(fetch, url, {});
  const given = discoverySchema.safeParse(await reply.json().catch(() => undefined));
  if (reply.status !== 200 || !given.success || given.data.issuer !== issuer)
    throw new IssuerUnreachable(`${issuer} does not describe itself as an OIDC issuer does (${url})`);
  return given.data;
}

const tokenSchema = z.object({ id_token: z.string() });
const errorSchema = z.object({ error: z.string(), error_description: z.string().optional() });

async function exchange(
  { token_endpoint: url, token_endpoint_auth_methods_supported: methods = ["client_secret_basic"] }: Discovery,
  { clientId, clientSecret }: ConsoleSettings,
  fetch: Fetch,
  { verifier, redirectUri }: SignIn,
  code: string,
): Promise<Result<string>> {
  const inHeader = clientSecret !== undefined && methods.includes("client_secret_basic");
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...(inHeader ? {} : { client_id: clientId }),
    ...(inHeader || clientSecret === undefined ? {} : { client_secret: clientSecret }),
  });
  const reply = await asked(fetch, url, {
    method: "POST",
    body: body.toString(),
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
      ...(inHeader ? { authorization: basic(clientId, clientSecret) } : {}),
    },
  });
  const answer: unknown = await reply.json().catch(() => undefined);
  const token = tokenSchema.safeParse(answer);
  if (reply.status === 200 && token.success) return ok(token.data.id_token);
  const { error = "no id_token", error_description: why = "" } = errorSchema.safeParse(answer).data ?? {};
  return refuse("unusable-code", cutText(`the issuer refuses this sign-in: ${error} ${why}`.trim(), MOST_LETTERS));
}

/** Client id and secret in the header, each form-encoded first (RFC 6749, 2.3.1). */
const basic = (clientId: string, secret: string): string =>
  `Basic ${Buffer.from(`${formEncoded(clientId)}:${formEncoded(secret)}`).toString("base64")}`;

const formEncoded = (text: string): string => new URLSearchParams({ x: text }).toString().slice("x=".length);

async function asked(fetch: Fetch, url: string, options: RequestInit): Promise<Response> {
  const reply = await fetch(url, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((cause: unknown) => {
    throw new IssuerUnreachable(`${url} does not answer`, { cause });
  });
  if (reply.status >= 500) throw new IssuerUnreachable(`${url} answered ${reply.status}`);
  return reply;
}
