import type { Hono } from "hono";
import { ORDER_SCRIPT } from "../assignment/order-script.ts";
import { BOARD_SCRIPT } from "./board-script.ts";
import { serveFiles } from "../page/assets.ts";
import { type PageEnv, newPages } from "../page/viewer.ts";

/** The style and the scripts of all pages, and the icon. */
export function filePages(): Hono<PageEnv> {
  const pages = newPages();
  serveFiles(pages, [BOARD_SCRIPT, ORDER_SCRIPT]);
  return pages;
}
