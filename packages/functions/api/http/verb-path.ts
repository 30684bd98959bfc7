/**
 * Some addresses end in a verb after a colon (`…/leads:batch`). The router reads a colon as a parameter, so routes are
 * written `…/leads/~batch` internally; callers and the document use the colon.
 */
const VERB = /:(batch|bulk|status|remove|move|replay|dry-run|cancel|transfer|change|rotate|restore|preview)$/;

/** The path by which a request is routed. */
export const routedPath = (request: Request): string => routedAddress(new URL(request.url).pathname);

/** The same of a path. */
export const routedAddress = (path: string): string => path.replace(VERB, "/~$1");

/** A path as the document writes it. */
export const writtenPath = (path: string): string => path.replace("/~", ":");
