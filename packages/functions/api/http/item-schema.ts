import { type IngestKind, ingestSchemas } from "@regulars/core/imports/ingest-schemas";
import * as z from "zod";

/**
 * An item of a batch: its full schema is in the document, but the request's schema accepts anything. The import
 * validates items one by one and reports the errors of each.
 */
export const itemSchemaOf = <K extends IngestKind>(kind: K) => {
  const { $schema: _dialect, ...described } = z.toJSONSchema(ingestSchemas[kind], {
    io: "input",
    unrepresentable: "any",
  });
  return z.custom<z.input<(typeof ingestSchemas)[K]>>(() => true).meta({ ...described, type: "object" });
};
