/** A sender, like "Regulars <mail@example.com>". */
export const mailFromForm = /^([^<>\r\n]+) <([^<>@\s]+@([^<>@\s]+))>$/;

/** What is wrong with a text of another form. */
export const noMailFrom = 'is not an address like "Regulars <mail@example.com>"';

/** The parts of a sender: "Regulars", "mail@example.com" and "example.com"; empty ones of a text of another form. */
export function mailFromOf(mailFrom: string) {
  const [, name = "", address = "", domain = ""] = mailFromForm.exec(mailFrom) ?? [];
  return { name, address, domain };
}
