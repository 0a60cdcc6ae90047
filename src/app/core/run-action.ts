import { type Refusal, type Result, refuse } from "../../quantity/index.ts";
import { mayGive } from "../../trust/index.ts";
import type { Request } from "./perform.ts";
import type { Ports } from "./ports.ts";
import type { Collection } from "./records.ts";
import { speakingAs } from "./substitutes.ts";
import type { AnyAction } from "./use-case.ts";

type Given = Pick<Request, "actor"> & Partial<Request>;

/**
 * Does what is beside the books, for whoever may (Z16): of who signed in the table of duties is asked first, by the role in which
 * they speak; of others each action says itself whether they may. Refusals: not_allowed, not_signed_in, and its own.
 */
export async function runAction(
  ports: Ports,
  useCase: AnyAction,
  { input, request }: { readonly input: unknown; readonly request: Given },
): Promise<Result<unknown, Refusal>> {
  const { actor } = request;
  const command = `${useCase.room} ${useCase.verb}`;
  if (!actor.verified) {
    const isOwner = request.owner || actor.owner;
    if (useCase.known && !isOwner)
      return refuse(
        "not_signed_in",
        "actor",
        `${command} is for who signed in, not for who says who they are`,
      );
    return useCase.run(ports, { input, request });
  }
  const get = async <K extends Collection>(collection: K, id: string) =>
    (await ports.store.load(collection, id))?.record;
  const speaking = await speakingAs({ get, actor, now: ports.clock.now().toISOString() }, command);
  const kind = (await get("party", actor.party))?.kind;
  const wrongRole = mayGive(command, { role: speaking.role, kind });
  return wrongRole ?? useCase.run(ports, { input, request: { ...request, actor: speaking } });
}
