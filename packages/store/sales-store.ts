import { audienceChunkSchema, audienceOperationSchema } from "@regulars/core/bulk-operations/add-audience";
import { dealOperationChunkSchema, dealOperationSchema } from "@regulars/core/bulk-operations/change-deals";
import type { SalesStore } from "@regulars/core/bulk-operations/sales-store";
import { contentHash } from "./engine/content-hash.ts";
import type { Keys } from "./keys.ts";
import { ImportedContacts } from "./imports/imported-contacts.ts";
import type { Operations } from "./engine/operations.ts";
import { BoardIndexTable } from "./boards/board.ts";
import { BoardCounters } from "./boards/board-counters.ts";
import { DealTelling } from "./deals/deal-events.ts";
import { DealImports } from "./leads/deal-imports.ts";
import { BulkOperations, openOperations } from "./bulk-engine/bulk-operations.ts";
import { Deals } from "./deals/deals.ts";
import { Assignments } from "./leads/assignment.ts";
import { InboundRequests } from "./leads/inbound-requests.ts";
import { LeadIntakes } from "./leads/lead-intake.ts";
import { ContactTable } from "./contacts/contacts.ts";
import { SalesPlanTable } from "./sales-plans/sales-plans.ts";

/** Everything of one tenant's sales plans; its days are those of `zone`. */
export function openSalesStore(operations: Operations, keys: Keys, zone: string): SalesStore {
  const items = new SalesPlanTable(operations, keys);
  const telling = new DealTelling(operations, keys);
  const assignments = new Assignments(operations, keys, telling, zone);
  const deals = new Deals(operations, keys, telling, zone);
  const leadIntakes = new LeadIntakes(operations, keys);
  const persons = new ContactTable(operations, keys, deals);
  const imports = new DealImports(operations, keys, leadIntakes, zone);
  const imported = new ImportedContacts(operations, keys);
  const inboundRequests = new InboundRequests(operations, keys);
  return {
    plans: () => items.plans(),
    plan: (planId) => items.plan(planId),
    createSalesPlan: (plan, assignmentState, companion) => items.create(plan, assignmentState, companion),
    saveSalesPlan: (plan, rulesSequence, companion) => items.save(plan, rulesSequence, companion),
    reasons: () => items.reasons(),
    saveReason: (reason) => items.saveReason(reason),
    users: (userIds) => items.users(userIds),
    reserveSequences: (planId, count) => assignments.reserveSequences(planId, count),
    voidSequence: (planId, sequence) => assignments.voidSequence(planId, sequence),
    lastReserved: (planId) => assignments.lastReserved(planId),
    findMany: (planId, sought) => leadIntakes.findMany(planId, sought),
    fingerprint: (payload) => contentHash(payload),
    openDealOf: (personId, planId) => leadIntakes.openDealOf(personId, planId),
    openDealsOf: (personIds, planId) => leadIntakes.openDealsOf(personIds, planId),
    saveLeadIntakes: (all) => leadIntakes.save(all),
    noteDuplicate: (deal, note, given) => leadIntakes.noteDuplicate(deal, note, given),
    noteIdempotencyRecord: (notification, at) => leadIntakes.noteIdempotencyRecord(notification, at),
    takeLease: (planId, now, until) => assignments.takeLease(planId, now, until),
    assignmentStateOf: (planId) => assignments.assignmentStateOf(planId),
    queuedAfter: (planId, done, limit) => assignments.queuedAfter(planId, done, limit),
    sequence: (planId, sequence) => assignments.sequence(planId, sequence),
    unassigned: (planId, limit, after) => assignments.unassigned(planId, limit, after),
    loads: (planId, openStatuses) => assignments.loads(planId, openStatuses),
    evidenceOf: (personId) => persons.evidenceOf(personId),
    commit: (commit) => assignments.commit(commit),
    releaseLease: (lease) => assignments.release(lease),
    readWithLease: (planId, dealId) => assignments.readWithLease(planId, dealId),
    deal: (dealId) => deals.deal(dealId),
    deals: (dealIds) => deals.deals(dealIds),
    logEntry: (dealId, version) => deals.logEntry(dealId, version),
    timeline: (dealId) => deals.timeline(dealId),
    closings: (dealId) => deals.closings(dealId),
    saveDeal: (change) => deals.save(change),
    column: (planId, statusId, limit) => deals.column(planId, statusId, limit),
    columnPage: (planId, part, page) => deals.columnPage(planId, part, page),
    counts: (planId) => deals.counts(planId),
    ...boardOf(operations, keys, zone),
    closingsOf: (planId, span) => deals.closingsOf(planId, span),
    closingCounts: (planId, from, to) => deals.closingCounts(planId, from, to),
    contacts: (personIds) => persons.persons(personIds),
    contact: (personId) => persons.person(personId),
    setOwner: (personId, ownerId) => persons.setOwner(personId, ownerId),
    noteActivity: (personId, activity) => persons.noteActivity(personId, activity),
    audience: () => persons.audience(),
    importedContacts: (limit, after) => imported.page(limit, after),
    savePersons: (all) => leadIntakes.savePersons(all),
    noteInboundRequests: (all) => inboundRequests.note(all),
    inboundRequests: (scope, limit) => inboundRequests.list(scope, limit),
    inbound: (scope, requestId) => inboundRequests.find(scope, requestId),
    hasNews: () => telling.hasNews,
    importDeals: (all, note) => imports.save(all, note),
    ...bulkAddsOf(operations, keys, leadIntakes),
    ...bulkChangesOf(operations, keys, deals),
  };
}

