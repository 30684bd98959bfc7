import type { FileFormat } from "@regulars/core/imports/file-format";
import { intakeOf } from "@regulars/core/imports/intake";
import type { ImportStore, RecordGrouper } from "@regulars/core/imports/import-store";
import type { Instant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type FileImport, type ImportReport, importFile } from "./import-file.ts";
import { importPipelines } from "./import-kinds.ts";

interface ImportInput extends Omit<FileImport<ImportStore>, "kind" | "format" | "grouper" | "store" | "tenant"> {
  readonly tenant: Tenant;
  /** What is dated too far after it is rejected; users are logged as changed then. */
  readonly now: Instant;
  readonly format: FileFormat;
  readonly grouper: RecordGrouper;
  readonly imports: ImportStore;
}

/**
 * Brings a file of the ERP's records into the store. Records of one document are brought together first, so that a
 * document is written whole, whatever the order of the file; a row that cannot be used never stops the others.
 */
export const importRecords = ({ imports, tenant, now, ...input }: ImportInput): Promise<ImportReport> =>
  importFile({
    ...input,
    tenant: intakeOf(tenant, now),
    kind: importPipelines[input.format.kind],
    store: {
      ...imports,
      saveUsers: (users, keep, note) => imports.saveUsers(users, keep, note, { at: now, by: "import" }),
    },
  });
