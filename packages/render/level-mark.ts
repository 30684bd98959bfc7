import type { Level } from "@regulars/core/insights/finding";
import { en } from "./texts/en.ts";

/** A level as a shape and a word, in English: "▲ High". It does not depend on colour. */
export const levelMark = (level: Level): string => en[`level.${level}`];
