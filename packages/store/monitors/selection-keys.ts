import { keyOfId } from "@regulars/core/platform/id-text";
import type { OperationId } from "@regulars/core/platform/ids";
import type { FamilyFates, InFamily, Key } from "../engine/key.ts";

export const selectionKeys = (inFamily: InFamily) => ({
  selections: (): string => inFamily("SELECTION"),
  selection: (selectionId: string): Key => ({ pk: inFamily("SELECTION"), sk: keyOfId(selectionId) }),
  selectionMembers: (selectionId: string): string => inFamily(`SELMEMBER#${keyOfId(selectionId)}`),
  selectionMember: (selectionId: string, ownerId: string): Key => ({
    pk: inFamily(`SELMEMBER#${keyOfId(selectionId)}`),
    sk: keyOfId(ownerId),
  }),
  selectionOperation: (operationId: OperationId): Key => ({
    pk: inFamily(`OPERATION#${operationId}`),
    sk: "SELECTION",
  }),
  selectionOperationChunk: (operationId: OperationId, chunk: number): Key => ({
    pk: inFamily(`OPERATION#${operationId}`),
    sk: `SELECTION#${String(chunk).padStart(6, "0")}`,
  }),
});

export const selectionFates = {
  SELECTION: "kept",
  SELMEMBER: { kind: "members of selections", fate: "gone" },
} as const satisfies FamilyFates;
