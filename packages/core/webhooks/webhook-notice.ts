import type { Notice, NoticeText } from "../notifications/message.ts";
import type { User } from "../access/user.ts";
import { textOf } from "../platform/message-text.ts";
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
  const paragraphs = [
    said("gone", { addr: url, text: disabledReason }),
    said("log", { hook: webhookId }),
    said("back", { hook: webhookId }),
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
      title: said("off"),
      paragraphs,
    };
    return [{ id: `webhook:${webhookId}:${version}:${user.userId}`, dueAt: at, message, isOnHold: false }];
  });
}

/** A text of the product about webhooks. */
const said = (template: string, values: Readonly<Record<string, string>> = {}): NoticeText => ({
  template: `webhook.${template}`,
  variables: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value)])),
});
