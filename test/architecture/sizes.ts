import type { SourceFile } from "./source-file.ts";
import { isTest } from "./rules.ts";

/** Lines of the file in the middle, and of the one that nine tenths are no longer than. */
const MIDDLE = 80;
const NINE_TENTHS = 200;
/** The largest share of core that one feature has, in percent. */
const LARGEST_FEATURE_PERCENT = 20;

/** Whether files are small, and no feature of core is most of it; each fault as a sentence. Tests do not count. */
export function findSizeViolations(files: readonly Pick<SourceFile, "path" | "lines">[]): string[] {
  const own = files.filter(({ path }) => path.startsWith("packages/") && !isTest(path));
  const lengths = own.map(({ lines }) => lines).toSorted((a, b) => a - b);
  const longest = (share: number): number => lengths[Math.ceil(lengths.length * share) - 1] ?? 0;
  return [
    ...over(`the file in the middle has`, longest(0.5), MIDDLE, "lines"),
    ...over(`nine files of ten have up to`, longest(0.9), NINE_TENTHS, "lines"),
    ...sharesOfCore(own).flatMap(([feature, percent]) =>
      over(`core/${feature} is`, percent, LARGEST_FEATURE_PERCENT, "% of core"),
    ),
  ];
}

const over = (says: string, found: number, most: number, unit: string): string[] =>
  found > most ? [`${says} ${found} ${unit}: at most ${most}`] : [];

function sharesOfCore(files: readonly Pick<SourceFile, "path" | "lines">[]): (readonly [string, number])[] {
  const features = new Map<string, number>();
  for (const { path, lines } of files) {
    const [, feature] = /^packages\/core\/([^/]+)\//.exec(path) ?? [];
    if (feature !== undefined) features.set(feature, (features.get(feature) ?? 0) + lines);
  }
  const all = [...features.values()].reduce((sum, lines) => sum + lines, 0);
  return [...features].map(([feature, lines]) => [feature, Math.round((100 * lines) / all)]);
}
