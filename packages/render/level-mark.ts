import type { Level } from "@regulars/core/insights/finding";

/** A level as a shape and a word, so that it does not depend on colour. */
const dirtyMarkers: Readonly<Record<Level, string>> = { high: "▲ High", medium: "◆ Medium", watch: "○ Watch" };

/** "▲ High". */
export const levelMark = (level: Level): string => dirtyMarkers[level];
