import { verdicts } from "@regulars/core/insights/feedback";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { importKinds } from "@regulars/core/imports/rows";
import { importOptions } from "./imports/import-options.ts";
import { keyActions } from "@regulars/core/access/rights";
import { salesBases } from "@regulars/core/sales-figures/invoiced";
import { performanceMetrics, performanceWindows } from "@regulars/core/sales-figures/lowest";
import { editions } from "@regulars/core/tenants/tenant";
import { Command, Option } from "commander";
import { type ImportOptions, importCommand } from "./imports/import.ts";
import { backtestBounds } from "@regulars/core/backtests/options";
import { type BacktestCommandOptions, backtestCommand } from "./backtests/backtest.ts";
import type { DealsOptions } from "./sales-plans/chosen-plan.ts";
import { dealsActions, dealsCommand } from "./deals/deals.ts";
import { type ImportDealsOptions, importDealsCommand } from "./imports/import-deals.ts";
import { type RefusalsOptions, refusalsCommand } from "./refusals/refusals.ts";
import { reportGroupings } from "@regulars/core/refusals/refusal-report";
import {
  type NotificationOptions,
  notificationActions,
  notificationPreferencesCommand,
} from "./notifications/preferences.ts";
import { type SuppressionsOptions, suppressionsCommand } from "./notifications/suppressions.ts";
import { type SlackOptions, slackActions, slackCommand } from "./notifications/slack.ts";
import { type TemplatesOptions, templatesCommand } from "./notifications/templates.ts";
import { type DeliveriesOptions, notificationsCommand } from "./notifications/notifications.ts";
import { doctorCommand } from "./system/doctor.ts";
import { suggestionStates } from "@regulars/core/code-red/link-review";
import { suggestionMetrics } from "@regulars/core/code-red/suggest-links";
import { comparisonModes } from "@regulars/core/code-red/settings";
import { type HealthOptions, healthCommand } from "./relationships/health.ts";
import { type IntroductionsOptions, introductionActions, introductionsCommand } from "./who-knows/introductions.ts";
import { type OptOutsOptions, optOutActions, optOutsCommand } from "./who-knows/opt-outs.ts";
import { type WhoKnowsOptions, whoKnowsCommand } from "./who-knows/who-knows.ts";
import { ownerTypes } from "@regulars/core/monitors/owner";
import { presetNames } from "@regulars/core/monitors/presets";
import { type StatusOptions, statusActions, statusCommand } from "./monitors/status.ts";
import { type CodeRedOptions, codeRedActions, codeRedCommand } from "./code-red/code-red.ts";
import { type LinksOptions, linksActions, linksCommand } from "./code-red/links.ts";
import { type FollowUpOptions, followUpActions, followUpsCommand } from "./monitors/follow-ups.ts";
import { type SelectionOptions, selectionVerbs, selectionsCommand } from "./monitors/selections.ts";
import { type SelectOptions, selectCommand } from "./monitors/select.ts";
import { type FindingsOptions, findingActions, findingsCommand } from "./insights/findings.ts";
import { type ForYouOptions, forYouCommand, usualOptions } from "./insights/for-you.ts";
import { type InsightsOptions, insightsCommand } from "./insights/insights.ts";
import { type KeysOptions, keysCommand } from "./access/keys.ts";
import { type PlansOptions, plansActions, plansCommand } from "./sales-plans/plans.ts";
import { type NightlyOptions, nightlyCommand } from "./nightly/nightly.ts";
import { type PaymentsOptions, paymentsCommand } from "./imports/payments.ts";
import { type OrdersOptions, ordersCommand } from "./insights/orders.ts";
import { type SettingsOptions, settingsCommand } from "./insights/settings.ts";
import { type StartOptions, startCommand } from "./system/start.ts";
import { type EraseOptions, eraseCommand } from "./erasure/erase.ts";
import { exportCommand, restoreCommand } from "./tenant-copies/copies.ts";
import { type TenantsOptions, tenantActions, tenantsCommand } from "./tenants/tenants.ts";
import type { CommandName } from "./system/command-texts.ts";
import { HelpInSentences, withTexts } from "./system/help.ts";
import type { Session } from "./session.ts";
import { version } from "./version.ts";

