/**
 * Some addresses end in a verb after a colon (`…/leads:batch`). The router takes a colon for a parameter, so that within
 * the house such an address is written `…/leads/~batch`; outside, and in the document, it has its colon.
 */
const VERB = /:(batch|bulk|status|remove|move|replay|dry-run|cancel|transfer|change|rotate)$/;

/** The path a request is routed by. */
export const routedPath = (request: Request): string => new URL(request.url).pathname.replace(VERB, "/~$1");

/** A path as the document writes it. */
export const writtenPath = (path: string): string => path.replace("/~", ":");
