import type { Finding } from "@regulars/core/insights/finding";
import { isInDigest } from "@regulars/core/insights/finding";
import { formatMoney } from "@regulars/core/money";
import { type Result, ok, refuse } from "@regulars/core/result";
import type { Tenant } from "@regulars/core/tenant";
import { type UserId, minor, toInstant, userIdSchema } from "@regulars/core/values";
import { type ForYouSection, forYou } from "@regulars/flows/for-you";
import { type DayText, type FindingRow, dayText, rowsOf } from "./finding-row.ts";
import type { OpenTenant } from "./open-tenant.ts";

/** A rep's page, or the one of all reps. */
export interface RepPage {
  readonly tenant: Tenant;
  /** Undefined: all reps'. */
  readonly repName: string | undefined;
  readonly asOf: DayText;
  readonly parts: readonly RepPart[];
}

/** One kind's findings, ranked. */
export interface RepPart {
  readonly kind: string;
  readonly title: string;
  readonly toActOn: readonly FindingRow[];
  readonly others: readonly FindingRow[];
  /** Of those to act on; undefined when nothing is. */
  readonly atStake: string | undefined;
}

/** What the last night found for one rep, or for all when no user is named. */
export async function readRepPage(opened: OpenTenant, user: string | undefined): Promise<Result<RepPage>> {
  const { tenant, store } = opened;
  const repId = user === undefined ? undefined : userIdSchema.safeParse(user).data;
  if (user !== undefined && repId === undefined) return refuse("unknown-user", notUser(tenant, user));
  const page = await forYou({ tenant, store, filter: { repId }, now: toInstant(Date.now()) });
  if (!page.ok) return page.reason === "unknown-user" ? refuse("unknown-user", notUser(tenant, user ?? "")) : page;
  const users = await store.users();
  const sections = page.value.forYou;
  const rows = await rowsOf(
    opened,
    sections.flatMap(({ findings }) => findings),
    repId === undefined ? users : [],
  );
  return ok({
    tenant,
    repName: repId === undefined ? undefined : nameOf(users, repId),
    asOf: dayText(tenant, page.value.asOf),
    parts: sections.map((section) => partOf(tenant, section, rows)),
  });
}

const notUser = ({ tenantId }: Tenant, user: string): string =>
  `Tenant ${tenantId} has no user "${user}". Check the address, or import the users file that has this user.`;

const nameOf = (users: Awaited<ReturnType<OpenTenant["store"]["users"]>>, repId: UserId): string =>
  users.find(({ userId }) => userId === repId)?.name ?? repId;

function partOf(tenant: Tenant, section: ForYouSection, rows: ReadonlyMap<Finding, FindingRow>): RepPart {
  const { kind, title, findings } = section;
  const rowsFor = (some: readonly Finding[]) => some.map((one) => rows.get(one)).filter((row) => row !== undefined);
  const told = findings.filter(isInDigest);
  const stake = told.reduce((total, { atStakeMinor }) => total + atStakeMinor, 0);
  return {
    kind,
    title,
    toActOn: rowsFor(told),
    others: rowsFor(findings.filter((finding) => !isInDigest(finding))),
    atStake: stake > 0 ? formatMoney(minor(stake), tenant.currency, tenant.locale) : undefined,
  };
}
