import type { Project } from "@regulars/core/customers/project";
import { type Currency, minor, projectIdSchema } from "@regulars/core/platform/values";
import type { ProjectView } from "@regulars/core/snapshots/project-view";
import { ByteReader, ByteWriter } from "../../engine/bytes.ts";
import { readCurrency, writeCurrency } from "../packed-fields.ts";

const VERSION = 1;
const Flag = { name: 1, status: 2, revenue: 4, foreignRevenue: 8, cost: 16, foreignCost: 32 } as const;

type Amount = NonNullable<Project["revenue"]>;

/**
 * Packs a customer's projects: version; then for each, in the order of their ids, its id, a byte for what follows, name,
 * status, and its amounts, each with its currency unless that is the base currency; a checksum.
 */
export function encodeProjects(projects: readonly ProjectView[], base: Currency): Uint8Array {
  const writer = new ByteWriter();
  writer.byte(VERSION);
  let id = "";
  for (const { projectId, name, status, revenue, cost } of projects.toSorted(byId)) {
    writer.textAfter(id, projectId);
    writer.byte(
      (name === undefined ? 0 : Flag.name) |
        (status === undefined ? 0 : Flag.status) |
        amountFlags(revenue, base, Flag.revenue, Flag.foreignRevenue) |
        amountFlags(cost, base, Flag.cost, Flag.foreignCost),
    );
    for (const text of [name, status]) if (text !== undefined) writer.textAfter("", text);
    for (const amount of [revenue, cost]) if (amount !== undefined) writeAmount(writer, amount, base);
    id = projectId;
  }
  return writer.finish();
}

const byId = (a: ProjectView, b: ProjectView): number =>
  a.projectId === b.projectId ? 0 : a.projectId < b.projectId ? -1 : 1;

const amountFlags = (amount: Amount | undefined, base: Currency, given: number, foreign: number): number =>
  amount === undefined ? 0 : given | (amount.currency === base ? 0 : foreign);

function writeAmount(writer: ByteWriter, amount: Amount, base: Currency): void {
  writer.signed(amount.minor);
  if (amount.currency !== base) writeCurrency(writer, amount.currency);
}

/** The projects of a chunk, in the order of their ids. */
export function decodeProjects(bytes: Uint8Array, base: Currency): ProjectView[] {
  const reader = new ByteReader(bytes, VERSION);
  const projects: ProjectView[] = [];
  let id = "";
  while (reader.hasMore) {
    id = reader.textAfter(id);
    const flags = reader.byte();
    const text = (flag: number) => ((flags & flag) === 0 ? undefined : reader.textAfter(""));
    const amount = (given: number, foreign: number): Amount | undefined =>
      (flags & given) === 0
        ? undefined
        : { minor: minor(reader.signed()), currency: (flags & foreign) === 0 ? base : readCurrency(reader) };
    const [name, status] = [text(Flag.name), text(Flag.status)];
    const revenue = amount(Flag.revenue, Flag.foreignRevenue);
    const cost = amount(Flag.cost, Flag.foreignCost);
    projects.push({
      projectId: projectIdSchema.parse(id),
      ...(name === undefined ? {} : { name }),
      ...(status === undefined ? {} : { status }),
      ...(revenue === undefined ? {} : { revenue }),
      ...(cost === undefined ? {} : { cost }),
    });
  }
  return projects;
}
