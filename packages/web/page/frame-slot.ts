/**
 * The place in a page's layout for what only the request knows. Texts of people are escaped, so they never look like
 * it.
 */
export const FRAME_SLOT = "<!--frame-->";
/** The places for the texts and the foot of the layout. */
export const SKIP_SLOT = "<!--skip-->";
export const CRUMBS_SLOT = "<!--crumbs-->";
export const NOT_DONE_SLOT = "<!--not-done-->";
export const FOOT_SLOT = "<!--foot-->";
/** The place for what of the address was not used. */
export const UNUSED_SLOT = "<!--unused-->";

const PLACES = /<!--[a-z-]+-->|<form\b[^>]*\bmethod="post"[^>]*>|<html lang="([^"]*)"/g;

/** What a page gets for its request. */
interface Completion {
  /** The start of the page in this language. */
  readonly startIn: (language: string) => string;
  readonly slots: Readonly<Record<string, () => string>>;
  /** What goes into a form that is sent by POST, by what is in it. */
  readonly intoForm: (content: string) => string;
}

/** A page with its start, with what belongs in its slots, and in its forms: long as it may be, it is copied once. */
export const completed = (page: string, given: Completion): string =>
  page.replaceAll(PLACES, (found, language: string | undefined, at: number) => {
    if (language !== undefined) return given.startIn(language);
    const end = at + found.length;
    if (found.startsWith("<form")) return found + given.intoForm(page.slice(end, page.indexOf("</form", end)));
    const text = given.slots[found]?.();
    return text === undefined ? found : completed(text, given);
  });