/** What the command line starts with; a command adds its own options to it. */
export type BaseSession = Omit<Session, "data" | "json">;

type Run<Options> = (session: Session, options: Options, positional: readonly string[]) => Promise<number>;
type Add = <Options>(name: CommandName, run: Run<Options>) => Command;

const tenant = (command: Command): Command =>
  command.requiredOption("--tenant <id>", "the tenant's id, as the command tenants lists it");

/** Makes usage errors look like all other errors: "regulars: unknown command 'imprt' (Did you mean import?); …". */
const usageError =
  (whatNext: string) =>
  (text: string, write: (line: string) => void): void => {
    const said = text
      .replace(/^error: /, "")
      .trim()
      .replace(/\.$/, "");
    write(`regulars: ${said.split(/\s*\n\s*/).join(" ")}; ${whatNext}\n`);
  };

const scopeFilter = (command: Command): Command =>
  command
    .option("--rep <user>", "this rep's customers; for a manager, the team's customers")
    .option("--team <id>", "this team's customers")
    .option("--territory <id>", "this territory's customers");

const addPlans = (command: Command): Command =>
  command
    .argument("[action]", `what to do: ${plansActions.join(", ")}`, "list")
    .argument("[subject]", "the plan's id; for create, the JSON file of the new plan")
    .argument("[file]", "for add, a CSV file of leads; for edit, a JSON file with what changes")
    .option("--example", "for create: print a plan's file, with users of the tenant as its managers")
    .option("--count <number>", "how many assignments a dry run shows", "10");

/** The commands of `regulars`. `finish` gets the exit code of the one that ran. */
export function createProgram(base: BaseSession, finish: (code: number) => void): Command {
  const program = new Command("regulars")
    .description("Keeps a distributor's regular customers regular.")
    .version(version)
    .configureOutput({
      writeOut: base.print,
      writeErr: base.note,
      outputError: usageError("npx regulars --help lists the commands"),
    })
    .exitOverride();
  program.createHelp = () => new HelpInSentences();
  const add: Add = <Options>(name: CommandName, run: Run<Options>): Command =>
    withTexts(program.command(name), name)
      .configureOutput({ outputError: usageError(`npx regulars ${name} --help shows what it takes`) })
      .option("--data <dir>", "the folder for the database, e-mails and Slack messages", ".regulars")
      .option("--json", "print exactly one JSON document to standard output", false)
      .action(async (...given: unknown[]) => {
        const command = given.at(-1);
        if (!(command instanceof Command)) throw new Error("commander gives the command last");
        const { data, json, ...options } = command.opts<Options & { data: string; json: boolean }>();
        finish(await run({ ...base, data, json }, options as Options, command.args));
      });

  add<StartOptions>("start", startCommand)
    .option("--port <number>", "the port of the pages and the API", "4780")
    .option("--no-demo", "make no demo tenant");
  addImport(add);
  addNightly(add);
  tenant(add<InsightsOptions>("insights", insightsCommand))
    .option("--kind <kind>", `only this kind: ${builtInInsights.kinds.map(({ id }) => id).join(", ")}`)
    .option("--rep <user>", "only this rep's customers")
    .option("--customer <id>", "only this customer")
    .option("--carried", "include lost items that are only held open, not found by the rule")
    .addOption(
      new Option(
        "--as-of <day>",
        "YYYY-MM-DD, compute for a past day, saves nothing; default: the last nightly run's findings",
      ),
    );
  addForYou(add);
  addCodeRed(add);
  addLinks(add);
  addHealth(add);
  addWhoKnows(add);
  addIntroductions(add);
  addSelect(add);
  addSelections(add);
  addStatus(add);
  tenant(add<DeliveriesOptions>("deliveries", notificationsCommand))
    .option("--retry", "retry messages that have failed for good")
    .option("--resend <id>", "send one message again: its id is in --json and --csv")
    .option("--csv", "the whole log as CSV");
  tenant(add<SuppressionsOptions>("suppressions", suppressionsCommand)).option(
    "--lift <address>",
    "send mail to an address again",
  );
  addNotifications(add);
  addTemplates(add);
  addSlack(add);
  addPayments(add);
  addTenants(add);
  addDeals(add);
  addPlans(tenant(add<PlansOptions>("plans", plansCommand)));
  addKeys(add);
  add<{ rebuild: boolean }>("doctor", doctorCommand).option(
    "--rebuild",
    "check every customer history against its orders and rebuild those that differ",
    false,
  );
  return program;
}

