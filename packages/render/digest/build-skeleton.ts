import { readFile, writeFile } from "node:fs/promises";
import mjml2html from "mjml";

const SOURCE = new URL("digest.mjml", import.meta.url);
const TARGET = new URL("digest-skeleton.ts", import.meta.url);
const PRETTIER_MARK = "<!-- prettier-ignore -->";
const AGAIN = /<!-- place:(\w+) -->/g;
const FRAGMENT = /<!-- begin:(\w+) -->((?:(?!<!-- begin:)[\s\S])*?)<!-- end:\1 -->/;

/** The text of digest-skeleton.ts: what digest.mjml compiles to, cut into its fragments. */
export async function buildSkeleton(): Promise<string> {
  const { html } = await mjml2html(await readFile(SOURCE, "utf8"), { validationLevel: "strict" });
  const fragments = cutFragments(withoutIndents(html));
  const members = Object.entries(fragments).map(([name, text]) => `  ${name}: \`${asLiteral(text)}\`,`);
  return [
    "/** The digest's HTML in fragments. Made from digest.mjml by build-skeleton.ts: change that and run it again. */",
    `export const digestSkeleton = {\n${members.join("\n")}\n};\n`,
  ].join("\n");
}

/**
 * Innermost fragments first, each replaced by the place `{{{name}}}` that the renderer fills; the rest is the page. A
 * fragment is written once; where it is needed again, `<!-- place:name -->` stands for it.
 */
function cutFragments(html: string): Record<string, string> {
  const fragments: Record<string, string> = {};
  let page = html.replaceAll(AGAIN, "{{{$1}}}");
  for (let match = FRAGMENT.exec(page); match !== null; match = FRAGMENT.exec(page)) {
    const [whole, name = "", text = ""] = match;
    if (Object.hasOwn(fragments, name)) throw new Error(`digest.mjml has two fragments called ${name}`);
    fragments[name] = text.trim();
    page = page.replace(whole, () => `{{{${name}}}}`);
  }
  return { page: page.trim(), ...fragments };
}

const withoutIndents = (html: string): string =>
  html
    .replaceAll(PRETTIER_MARK, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");

const asLiteral = (text: string): string => text.replace(/[\\`]|\$\{/g, (special) => `\\${special}`);

if (import.meta.main) await writeFile(TARGET, await buildSkeleton());
