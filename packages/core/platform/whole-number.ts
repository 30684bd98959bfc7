import * as z from "zod";

/** A whole number from `least` to `most`; its error tells the value and what is allowed. */
export function wholeFrom(least: number, most: number) {
  const error = ({ input }: { readonly input?: unknown }): string =>
    `is not a whole number from ${least} to ${most} (given ${shown(input)})`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

const MOST_SHOWN = 40;

const shown = (value: unknown): string => (JSON.stringify(value) ?? "nothing").slice(0, MOST_SHOWN);
