import { effectivePreferences } from "@regulars/core/notifications/effective";
import {
  type PreferencesChange,
  compulsionSchema,
  preferencesChangeSchema,
} from "@regulars/core/notifications/preferences";
import { type ShownPreference, shownPreferences } from "@regulars/core/notifications/preferences-json";
import { faultOf } from "@regulars/core/platform/unknown-property";
import { type UserId, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { changePreferences, changeTenantPreferences } from "@regulars/flows/notifications/change-preferences";
import { previewMessages, upcomingJson } from "@regulars/flows/notifications/preview";
import { askingSlack, ourChannelOf } from "@regulars/functions/slack/slack-connection";
import { rescheduleWaiting } from "@regulars/flows/notifications/reschedule";
import type { LocalSystem, OpenedTenant } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { idArgument, oneOf, tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";
import { notificationActions } from "./actions.ts";

export interface NotificationOptions {
  readonly tenant: string;
  readonly set?: readonly string[];
  readonly compel?: readonly string[];
  readonly reason?: string;
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
  const userId = userName === undefined ? undefined : idArgument(userIdSchema, "user", userName);
  return withExistingSystem(session, async (system) => {
    const opened = await system.openTenant(tenantId);
    const now = system.runtime.clock();
    if (userId !== undefined && (await opened.store.user(userId)) === undefined)
      throw new UserError(`tenant ${tenantId} has no user "${userId}"`);
    if (action === "preview") await preview(session, opened, now, userId);
    else {
      await change(opened, userId, options, { runtime: system.runtime, now });
      await show(session, opened, userId);
    }
    return 0;
  });
}

async function change(
  { tenant, store, catalog }: OpenedTenant,
  userId: UserId | undefined,
  { set, compel, reason }: NotificationOptions,
  { runtime, now: at }: { readonly runtime: LocalSystem["runtime"]; readonly now: number },
): Promise<void> {
  if (set === undefined && compel === undefined) return;
  const patch = changeOf(set ?? []);
  const isOurChannel = ourChannelOf({ runtime, tenant, store });
  const common = { store, patch, by: BY, reason, now: toInstant(at), catalog, isOurChannel };
  if (userId !== undefined && compel !== undefined)
    throw new UserError("--compel is for everybody: leave the user out");
  const changed = await askingSlack(() =>
    userId === undefined
      ? changeTenantPreferences({ ...common, compulsions: compel && compulsionsOf(compel, reason) })
      : changePreferences({ ...common, userId }),
  );
  if (!changed.ok) throw new UserError(changed.message);
  await rescheduleWaiting({ tenant, store, now: at });
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
