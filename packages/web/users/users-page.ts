import { fieldBeyond } from "@regulars/core/access/standing";
import { type Right, rightsOf } from "@regulars/core/access/rights";
import { type User, dealRights, isActive } from "@regulars/core/access/user";
import { compareText } from "@regulars/core/platform/compare";
import { type Result, ok } from "@regulars/core/platform/result";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type UserEffects, previewUser } from "@regulars/flows/users/preview-user";
import { rescheduleWaiting } from "@regulars/flows/notifications/reschedule";
import { retryForUser } from "@regulars/flows/assignment/retry-for-user";
import { salesContextOf } from "@regulars/functions/effects";
import { userFields } from "@regulars/functions/api/http/user-schemas";
import * as z from "zod";
import type { PageWords } from "@regulars/render/texts/page-words";
import type { Form } from "../page/form.ts";
import { visibleDeals } from "../sales-plans/visible-deals.ts";
import { authorNames } from "../page/authors.ts";
import { type FieldLabels, labelled, refuseField, refuseFields } from "../page/form-reason.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { notStale } from "../page/stale-form.ts";
import type { PageContext } from "../page/viewer.ts";
import { type LoggedChanges, MOST_CHANGES } from "../page/logged-changes.ts";

/** The people of a tenant, and one of them in a form. */
export interface UsersPage extends LoggedChanges {
  readonly tenant: Tenant;
  readonly users: readonly User[];
  /** The one whose form is shown; none for a new one. */
  readonly chosen: User | undefined;
}

/** What saving a user would change. */
export interface UserPreview {
  readonly changes: readonly { readonly field: UserField; readonly from: string; readonly to: string }[];
  readonly gained: readonly Right[];
  readonly lost: readonly Right[];
  readonly user: User;
  readonly effects: UserEffects;
}

export async function readUsersPage(opened: OpenTenant, chosen: string | undefined): Promise<UsersPage> {
  const { tenant, store, whole } = opened;
  const users = (await store.users()).toSorted(
    (a, b) => compareText(a.name, b.name) || compareText(a.userId, b.userId),
  );
  const { entries } = await whole.changeLogs.users.page({ limit: MOST_CHANGES });
  return {
    tenant,
    users,
    chosen: users.find(({ userId }) => userId === chosen),
    changes: entries,
    authorOf: await authorNames(opened),
  };
}

/** The fields of the form that are texts. */
export const textFields = ["name", "email", "phone", "teamId", "territoryId", "timeZone", "slackUserId"] as const;

/** What the fields of a user are called on the page. */
export const userLabels = {
  userId: "users.userId",
  name: "users.name",
  email: "users.email",
  phone: "users.phone",
  teamId: "users.teamId",
  territoryId: "users.territoryId",
  timeZone: "users.timeZone",
  slackUserId: "users.slackUserId",
  role: "users.role",
  isActive: "users.standing",
  dealRights: "users.dealRights",
} as const satisfies FieldLabels;

type UserField = keyof typeof userLabels;
export const isUserField = (name: string): name is UserField => Object.hasOwn(userLabels, name);
const userFieldNames = [
  "userId",
  "role",
  "isActive",
  "dealRights",
  ...textFields,
] as const satisfies readonly UserField[];

const formSchema = z.strictObject({ userId: userIdSchema, ...userFields });

function userOf(form: Form, words: PageWords): Result<User> {
  const texts = Object.fromEntries(
    ["userId", "role", ...textFields].flatMap((name) => {
      const text = form[name];
      return typeof text === "string" && text.trim() !== "" ? [[name, text.trim()]] : [];
    }),
  );
  const rights = dealRights.filter((right) => form[right] !== undefined);
  const given = {
    ...texts,
    ...(rights.length === 0 ? {} : { dealRights: rights }),
    ...(form["isActive"] === "false" ? { isActive: false } : {}),
  };
  const parsed = formSchema.safeParse(given);
  if (!parsed.success) return refuseFields(parsed.error, given, labelled(userLabels, words), "form.unusable", words);
  const { userId, name = userId, role = "rep" } = parsed.data;
  return ok({ ...parsed.data, userId, name, role });
}

/** Checks a form against the stored user: it is still the one that was drawn, and gives no right beyond the viewer's. */
async function checked(opened: OpenTenant, form: Form): Promise<Result<{ user: User; before: User | undefined }>> {
  const { say } = opened.words;
  const user = userOf(form, opened.words);
  if (!user.ok) return user;
  const before = await opened.whole.user(user.value.userId);
  if (form["isNew"] !== undefined && before !== undefined)
    return refuseField("userId", `there is a user ${user.value.userId} already: choose them in the list`);
  const still = notStale(before ?? null, form);
  if (!still.ok) return still;
  opened.noteDecision("rights.give");
  const beyond = fieldBeyond(opened.actor, before, user.value);
  if (beyond !== undefined)
    return refuseField(
      beyond === "dealRights" ? (dealRights[0] ?? beyond) : beyond,
      say("users.beyond", { rght: say(userLabels[beyond]), name: user.value.name }),
    );
  return ok({ user: user.value, before });
}

const rightsAs = (user: User | undefined): readonly Right[] =>
  user === undefined || !isActive(user) ? [] : [...new Set([...rightsOf(user.role), ...(user.dealRights ?? [])])];

/** What saving the form would do. */
export async function previewUserForm(
  { runtime }: PageContext["var"],
  opened: OpenTenant,
  form: Form,
): Promise<Result<UserPreview>> {
  const { tenant, whole, words } = opened;
  const found = await checked(opened, form);
  if (!found.ok) return found;
  const { user, before } = found.value;
  const [had, has] = [rightsAs(before), rightsAs(user)];
  return ok({
    changes: userFieldNames
      .map((field) => ({ field, from: userText(before, field, words), to: userText(user, field, words) }))
      .filter(({ from, to }) => from !== to),
    gained: has.filter((right) => !had.includes(right)),
    lost: had.filter((right) => !has.includes(right)),
    user,
    effects: await previewUser({
      context: salesContextOf(tenant, whole, runtime),
      store: whole,
      user,
      visibleIn: (plan) => visibleDeals(opened, plan),
    }),
  });
}

/** A field of a user as the page says it; empty when they have none. */
export function userText(user: Partial<User> | undefined, field: UserField, { text, say }: PageWords): string {
  if (user === undefined) return "";
  switch (field) {
    case "role":
      return user.role === undefined ? "" : say(`users.${user.role}`);
    case "isActive":
      return say(user.isActive === false ? "users.left" : "users.here");
    case "dealRights":
      return (user.dealRights ?? []).map((right) => text(`right.${right}`)).join(", ");
    default:
      return user[field] ?? "";
  }
}

/** Saves the user of the form; leads may be waiting for one who is available again. */
export async function saveUserForm(
  { runtime }: PageContext["var"],
  opened: OpenTenant,
  form: Form,
): Promise<Result<User>> {
  const found = await checked(opened, form);
  if (!found.ok) return found;
  const { user } = found.value;
  const { tenant, whole, by } = opened;
  await whole.saveUser(user, () => undefined, { at: toInstant(runtime.clock()), by });
  await rescheduleWaiting({ tenant, store: whole, now: runtime.clock() });
  const { tenantId } = tenant;
  await retryForUser(user, opened.whole.sales, (planId) => runtime.queues.send("plans", { tenantId, planId }));
  return ok(user);
}