/** What reaches whom and when, and what would be sent. */
function addNotifications(add: Add): void {
  tenant(
    add<NotificationOptions>("notifications", (session, options, given) =>
      notificationPreferencesCommand(session, given[0] ?? "preferences", given[1], options),
    ),
  )
    .argument("[action]", `what to show: ${notificationActions.join(", ")}`, "preferences")
    .argument("[user]", "id of a user; without one, the tenant's defaults, or everybody's messages")
    .option("--set <name=value...>", "preferences: change some, like digestAt=06:30; an empty value takes one back")
    .option("--compel <name=value...>", "preferences: what holds for everybody; an empty one ends it")
    .option("--reason <text>", "why it is changed; with --compel, what everybody is shown");
}

/** A tenant's Slack workspace. */
function addSlack(add: Add): void {
  tenant(add<SlackOptions>("slack", (session, options, [action]) => slackCommand(session, action ?? "status", options)))
    .argument("[action]", `what to do: ${slackActions.join(", ")}`, "status")
    .option("--channel <id>", "channel: where alerts go, like C0123ABCD; an empty one takes it away")
    .option("--team <id>", "channel: of the reps of this team only")
    .option("--rep <id>", "channel: of this rep only");
}

/** Texts of messages in a tenant's own words. */
function addTemplates(add: Add): void {
  tenant(add<TemplatesOptions>("templates", (session, options, [textId]) => templatesCommand(session, textId, options)))
    .argument("[text]", "one text, like digest.footer: its versions, and how it reads to a real customer")
    .option("--language <language>", "of the words; default: that of the tenant's locale")
    .option("--words <words>", "preview these words, which are not saved: settings --template saves some")
    .option("--customer <id>", "preview with this customer; default: the first whom the text would be about");
}

/** The call list of customers whose buying changed. */
function addCodeRed(add: Add): void {
  tenant(
    add<CodeRedOptions>("code-red", (session, options, given) =>
      codeRedCommand(session, given[0] ?? "list", given[1], options),
    ),
  )
    .argument("[action]", `what to do: ${codeRedActions.join(", ")}`, "list")
    .argument("[customer]", "show, ignore: the customer's id")
    .option("--as-of <day>", "YYYY-MM-DD; default: the last nightly run's day, else yesterday")
    .option("--percent <number>", "try another percent than the tenant's, 1 to 100")
    .option("--mode <mode>", `try another comparison: ${comparisonModes.join(", ")}`)
    .option("--seasonal", "try a comparison with the same months of last year")
    .option("--assigned <user...>", "customers assigned to any of these users")
    .option("--rep <user...>", "customers of any of these reps")
    .option("--team <id...>", "customers of any of these teams")
    .option("--territory <id...>", "customers of any of these territories")
    .option("--only-red", "only customers with a red light")
    .option("--only-confirmed", "only customers with a confirmed red light")
    .option("--show-ignored", "also ignored customers")
    .option("--ignore-days <number>", "show ignored customers again after so many days")
    .option("--exclude <type=days...>", "leave out who had an activity, quote, order or invoice in so many days")
    .option("--csv", "print the list as CSV")
    .option("--item <id>", "ignore: this item of the customer instead of the customer")
    .option("--link <item,linked>", "ignore: this link instead of the customer")
    .option("--days <number>", "ignore: for so many days; 0 shows it again; default: the tenant's setting")
    .option("--note <text>", "ignore: why")
    .option("--by <user>", "ignore: id of the user who acts");
}

