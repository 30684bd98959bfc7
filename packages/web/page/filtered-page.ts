import type { Result } from "@regulars/core/platform/result";
import { queryOf } from "./query.ts";
import { htmlResponse } from "./html-response.ts";
import type { Html } from "./layout.ts";
import { inOwnWords, refusal } from "./refusal.ts";
import { type RefusedForm, refusedForm } from "./refused-form.ts";
import type { PageContext } from "./viewer.ts";

type Query = Readonly<Record<string, string>>;

/**
 * A page with a form of filters in its address. Filters that cannot be used come back on that form, with the reason,
 * above what the page shows without any.
 */
export async function filteredPage<P>(
  c: PageContext,
  read: (query: Query) => Promise<Result<P>>,
  view: (page: P, refused?: RefusedForm) => Html,
): Promise<Response> {
  const query = queryOf(c);
  const page = await read(query);
  if (page.ok) return htmlResponse(c, view(page.value), { hasForms: true });
  const unfiltered = page.reason === "unusable-query" ? await read({}) : page;
  if (!unfiltered.ok) return refusal(c, unfiltered);
  return htmlResponse(c, view(unfiltered.value, refusedForm((await inOwnWords(c, page)).message, query)), {
    hasForms: true,
  });
}
