/** One check. If something is wrong, `says` also says what to do. */
export interface StageCheck {
  readonly what: string;
  readonly is: "fine" | "look" | "wrong";
  readonly says: string;
}

export const fine = (what: string, says: string): StageCheck => ({ what, is: "fine", says });
export const look = (what: string, says: string): StageCheck => ({ what, is: "look", says });
export const wrong = (what: string, says: string): StageCheck => ({ what, is: "wrong", says });
