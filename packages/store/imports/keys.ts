import { keyOfId } from "@regulars/core/platform/id-text";
import type { ExternalId } from "@regulars/core/platform/values";
import type { Key, InFamily } from "../engine/key.ts";

export const importsKeys = (inFamily: InFamily) => ({
  leads: (): string => inFamily("LEAD"),
  lead: (externalId: ExternalId): Key => ({ pk: inFamily("LEAD"), sk: keyOfId(externalId) }),
});
