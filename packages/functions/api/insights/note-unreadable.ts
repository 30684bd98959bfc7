import type { OnUnreadable } from "@regulars/core/snapshots/unreadable-customer";
import type { Context } from "hono";
import type { ApiEnv } from "../http/environment.ts";

/** Names in the log the customers that a list is without, because their data cannot be read. */
export const noteUnreadable =
  ({ var: { runtime, tenant, requestId } }: Context<ApiEnv>): OnUnreadable =>
  ({ customerId, reason }) =>
    runtime.log.error("customer set aside", { requestId, tenantId: tenant.tenantId, customerId, reason });
