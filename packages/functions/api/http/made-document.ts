type Document = Awaited<ReturnType<typeof import("./make-document.ts").makeDocument>>;

let made: Promise<Document> | undefined;

/**
 * The OpenAPI document, the same for every caller. In a deployed function this file is another one, with the document as
 * it was when the function was built (infra/bundle-plugins.mjs).
 */
export const madeDocument = (): Promise<Document> =>
  (made ??= import("./make-document.ts").then(({ makeDocument }) => makeDocument()));
