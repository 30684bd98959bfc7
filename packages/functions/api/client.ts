import { hc } from "hono/client";
import type { createApi } from "./app.ts";

/** The API's type: every route with what it takes and answers. */
export type Api = ReturnType<typeof createApi>;

/** How a program comes in: a person's token or a machine's key. */
export interface ClientOptions {
  readonly credential: string;
  /** Another way to send requests, as tests have one. */
  readonly fetch?: typeof fetch;
}

/** A typed client: `client.v1.findings.$get({ query: { kind: "…" } })`. */
export const createClient = (baseUrl: string, { credential, fetch }: ClientOptions) =>
  hc<Api>(baseUrl, {
    headers: { authorization: `Bearer ${credential}` },
    ...(fetch === undefined ? {} : { fetch }),
  });
