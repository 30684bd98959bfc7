import { builtinModules } from "node:module";
import { posix } from "node:path";
import {
  CLIENT_MAKERS,
  COMPOSITION_ROOT,
  type PackageRule,
  defaultExportFiles,
  folderRules,
  isEnvironmentOrClock,
  isSpec,
  isTest,
  isTesting,
  mayNameKind,
  packageRules,
} from "./rules.ts";
import { findCycles } from "./cycles.ts";
import { loadedWithHelp } from "./loaded-with-help.ts";
import type { Import, SourceFile } from "./source-file.ts";

/** The parts of a package.json that the rules check. */
export interface Manifest {
  readonly path: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

export interface Repository {
  readonly files: readonly SourceFile[];
  readonly root: Manifest;
  /** By folder name. */
  readonly manifests: Readonly<Record<string, Manifest>>;
  /** Kind ids: the folders of core/insights. */
  readonly kinds: readonly string[];
}

/** Every violation of a rule, as "file:line message". */
export function findViolations(repository: Repository): string[] {
  const { files } = repository;
  return [
    ...files.flatMap((file) => importViolations(file, repository)),
    ...files.flatMap((file) => exportViolations(file)),
    ...files.flatMap((file) => impurityViolations(file)),
    ...files.flatMap((file) => kindViolations(file, repository.kinds)),
    ...findCycles(new Map(files.map((file) => [file.path, file.imports.map((one) => targetOf(file, one.what))]))).map(
      (cycle) => `${cycle[0]} imports itself in a circle: ${cycle.join(" > ")}`,
    ),
    ...loadedWithHelp(files, targetOf),
    ...[repository.root, ...Object.values(repository.manifests)].flatMap(versionViolations),
  ].toSorted();
}

const at = (file: SourceFile, line: number, says: string): string => `${file.path}:${line} ${says}`;

/** The package folder or top folder a path belongs to. */
const homeOf = (path: string): string => (path.startsWith("packages/") ? path.split("/")[1] : path.split("/")[0]) ?? "";

/** The file an import leads to, from the repository's root; `undefined` outside the repository. */
export function targetOf(file: Pick<SourceFile, "path">, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(file.path), specifier);
  const ours = /^@regulars\/([^/]+)\/(.+)$/.exec(specifier);
  return ours === null ? undefined : `packages/${ours[1]}/${ours[2]}.ts`;
}

function importViolations(file: SourceFile, repository: Repository): string[] {
  const home = homeOf(file.path);
  const rule = file.path.startsWith("packages/") ? packageRules[home] : folderRules[home];
  if (rule === undefined && file.path.startsWith("packages/")) return [at(file, 1, `package ${home} has no rule`)];
  return file.imports.flatMap((one) => {
    const says =
      reachViolation(file, one, rule) ??
      (isTest(file.path) || rule === undefined ? undefined : tableViolation(file, one, rule)) ??
      declarationViolation(file, one, repository);
    return says === undefined ? [] : [at(file, one.line, says)];
  });
}

/** What holds for tests too: no computed imports, no reaching into another package by path, no own name. */
function reachViolation(file: SourceFile, { what }: Import, rule: PackageRule | undefined): string | undefined {
  if (what === "(computed)") return "imports by a computed name: write it out";
  const home = homeOf(file.path);
  if (what === `@regulars/${home}` || what.startsWith(`@regulars/${home}/`))
    return `imports its own package as ${what}: use a relative path`;
  const target = targetOf(file, what);
  if (target === undefined) return undefined;
  if (!isTest(file.path) && (isTest(target) || (isTesting(target) && !isTesting(file.path))))
    return `imports ${target}, which is for tests only`;
  if (!what.startsWith(".") || homeOf(target) === home) return undefined;
  if (rule?.folders?.includes(homeOf(target)) === true) return undefined;
  if (isSpec(target) && (rule?.mayReadSpec === true || isTest(file.path))) return undefined;
  if (target.startsWith("packages/"))
    return `reaches into another package by path: ${what}; use @regulars/${homeOf(target)}/…`;
  return isTest(file.path) ? undefined : `reaches out of its package by path: ${what}`;
}

