import type { Role } from "./user.ts";

/**
 * All rights. A user's rights follow from their role; an API key has exactly those it was created with (docs/api.md).
 */
export const rights = [
  "insights.view_own",
  "insights.view_team",
  "insights.view_all",
  "insights.review",
  "statuses.manage",
  "deals.edit_own",
  "deals.edit_bulk",
  "deals.edit_all",
  "plans.manage",
  "users.manage",
  "keys.manage",
  "settings.manage",
  "notifications.manage",
  "webhooks.manage",
  "nightly.run",
  "ingest.write",
  "leads.add",
  "deals.change_status",
  "deals.remove",
] as const;
export type Right = (typeof rights)[number];

/** Rights over what is one's own: whoever manages users gives them, with the role of a rep. */
export const ownRights: readonly Right[] = ["insights.view_own", "deals.edit_own"];

const rep = ["insights.view_own", "deals.edit_own"] as const;
const manager = [
  ...rep,
  "insights.view_team",
  "statuses.manage",
  "deals.edit_bulk",
  "deals.edit_all",
  "plans.manage",
] as const;

const ROLES: Readonly<Record<Role, readonly Right[]>> = { rep, manager, admin: rights };

/** The rights of a role. */
export const rightsOf = (role: Role): readonly Right[] => ROLES[role];

/** Rights that may be limited to some sales plans; every other right reaches the whole tenant. */
export const planRights: readonly Right[] = [
  "deals.edit_own",
  "deals.edit_bulk",
  "deals.edit_all",
  "plans.manage",
  "leads.add",
  "deals.change_status",
  "deals.remove",
];

/** Rights that an API key may have: all except creating other keys. */
export const keyActions: readonly Right[] = rights.filter((right) => right !== "keys.manage");
