import type { Right } from "@regulars/core/access/rights";

/** Rights of which a viewer needs one to look at a page or to send its form. */
export type Needs = readonly [Right, ...Right[]];

/** Whatever the user of insights may see: the things themselves are decided one by one. */
export const LOOKS: Needs = ["insights.view_own", "insights.view_team", "insights.view_all"];
/** What all customers together, or those of a team, show: backtests, and links that the orders suggest. */
export const SEES_TEAM: Needs = ["settings.manage", "insights.view_all", "insights.view_team"];
export const STARTS_BACKTESTS: Needs = ["settings.manage", "insights.view_all"];
export const MANAGES: Needs = ["settings.manage"];
export const SEES_DEALS: Needs = ["deals.edit_own", "deals.edit_bulk", "deals.edit_all"];

/** Whether a viewer has one of the rights that a page or a form needs: what leads there is shown to no one else. */
export const holdsOne = ({ holds }: { readonly holds: (right: Right) => boolean }, needs: Needs): boolean =>
  needs.some((right) => holds(right));
