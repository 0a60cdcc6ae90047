import type { Scope } from "../core/use-case.ts";
import { signerOfPassport } from "./signed-before.ts";

const PAGE = 500;

/** Living passports that a key signed and the log records from a time on: they fall with it. */
export async function fallingFrom(
  scope: Scope,
  { key, from }: { readonly key: string; readonly from: string },
): Promise<string[]> {
  const falling: string[] = [];
  for (let after = 0; ; ) {
    const page = await scope.store.entries({ after, limit: PAGE, kind: "passport_issued" });
    for (const { time, body } of page) {
      if (Date.parse(time) < Date.parse(from)) continue;
      const passport = await scope.get("passport", String(body["passport"]));
      if (!passport || passport.revoked) continue;
      if ((await signerOfPassport(scope.store, passport)) === key) falling.push(passport.passport);
    }
    const last = page.at(-1);
    if (!last) return falling;
    after = last.seq;
  }
}
