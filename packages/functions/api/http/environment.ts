import { OpenAPIHono } from "@hono/zod-openapi";
import type { IdempotencyClaim } from "@regulars/core/platform/idempotency";
import type { Actor } from "@regulars/core/access/actor";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { Scope } from "@regulars/core/customers/visible-customers";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { TenantStore } from "@regulars/store/tenant-store";
import type { Runtime } from "../../runtime.ts";
import type { Cursors } from "./cursor.ts";
import { Problem, fieldErrors } from "./problem.ts";

/** What a request carries once it is let in. */
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
    /** Which customers the actor sees; read when it is asked for. */
    scope: () => Promise<Scope>;
    /** Of a request with an Idempotency-Key. */
    claim: IdempotencyClaim | undefined;
    /** The deal that an integration's request was about. */
    inboundDeal: string | undefined;
  };
}

/** A router of one resource: what its schemas refuse is a problem with the path of each bad field. */
export const newRouter = () =>
  new OpenAPIHono<ApiEnv>({
    defaultHook: (result, c) => {
      // Without a body there is nothing to check: it would pass for one that says nothing.
      if (result.target === "json" && c.req.raw.body === null)
        throw new Problem({ status: 400, code: "no-body", detail: "this needs a JSON body" });
      if (result.success) return;
      throw new Problem({
        status: result.target === "json" ? 422 : 400,
        code: "unusable-fields",
        detail: "some fields cannot be used: see errors",
        errors: fieldErrors(result.error),
      });
    },
  });
