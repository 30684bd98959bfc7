import type { Fate, MailEvent } from "@regulars/core/notifications/mail-event";
import { type TenantId, tenantIdSchema, toInstant } from "@regulars/core/platform/values";
import * as z from "zod";

const recipient = z.looseObject({ emailAddress: z.string(), diagnosticCode: z.string().optional() });
const at = z.iso.datetime({ offset: true });

/** An event of SES's configuration set, as it publishes it to a topic. */
export const sesEventSchema = z.looseObject({
  eventType: z.string(),
  mail: z.looseObject({
    messageId: z.string(),
    timestamp: at,
    destination: z.array(z.string()).default([]),
    headers: z.array(z.looseObject({ name: z.string(), value: z.string() })).default([]),
    tags: z.record(z.string(), z.array(z.string())).default({}),
  }),
  bounce: z
    .looseObject({
      bounceType: z.string(),
      bounceSubType: z.string().optional(),
      bouncedRecipients: z.array(recipient),
      timestamp: at,
      feedbackId: z.string(),
    })
    .optional(),
  complaint: z
    .looseObject({
      complainedRecipients: z.array(recipient),
      complaintFeedbackType: z.string().nullish(),
      timestamp: at,
      feedbackId: z.string(),
    })
    .optional(),
  delivery: z
    .looseObject({ timestamp: at, recipients: z.array(z.string()), smtpResponse: z.string().optional() })
    .optional(),
  deliveryDelay: z
    .looseObject({ timestamp: at, delayedRecipients: z.array(recipient), delayType: z.string().optional() })
    .optional(),
  reject: z.looseObject({ reason: z.string() }).optional(),
});
export type SesEvent = z.output<typeof sesEventSchema>;

const FATES: Readonly<Record<string, Fate>> = {
  Delivery: "delivered",
  DeliveryDelay: "delayed",
  Bounce: "bounced",
  Complaint: "complained",
  Reject: "rejected",
};

/** What happened to a mail of which tenant; `undefined` for other events, and for mails that are not ours. */
export function mailEventOf(given: SesEvent): { readonly tenantId: TenantId; readonly event: MailEvent } | undefined {
  const fate = FATES[given.eventType];
  const ours = deliveryOf(given);
  if (fate === undefined || ours === undefined) return undefined;
  const { mail, bounce } = given;
  const { time, id, addresses, detail } = partOf(given, fate);
  return {
    tenantId: ours.tenantId,
    event: {
      id: id ?? `${mail.messageId} ${fate} ${time}`,
      at: toInstant(Date.parse(time)),
      fate,
      isPermanent: bounce?.bounceType === "Permanent",
      addresses,
      detail,
      notificationId: ours.notificationId,
    },
  };
}

interface Part {
  readonly time: string;
  readonly id?: string | undefined;
  readonly addresses: readonly string[];
  readonly detail?: string | undefined;
}

const addressesOf = (recipients: readonly { readonly emailAddress: string }[] = []) =>
  recipients.map(({ emailAddress }) => emailAddress);

function partOf({ mail, bounce, complaint, delivery, deliveryDelay, reject }: SesEvent, fate: Fate): Part {
  const parts: Readonly<Record<Fate, Part>> = {
    bounced: {
      time: bounce?.timestamp ?? mail.timestamp,
      id: bounce?.feedbackId,
      addresses: addressesOf(bounce?.bouncedRecipients),
      detail: bounce?.bouncedRecipients[0]?.diagnosticCode ?? joined(bounce?.bounceType, bounce?.bounceSubType),
    },
    complained: {
      time: complaint?.timestamp ?? mail.timestamp,
      id: complaint?.feedbackId,
      addresses: addressesOf(complaint?.complainedRecipients),
      detail: complaint?.complaintFeedbackType ?? undefined,
    },
    delivered: {
      time: delivery?.timestamp ?? mail.timestamp,
      addresses: delivery?.recipients ?? [],
      detail: delivery?.smtpResponse,
    },
    delayed: {
      time: deliveryDelay?.timestamp ?? mail.timestamp,
      addresses: addressesOf(deliveryDelay?.delayedRecipients),
      detail: deliveryDelay?.delayedRecipients[0]?.diagnosticCode ?? deliveryDelay?.delayType,
    },
    rejected: { time: mail.timestamp, addresses: mail.destination, detail: reject?.reason },
  };
  return parts[fate];
}

const joined = (...words: readonly (string | undefined)[]): string | undefined =>
  words.every((word) => word === undefined) ? undefined : words.filter((word) => word !== undefined).join(" ");

/** The header that every mail carries: `TENANT/NOTIFICATION`. */
const DELIVERY = "x-regulars-delivery";

/** Which tenant's notification the mail was of: by its tag, or where that was too long by its header. */
function deliveryOf({ mail: { tags, headers } }: SesEvent) {
  const tag = tags["delivery"]?.[0];
  const header = headers.find(({ name }) => name.toLowerCase() === DELIVERY)?.value;
  const key = tag === undefined ? header : Buffer.from(tag, "base64url").toString();
  const slash = key?.indexOf("/") ?? -1;
  const tenantId = tenantIdSchema.safeParse(key?.slice(0, Math.max(slash, 0)));
  return tenantId.success && key !== undefined
    ? { tenantId: tenantId.data, notificationId: key.slice(slash + 1) }
    : undefined;
}
