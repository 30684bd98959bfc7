import { formatOf } from "@regulars/core/imports/formats/formats";
import { schemaErrors } from "@regulars/core/platform/schema-errors";
import type { PlanId } from "@regulars/core/platform/ids";
import { notUsedText } from "@regulars/core/deals/not-used";
import { type UsableLead, readUsable } from "@regulars/core/leads/not-used";
import { leadPayloadSchema } from "@regulars/core/leads/lead-payload";
import { addToPlan } from "@regulars/flows/leads/add-to-plan";
import type { SourceRecord } from "@regulars/flows/imports/import-file";
import type { SalesContext } from "@regulars/flows/sales-context";
import { openCsvFile } from "../files/csv-file.ts";
import { type Session, printJson } from "../session.ts";

const TOGETHER = 20;
const PATIENCE_MS = 60_000;

const outcomes = ["added", "again", "duplicates", "waiting", "refused"] as const;
type Outcome = (typeof outcomes)[number];

/** Adds the leads of a file; adding it again has no effect. A refused lead is reported and does not stop the others. */
export async function addLeads(session: Session, context: SalesContext, planId: PlanId, path: string): Promise<number> {
  const format = formatOf("regulars", "leads");
  if (format === undefined) throw new Error("the format of leads is gone");
  const file = await openCsvFile(path, format);
  const counts: Record<Outcome, number> = { added: 0, again: 0, duplicates: 0, waiting: 0, refused: 0 };
  await mapConcurrent(file.records, TOGETHER, async (source) => {
    const lead = leadOf(source);
    const { outcome, note } = "note" in lead ? lead : await addOne(context, planId, lead.usable, source.line);
    counts[outcome] += 1;
    if (note !== undefined) session.note(`line ${source.line}: ${note}\n`);
  });
  if (session.json) printJson(session, { tenant: context.tenant.tenantId, plan: planId, ...counts });
  else session.print(`${outcomes.map((name) => `${name} ${counts[name]}`).join(", ")}\n`);
  return counts.refused > 0 ? 1 : 0;
}

interface Given {
  readonly outcome: Outcome;
  readonly note?: string | undefined;
}

function leadOf(source: SourceRecord): { readonly usable: UsableLead } | (Given & { readonly note: string }) {
  if (!("record" in source) || source.record === undefined || "unreadable" in source)
    return { outcome: "refused", note: "unreadable" in source ? source.unreadable : "cannot be read" };
  const cells = source.record;
  const given = (name: string): string | undefined => (cells[name] === "" ? undefined : cells[name]);
  const payload = {
    person: { externalId: given("externalId"), name: given("name"), email: given("email"), phone: given("phone") },
    deal: { title: given("title"), amount: given("amount"), currency: given("currency") },
  };
  const usable = readUsable(payload);
  if (usable !== undefined) return { usable };
  const [first] = schemaErrors(leadPayloadSchema.safeParse(payload).error?.issues ?? [], payload);
  return { outcome: "refused", note: `${first?.path ?? ""} ${first?.message ?? "is no lead"}` };
}

async function addOne(context: SalesContext, planId: PlanId, usable: UsableLead, line: number): Promise<Given> {
  const { person } = usable.lead;
  const key = `${planId} ${person.externalId ?? JSON.stringify(person)}`;
  const by = { actorId: "command", requestId: `add-${planId}-${line}`, patienceMs: PATIENCE_MS };
  const added = await addToPlan({ context, planId, ...usable, sender: { scope: "command", key }, ...by });
  if (!added.ok) return { outcome: "refused", note: added.message };
  const { isReplay, isDuplicate, deal, notUsed } = added.value;
  if (isReplay) return { outcome: "again" };
  const note = notUsed.length === 0 ? {} : { note: `not used: ${notUsed.map(notUsedText).join(", ")}` };
  return { outcome: isDuplicate ? "duplicates" : deal === undefined ? "waiting" : "added", ...note };
}

async function mapConcurrent<T>(
  all: AsyncIterable<T>,
  workers: number,
  work: (one: T) => Promise<void>,
): Promise<void> {
  const source = all[Symbol.asyncIterator]();
  const worker = async (): Promise<void> => {
    for (let next = await source.next(); next.done !== true; next = await source.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}
