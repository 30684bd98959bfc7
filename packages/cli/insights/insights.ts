import { customersSetAsideText, notesUnreadable } from "./notes-unreadable.ts";
import type { Finding } from "@regulars/core/insights/finding";
import { findingJson } from "@regulars/core/insights/finding-json";
import { explain } from "@regulars/render/insights/explain";
import { formatsOf } from "@regulars/render/texts/formats";
import { formatMoney } from "@regulars/core/platform/money";
import { customerIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import type { FindingFilter } from "@regulars/flows/insights/list-input";
import { listFindings, namesOf } from "@regulars/flows/insights/list-findings";
import type { OpenedTenant } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { dayArgument, checkedArgument, tenantArgument } from "../arguments.ts";
import { refuseUnknownCustomer } from "../customers/known-ids.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";

export interface InsightsOptions {
  readonly tenant: string;
  readonly kind?: string;
  readonly rep?: string;
  readonly customer?: string;
  readonly asOf?: string;
  readonly carried?: boolean;
}

/** `regulars insights`: findings of the last nightly run, or computed for a past day. */
export function insightsCommand(session: Session, options: InsightsOptions): Promise<number> {
  const tenantId = tenantArgument(options.tenant);
  const filter: FindingFilter = {
    kind: options.kind,
    repId: options.rep === undefined ? undefined : checkedArgument(userIdSchema, "--rep", options.rep),
    customerId:
      options.customer === undefined ? undefined : checkedArgument(customerIdSchema, "--customer", options.customer),
    withCarried: options.carried,
  };
  const asOf = options.asOf === undefined ? undefined : dayArgument("--as-of", options.asOf);
  return withExistingSystem(session, async (system) => {
    const opened = await system.openTenant(tenantId);
    const { tenant, store, catalog } = opened;
    await refuseUnknownCustomer(opened, "--customer", filter.customerId);
    const list = await listFindings({
      onUnreadable: notesUnreadable(session),
      tenant,
      store: store.nightly,
      catalog,
      filter,
      asOf,
      now: toInstant(system.runtime.clock()),
    });
    if (!list.ok) throw new UserError(list.message);
    const { asOf: day, findings, customersSetAside } = list.value;
    if (session.json)
      printJson(session, { tenant: tenantId, asOf: day, findings: findings.map(findingJson), customersSetAside });
    else
      session.print(
        `${[await describeFindings(opened, findings), ...customersSetAsideText(customersSetAside)].join("\n")}\n`,
      );
    return 0;
  });
}

/** Findings as a text table: customer, level, money at stake, reason. */
export async function describeFindings(
  { tenant, store, catalog }: OpenedTenant,
  findings: readonly Finding[],
): Promise<string> {
  if (findings.length === 0) return "Nothing found.";
  const names = await namesOf(store.nightly, findings);
  const formats = formatsOf(tenant.locale);
  const rows = findings.map((finding) => {
    const why = explain(finding, names.item(finding.subject), catalog, formats);
    return [
      finding.kind,
      finding.state === "open" ? finding.level : finding.state,
      names.customer(finding.subject),
      formatMoney(finding.atStakeMinor, finding.currency, tenant.locale),
      why,
    ];
  });
  return textTable(["KIND", "LEVEL", "CUSTOMER", "AT STAKE", "WHY"], rows);
}
