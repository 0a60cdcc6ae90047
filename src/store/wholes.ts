/** What each passport is part of, as the audit follows it on its own: a part of what was revoked is part of what that was part of. */
export class Wholes {
  private readonly above = new Map<string, string>();

  set(part: string, whole: string): void {
    this.above.set(part, whole);
  }

  /** The next passport above that lives; nothing where none does, or where they are said to stand in a circle. */
  livingAbove(passport: string, lives: (passport: string) => boolean): string | undefined {
    const seen = new Set([passport]);
    for (let next = this.above.get(passport); next !== undefined; next = this.above.get(next)) {
      if (seen.has(next)) return undefined;
      if (lives(next)) return next;
      seen.add(next);
    }
    return undefined;
  }
}
