import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { ItemLink } from "@regulars/core/catalog/item-link";
import { type LinkDecision, linkDecisionSchema, linkOf } from "@regulars/core/code-red/link-review";
import type { DecideLink } from "@regulars/core/code-red/link-store";
import { ContentionError } from "@regulars/core/platform/contention-error";
import { ok } from "@regulars/core/platform/result";
import type { ItemLinks } from "../catalog/item-links.ts";
import { writesOf } from "../engine/companion-writes.ts";
import type { Operations } from "../engine/operations.ts";
import { pauseToReread } from "../engine/pause.ts";
import { replacing } from "../engine/revision.ts";
import type { Keys } from "../keys.ts";

const MAX_ROUNDS = 12;

/** Decisions about suggested links: an accepted one is written with the link that it makes, or not at all. */
export class LinkDecisions {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #links: ItemLinks;

  constructor(operations: Operations, keys: Keys, links: ItemLinks) {
    this.#operations = operations;
    this.#keys = keys;
    this.#links = links;
  }

  async all(): Promise<LinkDecision[]> {
    const found: LinkDecision[] = [];
    for await (const item of this.#operations.partition(this.#keys.linkDecisions()))
      found.push(rowAs(linkDecisionSchema, item));
    return found;
  }

  /** Decides on what is stored of the pair; whoever was overtaken by another decision decides again. */
  readonly decide: DecideLink = async (pair, decide, companionOf) => {
    const key = this.#keys.linkDecision(pair.itemId, pair.linkedItemId);
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (round > 0) await pauseToReread(round);
      // The decision first: one that is made after it also makes its link after it, and fails the write below.
      const item = await this.#operations.get(key);
      const links = await this.#links.ofPair(pair);
      const before = item === undefined ? undefined : rowAs(linkDecisionSchema, item);
      const decided = decide({ decision: before, links });
      if (!decided.ok || decided.value === before) return decided;
      const writes = [
        { Put: replacing({ ...key, ...decided.value }, item) },
        ...this.#linkWrites(decided.value, links),
        ...writesOf(companionOf?.(decided.value)),
      ];
      if (await this.#operations.transact(writes)) return ok(decided.value);
    }
    throw new ContentionError(
      `others keep deciding about the link from ${pair.itemId} to ${pair.linkedItemId}: try again`,
    );
  };

  #linkWrites(decision: LinkDecision, links: readonly ItemLink[]) {
    return decision.state === "accepted" && links.length === 0 ? this.#links.adding(linkOf(decision)) : [];
  }
}
