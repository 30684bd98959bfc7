import type { PageWords } from "@regulars/render/texts/page-words";
import type { TotalText } from "./deal-text.ts";

/** "12 deals, €1,200.00". */
export const totalWords = ({ say }: PageWords, { count, worth }: TotalText): string =>
  `${say("board.total", { numb: count })}${worth === "" ? "" : `, ${worth}`}`;
