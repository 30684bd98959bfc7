import { type Tenant, tenantPlans } from "@regulars/core/tenant";
import { oneOf, tenantArgument, wholeNumber } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";

export interface SettingsOptions {
  readonly tenant: string;
  readonly plan?: string;
  readonly priceEditing?: string;
  readonly alertsPerDay?: string;
}

const MOST_ALERTS = 1000;

/** `regulars settings`: shows a tenant's settings, and changes those that are named. */
export function settingsCommand(session: Session, options: SettingsOptions): Promise<number> {
  const tenantId = tenantArgument(options.tenant);
  const changes = changesOf(options);
  return withExistingSystem(session, async (system) => {
    await system.openTenant(tenantId);
    if (Object.keys(changes).length > 0) await system.directory.change(tenantId, changes);
    const { tenant } = await system.openTenant(tenantId);
    const shown = settingsOf(tenant);
    if (session.json) printJson(session, { tenant: tenantId, ...shown });
    else
      session.print(
        `${textTable(
          ["SETTING", "VALUE"],
          Object.entries(shown).map(([name, value]) => [name, String(value)]),
        )}\n`,
      );
    return 0;
  });
}

const settingsOf = ({ name, timeZone, currency, locale, plan, priceEditing, maxAlertsPerRepPerDay }: Tenant) => ({
  name,
  timeZone,
  currency,
  locale,
  plan,
  priceEditing,
  maxAlertsPerRepPerDay,
});

function changesOf({ plan, priceEditing, alertsPerDay }: SettingsOptions): Partial<Tenant> {
  return {
    ...(plan === undefined ? {} : { plan: oneOf(tenantPlans, "--plan", plan) }),
    ...(priceEditing === undefined
      ? {}
      : { priceEditing: oneOf(["on", "off"], "--price-editing", priceEditing) === "on" }),
    ...(alertsPerDay === undefined
      ? {}
      : { maxAlertsPerRepPerDay: wholeNumber("--alerts-per-day", alertsPerDay, { least: 0, most: MOST_ALERTS }) }),
  };
}
