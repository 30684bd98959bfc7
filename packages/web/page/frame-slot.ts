/** Where a page's layout leaves room for what only the request knows. Texts of people are escaped and never look like it. */
export const FRAME_SLOT = "<!--frame-->";
