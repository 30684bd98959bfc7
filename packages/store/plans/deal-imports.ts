import { type Closing, type LogEntry, closingOf } from "@regulars/core/plans/deal";
import type { ImportCounts, ImportNote, ImportedDeal } from "@regulars/core/plans/ports";
import type { keysOf } from "../keys.ts";
import { type NamelessWrite, type Operations, mustBeNew } from "../operations.ts";
import { BoardMarks } from "./board-marks.ts";
import { ClosingChanges } from "./closing-counts.ts";
import { CountChanges } from "./deal-counts.ts";
import { personWrites, putClosing, putDeal, putLog } from "./deal-writes.ts";
import type { Intakes } from "./intakes.ts";

/** Deals of one transaction: up to eight writes each, and what they share. */
const PIECE = 8;

/** Takes in deals of another system: each once, with its log, closing, person and what it counts. Nobody is told of them. */
export class DealImports {
  readonly #operations: Operations;
  readonly #keys: ReturnType<typeof keysOf>;
  readonly #intakes: Intakes;
  readonly #zone: string;

  constructor(operations: Operations, keys: ReturnType<typeof keysOf>, intakes: Intakes, zone: string) {
    this.#operations = operations;
    this.#keys = keys;
    this.#intakes = intakes;
    this.#zone = zone;
  }

  async save(deals: readonly ImportedDeal[], note: ImportNote): Promise<ImportCounts> {
    const byId = new Map(deals.map((one) => [one.deal.dealId, one]));
    const stored = await this.#operations.batchGet([...byId.keys()].map((dealId) => this.#keys.deal(dealId)));
    const known = new Set(stored.map((item) => String(item["dealId"])));
    const fresh = [...byId.values()].filter(({ deal }) => !known.has(deal.dealId));
    // In order: a person is made with the first deal that names him.
    for (let i = 0; i < fresh.length; i += PIECE) await this.#savePiece(fresh.slice(i, i + PIECE), note);
    return { created: fresh.length, unchanged: deals.length - fresh.length };
  }

  async #savePiece(deals: readonly ImportedDeal[], note: ImportNote): Promise<void> {
    const counts = new CountChanges();
    const marks = new BoardMarks();
    const closings = new ClosingChanges(this.#keys, this.#zone);
    const own = deals.flatMap((imported) => {
      counts.change(undefined, imported.deal);
      marks.note(imported.deal);
      const closing = closingOf(imported.deal, note.actorId);
      closings.note(closing);
      return this.#writesOf(imported, note, closing);
    });
    const [first] = deals;
    if (first === undefined) return;
    const writes = [
      ...own,
      ...counts.writes(this.#keys, first.deal.planId),
      ...closings.writes(),
      ...marks.writes(this.#keys),
    ];
    const failed = await this.#operations.transactOrFailed(writes);
    if (failed.length > 0)
      throw new Error(`deals of plan ${first.deal.planId} are being imported by somebody else: import them again`);
  }

  #writesOf(
    { deal, newPerson, newIdentities }: ImportedDeal,
    note: ImportNote,
    closing: Closing | undefined,
  ): NamelessWrite[] {
    const { dealId, managerId, statusId, amountMinor, currency, version, personId } = deal;
    const after = { statusId, amountMinor, currency, managerId };
    const entry: LogEntry = { ...note, dealId, version, action: "added", after, comment: "imported" };
    return [
      putDeal(this.#keys, deal, mustBeNew),
      putLog(this.#keys, entry),
      ...personWrites(this.#keys, undefined, deal),
      ...(closing === undefined ? [] : [putClosing(this.#keys, closing)]),
      ...this.#intakes.personWrites({ personId, newPerson, newIdentities }),
    ];
  }
}
