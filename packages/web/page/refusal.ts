import type { ItemError } from "@regulars/core/platform/field-error";
import { isActive } from "@regulars/core/access/user";
import { ownWords } from "./own-words.ts";
import { notFound, pathAndQuery, refusedPage } from "./html-response.ts";
import { barredPage, endedPage, lostPage, refusalPage } from "./refusal-view.ts";
import type { PageContext } from "./viewer.ts";

interface Refusal {
  readonly reason: string;
  readonly message: string;
  readonly errors?: readonly ItemError[];
}

/** Refusals for which a form is not shown again: the viewer may not do this at all. */
const BARRED: readonly string[] = ["not-allowed", "feature-not-in-edition", "health-off", "not-signed-in"];

/**
 * The page for what was refused. What does not exist and what the viewer may not see are the same page, without a name;
 * only the owner of a machine, who may see everything, is told what there is instead.
 */
export async function refusal(c: PageContext, refused: Refusal): Promise<Response> {
  const { reason } = refused;
  const words = await ownWords(c);
  const message = words.refused(refused.message);
  if (reason === "not-signed-in") return refusedPage(c, endedPage(words, pathAndQuery(c)), 401);
  if (BARRED.includes(reason) && c.var.viewer.type === "owner")
    return refusedPage(c, refusalPage(words, message, words.say("refusal.notForYou")), 403);
  if (reason === "feature-not-in-edition") return refusedPage(c, barredPage(words, message, "edition"), 403);
  if (BARRED.includes(reason)) return refusedPage(c, barredPage(words, message, await adminNames(c.var.place)), 403);
  if (reason.startsWith("unknown-") && c.var.viewer.type !== "owner") return notFound(c, lostPage(words));
  return notFound(c, refusalPage(words, message));
}

/**
 * A refused form: drawn again with the reason in its viewer's language, unless they may not send it at all. Mistakes whose
 * paths are names of its fields stand at these too.
 */
export async function formRefusal<R extends Refusal>(
  c: PageContext,
  refused: R,
  redraw: (told: R) => Promise<Response>,
): Promise<Response> {
  if (BARRED.includes(refused.reason)) return refusal(c, refused);
  const told = await inOwnWords(c, refused);
  const errors = told.errors ?? [];
  // Errors of an API's body have other words and paths than the form.
  if (told.message === errors.map(({ message }) => message).join("\n")) c.set("wrong", errors);
  return redraw(told);
}

/** What was refused, in the language of who is told. */
export const inOwnWords = async <R extends Refusal>(c: PageContext, refused: R): Promise<R> => {
  const words = await ownWords(c);
  return {
    ...refused,
    message: words.refused(refused.message),
    ...(refused.errors && {
      errors: refused.errors.map((error) => ({ ...error, message: words.refused(error.message) })),
    }),
  };
};

/** Most people who are named. */
const MOST_NAMES = 5;

/** Who may give rights. */
async function adminNames(place: PageContext["var"]["place"]): Promise<readonly string[]> {
  const users = (await place?.users()) ?? [];
  return users
    .filter((user) => user.role === "admin" && isActive(user))
    .map(({ name }) => name)
    .slice(0, MOST_NAMES);
}
