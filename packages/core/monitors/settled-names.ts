import { type MonitorId, monitorIdSchema } from "../platform/ids.ts";
import type { SettledName } from "./status-monitor.ts";

/** No id begins so. */
const NUMBERS = "#";

/**
 * The monitors that were settled as one text: ids with blanks between them and, behind a sign, the numbers as ranges
 * ("cool #1-50"): a night reads it of every customer and asks few of them. An earlier version wrote ids only.
 */
export function settledText(settled: readonly SettledName[]): string {
  const ids = settled.filter((name) => typeof name === "string");
  const numbers = settled.filter((name) => typeof name === "number").toSorted((a, b) => a - b);
  const ranges: string[] = [];
  let from = numbers[0];
  numbers.forEach((number, index) => {
    if (numbers[index + 1] === number + 1) return;
    ranges.push(from === number ? `${number}` : `${from}-${number}`);
    from = numbers[index + 1];
  });
  return [...ids, ...(ranges.length === 0 ? [] : [`${NUMBERS}${ranges.join(",")}`])].join(" ");
}

export function settledIn(text: string): readonly SettledName[] {
  const words = text === "" ? [] : text.split(" ");
  return words.flatMap((word): readonly SettledName[] =>
    word.startsWith(NUMBERS) ? word.slice(1).split(",").flatMap(numbersOf) : [idOf(word)],
  );
}

const idOf = (word: string): MonitorId => monitorIdSchema.parse(word);

function numbersOf(range: string): readonly number[] {
  const [from = Number.NaN, to = from] = range.split("-").map(Number);
  return Array.from({ length: to - from + 1 }, (_, nth) => from + nth);
}
