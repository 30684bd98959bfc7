import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { mailStore } from "@regulars/local/inbox/mail-inbox-store";
import { type StoredItem, storedItems, whatIsSo } from "./stored-items.ts";
import type { Workplace } from "./workplace.ts";

interface DeliveryLine {
  readonly id: string;
  readonly channel: string;
  readonly to: string;
  readonly subject: string;
  readonly state: string;
  readonly maybeDuplicate: boolean;
}

/** What a place has come to, by every way of asking: the commands' answers and the items themselves. */
export interface EndState {
  readonly findings: unknown;
  readonly deliveries: readonly Omit<DeliveryLine, "maybeDuplicate">[];
  readonly doctor: unknown;
  readonly items: Readonly<Record<string, StoredItem>>;
}

/** Asks for everything; the rebuild proves every history against its orders, and must find nothing to mend. */
export async function endState(place: Workplace, tenant: string, asOf: string): Promise<EndState> {
  const [findings, deliveries, doctor] = await Promise.all([
    place.json(["insights", "--tenant", tenant, "--as-of", asOf]),
    deliveriesOf(place, tenant),
    place.json<{ checks: { check: string }[] }>(["doctor", "--rebuild"]),
  ]);
  return {
    findings,
    deliveries: deliveries.map(({ id, channel, to, subject, state }) => ({ id, channel, to, subject, state })),
    doctor: doctor.checks.filter(({ check }) => check.startsWith(tenant)),
    items: whatIsSo(await storedItems(place.data)),
  };
}

/** The delivery log, in id order. */
export async function deliveriesOf(place: Workplace, tenant: string): Promise<readonly DeliveryLine[]> {
  const log = await place.json<{ deliveries: DeliveryLine[] }>(["deliveries", "--tenant", tenant]);
  return log.deliveries.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** How often each message came in, Slack and mail, by its delivery's id. */
export async function received(place: Workplace, tenant: string): Promise<ReadonlyMap<string, number>> {
  const count = new Map<string, number>();
  const note = (key: string | undefined): void => {
    const id = String(key).replace(`${tenant}/`, "");
    count.set(id, (count.get(id) ?? 0) + 1);
  };
  for (const line of (await readFile(join(place.data, "slack/messages.jsonl"), "utf8")).split("\n"))
    if (line !== "") note(JSON.parse(line).key);
  for (const { key } of await mailStore(join(place.data, "mail")).list(1_000)) note(key);
  return count;
}
