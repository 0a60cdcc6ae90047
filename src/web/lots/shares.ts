interface Drawn {
  readonly lot: string;
  readonly parents: readonly { readonly lot: string; readonly mass_mg: number }[];
}

/** Masses drawn from each parent, as parts of all that was drawn for a lot; water and chemicals added are not counted. */
function parts({ parents }: Drawn): readonly (readonly [parent: string, part: number])[] {
  const whole = parents.reduce((mg, p) => mg + p.mass_mg, 0);
  return whole > 0 ? parents.map((p) => [p.lot, p.mass_mg / whole] as const) : [];
}

/** Lots so that each stands after all it came from. */
export function inOrder<T extends Drawn>(lots: readonly T[]): T[] {
  const known = new Map(lots.map((l) => [l.lot, l]));
  const order: T[] = [];
  const state = new Map<string, "open" | "done">();
  for (const start of lots) {
    // A stack of its own: lineages may be longer than calls can be nested.
    const stack: { lot: T; next: number }[] = [{ lot: start, next: 0 }];
    while (stack.length > 0) {
      const top = stack.at(-1) as { lot: T; next: number };
      if (top.next === 0 && state.has(top.lot.lot)) {
        stack.pop();
        continue;
      }
      state.set(top.lot.lot, "open");
      const parent = known.get(top.lot.parents[top.next]?.lot ?? "");
      if (top.next < top.lot.parents.length) {
        top.next++;
        if (parent && !state.has(parent.lot)) stack.push({ lot: parent, next: 0 });
        continue;
      }
      state.set(top.lot.lot, "done");
      order.push(top.lot);
      stack.pop();
    }
  }
  return order;
}

/** Which part of `here` came from each of the lots it descends from, by the masses drawn. */
export function sharesUp(lots: readonly Drawn[], here: string): Map<string, number> {
  const share = new Map([[here, 1]]);
  for (const lot of inOrder(lots).reverse()) {
    const mine = share.get(lot.lot) ?? 0;
    for (const [parent, part] of parts(lot)) share.set(parent, (share.get(parent) ?? 0) + mine * part);
  }
  return share;
}

/** Which part of each descendant came from `here`, by the masses drawn. */
export function sharesDown(lots: readonly Drawn[], here: string): Map<string, number> {
  const share = new Map([[here, 1]]);
  for (const lot of inOrder(lots)) {
    if (lot.lot === here) continue;
    const mine = parts(lot).reduce((sum, [parent, part]) => sum + part * (share.get(parent) ?? 0), 0);
    share.set(lot.lot, mine);
  }
  return share;
}

/** A share in percent: one decimal, or two digits where it is small. */
export function shareText(share: number): string {
  const percent = share * 100;
  if (percent === 0 || percent >= 1) return `${Number(percent.toFixed(1))} %`;
  return `${Number(percent.toPrecision(2))} %`;
}
