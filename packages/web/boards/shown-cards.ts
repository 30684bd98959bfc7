import type { StatusId } from "@regulars/core/platform/ids";
import type { Status } from "@regulars/core/sales-plans/status";

/** Cards by which a column is shown, and grows. */
export const CARDS = 20;
/** Most cards of a column on a board; its further deals are on the list, or come by script. */
export const MOST_CARDS = 200;

/** How many cards of which column an address shows, where it is not the usual number. */
export type ShownCards = ReadonlyMap<StatusId, number>;

/** Reads "st_new:40,st_talk:60"; `undefined` when the text is no such list. */
export function parseShownCards(text: string): ReadonlyMap<string, number> | undefined {
  const parts = text.split(",").map((part) => /^([^:]+):(\d{1,9})$/.exec(part));
  return parts.includes(null) ? undefined : new Map(parts.map((part) => [part?.[1] ?? "", Number(part?.[2])]));
}

/** The numbers of cards of a plan's statuses; those of other statuses are as if they were not there. */
export const readShownCards = (text: string | undefined, statuses: readonly Pick<Status, "statusId">[]): ShownCards => {
  const asked = parseShownCards(text ?? "");
  return new Map(
    statuses.flatMap(({ statusId }): [StatusId, number][] => {
      const count = asked?.get(statusId) ?? 0;
      return count <= CARDS ? [] : [[statusId, Math.min(count, MOST_CARDS)]];
    }),
  );
};

/** The address's text for these numbers. */
export const shownCardsText = (shown: ShownCards): string =>
  [...shown].map(([id, cards]) => `${id}:${cards}`).join(",");
