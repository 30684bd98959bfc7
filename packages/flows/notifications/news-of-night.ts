import { recipientOf } from "@regulars/core/access/recipient";
import type { User } from "@regulars/core/access/user";
import type { Customer } from "@regulars/core/customers/customer";
import type { Finding } from "@regulars/core/insights/finding";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { toldOf } from "@regulars/core/insights/rank";
import { customerIdOf } from "@regulars/core/insights/subject";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { EffectivePreferences } from "@regulars/core/notifications/effective";
import { type Decision, route } from "@regulars/core/notifications/route";
import { type Day, type UserId, toInstant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { forYou } from "../insights/for-you.ts";
import { readersOf } from "./readers.ts";

/** A finding that the last nightly run has left, for one of its readers; nobody in particular where it has no rep. */
export interface NewsTo {
  readonly finding: Finding;
  readonly customer: Customer;
  readonly readerId: UserId | undefined;
  /** Whether its alert goes to this reader; others have it in their digest only. */
  readonly isAlerted: boolean;
}

/** How somebody is told of a finding. */
export const tellings = ["at-once", "digest", "nothing"] as const;
export type Telling = (typeof tellings)[number];

interface NewsInput {
  readonly tenant: Tenant;
  readonly catalog: InsightCatalog;
  readonly store: NightlyStore;
  readonly users: ReadonlyMap<UserId, User>;
  /** Only what this user would be told. */
  readonly userId?: UserId | undefined;
  /** Now, ms. */
  readonly now: number;
}

/** What there is to tell after the last nightly run, with the readers that a run tells it; `undefined` before the first. */
export async function newsOfNight(
  input: NewsInput,
): Promise<{ readonly asOf: Day; readonly news: readonly NewsTo[] } | undefined> {
  const { tenant, catalog, store, users, userId, now } = input;
  // Only managers are told what others left behind.
  const isOwn = userId !== undefined && users.get(userId)?.role === "rep";
  const scopeFilter = isOwn ? { repId: userId } : {};
  const page = await forYou({ tenant, catalog, store, scopeFilter, now: toInstant(now) });
  if (!page.ok) return undefined;
  const { asOf, forYou: list, customers } = page.value;
  const news = [...list.ranked, ...list.toWatch].flatMap(toldOf).flatMap((finding): NewsTo[] => {
    const customerId = customerIdOf(finding.subject);
    const customer = customerId === undefined ? undefined : customers.get(customerId);
    return customer === undefined ? [] : newsOf(finding, customer, users);
  });
  return { asOf, news: news.filter(({ readerId }) => userId === undefined || readerId === userId) };
}

function newsOf(finding: Finding, customer: Customer, users: NewsInput["users"]): NewsTo[] {
  const alerted = finding.repId === undefined ? undefined : recipientOf(finding.repId, users, customer)?.userId;
  const readers = new Set<UserId | undefined>([alerted, ...readersOf(customer, users)]);
  return [...readers].map((readerId) => ({ finding, customer, readerId, isAlerted: readerId === alerted }));
}

/** How these preferences have it told, `now` in ms; without a digest for them, what goes there is not told. */
export function tellingOf(
  { finding, isAlerted }: NewsTo,
  preferences: EffectivePreferences,
  { hasDigest, now }: { readonly hasDigest: boolean; readonly now: number },
): Telling {
  const { send } = route(finding, preferences, now);
  if (isAlerted && isAtOnce(send)) return "at-once";
  return send !== "nothing" && hasDigest ? "digest" : "nothing";
}

const isAtOnce = (send: Decision["send"]): boolean => send === "now" || send === "hold";

/** Whether something of it is told whatever they prefer: then there is a digest for it. */
export const hasCompulsoryNews = (news: readonly NewsTo[], preferences: EffectivePreferences, now: number): boolean =>
  news.some(({ finding }) => {
    const { send, why } = route(finding, preferences, now);
    return send !== "nothing" && why.decidedBy === "compulsion";
  });
