/** What the text of a secret may be, as a pattern and in words. */
export const long = { form: /^.{32}/, isText: "a text of 32 characters or more" };

/** Of a secret that is changed: the one that signs or seals, and one that is still accepted. */
export const longOrTwo = { form: /^\S{32,}(?: \S{32,})?$/, isText: "one or two texts of 32 characters or more" };
