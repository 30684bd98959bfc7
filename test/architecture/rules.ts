/** What one package may import, besides its own files. */
export interface PackageRule {
  /** Packages of this repository, by folder name. */
  readonly packages: readonly string[];
  /** Libraries; a trailing `/*` takes in a whole scope. */
  readonly libraries: readonly string[];
  /** Libraries for one file only. */
  readonly librariesOf?: Readonly<Record<string, readonly string[]>>;
  readonly mayUseNode: boolean;
  /** May read the files directly in infra/: pure data about what is deployed. */
  readonly mayReadSpec?: true;
  /** Folders outside packages/ that the package may read. */
  readonly folders?: readonly string[];
  /** `pure`: reads no environment. `given`: gets environment and wall clock as arguments. `free`: is a program. */
  readonly purity: "pure" | "given" | "free";
}

const lambda = ["hono", "@hono/*", "@middy/*", "@aws-lambda-powertools/*", "aws-lambda", "zod"];

/** The architecture as a table: which package may import what. */
export const packageRules: Readonly<Record<string, PackageRule>> = {
  core: {
    packages: [],
    libraries: ["zod", "temporal-polyfill"],
    librariesOf: { "platform/phone-number.ts": ["libphonenumber-js"] },
    mayUseNode: false,
    purity: "pure",
  },
  flows: { packages: ["core"], libraries: ["p-limit"], mayUseNode: false, purity: "pure" },
  store: {
    packages: ["core"],
    libraries: ["@aws-sdk/*", "@smithy/*", "fflate", "lru-cache", "zod"],
    mayUseNode: true,
    purity: "given",
  },
  render: {
    packages: ["core"],
    libraries: ["@slack/types"],
    librariesOf: { "digest/build-skeleton.ts": ["mjml"] },
    mayUseNode: true,
    purity: "given",
  },
  notify: {
    packages: ["core", "render"],
    libraries: ["@aws-sdk/client-ses", "@slack/web-api", "nodemailer"],
    mayUseNode: true,
    purity: "given",
  },
  functions: {
    packages: ["core", "flows", "notify", "render", "store"],
    libraries: lambda,
    librariesOf: {
      "runtime.ts": ["@aws-sdk/client-sts"],
      "cloud/secrets.ts": ["@aws-sdk/client-secrets-manager"],
      "cloud/queues.ts": ["@aws-sdk/client-sqs"],
      "message-sender.ts": ["@aws-sdk/client-ses"],
      "queues/sqs-queues.ts": ["@aws-sdk/client-sqs"],
      "api/access/token.ts": ["jose"],
      "api/access/signature.ts": ["standardwebhooks"],
      "tenant-tables.ts": ["lru-cache"],
      "webhook-sender.ts": ["ipaddr.js", "standardwebhooks"],
    },
    mayUseNode: true,
    mayReadSpec: true,
    purity: "given",
  },
  web: {
    packages: ["core", "flows", "functions", "render", "store"],
    libraries: ["hono", "zod"],
    mayUseNode: true,
    purity: "given",
  },
  local: {
    packages: ["core", "flows", "functions", "notify", "render", "store", "web"],
    libraries: ["hono", "@hono/*", "mailparser", "aws-lambda", "zod"],
    librariesOf: { "engine/ports.ts": ["get-port"], "http/issuer.ts": ["jose"] },
    mayUseNode: true,
    mayReadSpec: true,
    purity: "free",
  },
  cli: {
    packages: ["core", "flows", "functions", "local", "render"],
    libraries: ["cli-progress", "commander", "csv-parse", "csv-stringify"],
    mayUseNode: true,
    purity: "free",
  },
};

/** Folders outside packages/; they refer to handlers by path only. */
export const folderRules: Readonly<Record<string, PackageRule>> = {
  infra: { packages: [], libraries: [], mayUseNode: false, mayReadSpec: true, purity: "free" },
  stacks: {
    packages: [],
    libraries: ["aws-cdk-lib", "cdk-nag", "constructs", "zod"],
    librariesOf: { "doctor/read-stage.ts": ["@aws-sdk/*"], "doctor/read-mail.ts": ["@aws-sdk/*"] },
    mayUseNode: true,
    mayReadSpec: true,
    purity: "free",
  },
  "sst.config.ts": { packages: [], libraries: [], mayUseNode: false, folders: ["infra"], purity: "free" },
};

/** The only file of the deployed packages that reads environment and wall clock. */
export const COMPOSITION_ROOT = "packages/functions/runtime.ts";
/** The only files of functions that make SDK clients, one each, so that no function has one that it does not use. */
export const CLIENT_MAKERS: readonly string[] = [
  COMPOSITION_ROOT,
  "packages/functions/message-sender.ts",
  "packages/functions/cloud/secrets.ts",
  "packages/functions/cloud/queues.ts",
];
/** Pure data about what is deployed; infra/sst/ makes resources from it and is imported by sst.config.ts only. */
export const isSpec = (path: string): boolean => /^infra\/[^/]+\.ts$/.test(path);

/** Reads that a `given` package leaves to the composition root; timers and measuring are allowed. */
export const isEnvironmentOrClock = (read: string): boolean =>
  read.startsWith("process.env") ||
  ["Date.now", "new Date()", "Date()", "Temporal.Now", "process", "Date as a value"].includes(read);

/** Files that need a default export for their tool. */
export const defaultExportFiles: readonly string[] = ["vitest.config.ts", "sst.config.ts"];

const KINDS = "packages/core/insights/kinds/";
const REGISTRIES = ["catalog", "note-letters"].map((name) => `packages/core/insights/${name}.ts`);
const TRANSLATIONS = ["da", "pt-BR", "uk"].map((language) => `packages/render/texts/${language}.ts`);

/** Files that may name an insight kind: its folder, the catalog and the letters beside it, its texts in other languages, and the demo. */
export const mayNameKind = (path: string, kind: string): boolean =>
  path.startsWith(`${KINDS}${kind}/`) ||
  REGISTRIES.includes(path) ||
  TRANSLATIONS.includes(path) ||
  path.startsWith("packages/local/demo/");

export const isTest = (path: string): boolean => path.endsWith(".test.ts") || path.startsWith("test/");

/** Builders for tests: part of their package, but not of the product. */
export const isTesting = (path: string): boolean => path.endsWith("/testing.ts");
