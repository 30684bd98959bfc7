import { userIdSchema } from "@regulars/core/platform/values";
import type { ScopeFilter } from "@regulars/flows/customers/resolve-scope";
import { UserError } from "@regulars/local/user-error";
import { checkedArgument } from "./arguments.ts";

/** Options that limit a command to some customers; all customers by default. */
export interface ScopeOptions {
  readonly rep?: string;
  readonly team?: string;
  readonly territory?: string;
}

/** The scope of at most one of the three options. */
export function scopeArgument({ rep, team, territory }: ScopeOptions): ScopeFilter {
  if ([rep, team, territory].filter((one) => one !== undefined).length > 1)
    throw new UserError("give only one of --rep, --team and --territory");
  return {
    repId: rep === undefined ? undefined : checkedArgument(userIdSchema, "--rep", rep),
    teamId: team,
    territoryId: territory,
  };
}
