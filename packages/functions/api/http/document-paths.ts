/** The addresses of the OpenAPI document and of its page. */
export const DOCUMENT_PATHS: readonly string[] = ["/v1/openapi.json", "/docs"];
