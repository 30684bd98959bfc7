import type { Instant } from "@regulars/core/platform/values";
import { type Moved, previewSettings } from "@regulars/flows/code-red/preview-settings";
import { type ChangeEntry, type ChangeLogName, wholeChange } from "@regulars/core/tenants/change-log";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { OpenedTenant } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { settingValueText } from "@regulars/render/setting-value";
import { type Session, printJson } from "../session.ts";
import { textTable } from "../text-table.ts";

/** The most changes that are shown at once. */
const MOST_CHANGES = 100;

/** Shows what changed settings of Code Red would do, and saves nothing. */
export async function showPreview(
  session: Session,
  { tenant, store }: OpenedTenant,
  change: Readonly<Record<string, unknown>>,
  now: Instant,
): Promise<number> {
  // Whoever has the data folder sees every customer.
  const scope = { canSee: () => true };
  const input = { tenant, store: store.nightly, codeRed: store.codeRed, scope, change, now };
  const preview = await previewSettings(input);
  if (!preview.ok) throw new UserError(preview.message);
  const { asOf, before, after, added, gone } = preview.value;
  if (session.json) printJson(session, { tenant: tenant.tenantId, ...preview.value });
  else
    session.print(
      `As of ${asOf}, nothing is saved:\n${textTable(
        ["CUSTOMERS TO CALL", "NOW", "THEN"],
        [
          ["red", String(before.red), String(after.red)],
          ["confirmed", String(before.confirmed), String(after.confirmed)],
        ],
      )}\nNew on the list: ${movedText(added)}\nGone from it: ${movedText(gone)}\n`,
    );
  return 0;
}

function movedText({ count, first }: Moved): string {
  if (count === 0) return "nobody";
  const names = first.map(({ customerId, name }) => name ?? customerId).join(", ");
  return `${count} (${names}${count > first.length ? ", …" : ""})`;
}

type Store = OpenedTenant["store"];
type ChangesStore = Pick<Store, "changeLogs"> & { readonly nightly: Pick<Store["nightly"], "users"> };

/** Shows who changed what of a log when, newest first. */
export async function showChanges(
  session: Pick<Session, "json" | "print">,
  { tenant, store }: { readonly tenant: Pick<Tenant, "tenantId">; readonly store: ChangesStore },
  log: ChangeLogName,
): Promise<number> {
  const { entries } = await store.changeLogs[log].page({ limit: MOST_CHANGES });
  const shown = entries.map(({ place: _place, ...entry }) => entry);
  if (session.json) printJson(session, { tenant: tenant.tenantId, changes: shown });
  else if (shown.length === 0)
    session.print(log === "settings" ? "No setting was changed.\n" : "Nothing was changed.\n");
  else {
    const names = new Map((await store.nightly.users()).map(({ userId, name }) => [`user:${userId}`, name]));
    session.print(
      `${textTable(
        ["WHEN", "WHO", "NAME", ...(log === "settings" ? [] : ["OF"]), "SETTING", "FROM", "TO"],
        shown.flatMap((entry) =>
          rowsOf(log, entry).map((row) => [
            entry.at,
            entry.by,
            names.get(entry.by) ?? "",
            ...(log === "settings" ? [] : [entry.of ?? ""]),
            ...row,
          ]),
        ),
      )}\n`,
    );
  }
  return 0;
}

/** A row for each part that was changed; what came or went whole is one row. */
function rowsOf(
  log: ChangeLogName,
  entry: ChangeEntry,
): readonly (readonly [what: string, from: string, to: string])[] {
  const whole = wholeChange(log, entry);
  const { changes } = entry;
  // A setting that nobody chose has its usual value; a part of a user, a key or a webhook has none.
  const text = (value: unknown): string => settingValueText(value, log === "settings" ? "usual" : "none");
  if (whole === undefined) return changes.map(({ setting, from, to }) => [setting, text(from), text(to)]);
  const partsOf = (side: "from" | "to"): string =>
    changes.flatMap((one) => (one[side] === null ? [] : [`${one.setting}=${text(one[side])}`])).join(", ");
  return [[whole, partsOf("from"), partsOf("to")]];
}
