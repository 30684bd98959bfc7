import { writesOf } from "../engine/companion-writes.ts";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { DealId } from "@regulars/core/platform/ids";
import type { DealImportStore } from "@regulars/core/deals/deal-store";
import { type ClosedOutcome, type LogEntry, closingOf, loggedWhenAdded } from "@regulars/core/deals/deal";
import type { ImportCounts, ImportNote, ImportedDeal } from "@regulars/core/deals/deal-store";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import { DirtyBlocks } from "../deals/dirty-blocks.ts";
import { ClosingCounterDelta } from "../deals/closing-counts.ts";
import { CounterDelta } from "../deals/deal-counts.ts";
import { personWrites, putClosing, putDeal, putLog } from "../deals/deal-writes.ts";
import type { LeadIntakes } from "./lead-intake.ts";

/** Deals per transaction: up to eight writes each, and the shared ones. */
const PIECE = 8;

/**
 * Imports deals from another system, each once, with log, closed outcome, contact and counters. No webhook is called.
 */
export class DealImports implements DealImportStore {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #leadIntakes: LeadIntakes;
  readonly #zone: string;

  constructor(operations: Operations, keys: Keys, leadIntakes: LeadIntakes, zone: string) {
    this.#operations = operations;
    this.#keys = keys;
    this.#leadIntakes = leadIntakes;
    this.#zone = zone;
  }

  async save(
    deals: readonly ImportedDeal[],
    note: ImportNote,
    companionOf?: (dealIds: readonly DealId[]) => CompanionWrites | undefined,
  ): Promise<ImportCounts> {
    const stored = await this.#operations.batchGet(deals.map(({ deal }) => this.#keys.deal(deal.dealId)));
    // A deal that is stored already may have been the one to create the contact; then the next deal of that contact
    // would have none.
    if (stored.length > 0) return { created: 0, isOvertaken: true };
    // In order: the first deal of a contact creates the contact.
    for (let i = 0; i < deals.length; i += PIECE) {
      const piece = deals.slice(i, i + PIECE);
      const companion = companionOf?.(piece.map(({ deal }) => deal.dealId));
      if (!(await this.#savePiece(piece, note, companion))) return { created: i, isOvertaken: true };
    }
    return { created: deals.length, isOvertaken: false };
  }

  async #savePiece(
    deals: readonly ImportedDeal[],
    note: ImportNote,
    companion: CompanionWrites | undefined,
  ): Promise<boolean> {
    const counts = new CounterDelta();
    const dirtyBlocks = new DirtyBlocks();
    const closings = new ClosingCounterDelta(this.#keys, this.#zone);
    const hmac = await this.#leadIntakes.hmac();
    const own = deals.flatMap((imported) => {
      counts.change(undefined, imported.deal);
      dirtyBlocks.note(imported.deal);
      const closing = closingOf(imported.deal, note.actorId);
      closings.note(closing);
      return [...this.#writesOf(imported, note, closing), ...this.#leadIntakes.personWrites(contactOf(imported), hmac)];
    });
    const [first] = deals;
    if (first === undefined) return true;
    const writes = [
      ...own,
      ...counts.writes(this.#keys, first.deal.planId),
      ...closings.writes(),
      ...dirtyBlocks.writes(this.#keys),
      ...writesOf(companion),
    ];
    return (await this.#operations.transactOrFailed(writes)).length === 0;
  }

  #writesOf({ deal }: ImportedDeal, note: ImportNote, closing: ClosedOutcome | undefined): TransactWrite[] {
    const { dealId, version } = deal;
    const after = loggedWhenAdded(deal);
    const entry: LogEntry = { ...note, dealId, version, action: "added", after, comment: "imported" };
    return [
      putDeal(this.#keys, deal, mustBeNew),
      putLog(this.#keys, entry),
      ...personWrites(this.#keys, undefined, deal),
      ...(closing === undefined ? [] : [putClosing(this.#keys, closing)]),
    ];
  }
}

const contactOf = ({ deal: { personId }, newPerson, newIdentities }: ImportedDeal) => ({
  personId,
  newPerson,
  newIdentities,
});
