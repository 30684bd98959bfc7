import type { LinkStore } from "@regulars/core/code-red/link-store";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { NotedOutcome, Saved, SaveOutcome } from "@regulars/core/platform/save-counts";
import type { ItemLink } from "@regulars/core/catalog/item-link";
import type { ItemLinks } from "../catalog/item-links.ts";
import type { Operations } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";
import { LinkDecisions } from "./link-decisions.ts";
import { LinkSuggestions } from "./link-suggestions.ts";

/** The links of a tenant, entered and suggested. */
export function openLinks(operations: Operations, keys: Keys, links: ItemLinks): LinkStore {
  const suggestions = new LinkSuggestions(operations, keys);
  const decisions = new LinkDecisions(operations, keys, links);
  return {
    list: () => links.list(),
    find: (pair) => links.find(pair),
    set: async (link, companionOf) => {
      let outcome: SaveOutcome | undefined;
      const tell = (_link: ItemLink, noted: NotedOutcome): void => {
        if (noted === "overtaken") throw new ContentionError("the link keeps being changed by others: try again");
        outcome = noted;
      };
      const note = Object.assign(tell, {
        companionOf: ([one]: readonly Saved<ItemLink>[]) => one && companionOf?.(one.outcome),
      });
      const fault = (await links.save([link], note)).notApplied.get(link);
      return fault === undefined ? { outcome: outcome ?? "unchanged" } : { fault };
    },
    remove: (pair, companion) => links.remove(pair, companion),
    suggestions: () => suggestions.last(),
    keepSuggestions: (kept, companion) => suggestions.replace(kept, companion),
    decisions: () => decisions.all(),
    decide: decisions.decide,
  };
}
