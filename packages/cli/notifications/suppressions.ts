import { type AddressRecord, type SuppressionStore, suppressionText } from "@regulars/core/notifications/suppression";
import { toInstant } from "@regulars/core/platform/values";
import { liftSuppression } from "@regulars/flows/notifications/note-mail-event";
import { UserError } from "@regulars/local/user-error";
import { tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";

export interface SuppressionsOptions {
  readonly tenant: string;
  readonly lift?: string;
}

const PAGE = 200;

/** `regulars suppressions [--lift ADDRESS]`: addresses that get no mail, with the reason. */
export function suppressionsCommand(session: Session, { tenant, lift }: SuppressionsOptions): Promise<number> {
  const tenantId = tenantArgument(tenant);
  return withExistingSystem(session, async (system) => {
    const { store } = await system.openTenant(tenantId);
    if (lift !== undefined) {
      const now = toInstant(system.runtime.clock());
      const lifted = await liftSuppression({ suppressions: store.suppressions, address: lift, by: "command", now });
      if (!lifted.ok) throw new UserError(lifted.message);
    }
    const records = await allOf(store.suppressions);
    if (session.json) {
      printJson(session, {
        tenant: tenantId,
        suppressions: records.map(({ address, suppressed }) => ({ address, ...suppressed })),
      });
      return 0;
    }
    const rows = records.map(({ address, suppressed }) => [
      suppressed?.at.slice(0, 10) ?? "",
      address,
      suppressed === undefined ? "" : suppressionText(suppressed),
    ]);
    session.print(
      rows.length === 0 ? "Mail goes to every address.\n" : `${textTable(["SINCE", "ADDRESS", "WHY"], rows)}\n`,
    );
    return 0;
  });
}

async function allOf(suppressions: SuppressionStore): Promise<readonly AddressRecord[]> {
  const found: AddressRecord[] = [];
  let after: string | undefined;
  do {
    const page = await suppressions.page({ limit: PAGE, after });
    found.push(...page.records);
    after = page.next;
  } while (after !== undefined);
  return found;
}
