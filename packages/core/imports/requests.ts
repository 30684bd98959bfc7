import { ok } from "../platform/result.ts";
import type { SupportRequest } from "../customers/support-request.ts";
import type { Tenant } from "../tenants/tenant.ts";
import { type Validated, refuseColumn } from "./checked.ts";
import { type Intake, momentIn } from "./intake.ts";
import type { RequestRow } from "./rows.ts";

/** One support request from its row. It may be closed on the day it was opened, not earlier. */
export function assembleRequest(row: RequestRow, tenant: Intake<Pick<Tenant, "timeZone">>): Validated<SupportRequest> {
  const given = momentIn("createdAt", row.createdAt, tenant);
  if (!given.ok) return given;
  const ended = row.closedAt === undefined ? undefined : momentIn("closedAt", row.closedAt, tenant);
  if (ended?.ok === false) return ended;
  const [created, closed] = [given.value, ended?.value];
  if (closed !== undefined && closed.on < created.on)
    return refuseColumn(
      "closedAt",
      "closed-before-created",
      `closedAt "${row.closedAt}" is before createdAt "${row.createdAt}"`,
    );
  const { requestId, customerId, personId } = row;
  return ok({
    requestId,
    customerId,
    ...(personId === undefined ? {} : { personId }),
    createdAt: created.at,
    createdOn: created.on,
    ...(closed === undefined ? {} : { closedAt: closed.at, closedOn: closed.on }),
  });
}
