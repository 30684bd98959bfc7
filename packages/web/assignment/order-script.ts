import { scriptOf } from "../page/assets.ts";

/** The script of pages with lists that are ordered by dragging. */
export const ORDER_SCRIPT = scriptOf("order.js", [new URL("order.js", import.meta.url)]);
