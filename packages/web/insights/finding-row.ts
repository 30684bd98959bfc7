import { type Finding, type Level, type State, isInDigest } from "@regulars/core/insights/finding";
import { explain } from "@regulars/render/insights/explain";
import type { User } from "@regulars/core/access/user";
import { type Formats, formatsOf } from "@regulars/render/texts/formats";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Day } from "@regulars/core/platform/values";
import { namesOf } from "@regulars/flows/insights/list-findings";
import { addresses } from "../page/addresses.ts";
import type { OpenTenant } from "../page/open-tenant.ts";

/** A finding as a row of a list. */
export interface FindingRow {
  readonly path: string;
  readonly customerName: string;
  readonly level: Level;
  readonly state: State;
  /** Whether messages are sent about it. */
  readonly isToActOn: boolean;
  readonly why: string;
  /** Absent when nothing is at stake. */
  readonly atStake: string | undefined;
  readonly since: DayText;
  readonly repName: string | undefined;
}

/** A day and its text in the tenant's locale. */
export interface DayText {
  readonly day: Day;
  readonly text: string;
}

/** A day in the tenant's locale. */
export const dayText = ({ locale }: Pick<Tenant, "locale">, day: Day): DayText => ({
  day,
  text: formatsOf(locale).day(day),
});

/** Findings with their names and with reasons as text, in the given order. */
export async function rowsOf(
  { tenant, words, catalog, store }: OpenTenant,
  findings: readonly Finding[],
  users: readonly User[],
): Promise<ReadonlyMap<Finding, FindingRow>> {
  const names = await namesOf(store, findings);
  const { formats } = words;
  const rowOf = (finding: Finding): FindingRow => ({
    path: addresses().finding({ tenantId: tenant.tenantId, findingId: finding.id }),
    customerName: names.customer(finding.subject),
    level: finding.level,
    state: finding.state,
    isToActOn: isInDigest(finding),
    why: explain(finding, names.item(finding.subject), catalog, formats),
    atStake: stakeText(formats, finding),
    since: dayText(formats, finding.since),
    repName: users.find(({ userId }) => userId === finding.repId)?.name,
  });
  return new Map(findings.map((finding) => [finding, rowOf(finding)]));
}

/** The money at stake as text; `undefined` when none. */
export const stakeText = (
  { money }: Formats,
  { atStakeMinor, currency }: Pick<Finding, "atStakeMinor" | "currency">,
): string | undefined => (atStakeMinor > 0 ? money(atStakeMinor, currency) : undefined);
