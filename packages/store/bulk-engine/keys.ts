import type { OperationId } from "@regulars/core/platform/ids";
import type { FamilyFates, Key, InFamily } from "../engine/key.ts";

export const bulkEngineKeys = (inFamily: InFamily) => ({
  openOperations: (): string => inFamily("OPERATIONS"),
  openOperation: (operationId: OperationId): Key => ({ pk: inFamily("OPERATIONS"), sk: operationId }),
  endedOperations: (): string => inFamily("ENDEDOPERATIONS"),
  /** Names an operation that is done, for as long as it is kept. */
  endedOperation: (operationId: OperationId): Key => ({ pk: inFamily("ENDEDOPERATIONS"), sk: operationId }),
  operation: (operationId: OperationId): Key => ({ pk: inFamily(`OPERATION#${operationId}`), sk: "OPERATION" }),
  operationChunks: (operationId: OperationId): string => inFamily(`OPERATION#${operationId}`),
  operationChunk: (operationId: OperationId, chunk: number): Key => ({
    pk: inFamily(`OPERATION#${operationId}`),
    sk: `PAGE#${String(chunk).padStart(6, "0")}`,
  }),
  dealOperation: (operationId: OperationId): Key => ({ pk: inFamily(`OPERATION#${operationId}`), sk: "DEALS" }),
  dealOperationChunk: (operationId: OperationId, chunk: number): Key => ({
    pk: inFamily(`OPERATION#${operationId}`),
    sk: `DEALS#${String(chunk).padStart(6, "0")}`,
  }),
});

export const bulkEngineFates = { OPERATIONS: "kept", ENDEDOPERATIONS: "kept" } as const satisfies FamilyFates;
