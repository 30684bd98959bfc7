import type { Level } from "@regulars/core/insights/finding";

/** How a level looks: a shape and a word, so that it never depends on a colour. */
const dirtyMarkers: Readonly<Record<Level, string>> = { high: "▲ High", medium: "◆ Medium", watch: "○ Watch" };

/** "▲ High". */
export const levelMark = (level: Level): string => dirtyMarkers[level];
