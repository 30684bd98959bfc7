import type { Right } from "@regulars/core/access/rights";

/** Rights of which a viewer needs one to look at a page or to send its form. */
export type Needs = readonly [Right, ...Right[]];

/** Rights to look at insights at all; what is shown of them is decided thing by thing. */
export const LOOKS: Needs = ["insights.view_own", "insights.view_team", "insights.view_all"];
/** Rights to see what is computed from many customers: backtests, and links that orders suggest. */
export const SEES_TEAM: Needs = ["settings.manage", "insights.view_all", "insights.view_team"];
export const STARTS_BACKTESTS: Needs = ["settings.manage", "insights.view_all"];
export const MANAGES: Needs = ["settings.manage"];
export const SEES_DEALS: Needs = ["deals.edit_own", "deals.edit_bulk", "deals.edit_all"];

/** Whether a viewer has one of the rights that a page or a form needs: what leads there is shown to no one else. */
export const holdsOne = ({ holds }: { readonly holds: (right: Right) => boolean }, needs: Needs): boolean =>
  needs.some((right) => holds(right));
