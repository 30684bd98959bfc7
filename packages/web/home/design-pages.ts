import type { Hono } from "hono";
import { htmlResponse } from "../page/html-response.ts";
import { type PageEnv, newPages } from "../page/viewer.ts";
import { designView } from "./design-view.ts";

/** The sheet of components, for who runs the system. */
export function designPages(): Hono<PageEnv> {
  const pages = newPages();
  pages.get("/design", (c) =>
    c.var.viewer.type === "owner" ? htmlResponse(c, designView(c.var.words)) : c.notFound(),
  );
  return pages;
}
