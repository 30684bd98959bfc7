import { performanceMetrics, performanceWindows } from "@regulars/core/sales-figures/lowest";
import { salesBases } from "@regulars/core/sales-figures/invoiced";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { parseFindingId } from "@regulars/core/insights/finding";
import { changedAddress, choiceIn, dayIn, queryOf, readIn } from "../page/query.ts";
import type { PageContext } from "../page/viewer.ts";
import type { RepPageQuery } from "./rep-list.ts";

/** A finding may be gone from the list since; a text that is no id of one is not used. */
const idOfFinding = (text: string): string | undefined => (parseFindingId(text) === undefined ? undefined : text);

const kindIds = builtInInsights.kinds.map(({ id }) => id);

/** What the address of a rep's page asks for. */
export function repQueryOf(c: PageContext): RepPageQuery {
  const asked = {
    lowest: choiceIn(c, "lowest", performanceMetrics),
    windowDays: choiceIn(c, "window", performanceWindows),
    basis: choiceIn(c, "basis", salesBases),
    day: dayIn(c, "day"),
    asOf: dayIn(c, "asOf"),
    kind: choiceIn(c, "kind", kindIds),
    openId: readIn(c, "open", idOfFinding),
  };
  const { windowDays, openId: open, ...others } = asked;
  const window = windowDays === undefined ? undefined : String(windowDays);
  return {
    ...asked,
    did: readIn(c, "did", idOfFinding),
    asOfText: queryOf(c)["asOf"] ?? "",
    address: changedAddress(c.req.path, { ...others, window, open }),
  };
}
