import { isShown } from "@regulars/core/code-red/list";
import { changedCodeRed } from "@regulars/core/code-red/tenant-settings";
import { type Result, ok } from "@regulars/core/platform/result";
import type { CustomerId, Day } from "@regulars/core/platform/values";
import { type ListedRow, listCodeRed } from "./list-code-red.ts";

type PreviewInput = Omit<Parameters<typeof listCodeRed>[0], "filter" | "view" | "settings"> & {
  /** As for a change of settings: null stands for the usual value. */
  readonly change: Readonly<Record<string, unknown>>;
};

/** Customers that would come or go, with the first of them as the list has them. */
export interface Moved {
  readonly count: number;
  readonly first: readonly { readonly customerId: CustomerId; readonly name: string | undefined }[];
}

interface Counted {
  readonly red: number;
  readonly confirmed: number;
}

/** What a change of settings would do to the customers to call, before it is saved. */
export interface SettingsPreview {
  readonly asOf: Day;
  readonly before: Counted;
  readonly after: Counted;
  readonly added: Moved;
  readonly gone: Moved;
}

const MOST_NAMED = 10;

/** Compares the list with the tenant's settings and with changed ones (docs/reference/code-red.md 12); saves nothing. */
export async function previewSettings({ change, ...input }: PreviewInput): Promise<Result<SettingsPreview>> {
  const changed = changedCodeRed(input.tenant, change);
  if (!changed.ok) return changed;
  const tenant = { ...input.tenant, codeRed: { ...changed.value } };
  const whole = { filter: { showIgnored: true }, view: {} };
  const before = await listCodeRed({ ...input, ...whole });
  if (!before.ok) return before;
  const after = await listCodeRed({ ...input, ...whole, tenant });
  if (!after.ok) return after;
  const [present, next] = [before.value.rows.filter(isToCall), after.value.rows.filter(isToCall)];
  return ok({
    asOf: before.value.asOf,
    before: countsOf(present),
    after: countsOf(next),
    added: moved(next, present),
    gone: moved(present, next),
  });
}

const isToCall = (row: ListedRow): boolean => row.isRed && isShown(row);

const countsOf = (rows: readonly ListedRow[]): Counted => ({
  red: rows.length,
  confirmed: rows.filter(({ isConfirmed }) => isConfirmed).length,
});

/** The rows that the other list has not. */
function moved(rows: readonly ListedRow[], others: readonly ListedRow[]): Moved {
  const known = new Set(others.map(({ customerId }) => customerId));
  const own = rows.filter(({ customerId }) => !known.has(customerId));
  const first = own.slice(0, MOST_NAMED).map(({ customerId, customer }) => ({ customerId, name: customer.name }));
  return { count: own.length, first };
}
