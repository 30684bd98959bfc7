import { effectivePreferences } from "@regulars/core/notifications/effective";
import {
  type PreferencesChange,
  compulsionSchema,
  preferencesChangeSchema,
} from "@regulars/core/notifications/preferences";
import { type ShownPreference, shownPreferences } from "@regulars/core/notifications/preferences-json";
import { faultOf } from "@regulars/core/platform/unknown-property";
import { type UserId, toInstant, userIdSchema } from "@regulars/core/platform/values";
import {
  type PreferencesAsked,
  changePreferences,
  changeTenantPreferences,
} from "@regulars/flows/notifications/change-preferences";
import { previewMessages, upcomingJson } from "@regulars/flows/notifications/preview";
import { preferencesPreviewJson } from "@regulars/flows/notifications/preferences-preview-json";
import { previewPreferences } from "@regulars/flows/notifications/preview-preferences";
import { askingSlack, ourChannelOf } from "@regulars/functions/slack/slack-connection";
import { rescheduleWaiting } from "@regulars/flows/notifications/reschedule";
import type { LocalSystem, OpenedTenant } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { checkedArgument, oneOf, tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";
import { notificationActions } from "./actions.ts";

export interface NotificationOptions {
  readonly tenant: string;
  readonly set?: readonly string[];
  readonly compel?: readonly string[];
  readonly reason?: string;
  readonly preview?: boolean;
}

const BY = "command";

/** `regulars notifications [ACTION] [USER]`: what reaches whom and when; what would be sent in the next 24 hours. */
export function notificationPreferencesCommand(
  session: Session,
  actionName: string,
  userName: string | undefined,
  options: NotificationOptions,
): Promise<number> {
  const action = oneOf(notificationActions, "action", actionName);
  const tenantId = tenantArgument(options.tenant);
  const userId = userName === undefined ? undefined : checkedArgument(userIdSchema, "user", userName);
  return withExistingSystem(session, async (system) => {
    const opened = await system.openTenant(tenantId);
    const now = system.runtime.clock();
    if (userId !== undefined && (await opened.store.user(userId)) === undefined)
      throw new UserError(`tenant ${tenantId} has no user "${userId}"`);
    if (action === "preview") await preview(session, opened, now, userId);
    else {
      const asked = askedOf(opened, userId, options, { runtime: system.runtime, now });
      if (options.preview === true) await wouldChange(session, opened, userId, asked);
      else {
        if (asked !== undefined) await change(opened, userId, { asked, now });
        await show(session, opened, userId);
      }
    }
    return 0;
  });
}

/** The change that is asked for; none without one. */
function askedOf(
  { tenant, store, catalog }: OpenedTenant,
  userId: UserId | undefined,
  { set, compel, reason }: NotificationOptions,
  { runtime, now }: { readonly runtime: LocalSystem["runtime"]; readonly now: number },
): PreferencesAsked | undefined {
  if (set === undefined && compel === undefined) return undefined;
  if (userId !== undefined && compel !== undefined)
    throw new UserError("--compel is for everybody: leave the user out");
  return {
    store,
    patch: changeOf(set ?? []),
    by: BY,
    reason,
    now: toInstant(now),
    catalog,
    isOurChannel: ourChannelOf({ runtime, tenant, store }),
    compulsions: compel && compulsionsOf(compel, reason),
  };
}

async function change(
  { tenant, store }: OpenedTenant,
  userId: UserId | undefined,
  { asked, now }: { readonly asked: PreferencesAsked; readonly now: number },
): Promise<void> {
  const changed = await askingSlack(() =>
    userId === undefined ? changeTenantPreferences(asked) : changePreferences({ ...asked, userId }),
  );
  if (!changed.ok) throw new UserError(changed.message);
  await rescheduleWaiting({ tenant, store, now });
}

/** What a change would do, by the preview of the pages; saves nothing. */
async function wouldChange(
  session: Session,
  { tenant, store, catalog }: OpenedTenant,
  userId: UserId | undefined,
  asked: PreferencesAsked | undefined,
): Promise<void> {
  if (asked === undefined) throw new UserError("--preview needs a change: --set or --compel");
  const owner = userId === undefined ? ({ type: "tenant" } as const) : ({ type: "user", userId } as const);
  const told = await askingSlack(() =>
    previewPreferences({ tenant, catalog, store, owner, canSee: () => true }, asked),
  );
  if (!told.ok) throw new UserError(told.message);
  const would = preferencesPreviewJson(told.value, { seesLog: true });
  if (session.json) {
    printJson(session, { tenant: tenant.tenantId, user: userId ?? null, ...would });
    return;
  }
  const rows = would.preferences.map((one) => [
    one.name,
    textOf(one.now?.value ?? null),
    textOf(one.after?.value ?? null),
  ]);
  session.print(rows.length === 0 ? "Nothing would change.\n" : `${textTable(["PREFERENCE", "NOW", "THEN"], rows)}\n`);
  const { people, news, waiting, digests } = would;
  if (people !== null) session.note(`changes something for ${people.changed.count} of ${people.of} users\n`);
  if (news !== null) session.note(`findings told otherwise: ${news.moved.count}\n`);
  session.note(`waiting messages sent otherwise: ${waiting.count}; digests at another time: ${digests.count}\n`);
}

/** `name=value` as the change that it is; an empty value takes a preference back. */
function changeOf(given: readonly string[]): PreferencesChange {
  const read = preferencesChangeSchema.safeParse(nested(given));
  if (read.success) return read.data;
  throw new UserError(faultsText(read.error));
}

function compulsionsOf(given: readonly string[], reason: string | undefined) {
  const set = given.filter((one) => one !== "");
  if (set.length === 0) return [];
  const read = compulsionSchema.safeParse({ set: nested(set), reason: reason ?? "" });
  if (read.success) return [read.data];
  throw new UserError(faultsText(read.error));
}

const faultsText = ({ issues }: { readonly issues: readonly Parameters<typeof faultOf>[0][] }): string =>
  issues
    .map(faultOf)
    .map(({ path, message }) => `${path} ${message}`)
    .join("; ");

const ASSIGNMENT = /^[\w.*-]+=/;

function nested(given: readonly string[]): unknown {
  const values: Record<string, unknown> = {};
  const kinds: Record<string, Record<string, unknown>> = {};
  for (const one of given) {
    if (!ASSIGNMENT.test(one)) throw new UserError(`"${one}" is not written like digestAt=06:30`);
    const [name = "", ...rest] = one.split("=");
    const value = valueOf(name, rest.join("="));
    const [, kind, level] = /^kinds\.(.+)\.(\w+)$/.exec(name) ?? [];
    if (kind === undefined || level === undefined) values[name] = value;
    else kinds[kind] = { ...kinds[kind], [level]: value };
  }
  return Object.keys(kinds).length === 0 ? values : { ...values, kinds };
}

function valueOf(name: string, text: string): unknown {
  if (name === "digestDays") return text === "" ? null : text === "none" ? [] : text.split(",");
  if (text === "true" || text === "false") return text === "true";
  return text === "" ? null : text;
}

async function show(
  session: Session,
  { tenant, store, catalog }: OpenedTenant,
  userId: UserId | undefined,
): Promise<void> {
  const { tenant: defaults, users } = await store.preferences.all();
  const ofUser = userId === undefined ? {} : { user: await store.user(userId), own: users.get(userId) };
  const { preferences, notes } = shownPreferences(
    effectivePreferences({ tenant, defaults, ...ofUser }),
    catalog.kinds.map(({ id }) => id),
  );
  if (session.json) {
    printJson(session, { tenant: tenant.tenantId, user: userId ?? null, preferences, notes });
    return;
  }
  const rows = preferences.map((one) => [
    one.name,
    textOf(one.value),
    decidedText(one),
    one.setBy ?? "",
    one.setAt ?? "",
  ]);
  session.print(`${textTable(["PREFERENCE", "VALUE", "DECIDED BY", "SET BY", "AT"], rows)}\n`);
  for (const note of notes) session.note(`${note}\n`);
}

const textOf = (value: unknown): string =>
  value === null ? "" : Array.isArray(value) ? value.join(",") || "none" : String(value);

function decidedText({ decidedBy, reason, overruled }: ShownPreference): string {
  const because = reason === null ? "" : `: ${reason}`;
  return `${decidedBy}${overruled === null ? "" : ` (instead of ${textOf(overruled)})`}${because}`;
}

async function preview(
  session: Session,
  { tenant, store, catalog }: OpenedTenant,
  now: number,
  userId: UserId | undefined,
): Promise<void> {
  const messages = await previewMessages({ tenant, catalog, store, now, userId });
  if (session.json) {
    printJson(session, { tenant: tenant.tenantId, messages: messages.map(upcomingJson) });
    return;
  }
  const rows = messages.map((one) => [
    one.at,
    one.userId ?? "",
    one.type,
    one.kinds.join(","),
    one.send === "drop" ? "nothing" : one.channel,
    one.why,
  ]);
  session.print(
    rows.length === 0
      ? "Nothing would be sent in the next 24 hours.\n"
      : `${textTable(["WHEN", "TO", "WHAT", "KINDS", "BY", "WHY"], rows)}\n`,
  );
}
