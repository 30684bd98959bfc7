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

/** Every document, section and anchor that is cited and is not there, as "file:line says what". */
export function findCitationViolations(files: readonly TextFile[], paths: ReadonlySet<string>): string[] {
  const documents = new Map(files.filter(({ path }) => isDocument(path)).map(({ path, text }) => [path, text]));
  return files
    .flatMap((file) =>
      [...citationsIn(file), ...(isDocument(file.path) ? linksIn(file) : [])].flatMap((citation) =>
        problemsOf(citation, documents, paths).map((says) => `${file.path}:${citation.line} ${says}`),
      ),
    )
    .toSorted();
}

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
