import { posix } from "node:path";
import type { SourceFile } from "./source-file.ts";
import { isTest, isTesting } from "./rules.ts";

/** Features from left to right: within a layer, a feature imports only features to its left. */
const featureOrder: readonly string[] = [
  "platform",
  "access",
  "tenants",
  "bulk-engine",
  "catalog",
  "customers",
  "orders",
  "invoices",
  "snapshots",
  "imports",
  "sales-figures",
  "code-red",
  "relationships",
  "backtests",
  "insights",
  "notifications",
  "nightly",
  "sales-plans",
  "assignment",
  "contacts",
  "deals",
  "webhooks",
  "leads",
  "boards",
  "refusals",
  "bulk-operations",
  "who-knows",
  "monitors",
  "users",
  "tenant-copies",
  "erasure",
  "slack",
  "home",
];

interface Layer {
  readonly path: string;
  /** Files that are allowed in the layer's root. */
  readonly rootFiles: readonly string[];
  /** Folders that every feature of the layer may import: the layer's platform. */
  readonly platform: readonly string[];
}

/** Layers that are made of features. */
const layers: readonly Layer[] = [
  { path: "packages/core", rootFiles: ["testing.ts"], platform: [] },
  { path: "packages/flows", rootFiles: ["sales-context.ts"], platform: [] },
  {
    path: "packages/store",
    rootFiles: ["keys.ts", "keys.test.ts", "sales-store.ts", "tenant-store.ts"],
    platform: ["engine"],
  },
  {
    path: "packages/web",
    rootFiles: ["console.ts", "feature-pages.ts", "lambda.ts", "pages-by-address.ts"],
    platform: ["page"],
  },
  {
    path: "packages/functions/api",
    rootFiles: ["app.ts", "apps-by-address.ts", "base.ts", "client.ts", "feature-routes.ts", "lambda.ts"],
    platform: ["http"],
  },
];

/** The most files, tests included, in the root of a package. */
const MOST_LOOSE_FILES = 15;

/** Every import against the feature order, unknown feature folder and file without a folder, as "file message". */
export function findFeatureViolations(files: readonly SourceFile[]): string[] {
  return [...layers.flatMap((layer) => violationsOf(layer, files)), ...crowdedPackages(files)].toSorted();
}

function violationsOf(layer: Layer, files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith(`${layer.path}/`))
    .flatMap((file) => {
      const feature = featureOf(layer, file.path);
      const name = posix.relative(layer.path, file.path);
      if (feature === undefined)
        return layer.rootFiles.includes(name)
          ? []
          : [`${file.path} is in the root of ${layer.path}: put it into a feature`];
      if (rankOf(layer, feature) === -1) return [`${file.path} is in ${feature}, which is no feature of the order`];
      return isTest(file.path) || isTesting(file.path) ? [] : crossings(layer, file, feature);
    });
}

function crossings(layer: Layer, file: SourceFile, feature: string): string[] {
  return file.imports.flatMap(({ what, line }) => {
    if (!what.startsWith(".")) return [];
    const target = featureOf(layer, posix.join(posix.dirname(file.path), what));
    if (target === undefined || rankOf(layer, target) <= rankOf(layer, feature)) return [];
    return [`${file.path}:${line} imports ${what}: ${feature} comes before ${target}`];
  });
}

/** The first folder below the layer; `undefined` for a file in its root, or outside. */
function featureOf(layer: Layer, path: string): string | undefined {
  if (!path.startsWith(`${layer.path}/`)) return undefined;
  const parts = posix.relative(layer.path, path).split("/");
  return parts.length > 1 ? parts[0] : undefined;
}

const rankOf = (layer: Layer, feature: string): number =>
  layer.platform.includes(feature) ? 0 : featureOrder.indexOf(feature);

function crowdedPackages(files: readonly SourceFile[]): string[] {
  const loose = new Map<string, number>();
  for (const { path } of files) {
    const folder = posix.dirname(path);
    if (/^packages\/[^/]+$/.test(folder)) loose.set(folder, (loose.get(folder) ?? 0) + 1);
  }
  return [...loose]
    .filter(([, count]) => count > MOST_LOOSE_FILES)
    .map(([folder, count]) => `${folder} has ${count} loose files: at most ${MOST_LOOSE_FILES}`);
}
