import * as z from "zod";

/** Who did something: a user by id, a key by its id, the clock, or a command on the machine itself. */
export const actorSchema = z.object({
  by: z.enum(["user", "key", "schedule", "command"]),
  id: z.string().optional(),
});

export type Actor = Readonly<z.output<typeof actorSchema>>;