/** Links between items, entered and suggested. */
function addLinks(add: Add): void {
  tenant(
    add<LinksOptions>("links", (session, options, [action = "list", ...pair]) =>
      linksCommand(session, action, pair, options),
    ),
  )
    .argument("[action]", `what to do: ${linksActions.join(", ")}`, "list")
    .argument("[item]", "set, remove, accept, reject: the item")
    .argument("[linked]", "the item that is bought with it")
    .option("--item <id>", "list: only links of this item, on either side")
    .option("--ratio <number>", "set: so many of the item, 1 to 1000; default: 1")
    .option("--linked-ratio <number>", "set: go with so many of the linked one, 1 to 1000; default: 1")
    .option("--lag-days <number>", "set: the linked item is bought so many days later")
    .option("--bidirectional", "set: show the mirrored expectation too")
    .option("--from <day>", "suggest: YYYY-MM-DD, the first day of the orders that count")
    .option("--percent <number>", "suggest: from this share on, 1 to 100")
    .option("--metric <metric>", `suggest: ${suggestionMetrics.join(" or ")}; default: ${suggestionMetrics[0]}`)
    .option("--min-joint <number>", "suggest: the fewest orders with both; default: 5, of more than 5,000 orders 20")
    .option("--literal", "suggest: without the guards against chance")
    .option("--all", "suggest: also those that would be red for more than a third of their buyers")
    .option("--as-of <day>", "suggest: YYYY-MM-DD, the last day; default: the last nightly run's, else yesterday")
    .option("--state <state>", `suggestions: ${suggestionStates.join(", ")}; default: ${suggestionStates[0]}`)
    .option("--by <user>", "suggest, accept, reject: id of the user who acts");
}

/** How well customers and we are in touch. */
function addHealth(add: Add): void {
  tenant(add<HealthOptions>("health", healthCommand))
    .option("--customer <id>", "one customer, with its persons and figures")
    .option("--person <id>", "a person at a customer, or one known from leads")
    .option("--deal <id>", "an open deal")
    .option("--rep <user...>", "customers of any of these reps")
    .option("--grade <grade...>", "only these grades: good, fair, poor")
    .option("--only-weak", "only customers with something to act on")
    .option("--csv", "print the list as CSV")
    .option("--try <setting=value...>", "who would move to another grade by other settings; saves nothing")
    .option("--as-of <day>", "YYYY-MM-DD; default: the last nightly run's day, else yesterday");
}

/** Introductions by colleagues, and who is left out of them. */
function addIntroductions(add: Add): void {
  tenant(
    add<IntroductionsOptions>("introductions", (session, options, given) =>
      introductionsCommand(session, given[0] ?? "list", given[1], options),
    ),
  )
    .argument("[action]", `what to do: ${introductionActions.join(", ")}`, "list")
    .argument("[introduction]", "accept, introduce, decline: its id")
    .requiredOption("--by <id>", "the user who asks, answers or looks")
    .option("--person <id>", "ask: whom they want to meet")
    .option("--colleague <user>", "ask: who may introduce them");
  tenant(add<OptOutsOptions>("opt-outs", (session, options, given) => optOutsCommand(session, given, options)))
    .argument("[action]", `what to do: ${optOutActions.join(", ")}`, "list")
    .argument("[type]", "out, in: user, team, role or person")
    .argument("[id]", "out, in: its id");
}

/** Colleagues who can introduce somebody. */
function addWhoKnows(add: Add): void {
  tenant(add<WhoKnowsOptions>("who-knows", whoKnowsCommand))
    .option("--person <id>", "a person at a customer, or one known from leads")
    .option("--customer <id>", "anybody at a customer")
    .option("--deal <id>", "the person of a deal")
    .option("--requester <user>", "who asks: they are not suggested to themselves")
    .option("--as-of <day>", "YYYY-MM-DD, the last day that counts; default: the last completed day");
}

