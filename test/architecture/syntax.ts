/** A node of a syntax tree (ESTree with TypeScript). */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string" && "start" in value;

/** The nodes of a list field, without empty elements. */
export const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);

/** The identifier's name; `undefined` for any other node. */
export const identifierName = (node: unknown): string | undefined =>
  isNode(node) && node.type === "Identifier" && typeof node["name"] === "string" ? node["name"] : undefined;

/** A node's place in its parent. */
export interface Place {
  readonly parent: Node;
  readonly field: string;
}

/** Visits a node and everything below it, in source order. */
export function walk(node: Node, visit: (node: Node, place: Place | undefined) => void, place?: Place): void {
  visit(node, place);
  for (const [field, value] of Object.entries(node)) {
    const children = isNode(value) ? [value] : nodesIn(value);
    for (const child of children) walk(child, visit, { parent: node, field });
  }
}
