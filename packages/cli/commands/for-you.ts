import { toInstant, userIdSchema } from "@regulars/core/values";
import { forYou } from "@regulars/flows/for-you";
import { UserError } from "@regulars/local/user-error";
import { dayArgument, idArgument, tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { findingJson } from "@regulars/core/insights/finding-json";
import { describeFindings } from "./insights.ts";

export interface ForYouOptions {
  readonly tenant: string;
  readonly rep: string;
  readonly asOf?: string;
}

/** `regulars for-you`: one rep's page. */
export function forYouCommand(session: Session, options: ForYouOptions): Promise<number> {
  const tenantId = tenantArgument(options.tenant);
  const repId = idArgument(userIdSchema, "--rep", options.rep);
  const asOf = options.asOf === undefined ? undefined : dayArgument("--as-of", options.asOf);
  return withExistingSystem(session, async (system) => {
    const { tenant, store } = await system.openTenant(tenantId);
    const now = toInstant(system.runtime.clock());
    const page = await forYou({ tenant, store: store.night, filter: { repId }, asOf, now });
    if (!page.ok) throw new UserError(page.message);
    if (session.json) {
      const sections = page.value.forYou.map((section) => ({
        ...section,
        findings: section.findings.map(findingJson),
      }));
      printJson(session, { tenant: tenantId, asOf: page.value.asOf, rep: repId, forYou: sections });
      return 0;
    }
    session.print(`For ${repId}, as of ${page.value.asOf}\n`);
    for (const { title, toActOn, findings } of page.value.forYou)
      session.print(
        `\n${title}: ${findings.length}, ${toActOn} to act on\n${await describeFindings(tenant, store, findings)}\n`,
      );
    if (page.value.forYou.length === 0) session.print("Nothing found.\n");
    return 0;
  });
}