/** Who meets criteria of status monitors and selections. */
function addSelect(add: Add): void {
  tenant(add<SelectOptions>("select", selectCommand))
    .option("--criteria <file>", "a file with the criteria, as docs/reference/monitors.md has them")
    .option("--status <id>", "instead: the criteria of this status")
    .option("--owner-type <type>", `with --criteria: whom it is about: ${ownerTypes.join(", ")}; default: company`)
    .option("--as-of <day>", "YYYY-MM-DD; default: the last nightly run's day, else yesterday")
    .option("--preview", "how many match, are unknown, and are excluded by each comparison")
    .option("--explain <id>", "each comparison of one of them, with its value, and when that changes")
    .option("--entering <days>", "who will meet them within so many days if nothing happens");
}

/** Tasks, and lists of whom to call. */
function addSelections(add: Add): void {
  tenant(
    add<FollowUpOptions>("follow-ups", (session, options, given) =>
      followUpsCommand(session, given[0] ?? "list", given[1], options),
    ),
  )
    .argument("[action]", `what to do: ${followUpActions.join(", ")}`, "list")
    .argument("[id]", "the follow-up; create: the status that it is for")
    .option("--user <id>", "list: the open ones of a user")
    .option("--customer <id>", "list: all of a customer")
    .option("--owner <id>", "create: the company, person or project that has the status")
    .option("--owner-type <type>", `create: ${ownerTypes.join(", ")}; default: company`)
    .option("--text <text>", "create: with variables like <name>; default: the status's")
    .option("--type <type>", "create: email, meeting, call or task; default: the status's, else call")
    .option("--due <day>", "create: YYYY-MM-DD; default: today")
    .option("--by <user>", "create, complete, drop: who does it");
  tenant(
    add<SelectionOptions>("selections", (session, options, given) =>
      selectionsCommand(session, given[0] ?? "list", given[1], options),
    ),
  )
    .argument("[action]", `what to do: ${selectionVerbs.join(", ")}`, "list")
    .argument("[id]", "the selection; create: the name of the new one")
    .option("--criteria <file>", "create: a file with criteria makes it dynamic")
    .option("--owner-type <type>", `create: whom it is of: ${ownerTypes.join(", ")}; default: company`)
    .option("--ids <id...>", "add, remove: the members")
    .option("--name <name>", "freeze: the name of the new list")
    .option("--text <text>", "follow-up, mail: what is to be done, or to be read, with variables like <name>")
    .option("--subject <text>", "mail: the subject, with variables like <name>")
    .option("--preview", "follow-up, mail: count and show what would be made, and do nothing")
    .option("--type <type>", "follow-up: email, meeting, call or task; default: call");
}

/** Status monitors. */
function addStatus(add: Add): void {
  tenant(
    add<StatusOptions>("status", (session, options, given) =>
      statusCommand(session, given[0] ?? "list", given[1], options),
    ),
  )
    .argument("[action]", `what to do: ${statusActions.join(", ")}`, "list")
    .argument("[status]", "the status's id; create: default: a new one")
    .option("--preset <name>", `create: begin with ${presetNames.join(", ")}`)
    .option("--file <json>", "create, edit: a file with the fields, like the API's body")
    .option("--criteria <file>", "create, edit, preview: a file with the criteria, as JSON or in words")
    .option("--name <text>", "create, edit: its name")
    .option("--owner-type <type>", `create: whom it is about: ${ownerTypes.join(", ")}; default: company`)
    .option("--picture <file>", "picture: a PNG, JPEG or GIF; without it, the picture is taken away")
    .option("--alt-text <text>", "picture: what it shows, for those who cannot see it")
    .option("--deleted", "list: the deleted ones");
}

/** What is done to single payments. */
function addPayments(add: Add): void {
  tenant(add<PaymentsOptions>("payments", paymentsCommand))
    .argument("<action>", "what to do: take-back")
    .argument("<invoice>", "the id of its invoice")
    .option("--payment <id>", "the payment's id")
    .option("--paid-on <day>", "YYYY-MM-DD, without an id: its day")
    .option("--amount <decimal>", "without an id: its amount, like 84.80");
}

