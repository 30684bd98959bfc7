import { home } from "./home.ts";
import { page } from "./page.ts";

/** All texts of the console in this language. */
export const pages = { ...page, ...home };
