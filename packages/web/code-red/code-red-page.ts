import { type TriedSettings, codeRedSettingsSchema } from "@regulars/core/code-red/settings";
import { codeRedSettingsOf } from "@regulars/core/code-red/tenant-settings";
import { ignoreTargetSchema } from "@regulars/core/code-red/ignore";
import type { User } from "@regulars/core/access/user";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, customerIdSchema } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { ignoreRow } from "@regulars/flows/code-red/ignore-row";
import { type CodeRedList, listCodeRed } from "@regulars/flows/code-red/list-code-red";
import { type CodeRedCustomer, readCodeRedCustomer } from "@regulars/flows/code-red/read-customer";
import type { PageWords } from "@regulars/render/texts/page-words";
import type { OpenTenant } from "../page/open-tenant.ts";

/** Query parameters of the list; a page of it has `MOST_ROWS` customers. */
export interface CodeRedQuery {
  readonly rep?: string | undefined;
  readonly team?: string | undefined;
  readonly territory?: string | undefined;
  readonly percent?: string | undefined;
  readonly mode?: string | undefined;
  readonly compare?: string | undefined;
  readonly red?: string | undefined;
  readonly confirmed?: string | undefined;
  readonly ignored?: string | undefined;
  readonly from?: string | undefined;
}

export interface CodeRedPage {
  readonly tenant: Tenant;
  readonly users: readonly User[];
  readonly query: CodeRedQuery;
  /** Used where the query names nothing else. */
  readonly usual: { readonly percent: number; readonly mode: string; readonly seasonal: boolean };
  readonly list: CodeRedList;
  /** The index of the first row shown. */
  readonly from: number;
  /** Why a part of the query was not used. */
  readonly notUsed: readonly string[];
}

export const MOST_ROWS = 50;

const { shape } = codeRedSettingsSchema;

/** A filter by one id; none for an empty one. */
const one = (id: string | undefined): readonly string[] => (id === undefined || id === "" ? [] : [id]);

/** Reads the list; a part of the query that cannot be used is left out and said. */
export async function readCodeRedPage(
  opened: OpenTenant,
  query: CodeRedQuery,
  now: Instant,
): Promise<Result<CodeRedPage>> {
  const { tenant, store, whole } = opened;
  const { settings, notUsed } = triedOf(query, opened.words);
  const users = await store.users();
  if (query.rep !== undefined && query.rep !== "" && !users.some(({ userId }) => userId === query.rep))
    notUsed.push(opened.words.say("codeRed.badRep", { name: query.rep }));
  const list = await listCodeRed({
    tenant,
    store,
    codeRed: whole.codeRed,
    scope: await opened.scope(),
    filter: {
      repIds: one(query.rep),
      teamIds: one(query.team),
      territoryIds: one(query.territory),
      onlyRed: query.red !== undefined,
      onlyConfirmed: query.confirmed !== undefined,
      showIgnored: query.ignored !== undefined,
    },
    view: {},
    settings,
    now,
  });
  if (!list.ok) return list;
  const from = Math.min(Math.max(0, Math.floor(Number(query.from ?? 0)) || 0), list.value.rows.length);
  const usual = codeRedSettingsOf(tenant);
  return ok({ tenant, users, query, usual, list: list.value, from, notUsed });
}

function triedOf(
  { percent, mode, compare }: CodeRedQuery,
  { say }: PageWords,
): {
  readonly settings: TriedSettings;
  readonly notUsed: string[];
} {
  const notUsed: string[] = [];
  const triedPercent = percent === undefined || percent === "" ? undefined : shape.percent.safeParse(Number(percent));
  if (triedPercent?.success === false) notUsed.push(say("codeRed.badPercent", { numb: percent ?? "" }));
  const triedMode = mode === undefined || mode === "" ? undefined : shape.mode.safeParse(mode);
  if (triedMode?.success === false) notUsed.push(say("codeRed.badMode", { text: mode ?? "" }));
  if (compare !== undefined && !["", "before", "year"].includes(compare))
    notUsed.push(say("codeRed.badCompare", { text: compare }));
  return {
    settings: {
      percent: triedPercent?.data,
      mode: triedMode?.data,
      seasonal: compare === undefined || compare === "" ? undefined : compare === "year",
    },
    notUsed,
  };
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
  form: Readonly<Record<string, unknown>>,
  now: Instant,
): Promise<Result<unknown>> {
  const customerId = customerIdSchema.safeParse(customer);
  if (!customerId.success) return refuse("unknown-customer", `there is no customer "${customer}"`);
  const { say } = opened.words;
  const target = ignoreTargetSchema.safeParse(targetOf(form["target"]));
  if (!target.success) return refuse("unknown-row", say("codeRed.chooseRow"));
  const days = Number(form["days"]);
  if (form["days"] === "" || !Number.isInteger(days) || days < 0 || days > 3650)
    return refuse("unusable-days", say("codeRed.badDays", { text: String(form["days"]) }));
  const note = typeof form["note"] === "string" && form["note"] !== "" ? form["note"] : undefined;
  if (note !== undefined && note.length > MOST_NOTE)
    return refuse("unusable-note", say("codeRed.badNote", { most: MOST_NOTE, numb: note.length }));
  const { tenant, store, whole, userId: by } = opened;
  const scope = await opened.scope();
  const profile = (await store.profiles([customerId.data])).get(customerId.data);
  if (profile !== undefined && scope.canSee(profile) && !scope.canReview(profile))
    return refuse("not-allowed", say("refusal.needsRight", { rght: "insights.review" }));
  const common = { tenant, store, codeRed: whole.codeRed, scope, now };
  return ignoreRow({ ...common, customerId: customerId.data, target: target.data, days, note, by });
}

function targetOf(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
