import type { BulkOperationPort } from "../bulk-engine/bulk-operation-port.ts";
import type { CompanionWrites } from "../platform/idempotency.ts";
import type { Instant } from "../platform/values.ts";
import type { Owner } from "./owner.ts";
import type { SelectionChunk, SelectionOperation } from "./selection-action.ts";
import type { Selection } from "./selection.ts";

/** Selections of a tenant, and the members of static ones. */
export interface SelectionStore {
  /** By name. */
  readonly list: () => Promise<readonly Selection[]>;
  readonly find: (selectionId: string) => Promise<Selection | undefined>;
  /** Stores the members of a selection before it is created; nobody sees it until then. */
  readonly begin: (selection: Selection, owners: readonly Owner[]) => Promise<void>;
  /** Removes what was begun more than an hour ago and not created, with its members. */
  readonly removeBegun: (now: Instant) => Promise<void>;
  /** `false` when there is one with this id. */
  readonly create: (selection: Selection, companion?: CompanionWrites) => Promise<boolean>;
  /** Saves the next version; `false` when somebody else saved first. */
  readonly save: (selection: Selection, companion?: CompanionWrites) => Promise<boolean>;
  /** Deletes it with its members; `false` when there is none. */
  readonly remove: (selectionId: string, companion?: CompanionWrites) => Promise<boolean>;
  /** The members of a static selection, in the order of their ids. */
  readonly members: (selectionId: string) => Promise<readonly Owner[]>;
  /** Adding a member twice adds it once. The companion is written with the last of them. */
  readonly addMembers: (selectionId: string, owners: readonly Owner[], companion?: CompanionWrites) => Promise<void>;
  readonly removeMembers: (
    selectionId: string,
    ownerIds: readonly string[],
    companion?: CompanionWrites,
  ) => Promise<void>;
}

/** Actions on selections. */
export interface SelectionOperations extends BulkOperationPort<SelectionOperation, SelectionChunk> {
  /** Saves the results of a piece; `false` when another process has advanced the operation. */
  readonly advance: (
    chunk: SelectionChunk,
    operation: SelectionOperation,
    before: SelectionOperation,
  ) => Promise<boolean>;
}
