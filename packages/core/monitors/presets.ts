import { type NewMonitor, newMonitorSchema } from "./status-monitor.ts";

/** Monitors to begin with; each can be changed like any other. */
const presets: Readonly<Record<string, NewMonitor>> = {
  neglected: newMonitorSchema.parse({
    name: "Neglected",
    ownerType: "company",
    description:
      "Nobody has had contact with <name> lately. <cont> calls (<cpho|no phone>) or writes (<mail|no e-mail>).",
    rank: 20,
    followUp: { type: "call", textTemplate: "Call <name>: no contact lately" },
    criteria: { field: "activity.totalIn1", op: "=", value: 0 },
  }),
  sleeping: newMonitorSchema.parse({
    name: "Sleeping",
    ownerType: "company",
    description:
      "<name> used to be a good customer, but we have sold them nothing for more than 2 months. <cont> is our contact and calls (<cpho|no phone>) or writes (<mail|no e-mail>) to find out why.",
    rank: 10,
    followUp: { type: "call", textTemplate: "Ask <name> why they have bought nothing since <lsal>" },
    criteria: {
      all: [
        { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months" },
        { field: "sale.sold.total", op: ">", value: 50 },
      ],
    },
  }),
  "expensive-customer": newMonitorSchema.parse({
    name: "Expensive customer",
    ownerType: "company",
    description: "<name> asks for much and buys nothing. <cont> finds out what would help.",
    rank: 30,
    followUp: { type: "meeting", textTemplate: "Talk with <name> about their requests" },
    criteria: {
      all: [
        { field: "request.totalIn3", op: ">=", value: 10 },
        { field: "sale.sold.totalIn3", op: "=", value: 0 },
      ],
    },
  }),
  "unprofitable-project": newMonitorSchema.parse({
    name: "Unprofitable project",
    ownerType: "project",
    description: "The project <proj> of <name> costs more than it brings in.",
    rank: 10,
    followUp: { type: "task", textTemplate: "Find out why <proj> costs more than it brings in" },
    criteria: { field: "margin", op: "<", value: 0 },
  }),
};

export const presetNames: readonly string[] = Object.keys(presets);

export const presetOf = (name: string): NewMonitor | undefined =>
  Object.hasOwn(presets, name) ? presets[name] : undefined;
