import type { OnUnreadable } from "@regulars/core/snapshots/unreadable-customer";
import type { Context } from "hono";
import * as z from "zod";
import type { ApiEnv } from "../http/environment.ts";

/** Not by name: they may be customers whom the caller does not see. */
export const customersSetAsideField = z.int().meta({
  description: "How many customers the list is without, because their data cannot be read or evaluated",
});

/** Names in the log the customers that a list is without, because their data cannot be read. */
export const noteUnreadable =
  ({ var: { runtime, tenant, requestId } }: Context<ApiEnv>): OnUnreadable =>
  ({ customerId, reason }) =>
    runtime.log.error("customer set aside", { requestId, tenantId: tenant.tenantId, customerId, reason });
