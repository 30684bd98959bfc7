import { rowAs } from "@regulars/core/platform/unreadable-row";
import { type ImportedContact, importedContactSchema } from "@regulars/core/imports/imported-contact";
import type { LeadPage } from "@regulars/core/imports/record-store";
import type { NoteSaved, SaveCounts } from "@regulars/core/platform/save-counts";
import type { ExternalId } from "@regulars/core/platform/values";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import { replaceRecords } from "../engine/replace-records.ts";

/** Imported contacts, one for each external id of the tenant. */
export class ImportedContacts {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  save(
    leads: readonly ImportedContact[],
    keep: readonly string[] = [],
    note?: NoteSaved<ImportedContact>,
  ): Promise<SaveCounts> {
    const keyOf = ({ externalId }: ImportedContact) => this.#keys.lead(externalId);
    return replaceRecords(this.#operations, leads, {
      name: "imported contacts",
      keep,
      note,
      schema: importedContactSchema,
      keyOf,
    });
  }

  async find(externalId: ExternalId): Promise<ImportedContact | undefined> {
    const item = await this.#operations.get(this.#keys.lead(externalId));
    return item === undefined ? undefined : rowAs(importedContactSchema, item);
  }

  /** A page in the order of the external ids. */
  async page(limit: number, after?: ExternalId): Promise<LeadPage> {
    const found: ImportedContact[] = [];
    for await (const item of this.#operations.query({
      KeyConditionExpression: after === undefined ? "pk = :pk" : "pk = :pk AND sk > :after",
      ExpressionAttributeValues: {
        ":pk": this.#keys.leads(),
        ...(after === undefined ? {} : { ":after": this.#keys.lead(after).sk }),
      },
      ConsistentRead: true,
      Limit: limit + 1,
    })) {
      found.push(rowAs(importedContactSchema, item));
      if (found.length > limit) break;
    }
    const leads = found.slice(0, limit);
    const last = leads.at(-1);
    return { leads, ...(found.length > limit && last !== undefined ? { next: last.externalId } : {}) };
  }
}
