import type { User } from "@regulars/core/access/user";
import type { Person } from "@regulars/core/customers/person";
import { isProgramAddress } from "@regulars/core/customers/program-address";
import { emailIdentity } from "@regulars/core/platform/contact-point";
import { type PersonId, personIdSchema } from "@regulars/core/platform/values";
import type { Operations } from "../engine/operations.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import type { Keys } from "../keys.ts";
import type { MailDomains } from "./mail-domains.ts";

interface Parts {
  readonly users: () => Promise<readonly Pick<User, "email">[]>;
  readonly mailDomains: Pick<MailDomains, "personsWith">;
}

/**
 * Who is stored as a person and is none, because their address is a colleague's or a program's
 * (docs/reference/relationships.md 1). Programs are listed when they are saved; colleagues are found anew, because users
 * may come after the persons.
 */
export class NonPersons {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  /** The writes that keep the list, for the transactions that save the persons. */
  writesFor(
    saved: readonly { readonly document: Person; readonly before?: Person | undefined }[],
  ): Promise<Map<Person, TransactWrite[]>> {
    const writes = new Map<Person, TransactWrite[]>();
    for (const { document, before } of saved) {
      const [is, was] = [isProgram(document), before !== undefined && isProgram(before)];
      const { personId } = document;
      const key = this.#keys.program(personId);
      if (is && !was) writes.set(document, [{ Put: { Item: { ...key, personId } } }]);
      if (was && !is) writes.set(document, [{ Delete: { Key: key } }]);
    }
    return Promise.resolve(writes);
  }

  async all({ users, mailDomains }: Parts): Promise<ReadonlySet<PersonId>> {
    const known = await users();
    const [programs, colleagues] = await Promise.all([this.#programs(), colleaguesOf(known, mailDomains)]);
    return new Set([...programs, ...colleagues]);
  }

  async #programs(): Promise<PersonId[]> {
    const found: PersonId[] = [];
    for await (const item of this.#operations.partition(this.#keys.programs(), "", false))
      found.push(personIdSchema.parse(item["personId"]));
    return found;
  }
}

const isProgram = ({ email }: Person): boolean => email !== undefined && isProgramAddress(email);

/** Also who is told by the address itself instead of an id. */
async function colleaguesOf(users: Awaited<ReturnType<Parts["users"]>>, mailDomains: Parts["mailDomains"]) {
  const emails = users.flatMap(({ email }) => email ?? []);
  const addresses = new Set(emails.flatMap((email) => emailIdentity(email) ?? []));
  const asIds = [...emails, ...addresses].flatMap((email) => personIdSchema.safeParse(email).data ?? []);
  return addresses.size === 0 ? [] : [...asIds, ...(await mailDomains.personsWith(addresses))];
}
