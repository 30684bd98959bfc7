import type { ItemError } from "@regulars/core/platform/field-error";
import { type Result, refuse } from "@regulars/core/platform/result";
import { htmlResponse } from "./html-response.ts";
import type { Html } from "./layout.ts";
import { queryOf, unusable } from "./query.ts";
import { refusal } from "./refusal.ts";
import type { PageContext } from "./viewer.ts";

type Query = Readonly<Record<string, string>>;

/** Refuses filters, each by its name in the address and in the reader's language. */
export const unusableQuery = (errors: readonly ItemError[]) => ({
  ...refuse("unusable-query", errors[0]?.message ?? ""),
  errors,
});

/** A page with a form of filters in its address: what of them cannot be used is left out, and said on the page. */
export async function filteredPage<P>(
  c: PageContext,
  read: (query: Query) => Promise<Result<P>>,
  view: (page: P) => Html,
): Promise<Response> {
  const page = await readUsable(c, read, queryOf(c));
  return page.ok ? htmlResponse(c, view(page.value)) : refusal(c, page);
}

async function readUsable<P>(
  c: PageContext,
  read: (query: Query) => Promise<Result<P>>,
  query: Query,
): Promise<Result<P>> {
  const page = await read(query);
  if (page.ok || page.reason !== "unusable-query") return page;
  const wrong = new Map(page.errors?.map(({ path, message }) => [path, message]));
  for (const [name, why] of wrong) unusable(c, name, undefined, why);
  const left = Object.entries(query).filter(([name]) => !wrong.has(name));
  if (left.length === Object.keys(query).length) return page;
  return readUsable(c, read, Object.fromEntries(left));
}
