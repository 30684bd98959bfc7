import type { Links } from "@regulars/core/notifications/compose";
import { segmentOfId } from "@regulars/core/platform/id-text";
import type { DealId, OperationId, PlanId } from "@regulars/core/platform/ids";
import type { TenantId } from "@regulars/core/platform/values";

/** Addresses of the pages: paths, or full URLs when `origin` is given. */
export const addresses = (origin = ""): Links => ({
  finding: ({ tenantId, findingId }) => `${origin}/findings/${tenantId}/${segmentOfId(findingId)}`,
  rep: (tenantId, userId) => `${origin}${teamPath(tenantId)}/${segmentOfId(userId)}`,
  introductions: (tenantId, userId) => `${origin}${introductionsPath(tenantId, userId)}`,
});

/** The introductions that a user asked for and is asked for. */
export const introductionsPath = (tenantId: TenantId, userId: string): string =>
  `/introductions/${tenantId}/${segmentOfId(userId)}`;

/** The page of a tenant's backtests, or of one of them. */
export const backtestsPath = (tenantId: TenantId, backtestId = ""): string =>
  `/backtests/${tenantId}${backtestId === "" ? "" : `/${backtestId}`}`;

/** The page of all reps of a tenant. */
export const teamPath = (tenantId: TenantId): string => `/for-you/${tenantId}`;

/** A tenant's sales plans, the form of a new one, and its refusal reasons. */
export const plansPath = (tenantId: TenantId): string => `/plans/${tenantId}`;
export const newPlanPath = (tenantId: TenantId): string => `/new-plan/${tenantId}`;
export const reasonsPath = (tenantId: TenantId): string => `/refusal-reasons/${tenantId}`;

/** The board of a sales plan. */
export const planPath = (tenantId: TenantId, planId: PlanId): string => `/plans/${tenantId}/${planId}`;

/** Its rules, members and statuses, to change them. */
export const planSettingsPath = (tenantId: TenantId, planId: PlanId): string =>
  `${planPath(tenantId, planId)}/settings`;

/** Where a member of it leaves it. */
export const planMemberPath = (tenantId: TenantId, planId: PlanId, userId: string): string =>
  `${planPath(tenantId, planId)}/members/${segmentOfId(userId)}`;

/** The id of a deal's card on it. */
export const cardAnchorOf = (dealId: string): string => `card-${dealId}`;

/** The form of a new deal in it. */
export const newDealPath = (tenantId: TenantId, planId: PlanId): string => `${planPath(tenantId, planId)}/new-deal`;

export const dealPath = (tenantId: TenantId, planId: PlanId, dealId: DealId): string =>
  `${planPath(tenantId, planId)}/deals/${dealId}`;

/** A bulk operation on deals of a sales plan. */
export const dealOperationPath = (tenantId: TenantId, planId: PlanId, operationId: OperationId): string =>
  `${planPath(tenantId, planId)}/operations/${segmentOfId(operationId)}`;

/** A tenant's refusal report. */
export const refusalsPath = (tenantId: TenantId): string => `/refusals/${tenantId}`;

/** The search over a tenant. */
export const searchPath = (tenantId: TenantId): string => `/search/${tenantId}`;

/** The settings of Code Red, with the log of all settings. */
export const codeRedSettingsPath = (tenantId: TenantId): string => `/code-red-settings/${tenantId}`;
/** The page of a tenant's settings. */
export const settingsPath = (tenantId: TenantId): string => `/settings/${tenantId}`;

/** The call list of Code Red, or one customer of it. */
export const codeRedPath = (tenantId: TenantId, customerId = ""): string =>
  `/code-red/${tenantId}${customerId === "" ? "" : `/${segmentOfId(customerId)}`}`;

/** Relationships of a tenant with its customers, or with one of them. */
export const relationshipsPath = (tenantId: TenantId, customerId = ""): string =>
  `/relationships/${tenantId}${customerId === "" ? "" : `/${segmentOfId(customerId)}`}`;

/** Who knows a person, or a lead's contact. */
export const whoKnowsPath = (tenantId: TenantId, personId: string): string =>
  `/who-knows/${tenantId}/${segmentOfId(personId)}`;

/** The links between a tenant's items, and those that its orders suggest. */
export const linksPath = (tenantId: TenantId): string => `/links/${tenantId}`;
export const linkSuggestionsPath = (tenantId: TenantId): string => `${linksPath(tenantId)}/suggestions`;

/** The status monitors of a tenant with who has their statuses, and a picture of theirs. */
export const statusesPath = (tenantId: TenantId): string => `/statuses/${tenantId}`;
export const statusPicturePath = (tenantId: TenantId, pictureId: string): string =>
  `${statusesPath(tenantId)}/pictures/${pictureId}`;
/** The form of a status: of a saved one, or of a new one. */
export const statusEditorPath = (tenantId: TenantId, statusId?: string): string =>
  `${statusesPath(tenantId)}/edit${statusId === undefined ? "" : `/${statusId}`}`;
/** Where the follow-up of a status is made by hand, for one who has it. */
export const statusFollowUpPath = (tenantId: TenantId, statusId: string, ownerType: string, ownerId: string): string =>
  `${statusesPath(tenantId)}/follow-ups/${statusId}/${ownerType}/${segmentOfId(ownerId)}`;
/** Where a follow-up is ended. */
export const followUpPath = (tenantId: TenantId, followUpId: string): string =>
  `${statusesPath(tenantId)}/follow-ups/${segmentOfId(followUpId)}`;

/** A tenant's selections, and one of them. */
export const selectionsPath = (tenantId: TenantId): string => `/selections/${tenantId}`;
export const selectionPath = (tenantId: TenantId, selectionId: string): string =>
  `${selectionsPath(tenantId)}/${segmentOfId(selectionId)}`;

/** What reaches the viewer, how and when; the same by default for everybody; and what would be sent next. */
export const notificationsPath = (tenantId: TenantId): string => `/notifications/${tenantId}`;
export const tenantNotificationsPath = (tenantId: TenantId): string => `${notificationsPath(tenantId)}/tenant`;
export const nextMessagesPath = (tenantId: TenantId): string => `${notificationsPath(tenantId)}/next`;
/** The log of messages, and as CSV. */
export const deliveriesPath = (tenantId: TenantId): string => `${notificationsPath(tenantId)}/log`;
/** The tenant's Slack workspace. */
export const slackPath = (tenantId: TenantId): string => `${notificationsPath(tenantId)}/slack`;
/** The addresses that get no mail. */
export const suppressionsPath = (tenantId: TenantId): string => `${notificationsPath(tenantId)}/suppressions`;
/** The texts that a tenant may say in its own words, in one language; or one of them. */
export const templatesPath = (tenantId: TenantId, language?: string, textId?: string): string => {
  const path = `${notificationsPath(tenantId)}/templates`;
  if (language === undefined) return path;
  if (textId === undefined) return `${path}?language=${language}`;
  return `${path}/edit?language=${language}&text=${encodeURIComponent(textId)}`;
};

/** The people of a tenant, its API keys, and its webhooks. */
export const usersPath = (tenantId: TenantId): string => `/users/${tenantId}`;
export const apiKeysPath = (tenantId: TenantId): string => `/api-keys/${tenantId}`;
export const webhooksPath = (tenantId: TenantId): string => `/webhooks/${tenantId}`;

/** What the last nightly run did, and what is missing of the data. */
export const nightsPath = (tenantId: TenantId): string => `/nights/${tenantId}`;
export const dataQualityPath = (tenantId: TenantId): string => `/data-quality/${tenantId}`;
