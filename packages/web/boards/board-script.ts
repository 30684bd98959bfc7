import { scriptOf } from "../page/assets.ts";

const file = (name: string): URL => new URL(name, import.meta.url);

/** The script of a board: it drags, moves by key, asks, announces, and follows what others change. */
export const BOARD_SCRIPT = scriptOf("board.js", [
  file("board-cards.js"),
  file("board-form.js"),
  file("board-moves.js"),
  file("board-drag.js"),
  file("board-keys.js"),
  file("board-more.js"),
  file("board-follow.js"),
]);
