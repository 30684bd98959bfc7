import type { PageWords } from "@regulars/render/texts/page-words";

/** A part of an address's query that its page does not use. */
export interface Unused {
  readonly name: string;
  readonly value: string;
  /** What the page takes instead, where it knows the name. */
  readonly allowed?: ((words: PageWords) => string) | undefined;
  /** Why it cannot be used, in the reader's language; empty where `allowed` or nothing says it. */
  readonly why?: string;
}

/** What was read of a query, and what of it could not be used. */
export interface ReadQuery {
  readonly names: Set<string>;
  readonly unusable: Unused[];
}
