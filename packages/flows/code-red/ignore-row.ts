import type { CodeRedStore } from "@regulars/core/code-red/code-red-store";
import type { IgnoreStamp, IgnoreTarget } from "@regulars/core/code-red/ignore";
import { itemOff, linkOff } from "@regulars/core/code-red/list";
import { type AssessedColumn, largestRed, lostOf } from "@regulars/core/code-red/row";
import type { CodeRedSettings } from "@regulars/core/code-red/settings";
import { codeRedSettingsOf } from "@regulars/core/code-red/tenant-settings";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { localDay } from "@regulars/core/platform/period";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { UserId } from "@regulars/core/platform/values";
import { type CodeRedCustomer, readCodeRedCustomer } from "./read-customer.ts";

type IgnoreInput = Omit<Parameters<typeof readCodeRedCustomer>[0], "view" | "settings" | "asOf"> & {
  readonly codeRed: CodeRedStore;
  readonly target: IgnoreTarget;
  /** Default: the tenant's setting; 0 shows the row again. */
  readonly days?: number | undefined;
  readonly note?: string | undefined;
  readonly by?: UserId | undefined;
  readonly companionOf?: (stamp: IgnoreStamp) => CompanionWrites | undefined;
};

/** Hides a customer, an item or a link from the call list for some days, or shows it again. */
export async function ignoreRow(input: IgnoreInput): Promise<Result<IgnoreStamp>> {
  const { tenant, codeRed, customerId, target, note, by, now } = input;
  const read = await readCodeRedCustomer({ ...input, view: {} });
  if (!read.ok) return read;
  const settings = codeRedSettingsOf(tenant);
  const offUnits = offUnitsOf(read.value, target, settings);
  if (offUnits === undefined) return refuse("unknown-row", `customer ${customerId} has no ${nameOf(target)}`);
  const usual = target.type === "customer" ? settings.ignoreCustomerDays : settings.ignoreRowDays;
  const stamp: IgnoreStamp = {
    customerId,
    target,
    days: input.days ?? usual,
    on: localDay(now, tenant.timeZone),
    at: now,
    ...(by === undefined ? {} : { by }),
    ...(note === undefined ? {} : { note }),
    ...(target.type === "customer" ? lostIn(read.value.row.columns) : {}),
    ...(offUnits === 0 ? {} : { offUnits }),
  };
  await codeRed.addIgnore(stamp, input.companionOf?.(stamp));
  return ok(stamp);
}

/** What the largest red column has lost, else what each one has. */
function lostIn(columns: CodeRedCustomer["row"]["columns"]): Pick<IgnoreStamp, "lost" | "lostUnred"> {
  const largest = largestRed(columns);
  return largest === undefined ? { lostUnred: columns.map(lossOf) } : { lost: lossOf(largest) };
}

const lossOf = (column: AssessedColumn) => ({ months: column.months, lostMinor: lostOf(column) });

/** By how many units the item or the link is off; 0 for the customer's row, `undefined` for what is not there. */
function offUnitsOf({ row }: CodeRedCustomer, target: IgnoreTarget, settings: CodeRedSettings): number | undefined {
  if (target.type === "customer") return 0;
  if (target.type === "item") {
    const item = row.items.find(({ itemId }) => itemId === target.itemId);
    return item && itemOff(item, settings).units;
  }
  const link = row.links.find((one) => one.itemId === target.itemId && one.linkedItemId === target.linkedItemId);
  return link && linkOff(link, settings).units;
}

const nameOf = (target: IgnoreTarget): string =>
  target.type === "customer"
    ? "row"
    : target.type === "item"
      ? `item ${target.itemId} in its compared periods`
      : `link from ${target.itemId} to ${target.linkedItemId} in its compared periods`;
