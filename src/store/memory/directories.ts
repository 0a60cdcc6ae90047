import type { DirectoriesBeside, Vouched } from "../../app/core/directories.ts";
import type { Sessions } from "../../app/core/ports.ts";

/** For tests and small programmes. */
export function memoryDirectories(sessions: Pick<Sessions, "find">): DirectoriesBeside {
  const [secrets, persons] = [new Map<string, string>(), new Map<string, string>()];
  const [all, turns] = [new Map<string, Vouched>(), new Map<string, string>()];
  return {
    keepSecret: async (party, sealed) => void secrets.set(party, sealed),
    secretOf: async (party) => secrets.get(party),
    forgetSecret: async (party) => void secrets.delete(party),
    linked: async (digest) => persons.get(digest),
    async link(digest, person) {
      if (!persons.has(digest)) persons.set(digest, person);
      return persons.get(digest) ?? person;
    },
    async vouch(vouched) {
      if (!(await sessions.find(vouched.digest))) return;
      all.set(vouched.digest, vouched);
      turns.delete(vouched.digest);
    },
    async vouched(digest) {
      const there = await sessions.find(digest);
      if (!there) all.delete(digest);
      return there && all.get(digest);
    },
    async takeTurn(digest, { now, until }) {
      if (!all.has(digest) || (turns.get(digest) ?? "") > now) return false;
      turns.set(digest, until);
      return true;
    },
    endTurn: async (digest) => void turns.delete(digest),
  };
}
