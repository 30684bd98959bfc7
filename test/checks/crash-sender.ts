import { tenantSchema } from "@regulars/core/tenants/tenant";
import { sendDue } from "@regulars/flows/notifications/send-due";
import { openMessageSender } from "@regulars/functions/message-sender";
import { openTenantStore } from "@regulars/store/tenant-store";
import { closeTable, openTable } from "@regulars/store/engine/table";
import * as z from "zod";

/** A process that sends what is due, and may be killed at any point: `node crash-sender.ts JSON`. */

const { tableName, endpoint, sesEndpoint, tenant, now } = z
  .object({
    tableName: z.string(),
    endpoint: z.string(),
    sesEndpoint: z.string(),
    tenant: tenantSchema,
    now: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? "{}"));

const table = openTable({ tableName, endpoint });
const { outbox } = openTenantStore(table, tenant);
const messageSender = openMessageSender({ MAIL_FROM: "Regulars <r@regulars.example>", SES_ENDPOINT: sesEndpoint });
for (;;) {
  const { hasMore } = await sendDue({ outbox, messageSender, texts: () => undefined, clock: () => now });
  if (!hasMore) break;
}
closeTable(table);
