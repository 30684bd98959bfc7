import { changeLogs } from "@regulars/core/tenants/change-log";
import { findingActions } from "./actions.ts";
import type { FindingsOptions } from "./findings.ts";
import type { ForYouOptions } from "./for-you.ts";
import type { InsightsOptions } from "./insights.ts";
import type { OrdersOptions } from "./orders.ts";
import type { SettingsOptions } from "./settings.ts";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { verdicts } from "@regulars/core/insights/feedback";
import { salesBases } from "@regulars/core/sales-figures/invoiced";
import { performanceMetrics, performanceWindows, usualLowest } from "@regulars/core/sales-figures/lowest";
import { editions } from "@regulars/core/tenants/tenant";
import { Option } from "commander";
import { type Add, EXAMPLE_KIND, tenant, scopeFilter } from "../system/add-command.ts";

/** Findings, the rep's page "For You", feedback, and settings. */
export function addInsightCommands(add: Add): void {
  addInsights(add);
  addForYou(add);
  addOrders(add);
  addFindings(add);
  addSettings(add);
}

function addInsights(add: Add): void {
  tenant(
    add<InsightsOptions>(
      "insights",
      {
        reads: "all",
        says: "Lists the findings of the last nightly run. With --as-of it computes those of any past day.",
        examples: ["insights --tenant acme", `insights --tenant acme --kind ${EXAMPLE_KIND} --as-of 2026-06-30`],
      },
      async (session, options) => (await import("./insights.ts")).insightsCommand(session, options),
    ),
  )
    .option("--kind <kind>", `only this kind: ${builtInInsights.kinds.map(({ id }) => id).join(", ")}`)
    .option("--rep <user>", "only this rep's customers")
    .option("--customer <id>", "only this customer")
    .option("--carried", "include lost items that are only held open, not found by the rule")
    .addOption(
      new Option("--as-of <day>", "YYYY-MM-DD, compute for a past day; default: the last nightly run's findings"),
    );
}

function addForYou(add: Add): void {
  scopeFilter(
    tenant(
      add<ForYouOptions>(
        "for-you",
        {
          reads: "all",
          says: "Shows a rep's page: whom to talk to first and why, the week's sales and the lowest performers. Without a filter it is about all customers.",
          examples: ["for-you --tenant acme --rep anna", "for-you --tenant acme --team north --as-of 2026-06-30"],
        },
        async (session, options) => (await import("./for-you.ts")).forYouCommand(session, options),
      ),
    ),
  )
    .option("--as-of <day>", "YYYY-MM-DD, show the page of a past day")
    .option("--lowest <metric>", `lowest performers by ${performanceMetrics.join(" or ")}`, usualLowest.metric)
    .option("--window <days>", `of the last ${performanceWindows.join(", ")} days`, String(usualLowest.windowDays))
    .option("--basis <basis>", `the week's sales by ${salesBases.join(" or ")}`, "order");
}

function addOrders(add: Add): void {
  scopeFilter(
    tenant(
      add<OrdersOptions>(
        "orders",
        {
          reads: "all",
          says: "Shows drafts and today's orders, or the orders of a past day.",
          examples: ["orders --tenant acme --rep anna", "orders --tenant acme --day 2026-06-30"],
        },
        async (session, options) => (await import("./orders.ts")).ordersCommand(session, options),
      ),
    ),
  )
    .option("--day <day>", "YYYY-MM-DD, a past day")
    .option("--order <id>", "only this order, with its lines");
}

function addFindings(add: Add): void {
  tenant(
    add<FindingsOptions>(
      "findings",
      {
        reads: ["precision", "resolved"],
        says: "Says what you think of a finding: puts it off, puts it aside for good, opens it again or rates it. It also shows how right each rule was, and which findings have ended.",
        examples: [
          `findings snooze ${EXAMPLE_KIND}:C1 --tenant acme --until 2027-01-15`,
          `findings feedback ${EXAMPLE_KIND}:C1 --tenant acme --verdict wrong --note 'on holiday'`,
          "findings precision --tenant acme",
          "findings resolved --tenant acme --since 2026-06-01",
        ],
      },
      async (session, options, [action = "", id]) =>
        (await import("./findings.ts")).findingsCommand(session, action, id, options),
    ),
  )
    .argument("<action>", `what to do: ${findingActions.join(", ")}`)
    .argument("[finding]", "its id, as `insights --json` gives it")
    .option("--until <day>", "snooze: the day (YYYY-MM-DD) on which the finding is shown again")
    .option("--verdict <word>", `feedback: ${verdicts.join(", ")}`)
    .option("--note <text>", "feedback: a free text")
    .option("--by <user>", "snooze, dismiss, feedback: id of the user who acts")
    .option("--since <day>", "resolved: only those that ended on this day (YYYY-MM-DD) or later");
}

function addSettings(add: Add): void {
  tenant(
    add<SettingsOptions>(
      "settings",
      {
        says: "Shows a tenant's settings, and changes those that are given.",
        examples: [
          "settings --tenant acme",
          "settings --tenant acme --locale de-AT --closure 12-24..01-06",
          `settings --tenant acme --insight ${EXAMPLE_KIND}.followUp='Hello from us'`,
        ],
      },
      async (session, options) => (await import("./settings.ts")).settingsCommand(session, options),
    ),
  )
    .option("--edition <edition>", `the tenant's edition: ${editions.join(", ")}`)
    .option("--name <name>", "the tenant's name")
    .option("--locale <tag>", "language and formats, like en or de-AT; an empty value restores the default")
    .option("--currency <code>", "base currency; only while no amount is stored")
    .option(
      "--phone-country <code>",
      "country of phone numbers without a country code; an empty value restores the default, the time zone's",
    )
    .option(
      "--closure <from..to...>",
      "closed days of the company, YYYY-MM-DD or MM-DD for every year; none takes all away",
    )
    .option(
      "--price-editing <on|off>",
      "whether pages show GP%, the gross profit of sales; an empty value restores the default",
    )
    .option("--alerts-per-day <number>", "instant alerts per rep and day at most; an empty value restores the default")
    .option(
      "--keep-days <number>",
      "days for which messages are kept after they were due, with their contents; an empty value restores the default",
    )
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
    .option("--changes [of]", `show who changed what when, of ${changeLogs.join(", ")}; by default of settings`);
}
