import type { ErasureReport, ErasureSubject } from "@regulars/core/erasure/erasure";
import { counted } from "@regulars/core/platform/counted";
import { customerIdSchema, personIdSchema } from "@regulars/core/platform/values";
import { UserError } from "@regulars/local/user-error";
import { checkedArgument, tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";

export interface EraseOptions {
  readonly tenant: string;
  readonly customer?: string;
  readonly person?: string;
  readonly dryRun: boolean;
}

/** `regulars erase --tenant T --customer C | --person P`: erases a customer or a person, and says what was erased. */
export function eraseCommand(session: Session, options: EraseOptions): Promise<number> {
  const tenantId = tenantArgument(options.tenant);
  const subject = subjectOf(options);
  return withExistingSystem(session, async (system) => {
    const { tenant } = await system.openTenant(tenantId);
    const report = await system.erase(tenant, { subject, isDry: options.dryRun });
    if (session.json) printJson(session, { tenant: tenantId, dryRun: options.dryRun, ...report });
    else session.print(textOf(report, options.dryRun));
    return 0;
  });
}

function subjectOf({ customer, person }: EraseOptions): ErasureSubject {
  if ((customer === undefined) === (person === undefined))
    throw new UserError("erase needs one of --customer and --person: regulars erase --tenant acme --customer 10001");
  return customer === undefined
    ? { type: "person", id: checkedArgument(personIdSchema, "--person", person ?? "") }
    : { type: "customer", id: checkedArgument(customerIdSchema, "--customer", customer) };
}

function textOf({ subject: { type, id }, kinds }: ErasureReport, isDry: boolean): string {
  if (kinds.length === 0) return `nothing is stored of ${type} ${id}\n`;
  const rows = kinds.map(({ kind, removed, blanked }) => [kind, String(removed), String(blanked)]);
  const items = kinds.reduce((sum, { removed, blanked }) => sum + removed + blanked, 0);
  const verb = isDry ? "would erase" : "erased";
  return `${textTable(["what", "removed", "blanked"], rows)}\n${verb} ${type} ${id}: ${counted(items, "item")}\n`;
}
