import { perform } from "../app/core/perform.ts";
import type { Clock, Ports } from "../app/core/ports.ts";
import { seeingAll } from "../app/core/seen.ts";
import type { CommandAnswering, QueryAnswering } from "../app/core/use-case.ts";
import { findUseCase } from "../app/use-cases.ts";
import type { Lot } from "../ledger/index.ts";
import { assert } from "../quantity/index.ts";

/** A clock that stands where the story is. */
export class StoryClock implements Clock {
  private instant: number;

  constructor(start: string) {
    this.instant = Date.parse(start);
  }

  now(): Date {
    return new Date(this.instant);
  }

  /** Moves on; a story never goes back. */
  advance(hours: number): void {
    assert(hours >= 0, "time does not run backwards");
    this.instant += hours * 3_600_000;
  }
}

/**
 * Works through the product's own use cases, as the people of the loop would. Keys are numbered, so that a story that was
 * interrupted is told again from the start and does nothing twice.
 */
export class Driver {
  readonly clock: StoryClock;
  private readonly ports: Ports;
  private readonly prefix: string;
  private count = 0;

  constructor(ports: Ports, clock: StoryClock, prefix: string) {
    this.ports = ports;
    this.clock = clock;
    this.prefix = prefix;
  }

  /** Performs a command and answers its answer. A refusal here is a fault of the story. */
  async do<A = Record<string, unknown>>(name: string, as: string, input: object): Promise<A> {
    const useCase = this.find(name) as CommandAnswering<A>;
    const [role = "", party = ""] = as.split("@");
    this.count++;
    const key = this.lastKey();
    // Told before an interruption: what it was decided on may look different by now, what it answered does not.
    const told = await this.ports.store.answerTo(key);
    if (told) return told.answer as A;
    const done = await perform(this.ports, useCase, {
      request: { key, actor: { role, party, verified: false }, owner: true },
      input,
    });
    if (!done.ok)
      throw new Error(
        `${name} was refused at ${done.refusal.at}: ${done.refusal.code}: ${done.refusal.message}`,
      );
    return done.value.answer;
  }

  /** The key of the last command. */
  private lastKey(): string {
    return `${this.prefix}/${String(this.count).padStart(5, "0")}`;
  }

  /** Marks the story as told to its end, so that the next start need not look further. */
  async finish(key: string): Promise<void> {
    const useCase = this.find("programme register-party") as CommandAnswering<unknown>;
    const input = { party: "sample-auditor", name: "Sample Auditor", kind: "auditor", sample: true };
    const actor = { role: "auditor", party: "sample-recycler", verified: false };
    const done = await perform(this.ports, useCase, { request: { key, actor }, input });
    assert(done.ok, "the end of the story is recorded");
  }

  async ask<A = Record<string, unknown>>(name: string, input: object): Promise<A> {
    const useCase = this.find(name) as QueryAnswering<A>;
    const parsed = useCase.input.safeParse(input);
    assert(parsed.success, `${name} takes this input`);
    const answer = await useCase.answer(seeingAll(this.ports), parsed.data);
    if (!answer.ok) throw new Error(`${name} was refused: ${answer.refusal.message}`);
    return answer.value;
  }

  /** A lot as it was when it was opened: the same however far the story was told before. */
  async opened(lot: string): Promise<Lot> {
    const now = await this.ask<Lot & Record<string, unknown>>("ledger lot", { lot });
    return { ...now, mass_mg: now.opened.mass_mg, elements_mg: now.opened.elements_mg };
  }

  private find(name: string) {
    const [room = "", verb = ""] = name.split(" ");
    const useCase = findUseCase(room, verb);
    assert(useCase, `there is a use case ${name}`);
    return useCase;
  }
}
