import type { Right } from "@regulars/core/access/rights";

/** Rights of which a viewer needs one to look at a page or to send its form. */
export type Needs = readonly [Right, ...Right[]];

/** Whatever the user of insights may see: the things themselves are decided one by one. */
export const LOOKS: Needs = ["insights.view_own", "insights.view_team", "insights.view_all"];
export const SEES_DEALS: Needs = ["deals.edit_own", "deals.edit_bulk", "deals.edit_all"];
