import type { Evidence, Level, State } from "@regulars/core/insights/finding";

/**
 * The limits of the share of a customer's own behaviour that is still consistent with a finding
 * (docs/reference/insights.md 2.2, 2.3).
 */
const HIGH_UNTIL = 0.01;
const MEDIUM_UNTIL = 0.05;

const given: Readonly<Record<Level, string>> = {
  high: "High is told at once, in Slack and by e-mail.",
  medium: "Medium is told in the daily digest.",
  watch: "Watch is on the page only: nobody is disturbed.",
};

const untold: Readonly<Record<State, string | undefined>> = {
  open: undefined,
  lapsed: "It is lapsed: silent for so long that the customer is to be won back rather than kept. No message tells it.",
  disputed: "It is disputed: there is something to settle before anybody is pressed. No message tells it.",
  credit_hold: "The customer is on credit hold: it may not buy, so its silence says nothing. No message tells it.",
  dismissed: "It was set aside. No message tells it until it is back, or something new happens.",
};

interface Levelled {
  readonly level: Level;
  readonly state: State;
  readonly evidence: Evidence;
}

/** How the level was decided and what it leads to, in sentences. Knows the envelope and the operands `tail` and `levelRule`, no kind. */
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
