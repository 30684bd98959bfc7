/** A text in a block. */
export interface SlackText {
  readonly type: "mrkdwn" | "plain_text";
  readonly text: string;
}

/** A button that opens a page, or does something. */
export interface SlackButton {
  readonly text: string;
  readonly url: string | undefined;
  readonly actionId: string;
  readonly value: string;
  readonly style: "primary" | "danger" | undefined;
}

/** The blocks that this workspace renders. */
export type SlackBlock =
  | { readonly type: "header"; readonly text: string }
  | { readonly type: "section"; readonly text: SlackText | undefined; readonly fields: readonly SlackText[] }
  | { readonly type: "context"; readonly elements: readonly SlackText[] }
  | { readonly type: "actions"; readonly buttons: readonly SlackButton[] }
  | { readonly type: "divider" };

/** Slack's limits (https://docs.slack.dev/reference/block-kit/blocks); Slack refuses a message beyond them. */
const most = {
  blocks: 50,
  header: 150,
  section: 3000,
  fields: 10,
  field: 2000,
  elements: 10,
  buttons: 25,
  label: 75,
  actionId: 255,
  value: 2000,
  url: 3000,
};

class InvalidBlocks extends Error {}

/** The blocks of a message, or undefined when Slack would answer `invalid_blocks`. */
export function blocksOf(value: unknown): readonly SlackBlock[] | undefined {
  try {
    return listOf(value, most.blocks).map(snapshotOf);
  } catch (error) {
    if (error instanceof InvalidBlocks) return undefined;
    throw error;
  }
}

function snapshotOf(value: unknown): SlackBlock {
  const block = recordOf(value);
  switch (block.type) {
    case "header":
      return { type: "header", text: plainOf(block.text, most.header) };
    case "section":
      return sectionOf(block);
    case "context":
      return {
        type: "context",
        elements: listOf(block.elements, most.elements).map((one) => textOf(one, most.section)),
      };
    case "actions":
      return { type: "actions", buttons: listOf(block.elements, most.buttons).map(buttonOf) };
    case "divider":
      return { type: "divider" };
    default:
      return refuseBlocks();
  }
}

function sectionOf({ text, fields }: Readonly<Record<string, unknown>>): SlackBlock {
  if (text === undefined && fields === undefined) return refuseBlocks();
  return {
    type: "section",
    text: text === undefined ? undefined : textOf(text, most.section),
    fields: fields === undefined ? [] : listOf(fields, most.fields).map((field) => textOf(field, most.field)),
  };
}

function buttonOf(value: unknown): SlackButton {
  const { type, text, url, style, action_id: actionId, value: given } = recordOf(value);
  if (type !== "button") return refuseBlocks();
  return {
    text: plainOf(text, most.label),
    url: url === undefined ? undefined : stringOf(url, most.url),
    actionId: actionId === undefined ? "" : stringOf(actionId, most.actionId),
    value: given === undefined ? "" : stringOf(given, most.value),
    style: style === "primary" || style === "danger" ? style : undefined,
  };
}

function textOf(value: unknown, length: number): SlackText {
  const { type, text } = recordOf(value);
  return type === "mrkdwn" || type === "plain_text" ? { type, text: stringOf(text, length) } : refuseBlocks();
}

function plainOf(value: unknown, length: number): string {
  const { type, text } = textOf(value, length);
  return type === "plain_text" ? text : refuseBlocks();
}

const stringOf = (value: unknown, length: number): string =>
  typeof value === "string" && value.length >= 1 && value.length <= length ? value : refuseBlocks();

const listOf = (value: unknown, length: number): readonly unknown[] =>
  Array.isArray(value) && value.length >= 1 && value.length <= length ? value : refuseBlocks();

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : refuseBlocks();

function refuseBlocks(): never {
  throw new InvalidBlocks();
}
