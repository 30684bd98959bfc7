import * as z from "zod";
import { shownValue } from "./shown-value.ts";

/** A whole number from `least` to `most`; its error tells the value and what is allowed. */
export function wholeFrom(least: number, most: number) {
  const error = ({ input }: { readonly input?: unknown }): string =>
    `is not a whole number from ${least} to ${most} (given ${shownValue(input)})`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

/** A whole number of at least `least`; its error tells the value and what is allowed. */
export function wholeAtLeast(least: number) {
  const error = ({ input }: { readonly input?: unknown }): string =>
    `is not a whole number of at least ${least} (given ${shownValue(input)})`;
  return z.int({ error }).min(least, { error });
}
