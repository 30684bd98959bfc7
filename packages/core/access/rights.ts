import type { Role } from "./user.ts";

/**
 * What somebody may do. A person's rights follow from the role; an API key has those it was made with, and no more.
 * (docs/api.md.)
 */
export const rights = [
  "insights.view_own",
  "insights.view_team",
  "insights.view_all",
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

const rep = ["insights.view_own", "deals.edit_own"] as const;
const manager = [...rep, "insights.view_team", "deals.edit_bulk", "deals.edit_all", "plans.manage"] as const;

const ROLES: Readonly<Record<Role, readonly Right[]>> = { rep, manager, admin: rights };

/** The rights of a role. */
export const rightsOf = (role: Role): readonly Right[] => ROLES[role];

/** What may be given for some sales plans only; every other right reaches the whole tenant. */
export const planRights: readonly Right[] = [
  "deals.edit_own",
  "deals.edit_bulk",
  "deals.edit_all",
  "plans.manage",
  "leads.add",
  "deals.change_status",
  "deals.remove",
];

/** What an API key may be made for: nothing that makes other keys. */
export const keyActions: readonly Right[] = rights.filter((right) => right !== "keys.manage");
