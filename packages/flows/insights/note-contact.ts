import type { Activity } from "@regulars/core/customers/activity";
import type { ImportStore } from "@regulars/core/imports/import-store";
import { fnv1a } from "@regulars/core/platform/hash";
import { localDay } from "@regulars/core/platform/period";
import {
  type ActivityId,
  type CustomerId,
  type Instant,
  type UserId,
  activityIdSchema,
} from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";

/** A contact that somebody marks as made about a finding. */
interface NotedContact {
  readonly findingId: string;
  readonly episode: string;
  readonly customerId: CustomerId;
  readonly by: UserId | undefined;
  readonly at: Instant;
}

/** The call of a finding and its episode: there is at most one, wherever it was marked. */
export function contactIdOf({ findingId, episode }: Pick<NotedContact, "findingId" | "episode">): ActivityId {
  const readable = activityIdSchema.safeParse(`contacted ${findingId} ${episode}`);
  return (
    readable.data ?? activityIdSchema.parse(`contacted ${fnv1a(`${findingId} ${episode}`).toString(36)} ${episode}`)
  );
}

/** Keeps the call; the same again changes nothing but who made it and when. */
export async function noteContact(
  tenant: Tenant,
  imports: Pick<ImportStore, "saveActivities">,
  contact: NotedContact,
): Promise<void> {
  const { customerId, by, at } = contact;
  const call: Activity = {
    activityId: contactIdOf(contact),
    customerId,
    type: "call",
    direction: "out",
    ...(by === undefined ? {} : { userId: by }),
    occurredAt: at,
    occurredOn: localDay(at, tenant.timeZone),
    completed: true,
  };
  await imports.saveActivities([call]);
}
