/** What a life shows that must never be: the rule, and what was seen. */
export class Red extends Error {
  readonly rule: string;

  constructor(rule: string, seen: string) {
    super(`${rule}: ${seen}`);
    this.rule = rule;
  }
}

export function must(holds: boolean, rule: string, seen: () => string): asserts holds {
  if (!holds) throw new Red(rule, seen());
}
