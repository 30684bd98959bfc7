import { rowAs } from "@regulars/core/platform/unreadable-row";
import { randomUUID } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { KeptSuggestions } from "@regulars/core/code-red/link-store";
import { suggestionRunSchema } from "@regulars/core/code-red/link-review";
import { type LinkSuggestion, linkSuggestionSchema } from "@regulars/core/code-red/suggest-links";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { type Instant, toInstant } from "@regulars/core/platform/values";
import * as z from "zod";
import { writesOf } from "../engine/companion-writes.ts";
import type { Key } from "../engine/key.ts";
import type { Operations } from "../engine/operations.ts";
import { pauseToReread } from "../engine/pause.ts";
import { replacing } from "../engine/revision.ts";
import type { Keys } from "../keys.ts";
import { suggestionPages } from "./keys.ts";

/** Suggestions of a page: about 50 bytes each when packed. */
const PAGE = 2_000;
const MAX_ROUNDS = 12;
/** After this time a run's pages are named by its head, or never, ms: no function runs so long. */
const ABANDONED_MS = 60 * 60_000;

const headSchema = suggestionRunSchema.extend({ stamp: z.string(), pages: z.int() });
const pageSchema = z.object({ packed: z.instanceof(Uint8Array) });
const suggestionsSchema = z.array(linkSuggestionSchema);

/**
 * The last run of suggested links. The pages of a run are written before the head that names them, so a reader sees one
 * run whole: the one before or the one after.
 */
export class LinkSuggestions {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  async replace({ run, suggestions }: KeptSuggestions, companion?: CompanionWrites): Promise<void> {
    const stamp = `${run.at}-${randomUUID()}`;
    const pages = Math.ceil(suggestions.length / PAGE);
    for (let page = 0; page < pages; page += 1) {
      const packed = pack(suggestions.slice(page * PAGE, (page + 1) * PAGE));
      await this.#operations.put({ ...this.#keys.suggestionPage(stamp, page), packed });
    }
    const key = this.#keys.suggestionRun();
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (round > 0) await pauseToReread(round);
      const before = await this.#operations.get(key);
      const Put = replacing({ ...key, ...run, stamp, pages }, before);
      if (!(await this.#operations.transact([{ Put }, ...writesOf(companion)]))) continue;
      if (before !== undefined) await this.#removePages(headSchema.parse(before));
      return this.#removeAbandoned(run.at);
    }
    throw new ContentionError("links are being suggested by many requests at once: try again");
  }

  /** Pages of runs that ended before their head was written: stamps begin with the run's time. */
  async #removeAbandoned(now: Instant): Promise<void> {
    const abandoned: Key[] = [];
    for await (const { pk, sk } of this.#operations.query({
      KeyConditionExpression: "pk = :pages AND sk BETWEEN :first AND :last",
      ExpressionAttributeValues: {
        ":pages": this.#keys.suggestions(),
        ":first": suggestionPages(""),
        ":last": suggestionPages(toInstant(Date.parse(now) - ABANDONED_MS)),
      },
    }))
      abandoned.push({ pk: String(pk), sk: String(sk) });
    await this.#operations.batchDelete(abandoned);
  }

  #removePages({ stamp, pages }: Pick<z.output<typeof headSchema>, "stamp" | "pages">): Promise<void> {
    return this.#operations.batchDelete(
      Array.from({ length: pages }, (_, page) => this.#keys.suggestionPage(stamp, page)),
    );
  }

  async last(): Promise<KeptSuggestions | undefined> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (round > 0) await pauseToReread(round);
      const head = await this.#operations.get(this.#keys.suggestionRun());
      if (head === undefined) return undefined;
      const { stamp, pages, ...run } = rowAs(headSchema, head);
      const suggestions: LinkSuggestion[][] = [];
      for await (const item of this.#operations.partition(this.#keys.suggestions(), suggestionPages(stamp)))
        suggestions.push(unpack(rowAs(pageSchema, item).packed));
      if (suggestions.length === pages) return { run, suggestions: suggestions.flat() };
    }
    throw new ContentionError("links are being suggested by many requests at once: try again");
  }
}

const pack = (suggestions: readonly LinkSuggestion[]): Uint8Array => deflateRawSync(JSON.stringify(suggestions));

const unpack = (packed: Uint8Array): LinkSuggestion[] =>
  suggestionsSchema.parse(JSON.parse(inflateRawSync(packed).toString()));
