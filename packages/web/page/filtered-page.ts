import type { Result } from "@regulars/core/platform/result";
import type { Context } from "hono";
import { htmlResponse, notFound, refusedPage } from "./html-response.ts";
import type { Html } from "./layout.ts";
import { refusalPage } from "./refusal-view.ts";
import { type RefusedForm, refusedForm } from "./refused-form.ts";

type Query = Readonly<Record<string, string>>;

/**
 * A page with a form of filters in its address. Filters that cannot be used come back on that form, with the reason,
 * above what the page shows without any.
 */
export async function filteredPage<P>(
  c: Context,
  read: (query: Query) => Promise<Result<P>>,
  view: (page: P, refused?: RefusedForm) => Html,
): Promise<Response> {
  const query = c.req.query();
  const page = await read(query);
  if (page.ok) return htmlResponse(c, view(page.value), { hasForms: true });
  const unfiltered = page.reason === "unusable-query" ? await read({}) : page;
  if (!unfiltered.ok) return notFound(c, refusalPage(unfiltered.message));
  return refusedPage(c, view(unfiltered.value, refusedForm(page.message, query)), 422, { hasForms: true });
}
