import { audienceChunkSchema, audienceOperationSchema } from "@regulars/core/bulk-operations/add-audience";
import { dealOperationChunkSchema, dealOperationSchema } from "@regulars/core/bulk-operations/change-deals";
import type { AudienceOperations, DealOperationStore } from "@regulars/core/bulk-operations/bulk-operation-store";
import type { SalesStore } from "@regulars/core/bulk-operations/sales-store";
import type { Keys } from "./keys.ts";
import { ImportedContacts } from "./imports/imported-contacts.ts";
import type { Operations } from "./engine/operations.ts";
import { BoardIndexTable } from "./boards/board.ts";
import { BoardCounters } from "./boards/board-counters.ts";
import type { PublishedEvents } from "./engine/published-events.ts";
import { DealImports } from "./leads/deal-imports.ts";
import { BulkOperations, openOperations } from "./bulk-engine/bulk-operations.ts";
import { Deals } from "./deals/deals.ts";
import { KeptColumns } from "./deals/kept-columns.ts";
import { Assignments } from "./leads/assignment.ts";
import { DirectAssignments } from "./leads/direct-assignment.ts";
import { InboundRequests } from "./leads/inbound-requests.ts";
import { LeadIntakes } from "./leads/lead-intake.ts";
import type { AddressSecret } from "./contacts/address-secret.ts";
import type { CustomerPersons } from "./contacts/customer-persons.ts";
import { ContactTable } from "./contacts/contacts.ts";
import { SalesPlanTable } from "./sales-plans/sales-plans.ts";
import { type Heads, noHeads } from "./tenants/heads.ts";

interface SalesStoreParts {
  readonly events: PublishedEvents;
  readonly addresses: AddressSecret;
  readonly customerPersons: CustomerPersons;
  /** The time zone of local days. */
  readonly zone: string;
  readonly heads: Heads;
}

/** The store of a tenant's sales plans. */
export function openSalesStore(
  operations: Operations,
  keys: Keys,
  { events, addresses, customerPersons, zone, heads }: SalesStoreParts,
): SalesStore {
  const kept = heads === noHeads ? undefined : new KeptColumns();
  const deals = new Deals(operations, keys, events, { zone, kept });
  const leads = new LeadIntakes(operations, keys, { addresses, persons: customerPersons });
  return {
    salesPlans: new SalesPlanTable(operations, keys, heads),
    assignment: new Assignments(operations, keys, events, zone),
    directAssignment: new DirectAssignments(operations, keys, { leadIntakes: leads, events, zone }),
    contacts: new ContactTable(operations, keys, { deals, customerPersons }),
    deals,
    dealImports: new DealImports(operations, keys, leads, zone),
    leads,
    inboundRequests: new InboundRequests(operations, keys),
    boards: new BoardIndexTable(operations, keys, new BoardCounters(operations, keys, zone)),
    importedContacts: new ImportedContacts(operations, keys),
    audienceOperations: audienceOperationsOf(operations, keys, leads),
    dealOperations: dealOperationsOf(operations, keys, deals),
  };
}

function audienceOperationsOf(operations: Operations, keys: Keys, leads: LeadIntakes): AudienceOperations {
  const bulkOperations = new BulkOperations(operations, keys, {
    operationKey: keys.operation,
    pageKey: keys.operationChunk,
    operationSchema: audienceOperationSchema,
    pageSchema: audienceChunkSchema,
  });
  return {
    ...bulkOperations.port(),
    open: () => openOperations(operations, keys),
    saveLeads: (queued, page, operation, before) =>
      operations.transact([
        ...bulkOperations.advanceWrites(page, operation, before),
        ...queued.flatMap((lead) => leads.queueWrites(lead)),
      ]),
  };
}

function dealOperationsOf(operations: Operations, keys: Keys, deals: Deals): DealOperationStore {
  const bulkOperations = new BulkOperations(operations, keys, {
    operationKey: keys.dealOperation,
    pageKey: keys.dealOperationChunk,
    operationSchema: dealOperationSchema,
    pageSchema: dealOperationChunkSchema,
  });
  return {
    ...bulkOperations.port(),
    saveDeals: (changes, page, operation, before) =>
      deals.saveTogether(changes, bulkOperations.advanceWrites(page, operation, before)),
  };
}
