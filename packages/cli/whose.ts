import { userIdSchema } from "@regulars/core/platform/values";
import type { ScopeFilter } from "@regulars/flows/customers/resolve-scope";
import { UserError } from "@regulars/local/user-error";
import { idArgument } from "./arguments.ts";

/** Whose customers a command is about; everybody's without. */
export interface ScopeOptions {
  readonly rep?: string;
  readonly team?: string;
  readonly territory?: string;
}

/** Whose customers, by at most one of the three options. */
export function scopeArgument({ rep, team, territory }: ScopeOptions): ScopeFilter {
  if ([rep, team, territory].filter((one) => one !== undefined).length > 1)
    throw new UserError("--rep, --team and --territory: name one of them");
  return {
    repId: rep === undefined ? undefined : idArgument(userIdSchema, "--rep", rep),
    teamId: team,
    territoryId: territory,
  };
}
