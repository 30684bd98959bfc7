import { OpenAPIHono } from "@hono/zod-openapi";
import type { IdempotencyClaim } from "@regulars/core/platform/idempotency";
import type { Actor } from "@regulars/core/access/actor";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { Scope } from "@regulars/core/customers/visible-customers";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { TenantStore } from "@regulars/store/tenant-store";
import { type Instant, toInstant } from "@regulars/core/platform/values";
import type { Context } from "hono";
import type { QueueName, Runtime } from "../../runtime.ts";
import type { Cursors } from "./cursor.ts";
import { droppedNames } from "./dropped-names.ts";
import { Problem, fieldErrors } from "./problem.ts";

/** What a message to a job says beside the tenant, once the work is done; `undefined`: none is needed after all. */
export type SaysAfter = () => object | undefined;

/** What an authenticated request carries. */
export interface ApiEnv {
  readonly Variables: {
    runtime: Runtime;
    requestId: string;
    actor: Actor;
    tenant: Tenant;
    store: TenantStore;
    /** The tenant's insight kinds. */
    catalog: InsightCatalog;
    cursors: Cursors;
    /** Rights and actions on things that the request has asked for: a route that asks for none answers nothing. */
    decided: Set<string>;
    /** Which customers the actor sees; read on demand. */
    scope: () => Promise<Scope>;
    /** Of a request with an Idempotency-Key. */
    claim: IdempotencyClaim | undefined;
    /** Some items of the batch are to be sent again: the same key does those. */
    isUnfinished: boolean | undefined;
    /** Messages to jobs that follow the request's work. */
    afterwards: { readonly queue: QueueName; readonly says: SaysAfter }[];
    /** The deal of an integration's request. */
    inboundDeal: string | undefined;
  };
}

/** When the request is answered, by the clock of its runtime. */
export const nowOf = (c: Context<ApiEnv>): Instant => toInstant(c.var.runtime.clock());

/**
 * A router of one resource: invalid input is a problem with the path of each invalid field. A query that tries what a
 * body would save is refused as the body is, with 422.
 */
export const newRouter = ({ query = 400 }: { readonly query?: 400 | 422 } = {}) =>
  new OpenAPIHono<ApiEnv>({
    defaultHook: async (result, c) => {
      // Without this check a missing body would be validated as an empty object.
      if (result.target === "json" && c.req.raw.body === null)
        throw new Problem({ status: 400, code: "no-body", detail: "this needs a JSON body" });
      if (result.success && result.target !== "json") return;
      // The validator hands over what was given with a failure too, which its type does not say.
      const given: unknown = Reflect.get(result, "data");
      const errors = result.success ? droppedNames(await c.req.json(), result.data) : fieldErrors(result.error, given);
      if (errors.length === 0) return;
      throw new Problem({
        status: result.target === "json" ? 422 : result.target === "query" ? query : 400,
        code: "unusable-fields",
        detail: "some fields cannot be used: see errors",
        errors,
      });
    },
  });
