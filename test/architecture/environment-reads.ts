import { type Node, type Place, identifierName, isNode, nodesIn, walk } from "./syntax.ts";

/** Globals that count as a read of the environment as a whole. */
const FIXTURE = new Set([
  "Buffer",
  "WebSocket",
  "XMLHttpRequest",
  "__dirname",
  "__filename",
  "console",
  "crypto",
  "fetch",
  "global",
  "globalThis",
  "performance",
  "process",
  "queueMicrotask",
  "require",
  "setImmediate",
  "setInterval",
  "setTimeout",
]);

/** Globals of which only these members are pure. */
const PARTLY_PURE: Readonly<Record<string, (member: string) => boolean>> = {
  Date: (member) => member === "UTC" || member === "parse" || member === "prototype",
  Math: (member) => member !== "random",
  Temporal: (member) => member !== "Now",
};

interface ImpureRead {
  readonly what: string;
  readonly node: Node;
}

/** Every read of the environment: environment, clock, randomness, timers, network, console, local time zone. */
export function impureReads(program: Node): ImpureRead[] {
  const own = boundNames(program);
  const reads: ImpureRead[] = [];
  walk(program, (node, place) => {
    const what = node.type === "MetaProperty" ? metaRead(node) : identifierRead(node, place, own);
    if (what !== undefined) reads.push({ what, node });
  });
  return reads;
}

/** `import.meta` has the file's location. */
const metaRead = (node: Node): string | undefined =>
  identifierName(node["meta"]) === "import" ? "import.meta" : undefined;

function identifierRead(node: Node, place: Place | undefined, own: ReadonlySet<string>): string | undefined {
  const name = identifierName(node);
  if (name === undefined || place === undefined || !isReference(place)) return undefined;
  if (FIXTURE.has(name)) return own.has(name) ? undefined : effectName(name, place);
  const isPure = PARTLY_PURE[name];
  if (isPure === undefined) return undefined;
  return partlyPureRead(name, node, place, isPure);
}

/** The name to report: `process.env` says more than `process`. */
function effectName(name: string, { parent, field }: Place): string {
  const member = field === "object" ? memberOf(parent) : undefined;
  return member === undefined ? name : `${name}.${member}`;
}

function partlyPureRead(
  name: string,
  node: Node,
  { parent, field }: Place,
  isPure: (member: string) => boolean,
): string | undefined {
  if (field === "object" && parent.type === "MemberExpression") {
    const member = memberOf(parent);
    return member !== undefined && isPure(member) ? undefined : `${name}.${member ?? "(computed)"}`;
  }
  if (name === "Temporal") return undefined;
  if (name === "Date" && parent.type === "NewExpression" && parent["callee"] === node) return newDateRead(parent);
  if (parent.type === "BinaryExpression" && parent["operator"] === "instanceof") return undefined;
  return parent.type === "CallExpression" && parent["callee"] === node ? `${name}()` : `${name} as a value`;
}

/** `new Date()` is the clock, `new Date(2026, 10)` the local time zone. */
function newDateRead(node: Node): string | undefined {
  const given = nodesIn(node["arguments"]);
  if (given.length === 0 || given.some((one) => one.type === "SpreadElement")) return "new Date()";
  return given.length > 1 ? "new Date(year, month, …) in the local zone" : undefined;
}

function memberOf(member: Node): string | undefined {
  const property = member["property"];
  if (member["computed"] !== true) return identifierName(property);
  return isNode(property) && typeof property["value"] === "string" ? property["value"] : undefined;
}

const TYPE_PLACES = new Set(["TSTypeReference", "TSTypeQuery", "TSQualifiedName", "TSInterfaceHeritage"]);
const NAMING_FIELDS = new Set(["key", "property", "imported", "exported", "label", "id", "params"]);

/** Whether an identifier in this place reads a value, rather than names a property, a type or a binding. */
function isReference({ parent, field }: Place): boolean {
  if (TYPE_PLACES.has(parent.type) || parent.type.startsWith("Import")) return false;
  if (field === "property" || field === "key") return parent["computed"] === true;
  return !NAMING_FIELDS.has(field);
}

/** Names that the file binds itself: imports, variables, functions, parameters. */
function boundNames(program: Node): Set<string> {
  const names = new Set<string>();
  walk(program, (node) => {
    if (node.type.startsWith("TS")) return;
    const bindings = [node["id"], node["local"], node["param"], ...nodesIn(node["params"])].filter(isNode);
    for (const binding of bindings) if (node.type !== "ExportSpecifier") addPattern(binding, names);
  });
  return names;
}

function addPattern(pattern: Node, names: Set<string>): void {
  const name = identifierName(pattern);
  if (name !== undefined) names.add(name);
  const inner = [pattern["left"], pattern["argument"], ...nodesIn(pattern["elements"])].filter(isNode);
  const properties = nodesIn(pattern["properties"]).map((property) => property["value"] ?? property["argument"]);
  for (const part of [...inner, ...properties.filter(isNode)]) addPattern(part, names);
}
