import { parseMoment } from "../platform/period.ts";
import { ok } from "../platform/result.ts";
import type { SupportRequest } from "../customers/support-request.ts";
import type { Tenant } from "../tenants/tenant.ts";
import { type Validated, badDate, refuseColumn } from "./checked.ts";
import type { RequestRow } from "./rows.ts";

/** One support request from its row. It may be closed on the day it was opened, not earlier. */
export function assembleRequest(row: RequestRow, { timeZone }: Pick<Tenant, "timeZone">): Validated<SupportRequest> {
  const created = parseMoment(row.createdAt, timeZone);
  if (created === undefined) return badDate("createdAt", row.createdAt);
  const closed = row.closedAt === undefined ? undefined : parseMoment(row.closedAt, timeZone);
  if (row.closedAt !== undefined && closed === undefined) return badDate("closedAt", row.closedAt);
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
