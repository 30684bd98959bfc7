import { notificationActions, slackActions } from "./actions.ts";
import type { DeliveriesOptions } from "./notifications.ts";
import type { NotificationOptions } from "./preferences.ts";
import type { SlackOptions } from "./slack.ts";
import type { SuppressionsOptions } from "./suppressions.ts";
import type { TemplatesOptions } from "./templates.ts";
import { type Add, EXAMPLE_KIND, tenant } from "../system/add-command.ts";

/** Messages: log, preferences, texts, Slack. */
export function addNotificationCommands(add: Add): void {
  addDeliveries(add);
  addSuppressions(add);
  addNotifications(add);
  addTemplates(add);
  addSlack(add);
}

function addDeliveries(add: Add): void {
  tenant(
    add<DeliveriesOptions>(
      "deliveries",
      {
        says: "Lists the e-mails and Slack messages: what was sent to whom, what waits and what has failed. It also sends what has failed, or any one message, again.",
        examples: [
          "deliveries --tenant acme",
          "deliveries --tenant acme --retry",
          "deliveries --tenant acme --resend digest:anna:2026-11-22",
          "deliveries --tenant acme --csv",
        ],
      },
      async (session, options) => (await import("./notifications.ts")).notificationsCommand(session, options),
    ),
  )
    .option("--retry", "retry messages that have failed for good")
    .option("--resend <id>", "send one message again: its id is in --json and --csv")
    .option("--csv", "the whole log as CSV");
}

function addSuppressions(add: Add): void {
  tenant(
    add<SuppressionsOptions>(
      "suppressions",
      {
        says: "Lists the addresses that get no mail, because mails came back or were called spam, and lifts that.",
        examples: ["suppressions --tenant acme", "suppressions --tenant acme --lift ase@acme.example"],
      },
      async (session, options) => (await import("./suppressions.ts")).suppressionsCommand(session, options),
    ),
  ).option("--lift <address>", "send mail to an address again");
}

function addNotifications(add: Add): void {
  tenant(
    add<NotificationOptions>(
      "notifications",
      {
        reads: ["preview"],
        says: "Shows what reaches a user, how and when, with whose choice each preference is, and changes it. The preview says what would be sent to whom in the next 24 hours, and why.",
        examples: [
          "notifications preferences anna --tenant acme",
          `notifications preferences anna --tenant acme --set digestAt=06:30 kinds.${EXAMPLE_KIND}.high=digest`,
          `notifications preferences --tenant acme --compel kinds.${EXAMPLE_KIND}.high=at-once --reason 'Cash is tight.'`,
          "notifications preferences --tenant acme --set digestAt=06:30 --preview",
          "notifications preview --tenant acme",
        ],
      },
      async (session, options, given) =>
        (await import("./preferences.ts")).notificationPreferencesCommand(
          session,
          given[0] ?? "preferences",
          given[1],
          options,
        ),
    ),
  )
    .argument("[action]", `what to show: ${notificationActions.join(", ")}`, "preferences")
    .argument("[user]", "id of a user; without one, the tenant's defaults, or everybody's messages")
    .option("--set <name=value...>", "preferences: change some, like digestAt=06:30; an empty value takes one back")
    .option("--compel <name=value...>", "preferences: what holds for everybody; an empty one ends it")
    .option("--reason <text>", "why it is changed; with --compel, what everybody is shown")
    .option("--preview", "preferences: show what the change would do, and save nothing");
}

function addTemplates(add: Add): void {
  tenant(
    add<TemplatesOptions>(
      "templates",
      {
        reads: "all",
        says: "Lists the texts of messages that a tenant may say in its own words. Of one text it shows the versions, and how it reads to a real customer, also with words that are not saved.",
        examples: [
          "templates --tenant acme --language da",
          "templates digest.footer --tenant acme --words 'You look after customers of <firm>.'",
          `templates ${EXAMPLE_KIND}.why --tenant acme --customer C1`,
        ],
      },
      async (session, options, [textId]) => (await import("./templates.ts")).templatesCommand(session, textId, options),
    ),
  )
    .argument("[text]", "one text, like digest.footer: its versions, and how it reads to a real customer")
    .option("--language <language>", "of the words; default: that of the tenant's locale")
    .option("--words <words>", "preview these words, which are not saved: settings --template saves some")
    .option("--customer <id>", "preview with this customer; default: the first whom the text would be about");
}

function addSlack(add: Add): void {
  tenant(
    add<SlackOptions>(
      "slack",
      {
        reads: ["status"],
        says: "Shows a tenant's connection with Slack, gives the address at which an admin adds the app to a workspace, sets the channels of alerts, and disconnects. A channel of another workspace is refused.",
        examples: [
          "slack --tenant acme",
          "slack connect --tenant acme",
          "slack channel --tenant acme --channel C0123ABCD --team north",
          "slack disconnect --tenant acme",
        ],
      },
      async (session, options, [action]) =>
        (await import("./slack.ts")).slackCommand(session, action ?? "status", options),
    ),
  )
    .argument("[action]", `what to do: ${slackActions.join(", ")}`, "status")
    .option("--channel <id>", "channel: where alerts go, like C0123ABCD; an empty one takes it away")
    .option("--team <id>", "channel: of the reps of this team only")
    .option("--rep <user>", "channel: of this rep only");
}
