import type { StatusId } from "@regulars/core/platform/ids";
import type { Status } from "@regulars/core/sales-plans/status";

/** Cards by which a column is shown, and grows. */
export const CARDS = 20;
/** Most cards of a column on a board; its further deals are on the list, or come by script. */
export const MOST_CARDS = 200;

/** How many cards of which column an address shows, where it is not the usual number. */
export type ShownCards = ReadonlyMap<StatusId, number>;

/** Reads "st_new:40,st_talk:60"; what cannot be used is as if it were not there. */
export function readShownCards(text: string | undefined, statuses: readonly Pick<Status, "statusId">[]): ShownCards {
  const asked = new Map((text ?? "").split(",").map((part) => [part.split(":")[0], Number(part.split(":")[1])]));
  return new Map(
    statuses.flatMap(({ statusId }): [StatusId, number][] => {
      const count = asked.get(statusId);
      if (count === undefined || !Number.isInteger(count) || count <= CARDS) return [];
      return [[statusId, Math.min(count, MOST_CARDS)]];
    }),
  );
}

/** The address's text for these numbers, with `count` cards of one more column. */
export const shownCardsText = (shown: ShownCards, statusId: StatusId, count: number): string =>
  [...new Map([...shown, [statusId, count]])].map(([id, cards]) => `${id}:${cards}`).join(",");
