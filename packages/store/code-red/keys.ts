import { keyOfId } from "@regulars/core/platform/id-text";
import type { CustomerId, Instant } from "@regulars/core/platform/values";
import type { InFamily, Key } from "../engine/key.ts";

/** The sort keys of a customer's stamps begin with it. */
export const ignoresPrefix = (customerId: CustomerId): string => `${keyOfId(customerId)}#`;

export const codeRedKeys = (inFamily: InFamily) => ({
  /** The stamps of ignored rows, by customer and instant. */
  ignores: (): string => inFamily("IGNORE"),
  /** `unique` distinguishes stamps of the same instant. */
  ignore: (customerId: CustomerId, at: Instant, unique: string): Key => ({
    pk: inFamily("IGNORE"),
    sk: `${ignoresPrefix(customerId)}${at}#${unique}`,
  }),
});
