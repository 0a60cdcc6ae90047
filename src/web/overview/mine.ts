import { mayGive } from "../../trust/index.ts";
import type { Waiting } from "../account/now.ts";

interface Me {
  readonly role: string;
  readonly kind?: string | undefined;
}

/** The command by which what waits is done: it waits for everyone whose duties hold that. */
const DONE_BY: Readonly<Record<string, string>> = {
  "destroy data": "intake sanitize",
  "read the manifest": "intake read-manifest",
  run: "refine record-run",
  allocate: "orders allocate",
};

/** Whether something waits for who signed in: by their duties, or, where one role alone is asked, by their role. */
export function waitsFor({ role, kind }: Me, { who, what }: Pick<Waiting, "who" | "what">): boolean {
  if (who === "laboratory") return kind === "laboratory";
  const command = Object.hasOwn(DONE_BY, what) ? DONE_BY[what] : undefined;
  return command === undefined ? who === role : mayGive(command, { role, kind }) === undefined;
}
