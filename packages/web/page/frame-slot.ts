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

const SLOT = /<!--[a-z-]+-->/g;

/** A page with what belongs in its slots. */
export const withSlots = (page: string, texts: Readonly<Record<string, () => string>>): string =>
  page.replaceAll(SLOT, (slot) => texts[slot]?.() ?? slot);
