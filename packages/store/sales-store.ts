import { jobPageSchema, jobSchema } from "@regulars/core/bulk-operations/add-audience";
import { dealJobPageSchema, dealJobSchema } from "@regulars/core/bulk-operations/change-deals";
import type { PlanStore } from "@regulars/core/bulk-operations/sales-store";
import { contentHash } from "./engine/content-hash.ts";
import type { Keys } from "./keys.ts";
import { Leads } from "./imports/imported-contacts.ts";
import type { Operations } from "./engine/operations.ts";
import { Board } from "./boards/board.ts";
import { BoardIndex } from "./boards/board-counters.ts";
import { DealTelling } from "./deals/deal-events.ts";
import { DealImports } from "./leads/deal-imports.ts";
import { BulkOperations, openOperations } from "./bulk-engine/bulk-operations.ts";
import { Deals } from "./deals/deals.ts";
import { Desks } from "./leads/assignment.ts";
import { HookDeliveries } from "./leads/inbound-requests.ts";
import { Intakes } from "./leads/lead-intake.ts";
import { LeadPersons } from "./contacts/contacts.ts";
import { PlanItems } from "./sales-plans/sales-plans.ts";

/** Everything of one tenant's sales plans; its days are those of `zone`. */
export function openPlanStore(operations: Operations, keys: Keys, zone: string): PlanStore {
  const items = new PlanItems(operations, keys);
  const telling = new DealTelling(operations, keys);
  const desks = new Desks(operations, keys, telling, zone);
  const deals = new Deals(operations, keys, telling, zone);
  const intakes = new Intakes(operations, keys);
  const persons = new LeadPersons(operations, keys, deals);
  const imports = new DealImports(operations, keys, intakes, zone);
  const imported = new Leads(operations, keys);
  const hooks = new HookDeliveries(operations, keys);
  return {
    plans: () => items.plans(),
    plan: (planId) => items.plan(planId),
    createPlan: (plan, desk, receipt) => items.create(plan, desk, receipt),
    savePlan: (plan, rulesTicket, receipt) => items.save(plan, rulesTicket, receipt),
    reasons: () => items.reasons(),
    saveReason: (reason) => items.saveReason(reason),
    users: (userIds) => items.users(userIds),
    takeTickets: (planId, count) => desks.takeTickets(planId, count),
    voidTicket: (planId, ticket) => desks.voidTicket(planId, ticket),
    lastTicket: (planId) => desks.lastTicket(planId),
    lookUp: (planId, sought) => intakes.lookUp(planId, sought),
    fingerprint: (payload) => contentHash(payload),
    openDealOf: (personId, planId) => intakes.openDealOf(personId, planId),
    openDealsOf: (personIds, planId) => intakes.openDealsOf(personIds, planId),
    saveIntakes: (all) => intakes.save(all),
    noteDuplicate: (deal, note, told) => intakes.noteDuplicate(deal, note, told),
    noteDelivery: (delivery, at) => intakes.noteDelivery(delivery, at),
    takeLease: (planId, now, until) => desks.takeLease(planId, now, until),
    deskOf: (planId) => desks.deskOf(planId),
    ticketsAfter: (planId, done, limit) => desks.ticketsAfter(planId, done, limit),
    ticket: (planId, ticket) => desks.ticket(planId, ticket),
    tray: (planId, limit, after) => desks.tray(planId, limit, after),
    loads: (planId, openStatuses) => desks.loads(planId, openStatuses),
    evidenceOf: (personId) => persons.evidenceOf(personId),
    commit: (commit) => desks.commit(commit),
    releaseLease: (lease) => desks.release(lease),
    peek: (planId, dealId) => desks.peek(planId, dealId),
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
    closingTallies: (planId, from, to) => deals.closingTallies(planId, from, to),
    leadPersons: (personIds) => persons.persons(personIds),
    leadPerson: (personId) => persons.person(personId),
    setOwner: (personId, ownerId) => persons.setOwner(personId, ownerId),
    noteActivity: (personId, activity) => persons.noteActivity(personId, activity),
    audience: () => persons.audience(),
    importedLeads: (limit, after) => imported.page(limit, after),
    savePersons: (all) => intakes.savePersons(all),
    noteHooks: (all) => hooks.note(all),
    hooks: (scope, limit) => hooks.list(scope, limit),
    hook: (scope, requestId) => hooks.find(scope, requestId),
    hasNews: () => telling.hasNews,
    importDeals: (all, note) => imports.save(all, note),
    ...bulkAddsOf(operations, keys, intakes),
    ...bulkChangesOf(operations, keys, deals),
  };
}

function boardOf(operations: Operations, keys: Keys, zone: string) {
  const index = new BoardIndex(operations, keys, zone);
  const board = new Board(operations, keys, index);
  return {
    boardRows: (planId) => board.rows(planId),
    settleBoard: (planId) => board.settle(planId),
    isBoardBehind: (planId) => board.isBehind(planId),
    dayCounts: (planId, span, managers) => index.counts(planId, span, managers),
    reasonPlaces: (planId, reasonId, page) => index.places(planId, reasonId, page),
  } satisfies Partial<PlanStore>;
}

function bulkAddsOf(operations: Operations, keys: Keys, intakes: Intakes) {
  const jobs = new BulkOperations(operations, keys, {
    operationKey: keys.job,
    pageKey: keys.jobPage,
    operationSchema: jobSchema,
    pageSchema: jobPageSchema,
  });
  return {
    startJob: (job, receipt) => jobs.start(job, receipt),
    saveJobPage: (jobId, page) => jobs.savePage(jobId, page),
    job: (jobId) => jobs.find(jobId),
    openJobs: () => openOperations(operations, keys),
    jobPage: (jobId, page) => jobs.page(jobId, page),
    saveBulkIntake: (leads, page, job, before) =>
      operations.transact([
        ...jobs.advanceWrites(page, job, before),
        ...leads.flatMap((lead) => intakes.ticketWrites(lead)),
      ]),
  } satisfies Partial<PlanStore>;
}

function bulkChangesOf(operations: Operations, keys: Keys, deals: Deals) {
  const jobs = new BulkOperations(operations, keys, {
    operationKey: keys.dealJob,
    pageKey: keys.dealJobPage,
    operationSchema: dealJobSchema,
    pageSchema: dealJobPageSchema,
  });
  return {
    startDealJob: (job, receipt) => jobs.start(job, receipt),
    saveDealJobPage: (jobId, page) => jobs.savePage(jobId, page),
    dealJob: (jobId) => jobs.find(jobId),
    dealJobPage: (jobId, page) => jobs.page(jobId, page),
    saveDealPiece: (changes, page, job, before) => deals.saveTogether(changes, jobs.advanceWrites(page, job, before)),
  } satisfies Partial<PlanStore>;
}
