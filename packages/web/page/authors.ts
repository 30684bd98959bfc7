import { actorName } from "@regulars/render/deals/actor-name";
import type { OpenTenant } from "./open-tenant.ts";

/** The name of who did something, as logs keep them: "user:anna" and "anna" are Anna. */
export type AuthorNames = (by: string) => string;

export async function authorNames({ store, words }: Pick<OpenTenant, "store" | "words">): Promise<AuthorNames> {
  const names = new Map<string, string>((await store.users()).map(({ userId, name }) => [userId, name]));
  return (by) => names.get(by) ?? actorName(by, (userId) => names.get(userId) ?? userId, words);
}
