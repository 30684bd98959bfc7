import { hc } from "hono/client";
import type { createApi } from "./app.ts";

/** The API's type: every route with its request and answers. */
export type Api = ReturnType<typeof createApi>;

/** The credential of a client: a user's token or an API key. */
export interface ClientOptions {
  readonly credential: string;
  /** Replaces `fetch`, as in tests. */
  readonly fetch?: typeof fetch;
}

/** A typed client: `client.v1.findings.$get({ query: { kind: "…" } })`. */
export const createClient = (baseUrl: string, { credential, fetch }: ClientOptions) =>
  hc<Api>(baseUrl, {
    headers: { authorization: `Bearer ${credential}` },
    ...(fetch === undefined ? {} : { fetch }),
  });
