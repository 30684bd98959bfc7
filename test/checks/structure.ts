import { parse as parseCsv } from "csv-parse/sync";
import { type DefaultTreeAdapterTypes, parse } from "parse5";
import type { Written } from "./channels.ts";

type Node = DefaultTreeAdapterTypes.ChildNode;

const hasChildren = (node: object): node is { childNodes: Node[] } => "childNodes" in node;

/** Parts that a value may lack, or have several of: whoever cannot be called has no link, a text may have more lines. */
const OPTIONAL = new Set(["a.call", "span.spoken", "span", "br", "p"]);

/** The elements of a page with the names of their attributes, in order; parts that depend on a value's content apart. */
export function elementsOf(html: string): readonly string[] {
  const found: string[] = [];
  const walk = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if ("tagName" in node) {
        const kind = node.attrs.find(({ name }) => name === "class")?.value.split(" ")[0];
        const name = kind === undefined ? node.tagName : `${node.tagName}.${kind}`;
        const own = node.attrs.map((one) =>
          one.name === "href" || one.name === "src" ? `${one.name}=${schemeOf(one.value)}` : one.name,
        );
        if (!OPTIONAL.has(name) && !isTelLink(node.attrs)) found.push(`${name} ${own.join(" ")}`);
      }
      if (hasChildren(node)) walk(node.childNodes);
    }
  };
  walk(parse(html).childNodes);
  return found;
}

const isTelLink = (attributes: readonly { name: string; value: string }[]): boolean =>
  attributes.some(({ name, value }) => name === "href" && /^tel:\+?\d{5,15}$/.test(value));

/** Where an address leads: to the product itself, a picture of the mail, or elsewhere. */
const schemeOf = (address: string): string =>
  /^(?:https:\/\/regulars\.example\/|cid:)[\w./:-]*$/.exec(address)?.[0] ?? `elsewhere ${address}`;

/** Slack's blocks without their texts, and what of the texts Slack reads as more than letters. */
export function slackStructure({ text, blocks }: Written["slack"]): unknown {
  const marks: string[] = [];
  const shape = (value: unknown, key = ""): unknown => {
    if (Array.isArray(value)) return value.map((one) => shape(one));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shape(one, name)]));
    if (key !== "text" || typeof value !== "string") return value;
    marks.push(...marksIn(value));
    return "text";
  };
  const shaped = shape(blocks);
  return { text: marksIn(text), blocks: shaped, marks: marks.filter((mark) => !/^<tel:\+?\d{5,15}\|$/.test(mark)) };
}

/** Mentions, links and entities; and marks that open something. */
const marksIn = (text: string): string[] => text.match(/<[^>|]*\|?|&(?!amp;|lt;|gt;)/g) ?? [];

/** The cells of a CSV text, and whether a spreadsheet would run one. */
export function csvStructure(csv: string): readonly (readonly string[])[] {
  const rows: string[][] = parseCsv(csv, { relaxColumnCount: true });
  return rows.map((row) =>
    row.map((cell) =>
      /^[\s\u00a0\ufeff\u200b-\u200f]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212|]/u.test(cell) ? "formula" : "cell",
    ),
  );
}
