/** A form as it was sent, by the names of its fields; a file is no text. */
export type Form = Readonly<Record<string, unknown>>;

/** The texts of a form. */
export type FormTexts = Readonly<Record<string, string>>;
