import { MEMBERS_PER_PAGE, type Piece, nextPage } from "@regulars/core/bulk-engine/bulk-operation";
import { ownerIdOf } from "@regulars/core/monitors/owner";
import type {
  ActionMember,
  ActionResult,
  SelectionChunk,
  SelectionOperation,
} from "@regulars/core/monitors/selection-action";

type MailingPiece = Pick<Piece<SelectionOperation, ActionMember, ActionResult>, "operation" | "chunk">;

/**
 * The mails that a group mailing has made, each with the member in whose name. Pages before that of a piece are read when
 * they are first asked for, each once.
 */
export class MailedSoFar {
  readonly #pageOf: (page: number) => Promise<SelectionChunk | undefined>;
  readonly #members = new Map<string, string>();
  /** The first member whose result is not known. */
  #known = 0;

  constructor(pageOf: (page: number) => Promise<SelectionChunk | undefined>) {
    this.#pageOf = pageOf;
  }

  /** Ids of members by those of their mails: of all members before the piece. */
  async before({ operation, chunk }: MailingPiece): Promise<ReadonlyMap<string, string>> {
    for (let page = Math.floor(this.#known / MEMBERS_PER_PAGE); page < nextPage(operation); page += 1)
      this.#note(await this.#pageOf(page));
    this.#note(chunk);
    this.#known = operation.next;
    return this.#members;
  }

  #note(page: SelectionChunk | undefined): void {
    page?.results.forEach(({ state, id }, i) => {
      const member = page.members[i];
      if (state === "made" && id !== undefined && member !== undefined) this.#members.set(id, ownerIdOf(member.owner));
    });
  }
}
