import type { Notice } from "../notifications/message.ts";
import type { User } from "../access/user.ts";
import { localDay } from "../platform/period.ts";
import type { NewNotification } from "../notifications/notification.ts";
import type { Tenant } from "../tenants/tenant.ts";
import type { Instant } from "../platform/values.ts";
import type { Webhook } from "./webhook.ts";

/**
 * Notices to a tenant's admins with an e-mail address, when a subscription was disabled automatically: one per admin.
 */
export function disabledNotices(
  { webhookId, url, version, disabledReason = "" }: Webhook,
  tenant: Tenant,
  users: readonly User[],
  at: Instant,
): NewNotification[] {
  const title = "A webhook was switched off";
  const paragraphs = [
    `${url} no longer receives events: ${disabledReason}.`,
    `Earlier events that were not delivered are in the log of deliveries: GET /v1/webhooks/${webhookId}/deliveries. Each can be sent again with POST /v1/webhooks/${webhookId}/deliveries/{deliveryId}:replay once the subscription is on.`,
    `When the receiver is back, switch the subscription on again: PATCH /v1/webhooks/${webhookId} with {"isActive":true}. Or delete it.`,
  ];
  return users.flatMap((user): NewNotification[] => {
    if (user.role !== "admin" || user.email === undefined || user.isActive === false) return [];
    const message: Notice = {
      type: "notice",
      tenantId: tenant.tenantId,
      tenantName: tenant.name,
      asOf: localDay(at, tenant.timeZone),
      locale: tenant.locale,
      userId: user.userId,
      to: { name: user.name, address: user.email },
      title,
      paragraphs,
    };
    return [{ id: `webhook:${webhookId}:${version}:${user.userId}`, dueAt: at, message, isOnHold: false }];
  });
}
