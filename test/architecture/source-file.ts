import { parseAst } from "vitest/node";
import { impureReads } from "./environment-reads.ts";
import { type Node, identifierName, isNode, nodesIn, walk } from "./syntax.ts";

/** Something found in a source file, with its line. */
export interface Seen {
  readonly what: string;
  readonly line: number;
}

export interface Import extends Seen {
  readonly isTypeOnly: boolean;
  /** Loaded when its place is reached, not with its file. */
  readonly isOnUse: boolean;
}

/** The parts of one file that the rules check. */
export interface SourceFile {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly defaultExports: readonly Seen[];
  readonly starExports: readonly Seen[];
  /** Reads of clock, randomness, environment, network and console. */
  readonly impureReads: readonly Seen[];
  /** SDK clients that are made in the file. */
  readonly madeClients: readonly Seen[];
  readonly strings: readonly Seen[];
}

/** Reads a TypeScript file with a parser, so that text in comments and strings is not taken for code. */
export function readSource(path: string, text: string): SourceFile {
  const program: unknown = parseAst(text, { lang: path.endsWith("x") ? "tsx" : "ts" });
  if (!isNode(program)) throw new Error(`${path} has no program`);
  const lineOf = lineFinder(text);
  const seen = (what: string, node: Node): Seen => ({ what, line: lineOf(node.start) });
  const imports: Import[] = [];
  const strings: Seen[] = [];
  const madeClients: Seen[] = [];
  walk(program, (node) => {
    const imported = importOf(node);
    if (imported !== undefined)
      imports.push({
        ...seen(imported.from, node),
        isTypeOnly: imported.isTypeOnly,
        isOnUse: node.type === "ImportExpression",
      });
    const string = stringOf(node);
    if (string !== undefined) strings.push(seen(string, node));
    const client = clientOf(node);
    if (client !== undefined) madeClients.push(seen(client, node));
  });
  const body = nodesIn(program["body"]);
  return {
    path,
    lines: text.split("\n").length - 1,
    imports,
    defaultExports: body.filter(exportsDefault).map((node) => seen("default", node)),
    starExports: body.filter((node) => node.type === "ExportAllDeclaration").map((node) => seen("*", node)),
    impureReads: impureReads(program).map(({ what, node }) => seen(what, node)),
    madeClients,
    strings,
  };
}

function lineFinder(text: string): (offset: number) => number {
  const starts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  return (offset) => starts.findLastIndex((start) => start <= offset) + 1;
}

/** Static and dynamic imports, re-exports, `import("…")` types and `require`; a computed one is named as such. */
function importOf(node: Node): { readonly from: string; readonly isTypeOnly: boolean } | undefined {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      if (!isNode(node["source"])) return undefined;
      return { from: textOf(node["source"]), isTypeOnly: isTypeOnly(node) };
    case "ImportExpression":
      return { from: textOf(node["source"]), isTypeOnly: false };
    case "TSImportType":
      return { from: textOf(node["source"]), isTypeOnly: true };
    case "TSExternalModuleReference":
      return { from: textOf(node["expression"]), isTypeOnly: false };
    case "CallExpression":
      if (identifierName(node["callee"]) !== "require") return undefined;
      return { from: textOf(nodesIn(node["arguments"])[0]), isTypeOnly: false };
    default:
      return undefined;
  }
}

function isTypeOnly(node: Node): boolean {
  if (node["importKind"] === "type" || node["exportKind"] === "type") return true;
  const specifiers = nodesIn(node["specifiers"]);
  return (
    specifiers.length > 0 && specifiers.every((one) => one["importKind"] === "type" || one["exportKind"] === "type")
  );
}

const COMPUTED = "(computed)";
const textOf = (node: unknown): string => (isNode(node) ? stringOf(node) : undefined) ?? COMPUTED;

function stringOf(node: Node): string | undefined {
  if (node.type === "Literal" && typeof node["value"] === "string") return node["value"];
  if (node.type === "TemplateLiteral")
    return nodesIn(node["quasis"])
      .map((quasi) => quasi["value"])
      .map((value) => (typeof value === "object" && value !== null && "raw" in value ? String(value.raw) : ""))
      .join("…");
  return undefined;
}

/** `new DynamoDBClient(…)`, `new WebClient(…)`, `DynamoDBDocumentClient.from(…)`. */
function clientOf(node: Node): string | undefined {
  const callee = node["callee"];
  if (node.type === "NewExpression") return named(identifierName(callee));
  if (node.type !== "CallExpression" || !isNode(callee) || callee.type !== "MemberExpression") return undefined;
  return identifierName(callee["property"]) === "from" ? named(identifierName(callee["object"])) : undefined;
}

const named = (name: string | undefined): string | undefined => (name?.endsWith("Client") === true ? name : undefined);

function exportsDefault(node: Node): boolean {
  if (node.type === "ExportDefaultDeclaration" || node.type === "TSExportAssignment") return true;
  if (node.type !== "ExportNamedDeclaration") return false;
  return nodesIn(node["specifiers"]).some((one) => identifierName(one["exported"]) === "default");
}
