import type { Links } from "@regulars/core/notifications/compose";
import { effectivePreferences } from "@regulars/core/notifications/effective";
import type { NewNotification } from "@regulars/core/notifications/notification";
import type { PreferenceStore } from "@regulars/core/notifications/preference-store";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { localeFor } from "@regulars/core/platform/languages";
import { lastCompletedDay, localDay } from "@regulars/core/platform/period";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, type UserId, toDayNumber } from "@regulars/core/platform/values";
import { isActive, type User } from "@regulars/core/access/user";
import { connectionsOf } from "@regulars/core/relationships/connections";
import {
  type Introduction,
  MOST_ASKED_A_WEEK,
  introductionAt,
  isOpen,
  mayBeAsked,
  recently,
} from "@regulars/core/relationships/introduction";
import { templateFor, wordsOf } from "@regulars/core/relationships/introduction-template";
import { speakable } from "@regulars/core/relationships/opt-out";
import { whoKnowsRefusal, whoKnowsSettingsOf } from "@regulars/core/relationships/who-knows-settings";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { WhoKnowsStore } from "@regulars/core/who-knows/who-knows-store";
import { type Somebody, activitiesAtCompany, activitiesWith } from "./acquaintance.ts";

const MOST_ROUNDS = 8;

interface AskInput {
  readonly tenant: Tenant;
  readonly store: WhoKnowsStore;
  /** Says in which language the colleague reads. */
  readonly preferences: Pick<PreferenceStore, "all">;
  readonly links: Pick<Links, "introductions">;
  readonly requesterId: UserId;
  readonly colleagueId: UserId;
  /** As the request names them. */
  readonly personId: string;
  readonly somebody: Somebody;
  /** Whether the tenant has a Slack workspace, where a colleague without an e-mail address can be asked. */
  readonly hasSlack?: (() => Promise<boolean>) | undefined;
  readonly newId: () => string;
  readonly now: Instant;
  readonly companionOf?: (made: Introduction) => CompanionWrites | undefined;
}

/**
 * Asks a colleague to introduce the requester to somebody (docs/reference/relationships.md 8). A colleague who is out,
 * who has left or who does not exist is refused like one without contact (7).
 */
export async function askIntroduction(input: AskInput): Promise<Result<Introduction>> {
  const { tenant, store, requesterId, colleagueId, personId, now } = input;
  const off = whoKnowsRefusal(tenant);
  if (off !== undefined) return off;
  if (requesterId === colleagueId)
    return refuse("oneself", `${colleagueId} cannot be asked by themselves: name another colleague`);
  const asked = { requesterId, colleagueId, personId };
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const last = await store.introductions.lastOf(asked);
    if (last !== undefined && isOpen(introductionAt(last, now)))
      return refuse("already-asked", `${colleagueId} is already asked: see introduction ${last.introductionId}`);
    const colleague = await findColleague(input);
    if (!colleague.ok) return colleague;
    const before = await store.introductions.askedBefore(colleagueId);
    if (!mayBeAsked(before.askedAt, now))
      return refuse(
        "asked-too-often",
        `${colleagueId} was asked ${MOST_ASKED_A_WEEK} times in the last seven days: ask later, or somebody else`,
      );
    const introduction = newIntroduction(input);
    const message = await messageOf(input, introduction, colleague.value);
    const askedAt = [...recently(before.askedAt, now), now];
    const made = { introduction, follows: last, before, askedAt, message };
    if (await store.introductions.add(made, input.companionOf?.(introduction))) return ok(introduction);
  }
  throw new ContentionError(`${colleagueId} is being asked by many at once: try again`);
}

function newIntroduction({ newId, requesterId, colleagueId, personId, now }: AskInput): Introduction {
  const introductionId = `intro_${newId()}`;
  return { introductionId, requesterId, colleagueId, personId, state: "requested", requestedAt: now, changedAt: now };
}

interface Reachable {
  readonly colleague: User;
  readonly requester: User | undefined;
}

/** The colleague, if they know the person or the company, and can be written to. */
async function findColleague(input: AskInput): Promise<Result<Reachable>> {
  const { tenant, store, somebody, requesterId, colleagueId, personId, now } = input;
  const [users, optOuts] = await Promise.all([store.users(), store.optOuts()]);
  const asOf = lastCompletedDay(now, tenant.timeZone);
  const question = { store, asOf, speakable: speakable(optOuts, users) };
  const knows = async (): Promise<boolean> =>
    isAmong(connectionsOf(await activitiesWith(question, somebody), toDayNumber(asOf)), colleagueId) ||
    isAmong(connectionsOf(await activitiesAtCompany(question, somebody), toDayNumber(asOf)), colleagueId);
  const colleague = users.find(({ userId }) => userId === colleagueId);
  const isThere = colleague !== undefined && isActive(colleague) && question.speakable.colleague(colleagueId);
  if (!isThere || !(await knows()))
    return refuse("no-connection", `${colleagueId} is not known to have been in touch with person ${personId}`);
  const isInSlack = colleague.slackUserId !== undefined && (await input.hasSlack?.()) === true;
  if (colleague.email === undefined && !isInSlack)
    return refuse(
      "unreachable",
      `${colleagueId} has no e-mail address, and is not in the company's Slack: enter an address, or ask somebody else`,
    );
  const requester = users.find(({ userId }) => userId === requesterId);
  return ok({ colleague, requester });
}

const isAmong = (connections: readonly { readonly userId: UserId; readonly strength: number }[], sought: UserId) =>
  connections.some(({ userId, strength }) => userId === sought && strength > 0);

async function messageOf(
  { tenant, store, preferences, links, somebody, personId, requesterId, now }: AskInput,
  { introductionId, colleagueId }: Introduction,
  { colleague, requester }: Reachable,
): Promise<NewNotification> {
  const all = await preferences.all();
  const layers = { tenant, defaults: all.tenant, own: all.users.get(colleagueId) };
  const locale = localeFor(effectivePreferences(layers).language.value, tenant.locale);
  const template = templateFor(whoKnowsSettingsOf(tenant).templates, locale);
  const customer = somebody.customerId === undefined ? undefined : await store.customer(somebody.customerId);
  const link = links.introductions(tenant.tenantId, colleagueId);
  const values = {
    coll: colleague.name,
    cont: requester?.name ?? requesterId,
    pers: somebody.name ?? personId,
    name: customer?.name ?? "",
    rlnk: link,
  };
  return {
    id: `introduction:${introductionId}`,
    dueAt: now,
    isOnHold: false,
    message: {
      type: "introduction",
      tenantId: tenant.tenantId,
      tenantName: tenant.name,
      asOf: localDay(now, tenant.timeZone),
      locale,
      userId: colleagueId,
      to: { name: colleague.name, ...(colleague.email === undefined ? {} : { address: colleague.email }) },
      introductionId,
      subject: wordsOf(template, "subject", values),
      text: wordsOf(template, "text", values),
      link,
    },
  };
}
