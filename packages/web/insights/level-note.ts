import type { Evidence, Level, State } from "@regulars/core/insights/finding";

/**
 * Tail probability limits, 0 to 1: at most this share of the customer's own history is as extreme as the finding
 * (docs/reference/insights.md 2.2, 2.3).
 */
const HIGH_UNTIL = 0.01;
const MEDIUM_UNTIL = 0.05;

const given: Readonly<Record<Level, string>> = {
  high: "High findings send an instant alert, in Slack and by e-mail.",
  medium: "Medium findings are in the daily digest.",
  watch: "Watch findings are on the page only: no message is sent.",
};

const untold: Readonly<Record<State, string | undefined>> = {
  open: undefined,
  lapsed: "Lapsed: silent for so long that the customer has to be won back. No message is sent.",
  disputed: "Disputed: settle the dispute before you ask for payment. No message is sent.",
  credit_hold: "The customer is on credit hold: it may not buy, so its silence says nothing. No message is sent.",
  unwanted: "Nobody buys it any more: no other customer ordered it in the last 30 days. No message is sent.",
  dismissed: "Dismissed. No message is sent until it is reopened or something new happens.",
};

interface Levelled {
  readonly level: Level;
  readonly state: State;
  readonly evidence: Evidence;
}

/**
 * Sentences that say how the level was decided and which messages it causes. Reads only the operands `tail` and
 * `levelRule`, which are common to all kinds.
 */
export function levelNote({ level, state, evidence }: Levelled, locale: string): readonly string[] {
  const rule = evidence["levelRule"];
  const decided = typeof rule === "string" ? rule : tailNote(evidence["tail"], level, locale);
  return [decided, untold[state] ?? given[level]];
}

function tailNote(tail: unknown, level: Level, locale: string): string {
  if (typeof tail !== "number") return "The rule takes this level from the values below.";
  const share = `By its own habits, this customer would go as far as this ${shareText(tail, locale)} of the time.`;
  const levelOfTail = tail <= HIGH_UNTIL ? "high" : tail <= MEDIUM_UNTIL ? "medium" : "watch";
  return levelOfTail === level ? `${share} 1 % or less is high, 5 % or less is medium, more is watch.` : share;
}

function shareText(share: number, locale: string): string {
  const format = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  return share < 0.00001 ? `less than ${format.format(0.001)} %` : `${format.format(share * 100)} %`;
}
