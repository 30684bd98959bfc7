import { rowAs } from "@regulars/core/platform/unreadable-row";
import { isDeepStrictEqual } from "node:util";
import { ERASED, blanked } from "@regulars/core/erasure/traces";
import { leftOutOf, leftOutText } from "@regulars/core/monitors/mailing";
import { selectionChunkSchema } from "@regulars/core/monitors/selection-action";
import type { StoredItem } from "../engine/own-write.ts";
import { type Rule, contentOf, defined } from "./fate.ts";

/** Pages of a bulk operation: their members keep their places. */
export const operationPageFate: Rule = (item, at) => {
  const after = { ...item, ...blanked(contentOf(item), at.traces) };
  if (isDeepStrictEqual(item, after)) return "keep";
  return at.sk.startsWith("SELECTION#") ? withoutMailed(item, after) : after;
};

/**
 * A page of an action on a selection: of members that were blanked the address goes too, and they are gone. A mailing keeps
 * the address of its start, which need not be theirs any more; of others who have the same one, it is asked for again.
 */
function withoutMailed(item: StoredItem, blank: StoredItem): StoredItem {
  const before = rowAs(selectionChunkSchema, item);
  const { members, results } = selectionChunkSchema.parse(blank);
  const isAsBefore = (i: number, field: "owner" | "mailTo" | "sameAs"): boolean =>
    isDeepStrictEqual(members[i]?.[field], before.members[i]?.[field]);
  const isSame = (i: number): boolean => isAsBefore(i, "owner") && isAsBefore(i, "mailTo");
  return {
    ...blank,
    members: members.map(({ mailTo, ...member }, i) => {
      if (!isAsBefore(i, "owner")) return { ...member, unmailed: "gone" };
      return mailTo !== undefined && isAsBefore(i, "mailTo") ? { ...member, mailTo } : member;
    }),
    results: results.map(({ address, reason, ...result }, i) =>
      defined({
        ...result,
        reason: isAsBefore(i, "sameAs") ? reason : withoutSame(reason),
        address: isSame(i) ? address : undefined,
      }),
    ),
  };
}

/** The reason of a member with the address of somebody erased, without that one's id. */
function withoutSame(reason: string | undefined): string | undefined {
  const why = reason === undefined ? undefined : leftOutOf(reason);
  return why?.reason === "same-address" ? leftOutText({ ...why, detail: ERASED }) : reason;
}
