/** The namespace of the functions' metrics; a dimension is the stage. */
export const metrics = { namespace: "Regulars", service: "regulars" } as const;

/** Each is used by an alarm or a chart; the functions make them of their reports (functions/reports/figures.ts). */
export const figureNames = [
  "StartedNightlyRuns",
  "LateNightlyRuns",
  "OldestDueMs",
  "NightlyRuns",
  "NightlyMs",
  "NewFindings",
  "SetAsideCustomers",
  "ReadUnits",
  "WriteUnits",
  "SentNotifications",
  "FailedNotifications",
  "MaybeDuplicates",
  "Requests",
  "RefusedRequests",
  "RequestMs",
  "FailedJobs",
  "TimedOutInvocations",
] as const;

export type FigureName = (typeof figureNames)[number];

/** The editions of tenants: a dimension of some metrics. */
export const measuredEditions = ["basic", "pro", "enterprise"] as const;

/** The figures that are also kept for each edition; few, because each costs three. */
export const figuresByEdition: readonly FigureName[] = [
  "NightlyRuns",
  "NightlyMs",
  "SentNotifications",
  "Requests",
  "RequestMs",
];
