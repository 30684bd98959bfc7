import { levels } from "../insights/finding.ts";
import type { LinkClaims, LinkScope } from "./link-token.ts";
import { ALL_KINDS, type NotificationPreferences, type PreferencesChange } from "./preferences.ts";
import type { UserId } from "../platform/values.ts";

/** What a link ends, and for whom: preferences of a user, or group mailings to an address that is no user's. */
export type Ends =
  | { readonly type: "user"; readonly userId: UserId; readonly scope: Exclude<LinkScope, "group" | "preferences"> }
  | { readonly type: "group"; readonly addressHash: string };

/** What the claims of a link end; `undefined` for a link of another sort. */
export function endsOf({ scope, userId, personAddressHash }: LinkClaims): Ends | undefined {
  if (scope === "group")
    return personAddressHash === undefined ? undefined : { type: "group", addressHash: personAddressHash };
  return scope === "preferences" || userId === undefined ? undefined : { type: "user", userId, scope };
}

/** The kinds of a scope like `kind:churn-risk`, or `kind:churn-risk,lost-items` of an alert that tells several. */
export const kindsOfScope = (scope: LinkScope): readonly string[] | undefined =>
  scope.startsWith("kind:") ? scope.slice("kind:".length).split(",") : undefined;

/** The change of preferences that ends a scope, or takes that back: then what holds otherwise holds again. */
export function unsubscribeChange(scope: LinkScope, isOff: boolean): PreferencesChange {
  const kinds = kindsOfScope(scope);
  const all = Object.fromEntries(levels.map((level) => [level, isOff ? ("off" as const) : null]));
  if (kinds !== undefined) return { kinds: Object.fromEntries(kinds.map((kind) => [kind, all])) };
  return scope === "digest" ? { digestDays: isOff ? [] : null } : { allOff: isOff ? true : null };
}

/** Whether a user's own choice is that the scope has ended. */
export function hasEnded(scope: LinkScope, { choices }: NotificationPreferences): boolean {
  const kinds = kindsOfScope(scope);
  if (kinds !== undefined)
    return kinds.every((kind) => levels.every((level) => choices.kinds?.[kind]?.[level] === "off"));
  return scope === "digest" ? choices.digestDays?.length === 0 : choices.allOff === true;
}

/** The company's reasons for what stays on in a scope, whatever its users prefer. */
export const whatStays = (scope: LinkScope, { compulsions }: NotificationPreferences): readonly string[] => {
  const kinds = kindsOfScope(scope);
  return compulsions.flatMap(({ set, reason }) => {
    const isAbout =
      kinds === undefined ||
      set.kinds?.[ALL_KINDS] !== undefined ||
      kinds.some((kind) => set.kinds?.[kind] !== undefined);
    return isAbout ? [reason] : [];
  });
};
