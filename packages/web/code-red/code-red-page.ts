import { isDeepStrictEqual } from "node:util";
import { codeRedSettingsOf } from "@regulars/core/code-red/tenant-settings";
import type { CodeRedSettings } from "@regulars/core/code-red/settings";
import { ignoreTargetSchema, targetKey } from "@regulars/core/code-red/ignore";
import type { User } from "@regulars/core/access/user";
import { localDay } from "@regulars/core/platform/period";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, customerIdSchema } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { ignoreRow } from "@regulars/flows/code-red/ignore-row";
import { type CodeRedList, listCodeRed } from "@regulars/flows/code-red/list-code-red";
import { type CodeRedCustomer, readCodeRedCustomer } from "@regulars/flows/code-red/read-customer";
import { refuseField } from "../page/form-reason.ts";
import type { Form } from "../page/form.ts";
import { MANAGES, holdsOne } from "../page/needs.ts";
import { needsRight } from "../page/named-ids.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import type { PageContext } from "../page/viewer.ts";
import { type CodeRedAsked, codeRedAskedOf } from "./code-red-asked.ts";

export interface CodeRedPage {
  readonly tenant: Tenant;
  readonly mayManage: boolean;
  readonly users: readonly User[];
  readonly asked: CodeRedAsked;
  /** Used where the address names nothing else. */
  readonly usual: CodeRedSettings;
  readonly list: CodeRedList;
  /** The index of the first row shown. */
  readonly from: number;
}

export const MOST_ROWS = 50;

/** A filter by one id; none without. */
const one = (id: string | undefined): readonly string[] => (id === undefined ? [] : [id]);

/** Reads the list as its address asks for it. */
export async function readCodeRedPage(c: PageContext, opened: OpenTenant, now: Instant): Promise<Result<CodeRedPage>> {
  const { tenant, store, whole } = opened;
  const users = await store.users();
  const asked = codeRedAskedOf(c, users);
  const list = await listCodeRed({
    tenant,
    store,
    codeRed: whole.codeRed,
    scope: await opened.scope(),
    filter: {
      repIds: one(asked.rep),
      assignedUserIds: one(asked.assigned),
      teamIds: one(asked.team),
      territoryIds: one(asked.territory),
      onlyRed: asked.red,
      onlyConfirmed: asked.confirmed,
      showIgnored: asked.ignored,
    },
    view: {},
    settings: asked.tried,
    now,
  });
  if (!list.ok) return list;
  const from = Math.min(asked.from, list.value.rows.length);
  return ok({
    tenant,
    mayManage: holdsOne(opened, MANAGES),
    users,
    asked,
    usual: codeRedSettingsOf(tenant),
    list: list.value,
    from,
  });
}

/** Reads one customer with items and links. */
export async function readCodeRedCustomerPage(
  opened: OpenTenant,
  customer: string,
  now: Instant,
): Promise<Result<CodeRedCustomer>> {
  const customerId = customerIdSchema.safeParse(customer);
  if (!customerId.success) return refuse("unknown-customer", `There is no customer "${customer}".`);
  const { tenant, store, whole } = opened;
  const scope = await opened.scope();
  return readCodeRedCustomer({
    tenant,
    store,
    codeRed: whole.codeRed,
    scope,
    customerId: customerId.data,
    view: {},
    now,
  });
}

const MOST_NOTE = 500;

/** Ignores a row by a form: `target` is the target as JSON, `days` how long; 0 shows it again. */
export async function ignoreByForm(
  opened: OpenTenant,
  customer: string,
  form: Form,
  now: Instant,
): Promise<Result<unknown>> {
  const customerId = customerIdSchema.safeParse(customer);
  if (!customerId.success) return refuse("unknown-customer", `there is no customer "${customer}"`);
  const { say } = opened.words;
  const target = ignoreTargetSchema.safeParse(targetOf(form["target"]));
  if (!target.success) return refuse("unknown-row", say("codeRed.chooseRow"));
  const days = Number(form["days"]);
  if (form["days"] === "" || !Number.isInteger(days) || days < 0 || days > 3650)
    return refuseField("days", say("codeRed.badDays", { text: String(form["days"]) }));
  const note = typeof form["note"] === "string" && form["note"] !== "" ? form["note"] : undefined;
  if (note !== undefined && note.length > MOST_NOTE)
    return refuseField("note", say("codeRed.badNote", { most: MOST_NOTE, numb: note.length }));
  const { tenant, store, whole, userId: by } = opened;
  const scope = await opened.scope();
  const profile = (await store.profiles([customerId.data])).get(customerId.data);
  const isSeen = profile !== undefined && scope.canSee(profile);
  if (isSeen && !scope.canReview(profile)) return refuse("not-allowed", needsRight(["insights.review"], opened.words));
  const common = { tenant, store, codeRed: whole.codeRed, scope, now };
  const last = (await whole.codeRed.ignoresOf(customerId.data)).findLast(
    (stamp) => targetKey(stamp.target) === targetKey(target.data),
  );
  const asked = { days, note, by, on: localDay(now, tenant.timeZone) };
  // A form that is sent twice is done once.
  const said = last && { days: last.days, note: last.note, by: last.by, on: last.on };
  if (isSeen && isDeepStrictEqual(asked, said)) return ok(undefined);
  return ignoreRow({ ...common, customerId: customerId.data, target: target.data, days, note, by });
}

function targetOf(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
