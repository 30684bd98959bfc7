import { type Result, ok } from "@regulars/core/platform/result";
import {
  type CustomerId,
  type Day,
  type Instant,
  type UserId,
  toDay,
  toDayNumber,
} from "@regulars/core/platform/values";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { type Colleague, colleaguesWhoKnow } from "@regulars/core/relationships/colleagues";
import { asOne, connectionsOf } from "@regulars/core/relationships/connections";
import { speakable } from "@regulars/core/relationships/opt-out";
import { whoKnowsRefusal, whoKnowsSettingsOf } from "@regulars/core/relationships/who-knows-settings";
import { viewOfDay } from "@regulars/core/snapshots/as-of";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { WhoKnowsStore } from "@regulars/core/who-knows/who-knows-store";
import { type Asked, type Somebody, activitiesAtCompany, activitiesWith } from "./acquaintance.ts";

/** Whom colleagues may know: somebody, or anybody at a customer. */
export type Target =
  | { readonly type: "person"; readonly somebody: Somebody }
  | { readonly type: "customer"; readonly customerId: CustomerId };

interface AskInput {
  readonly tenant: Tenant;
  readonly store: WhoKnowsStore;
  readonly target: Target;
  /** Who asks: they are never suggested to themselves. */
  readonly requesterId?: UserId | undefined;
  readonly asOf?: Day | undefined;
  readonly now: Instant;
}

/** A suggested colleague, as answers show them: counts and days, nothing of what was said. */
export interface SuggestedColleague {
  readonly userId: UserId;
  readonly name: string | undefined;
  /** To four decimals; in the basic mode the number of e-mails and meetings. */
  readonly strength: number;
  readonly label: Colleague["label"];
  readonly lastOn: Day;
  readonly meetings: number;
}

export interface WhoKnows {
  readonly asOf: Day;
  readonly colleagues: readonly SuggestedColleague[];
  /** Who knew them has left the company, and nobody else does. */
  readonly isOrphaned: boolean;
}

/** The colleagues who know somebody (docs/reference/relationships.md 6); opt-outs are those of this moment (7). */
export async function askWhoKnows({
  tenant,
  store,
  target,
  requesterId,
  asOf: asked,
  now,
}: AskInput): Promise<Result<WhoKnows>> {
  const off = whoKnowsRefusal(tenant);
  if (off !== undefined) return off;
  const day = viewOfDay(asked ?? lastCompletedDay(now, tenant.timeZone), tenant, now);
  if (!day.ok) return day;
  const { asOf } = day.value;
  const { mode } = whoKnowsSettingsOf(tenant);
  const [users, optOuts] = await Promise.all([store.users(), store.optOuts()]);
  const question: Asked = { store, asOf, speakable: speakable(optOuts, users) };
  const on = toDayNumber(asOf);
  const person = connectionsOf(await activitiesOf(question, target), on);
  const isOffered = (userId: UserId): boolean => userId !== requesterId && question.speakable.colleague(userId);
  const isEnough = person.filter(({ userId }) => isOffered(userId)).length >= 5;
  const company = target.type === "customer" || isEnough ? [] : await activitiesAtCompany(question, target.somebody);
  const colleagues = colleaguesWhoKnow({
    mode,
    person,
    company: () => connectionsOf(company, on),
    isOffered,
  });
  const names = new Map(users.map(({ userId, name }) => [userId, name]));
  const wasKnown = person.some(({ userId }) => question.speakable.formerColleague(userId));
  return ok({
    asOf,
    isOrphaned: wasKnown && !person.some(({ userId }) => question.speakable.colleague(userId)),
    colleagues: colleagues.map((one) => ({
      userId: one.userId,
      name: names.get(one.userId),
      strength: mode === "basic" ? one.contacts : Math.round(one.strength * 10_000) / 10_000,
      label: one.label,
      lastOn: toDay(one.lastOn),
      meetings: one.meetings,
    })),
  });
}

const activitiesOf = async (asked: Asked, target: Target) =>
  target.type === "person"
    ? activitiesWith(asked, target.somebody)
    : asOne(await asked.store.activitiesAt(target.customerId, asked.asOf), asked.speakable.person);
