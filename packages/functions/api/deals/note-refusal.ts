import { actorId } from "@regulars/core/access/actor";
import type { Context } from "hono";
import type { ApiEnv } from "../http/environment.ts";

/** Logs to the security log that an actor tried something without the right to it. */
export function noteRefusal(c: Context<ApiEnv>, action: string, subject: string): void {
  c.var.runtime.log.info("security", {
    what: "not-allowed",
    action,
    subject,
    tenantId: c.var.tenant.tenantId,
    actor: actorId(c.var.actor),
    requestId: c.var.requestId,
  });
}
