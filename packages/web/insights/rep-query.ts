import { performanceMetrics, performanceWindows } from "@regulars/core/sales-figures/lowest";
import { salesBases } from "@regulars/core/sales-figures/invoiced";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { changedAddress, choiceIn, dayIn, queryOf } from "../page/query.ts";
import type { PageContext } from "../page/viewer.ts";
import type { RepPageQuery } from "./rep-list.ts";

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
    openId: queryOf(c)["open"],
  };
  const { windowDays, openId: open, ...others } = asked;
  const window = windowDays === undefined ? undefined : String(windowDays);
  return {
    ...asked,
    did: queryOf(c)["did"],
    asOfText: queryOf(c)["asOf"] ?? "",
    address: changedAddress(c.req.path, { ...others, window, open }),
  };
}
