import { posix } from "node:path";

/** A text file of the repository: source or document. */
export interface TextFile {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

interface Citation {
  readonly line: number;
  /** From the repository's root. */
  readonly document: string;
  /** Numbers of sections, like 5.10 or G6. */
  readonly sections: readonly string[];
  /** Words in quotation marks behind the sections. */
  readonly words?: string | undefined;
  /** What a link has behind its `#`. */
  readonly anchor?: string | undefined;
}

/**
 * `docs/reference/insights.md 2.3, "Hold-open"`: a document, then its sections and words of it, if given. A comment may
 * break the line anywhere between them.
 */
const CITATION =
  /(?<![\w/])(docs\/[\w./-]+\.md)((?:[\s*/]*(?:,|-|;|and)?[\s*/]+(?:G\d+|\d+(?:\.\d+)?)(?![\w%:])|-(?:G\d+|\d+(?:\.\d+)?))*)(?:,?\s(?:\*\s)?"([^"\n]{3,60})")?/g;
const SECTION = /G?\d+(?:\.\d+)?/g;
/** `[text](reference/insights.md#81-backtest)`, relative to the document that has it. */
const LINK = /\]\((?!\w+:)([^()\s#]*)(?:#([^()\s]+))?\)/g;

/** `store/deals/keys.ts` or `core/deals/`: a source file or a folder that a document names, from the root or from `packages/`. */
const NAMED =
  /`((?:core|flows|store|render|notify|functions|local|cli|web|packages|infra|stacks|test|bin)\/(?:[\w./-]+\.(?:d\.mts|mts|mjs|tsx?)|(?:[\w.-]+\/)+))`/g;
/** The product texts that everything was built from: whoever reads the code has not got them. */
const TEXT_ELSEWHERE = /\bseed 0\d\d\b/gi;
/** What was so once: decisions and changes name files as they were. */
const PAST = /^(?:docs\/decisions\/|CHANGELOG\.md$)/;

/** Every document, section, anchor and source that is cited and is not there, as "file:line says what". */
export function findCitationViolations(files: readonly TextFile[], paths: ReadonlySet<string>): string[] {
  const documents = new Map(files.filter(({ path }) => isDocument(path)).map(({ path, text }) => [path, text]));
  return files
    .flatMap((file) =>
      [...citationsIn(file), ...(isDocument(file.path) ? linksIn(file) : [])].flatMap((citation) =>
        problemsOf(citation, documents, paths).map((says) => `${file.path}:${citation.line} ${says}`),
      ),
    )
    .concat(files.flatMap(citedElsewhere))
    .concat(files.filter(({ path }) => isDocument(path) && !PAST.test(path)).flatMap((file) => lostNames(file, paths)))
    .toSorted();
}

const citedElsewhere = ({ path, text }: TextFile): string[] =>
  [...text.matchAll(TEXT_ELSEWHERE)].map(
    ({ index, 0: cited }) => `${path}:${lineAt(text, index)} cites ${cited}, which is not of this repository`,
  );

/** Source files and folders that a document names and that are not there. */
function lostNames({ path, text }: TextFile, paths: ReadonlySet<string>): string[] {
  const isThere = (name: string): boolean =>
    [name, `packages/${name}`].some((one) => paths.has(one) || (one.endsWith("/") && hasFolder(paths, one)));
  return [...text.matchAll(NAMED)]
    .filter(([, name = ""]) => !isThere(name))
    .map(({ index, 1: name = "" }) => `${path}:${lineAt(text, index)} names ${name}, which is not there`);
}

const hasFolder = (paths: ReadonlySet<string>, folder: string): boolean =>
  [...paths].some((path) => path.startsWith(folder));

const isDocument = (path: string): boolean => path.endsWith(".md");

function problemsOf(
  { document, sections, words, anchor }: Citation,
  documents: ReadonlyMap<string, string>,
  paths: ReadonlySet<string>,
): string[] {
  const text = documents.get(document);
  if (text === undefined) return paths.has(document) ? [] : [`cites ${document}, which is not there`];
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map((match) => match[1] ?? "");
  return [
    ...sections
      .filter((section) => !headings.some((heading) => heading.split(" ")[0] === section))
      .map((section) => `cites section ${section} of ${document}, which it does not have`),
    ...(words === undefined || text.toLowerCase().includes(words.toLowerCase())
      ? []
      : [`cites "${words}" of ${document}, which it does not say`]),
    ...(anchor === undefined || headings.some((heading) => anchorOf(heading) === anchor)
      ? []
      : [`links to #${anchor} of ${document}, which it does not have`]),
  ];
}

const citationsIn = ({ text }: TextFile): Citation[] =>
  [...text.matchAll(CITATION)].map(({ index, 1: document = "", 2: sections = "", 3: words }) => ({
    line: lineAt(text, index),
    document,
    sections: sections.match(SECTION) ?? [],
    words,
  }));

const linksIn = ({ path, text }: TextFile): Citation[] =>
  [...text.matchAll(LINK)].map(({ index, 1: target = "", 2: anchor }) => ({
    line: lineAt(text, index),
    document: target === "" ? path : posix.join(posix.dirname(path), target),
    sections: [],
    anchor,
  }));

const lineAt = (text: string, index: number): number => text.slice(0, index).split("\n").length;

/** The anchor that a heading gets where Markdown is shown. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
