import type { OwnerType } from "@regulars/core/monitors/owner";
import { unknownVariablesOf } from "@regulars/core/monitors/status-template";

/** Refuses texts that would go out with a `<…>` that is no variable of their owner. Nothing when all are known. */
export function unknownVariables(texts: Readonly<Record<string, string | undefined>>, ownerType: OwnerType) {
  const errors = unknownVariablesOf(texts, ownerType);
  if (errors.length === 0) return undefined;
  const message = errors.map((error) => `${error.path} ${error.message}`).join("; ");
  return { ok: false as const, reason: "unusable-fields", message, errors };
}
