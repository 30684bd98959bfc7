import type { Hono } from "hono";
import { hc } from "hono/client";
import type { MergeSchemaPath } from "hono/types";
import type { createBase } from "./base.ts";
import type { FeatureSchema } from "./feature-routes.ts";
import type { ApiEnv } from "./http/environment.ts";

/** The API's type: every route with its request and answers. */
export type Api =
  ReturnType<typeof createBase> extends Hono<ApiEnv, infer Base>
    ? Hono<ApiEnv, Base & MergeSchemaPath<FeatureSchema, "/v1">>
    : never;

/** The credential of a client: a user's token or an API key. */
interface ClientOptions {
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