/** The nightly run of one tenant. */
function addNightly(add: Add): void {
  tenant(add<NightlyOptions>("night", nightlyCommand))
    .option("--as-of <day>", "YYYY-MM-DD, the day to look back from; default: the last completed day")
    .option("--no-send", "save findings, but send no messages")
    .option("--force", "also for a day before the last nightly run's: findings and pages go back to that day");
}

/** The tenants of the installation. */
function addTenants(add: Add): void {
  add<TenantsOptions>("tenants", tenantsCommand)
    .argument("[action]", `what to do: ${tenantActions.join(", ")}`, "list")
    .argument("[id]", "the tenant's id")
    .option("--name <name>", "its name; default: its id")
    .option("--time-zone <zone>", "its time zone, like Europe/Berlin", "UTC")
    .option("--currency <code>", "its base currency", "EUR")
    .option("--edition <edition>", `its edition: ${editions.join(", ")}`, "enterprise")
    .option("--admin <user>", "id of its first admin")
    .option("--admin-email <address>", "the admin's e-mail address")
    .option("--yes <id>", "remove: the tenant's id once more, instead of typing it");
  tenant(add<{ readonly tenant: string }>("export", exportCommand)).argument("<file>", "the file to write");
  add<object>("restore", restoreCommand).argument("<file>", "the file that export wrote");
  tenant(add<EraseOptions>("erase", eraseCommand))
    .option("--customer <id>", "a customer, with their persons")
    .option("--person <id>", "one person: the id of a customer's person, or of a contact")
    .option("--dry-run", "count what would be erased, and change nothing", false);
}

/** API keys. */
function addKeys(add: Add): void {
  tenant(add<KeysOptions>("keys", keysCommand))
    .argument("[action]", "what to do: list, create or revoke", "list")
    .argument("[subject]", "the new key's name, or the id of the one to revoke")
    .option("--actions <list>", `what the new key may do: ${keyActions.join(", ")}`)
    .option("--plans <list>", "ids of the sales plans that the new key may use; default: all")
    .option("--strict", "refuse leads from the new key that have unknown fields");
}

/** Deals and the refusal report. */
function addDeals(add: Add): void {
  tenant(add<DealsOptions>("deals", dealsCommand))
    .argument("<action>", `what to do: ${dealsActions.join(", ")}`)
    .argument("<subject>", "a plan to list or to change many deals of, a deal, or the bulk operation to resume")
    .argument("[target]", "the status or the manager")
    .option("--search <text>", "part of the title, name, e-mail or phone number")
    .option("--status <status>", "only this status")
    .option("--manager <user>", "only this manager's")
    .option("--from <day>", "YYYY-MM-DD, created on this day or later")
    .option("--to <day>", "YYYY-MM-DD, created on this day or earlier")
    .option("--reason <reason>", "refusal reason: to filter by, or to close with")
    .option("--clarification <text>", "details of the refusal reason")
    .option("--comment <text>", "a comment for the deal's log")
    .option("--all", "move-many, cancel-many, transfer-many: every deal of the plan")
    .option("--limit <number>", "how many to list", "50");
  tenant(add<RefusalsOptions>("refusals", refusalsCommand))
    .option("--by <group>", `what the lines are: ${reportGroupings.join(" or ")}`, "plan")
    .option("--from <day>", "YYYY-MM-DD, closed on this day or later")
    .option("--to <day>", "YYYY-MM-DD, closed on this day or earlier")
    .option("--plan <plan>", "only this plan")
    .option("--clarifications", "include clarifications")
    .option("--csv", "print the report as CSV")
    .option("--chart <file>", "write the chart as an SVG file; each part links to its deals");
}

/** Imports, with what somebody may say of a file. */
function addImport(add: Add): void {
  const command = add<ImportOptions & ImportDealsOptions>("import", (session, options, [kind = "", file = ""]) =>
    kind === "deals" ? importDealsCommand(session, file, options) : importCommand(session, kind, file, options),
  );
  importOptions(
    tenant(command)
      .argument("<kind>", `what the file has: ${[...importKinds, "deals"].join(", ")}`)
      .argument("<file>", "a CSV file whose first line names the columns"),
  );
}