function boardOf(operations: Operations, keys: Keys, zone: string) {
  const index = new BoardCounters(operations, keys, zone);
  const board = new BoardIndexTable(operations, keys, index);
  return {
    boardRows: (planId) => board.rows(planId),
    refreshBoardIndex: (planId) => board.settle(planId),
    isBoardBehind: (planId) => board.isBehind(planId),
    dayCounts: (planId, span, managers) => index.counts(planId, span, managers),
    reasonPlaces: (planId, reasonId, page) => index.places(planId, reasonId, page),
  } satisfies Partial<SalesStore>;
}

function bulkAddsOf(operations: Operations, keys: Keys, leadIntakes: LeadIntakes) {
  const bulkOperations = new BulkOperations(operations, keys, {
    operationKey: keys.operation,
    pageKey: keys.operationChunk,
    operationSchema: audienceOperationSchema,
    pageSchema: audienceChunkSchema,
  });
  return {
    startOperation: (operation, companion) => bulkOperations.start(operation, companion),
    saveOperationChunk: (operationId, page) => bulkOperations.saveChunk(operationId, page),
    operation: (operationId) => bulkOperations.find(operationId),
    openOperations: () => openOperations(operations, keys),
    operationChunk: (operationId, page) => bulkOperations.chunk(operationId, page),
    saveLeadsOfChunk: (leads, page, operation, before) =>
      operations.transact([
        ...bulkOperations.advanceWrites(page, operation, before),
        ...leads.flatMap((lead) => leadIntakes.queueWrites(lead)),
      ]),
  } satisfies Partial<SalesStore>;
}

function bulkChangesOf(operations: Operations, keys: Keys, deals: Deals) {
  const bulkOperations = new BulkOperations(operations, keys, {
    operationKey: keys.dealOperation,
    pageKey: keys.dealOperationChunk,
    operationSchema: dealOperationSchema,
    pageSchema: dealOperationChunkSchema,
  });
  return {
    startDealOperation: (operation, companion) => bulkOperations.start(operation, companion),
    saveDealOperationChunk: (operationId, page) => bulkOperations.saveChunk(operationId, page),
    dealOperation: (operationId) => bulkOperations.find(operationId),
    dealOperationChunk: (operationId, page) => bulkOperations.chunk(operationId, page),
    saveDealPiece: (changes, page, operation, before) =>
      deals.saveTogether(changes, bulkOperations.advanceWrites(page, operation, before)),
  } satisfies Partial<SalesStore>;
}
