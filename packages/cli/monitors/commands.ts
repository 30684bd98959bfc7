import { followUpActions, selectionVerbs, statusActions } from "./actions.ts";
import type { FollowUpOptions } from "./follow-ups.ts";
import type { SelectOptions } from "./select.ts";
import type { SelectionOptions } from "./selections.ts";
import type { StatusOptions } from "./status.ts";
import { ownerTypes } from "@regulars/core/monitors/owner";
import { presetNames } from "@regulars/core/monitors/presets";
import { type Add, tenant } from "../system/add-command.ts";

/** Status monitors, selections and follow-ups. */
export function addMonitorCommands(add: Add): void {
  addSelect(add);
  addFollowUps(add);
  addSelections(add);
  addStatus(add);
}

function addSelect(add: Add): void {
  tenant(
    add<SelectOptions>(
      "select",
      {
        reads: "all",
        says: "Lists who meets criteria, or has the status of a monitor: companies, persons or projects.",
        examples: [
          "select --tenant acme --criteria criteria.json",
          "select --tenant acme --status sleeping --entering 14",
          "select --tenant acme --status sleeping --explain C1",
        ],
      },
      async (session, options) => (await import("./select.ts")).selectCommand(session, options),
    ),
  )
    .option("--criteria <file>", "a file with the criteria, as docs/reference/monitors.md has them")
    .option("--status <id>", "instead: the criteria of this status")
    .option("--owner-type <type>", `with --criteria: whom it is about: ${ownerTypes.join(", ")}; default: company`)
    .option("--as-of <day>", "YYYY-MM-DD; default: the last nightly run's day, else yesterday")
    .option("--preview", "how many match, are unknown, and are excluded by each comparison")
    .option("--explain <id>", "each comparison of one of them, with its value, and when that changes")
    .option("--entering <days>", "who will meet them within so many days if nothing happens");
}

function addFollowUps(add: Add): void {
  tenant(
    add<FollowUpOptions>(
      "follow-ups",
      {
        reads: ["list"],
        says: "Lists the tasks that statuses and actions on selections have made, of a user or of a customer, makes one of a status by hand, and ends them. A completed one counts as an activity.",
        examples: [
          "follow-ups --tenant acme --user anna",
          "follow-ups create sleeping --tenant acme --owner C1 --by anna",
          "follow-ups complete FOLLOW-UP --tenant acme --by anna",
        ],
      },
      async (session, options, given) =>
        (await import("./follow-ups.ts")).followUpsCommand(session, given[0] ?? "list", given[1], options),
    ),
  )
    .argument("[action]", `what to do: ${followUpActions.join(", ")}`, "list")
    .argument("[id]", "the follow-up; create: the status that it is for")
    .option("--user <user>", "list: the open ones of a user")
    .option("--customer <id>", "list: all of a customer")
    .option("--owner <id>", "create: the company, person or project that has the status")
    .option("--owner-type <type>", `create: ${ownerTypes.join(", ")}; default: company`)
    .option("--text <text>", "create: with variables like <name>; default: the status's")
    .option("--type <type>", "create: email, meeting, call or task; default: the status's, else call")
    .option("--due <day>", "create: YYYY-MM-DD; default: today")
    .option("--by <user>", "create, complete, drop: who does it");
}

function addSelections(add: Add): void {
  tenant(
    add<SelectionOptions>(
      "selections",
      {
        reads: ["list", "show", "call-list"],
        says: "Keeps lists of customers, persons or projects: dynamic ones by criteria, static ones by ids. Makes call lists, follow-ups and mailings of their members.",
        examples: [
          "selections --tenant acme",
          "selections create Sleeping --tenant acme --criteria criteria.json",
          "selections freeze SELECTION --tenant acme --name 'Sleeping in November'",
          "selections call-list SELECTION --tenant acme",
          "selections follow-up SELECTION --tenant acme --text 'Call <name> (<cpho>)'",
          "selections mail SELECTION --tenant acme --subject 'News' --text 'Hello <name>' --preview",
        ],
      },
      async (session, options, given) =>
        (await import("./selections.ts")).selectionsCommand(session, given[0] ?? "list", given[1], options),
    ),
  )
    .argument("[action]", `what to do: ${selectionVerbs.join(", ")}`, "list")
    .argument("[id]", "the selection; create: the name of the new one")
    .option("--criteria <file>", "create: a file with criteria makes it dynamic")
    .option("--owner-type <type>", `create: whom it is of: ${ownerTypes.join(", ")}; default: company`)
    .option("--ids <id...>", "add, remove: the members")
    .option("--name <name>", "freeze: the name of the new list")
    .option(
      "--text <text>",
      "follow-up, follow-up-requests, mail: what is to be done, or to be read, with variables like <name>",
    )
    .option("--subject <text>", "mail: the subject, with variables like <name>")
    .option("--preview", "follow-up, follow-up-requests, mail: count and show what would be made, and do nothing")
    .option("--type <type>", "follow-up, follow-up-requests: email, meeting, call or task; default: call");
}

function addStatus(add: Add): void {
  tenant(
    add<StatusOptions>(
      "status",
      {
        reads: ["list", "show", "preview"],
        says: "Shows and changes status monitors: statuses that customers, persons or projects have by their records.",
        examples: [
          "status create sleeping --preset sleeping --tenant acme",
          "status preview sleeping --tenant acme --criteria criteria.json",
          "status edit sleeping --tenant acme --criteria criteria.json",
          "status picture sleeping --tenant acme --picture web.png --alt-text 'A cobweb'",
        ],
      },
      async (session, options, given) =>
        (await import("./status.ts")).statusCommand(session, given[0] ?? "list", given[1], options),
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