/** The rep's page "For You" and feedback on findings. */
function addForYou(add: Add): void {
  scopeFilter(tenant(add<ForYouOptions>("for-you", forYouCommand)))
    .option("--as-of <day>", "YYYY-MM-DD, show the page of a past day")
    .option("--lowest <metric>", `lowest performers by ${performanceMetrics.join(" or ")}`, usualOptions.lowest)
    .option("--window <days>", `of the last ${performanceWindows.join(", ")} days`, usualOptions.window)
    .option("--basis <basis>", `the week's sales by ${salesBases.join(" or ")}`, "order");
  scopeFilter(tenant(add<OrdersOptions>("orders", ordersCommand)))
    .option("--day <day>", "YYYY-MM-DD, a past day")
    .option("--order <id>", "only this order, with its lines");
  tenant(
    add<FindingsOptions>("findings", (session, options, [action = "", id]) =>
      findingsCommand(session, action, id, options),
    ),
  )
    .argument("<action>", `what to do: ${findingActions.join(", ")}`)
    .argument("[finding]", "its id, as `insights --json` gives it")
    .option("--until <day>", "snooze: the day (YYYY-MM-DD) on which the finding is shown again")
    .option("--verdict <word>", `feedback: ${verdicts.join(", ")}`)
    .option("--note <text>", "feedback: a free text")
    .option("--by <user>", "id of the user who acts")
    .option("--since <day>", "resolved: only those that ended on this day (YYYY-MM-DD) or later");
  add<BacktestCommandOptions>("backtest", backtestCommand)
    .option("--tenant <id>", "on this tenant's own orders")
    .option("--made-up [customers]", "on generated customers, for which the truth is known")
    .option(
      "--horizon <days>",
      "an alert is right when what it says stays true for this many days",
      String(backtestBounds.horizonDays.usual),
    )
    .option(
      "--seed <number>",
      "random seed of the intervals and of generated customers",
      String(backtestBounds.seed.usual),
    )
    .option("--resamples <number>", "bootstrap resamples for the intervals", String(backtestBounds.resamples.usual))
    .option("--html <file>", "write the report with its plot to this HTML file")
    .option("--kind <kind>", "code-red: instead, how often the lights of the call list were right, month by month")
    .option("--months <months>", "with --kind code-red: the months that are compared, 1, 3, 6 or 12 (default: 3)");
  tenant(add<SettingsOptions>("settings", settingsCommand))
    .option("--edition <edition>", `the tenant's edition: ${editions.join(", ")}`)
    .option("--name <name>", "the tenant's name")
    .option("--locale <tag>", "language and formats, like en or de-AT")
    .option("--currency <code>", "base currency; only while no amount is stored")
    .option("--phone-country <code>", "country of phone numbers without a country code; default: the time zone's")
    .option(
      "--closure <from..to...>",
      "closed days of the company, YYYY-MM-DD or MM-DD for every year; none takes all away",
    )
    .option("--price-editing <on|off>", "whether pages show GP%, the gross profit of sales")
    .option("--alerts-per-day <number>", "instant alerts per rep and day at most")
    .option("--keep-days <number>", "days for which messages are kept after they were due, with their contents")
    .option("--insight <kind.setting=value...>", "an insight's setting; an empty value restores the default")
    .option("--code-red <setting=value...>", "a setting of Code Red; an empty value restores the default")
    .option("--monitors <setting=value...>", "a setting of status monitors, like periods.company=30,60,90")
    .option(
      "--relationships <setting=value...>",
      "a setting of relationships, or SETTING@CATEGORY of one category's; an empty value restores the default",
    )
    .option(
      "--who-knows <setting=value...>",
      "who knows whom: enabled, mode, subject.LANGUAGE, text.LANGUAGE; an empty value restores the default",
    )
    .option(
      "--template <language:text=words...>",
      "own words for a text of messages, like da:digest.footer=Hej <firm>; empty words restore the product's",
    )
    .option("--preview", "with --code-red: show what it would do to the call list, and save nothing")
    .option("--changes", "show who changed which setting when");
}
