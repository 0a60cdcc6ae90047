import { must } from "../red.ts";
import { lotOf } from "./matter.ts";
import * as once from "./once.ts";
import { type Body, whole } from "./read.ts";
import { put, type Seen, type SeenAccount, type SeenLot, type SeenStatement } from "./seen.ts";
import { checkTaken } from "./takings.ts";

/** A thirtieth decimal place of a kilogram in a milligram. */
const PER_MG = 10n ** 24n;

/** However wide the doubt of the books, what is credited is so much more than its metal makes at most. */
const MOST_BEYOND = 0.01;
/** What a lot makes is rounded, and then the part of it that goes back. */
const ROUNDED_MG = 2;
/** Standard atomic weights (IUPAC 2021), rounded; an oxide is made of its metal and of oxygen. */
const WEIGHTS: Readonly<Record<string, number>> = {
  Nd: 144.242,
  Pr: 140.908,
  Dy: 162.5,
  Tb: 158.925,
  O: 15.999,
};

/** What the metal that a lot holds makes of an oxide, from the formula. */
function oxideIn(lot: SeenLot, oxide: string): number {
  const [, metal = "", metals = "", oxygens = ""] = /^([A-Z][a-z]?)(\d*)O(\d*)$/.exec(oxide) ?? [];
  const [of, all] = [Number(metals || 1) * (WEIGHTS[metal] ?? 0), Number(oxygens || 1) * (WEIGHTS["O"] ?? 0)];
  return ((lot.elements.get(metal) ?? 0) * (of + all)) / of;
}

const add = (into: Map<string, bigint>, key: string, value: bigint): void => {
  const after = (into.get(key) ?? 0n) + value;
  if (after === 0n) into.delete(key);
  else into.set(key, after);
};

export function issue(seen: Seen, body: Body): void {
  const { lot, statement, difference, reversed } = body;
  const before = seen.statements.get(lot);
  if (!before) once.checkFirst(seen, body);
  const { id } = statement.agreement;
  const paid = before?.paid ?? new Map<string, bigint>();
  if (reversed) add(paid, `${reversed.agreement} ${reversed.currency}`, -whole(reversed.amount_due));
  add(
    paid,
    `${id} ${statement.currency}`,
    whole(difference ? difference.amount_change : statement.amount_due),
  );
  const isFinal = statement.status === "final";
  must(
    isFinal || before?.status !== "final" || statement.moved_from !== undefined,
    "a provisional statement takes no final one's place",
    () => lot,
  );
  const oxides: [string, string][] = statement.elements.flatMap((element: Body) =>
    element["oxide"] ? [[element["oxide"], element["returnable_oxide_kg"] ?? "0"]] : [],
  );
  const now: SeenStatement = {
    ...{
      agreement: id,
      currency: statement.currency,
      due: statement.amount_due,
      status: statement.status,
      paid,
    },
    final: isFinal ? new Map(oxides) : new Map(),
    shipment: body["shipment"],
  };
  seen.statements.set(lot, now);
}

export function post(seen: Seen, body: Body): void {
  const account: SeenAccount = seen.accounts.get(body["agreement"]) ?? {
    owed: new Map(),
    returned: new Map(),
  };
  seen.accounts.set(body["agreement"], account);
  for (const { kind, oxide, oxide_kg, lot: id } of body["postings"] as Body[]) {
    if (kind !== "debit_returned") {
      add(account.owed, oxide, whole(oxide_kg));
      continue;
    }
    add(account.returned, oxide, whole(oxide_kg));
    const [lot, credited] = [lotOf(seen, id), Number(whole(oxide_kg) / PER_MG)];
    const mg = Number(body["returned"]?.mass_mg);
    const { supplier, processor } = partiesOf(seen, body["agreement"]);
    must(
      lot.owner === supplier || (lot.owner === processor && mg === lot.mass),
      "what goes back is the supplier's own, or all of a lot of the processor's",
      () => `${mg} mg of ${id}, which is ${lot.owner}'s`,
    );
    must(lot.state === "on_hand", "what goes back is there", () => `${id} is ${lot.state}`);
    must(lot.product === oxide, "what goes back is what is owed", () => `${id} is ${lot.product}`);
    must(
      mg > 0 && credited <= mg,
      "a return posts at most what goes back",
      () => `${credited} mg of ${mg} mg`,
    );
    const makes = oxideIn(lot, oxide);
    must(
      credited <= mg * Math.min(1, makes / lot.mass + MOST_BEYOND) + 1 &&
        credited >= mg * Math.min(1, makes / lot.mass) - ROUNDED_MG,
      "a return is credited with its mass, where its metal makes so much",
      () => `${credited} mg for ${mg} mg of ${id}, whose metal makes ${makes} mg of ${lot.mass} mg`,
    );
    must(
      !lot.raised.has("mass") && !lot.raised.has(/^[A-Z][a-z]?/.exec(oxide)?.[0] ?? ""),
      "what was found beyond what was made settles no debt",
      () => `${id}: ${[...lot.raised].join()}`,
    );
    put(lot.taken.returned, body["agreement"], mg);
    checkTaken(lot, ["returned"]);
  }
}

const partiesOf = (seen: Seen, agreement: string): { supplier?: string; processor?: string } =>
  (seen.terms.get(`${agreement} 1`) as Body | undefined)?.["parties"] ?? {};

/** Money is what the last statement says; the account holds what the last final ones say. */
export function checkMoney(seen: Seen): void {
  const owed = new Map<string, bigint>();
  for (const [lot, { agreement, currency, due, paid, final }] of seen.statements) {
    const key = `${agreement} ${currency}`;
    for (const [under, amount] of paid)
      must(
        amount === (under === key ? whole(due) : 0n),
        "money to pay is what the last statement says",
        () => `${lot} under ${under}: ${amount}, ${due} is due under ${key}`,
      );
    must(paid.has(key) || whole(due) === 0n, "money to pay is what the last statement says", () => lot);
    for (const [oxide, kg] of final) add(owed, `${agreement} ${oxide}`, whole(kg));
  }
  for (const [agreement, account] of seen.accounts)
    for (const [oxide, kg] of account.owed)
      must(
        kg === (owed.get(`${agreement} ${oxide}`) ?? 0n),
        "the metal account is the sum of the last final statements",
        () => `${agreement} ${oxide}: ${kg}, ${owed.get(`${agreement} ${oxide}`)}`,
      );
  for (const [key, kg] of owed) {
    const at = key.lastIndexOf(" ");
    must(
      seen.accounts.get(key.slice(0, at))?.owed.get(key.slice(at + 1)) === kg,
      "the metal account is the sum of the last final statements",
      () => `${key}: ${kg} is not on it`,
    );
  }
}