/** The rules of docs/ARCHITECTURE.md. */
function tableViolation(file: SourceFile, { what }: Import, rule: PackageRule): string | undefined {
  if (what.startsWith(".")) return undefined;
  const home = homeOf(file.path);
  if (isBuiltin(what)) return rule.mayUseNode ? undefined : `${home} must not use Node itself: ${what}`;
  const ours = /^@regulars\/([^/]+)/.exec(what)?.[1];
  if (ours !== undefined) return rule.packages.includes(ours) ? undefined : `${home} must not import ${ours}: ${what}`;
  const fileName = posix.relative(file.path.startsWith("packages/") ? `packages/${home}` : home, file.path);
  const allowed = [...rule.libraries, ...(rule.librariesOf?.[fileName] ?? [])];
  const library = libraryOf(what);
  return allowed.some((one) => matches(one, library)) ? undefined : `${home} must not import ${library}`;
}

const isBuiltin = (specifier: string): boolean => specifier.startsWith("node:") || builtinModules.includes(specifier);

const matches = (allowed: string, library: string): boolean =>
  allowed.endsWith("/*") ? library.startsWith(allowed.slice(0, -1)) : library === allowed;

/** "@aws-sdk/lib-dynamodb/x" is of "@aws-sdk/lib-dynamodb". */
const libraryOf = (specifier: string): string => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");

function declarationViolation(
  file: SourceFile,
  { what, isTypeOnly }: Import,
  repository: Repository,
): string | undefined {
  if (what.startsWith(".") || isBuiltin(what)) return undefined;
  const library = libraryOf(what);
  const manifest = file.path.startsWith("packages/") ? repository.manifests[homeOf(file.path)] : undefined;
  const { root } = repository;
  const declared: Readonly<Record<string, string>>[] = [manifest?.dependencies ?? {}, manifest?.devDependencies ?? {}];
  const isTool = isTest(file.path) || manifest === undefined || isBuildScript(file.path);
  if (isTool) declared.push(root.dependencies, root.devDependencies);
  if (isTool && library.startsWith("@regulars/")) return undefined;
  if (declared.some((names) => library in names)) return undefined;
  const types = `@types/${library}`;
  if (isTypeOnly && [...declared, root.devDependencies].some((names) => types in names)) return undefined;
  return `imports ${library}, which ${(manifest ?? root).path} does not declare`;
}

const isBuildScript = (path: string): boolean => posix.basename(path).startsWith("build-");

function exportViolations(file: SourceFile): string[] {
  const isAsked = defaultExportFiles.includes(file.path);
  return [
    ...(isAsked ? [] : file.defaultExports.map(({ line }) => at(file, line, "has a default export"))),
    ...file.starExports.map(({ line }) => at(file, line, "re-exports everything of another file")),
  ];
}

function impurityViolations(file: SourceFile): string[] {
  if (isTest(file.path) || isTesting(file.path) || file.path === COMPOSITION_ROOT) return [];
  const home = homeOf(file.path);
  const purity = file.path.startsWith("packages/") ? packageRules[home]?.purity : "free";
  const reads =
    purity === "pure"
      ? file.impureReads
      : purity === "given"
        ? file.impureReads.filter((read) => isEnvironmentOrClock(read.what))
        : [];
  const clients = home === "functions" && !CLIENT_MAKERS.includes(file.path) ? file.madeClients : [];
  return [
    ...reads.map(({ what, line }) => at(file, line, `${home} must not read the environment: ${what}`)),
    ...clients.map(({ what, line }) =>
      at(file, line, `makes a ${what}; only ${CLIENT_MAKERS.join(" and ")} make SDK clients`),
    ),
  ];
}

function kindViolations(file: SourceFile, kinds: readonly string[]): string[] {
  if (isTest(file.path)) return [];
  return kinds.flatMap((kind) => {
    if (mayNameKind(file.path, kind)) return [];
    const word = new RegExp(`(?<![A-Za-z0-9-])${kind}(?![A-Za-z0-9-])`);
    return file.strings
      .filter(({ what }) => word.test(what))
      .map(({ line }) => at(file, line, `names the kind ${kind}; outside its folder nothing knows a kind`));
  });
}

const EXACT = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;

const versionViolations = ({ path, dependencies, devDependencies }: Manifest): string[] =>
  Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, version]) => !EXACT.test(version))
    .map(([name, version]) => `${path} does not pin ${name}: "${version}" is no exact version`);
