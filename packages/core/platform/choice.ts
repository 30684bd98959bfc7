import * as z from "zod";
import { shownValue } from "./shown-value.ts";

/** One of some words; its error tells the value and what is allowed. */
export const choiceFrom = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.enum(words, { error: ({ input }) => `is not one of ${words.join(", ")} (given ${shownValue(input)})` });
