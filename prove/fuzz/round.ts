import type { UseCase } from "../../src/app/core/use-case.ts";
import { useCases } from "../../src/app/use-cases.ts";
import type { Chance } from "../../test/histories/chance.ts";
import { type Ask, drawAsk, luckOf, nameOf, shownAsk } from "./ask.ts";
import { Books } from "./books.ts";
import { Broken } from "./claims.ts";
import { shorten, wrongOn } from "./shorten.ts";
import { knownOfStory, standBefore } from "./stands.ts";

/** So many inputs have one seed. */
export const ROUND = 50;

/** Of how many rounds one is about a use case, by how long it takes: a simulation is worth ten thousand questions. */
const RARE: Readonly<Record<string, number>> = {
  "column simulate": 0.004,
  "column design": 0.0004,
  "column calibrate": 0.002,
  "column scale-up": 0.0004,
  "refine design": 0.002,
  "refine plan": 0.01,
  "identify xrf": 0.02,
  "identify learn": 0.1,
  "identify lot": 0.1,
};
const BY_TYPE: Readonly<Record<UseCase["type"], number>> = {
  command: 1,
  query: 0.4,
  calculation: 0.6,
  action: 0.3,
};
export const rarity = (useCase: UseCase): number => RARE[nameOf(useCase)] ?? BY_TYPE[useCase.type];

export function drawUseCase(dice: Chance): UseCase {
  const all = useCases.reduce((sum, one) => sum + rarity(one), 0);
  let left = dice.uniform() * all;
  const drawn = useCases.find((one) => {
    left -= rarity(one);
    return left < 0;
  });
  return drawn ?? (useCases[0] as UseCase);
}

/** Looks at what the room shows. */
const queryOf = (room: string, dice: Chance): UseCase =>
  dice.some(useCases.filter((one) => one.type === "query" && one.room === room)) ?? drawUseCase(dice);

/** How often what was written is looked at, the next input is another verb's, books with something new are kept, and an input that was refused is asked again. */
const LOOK = 0.15;
const ANOTHER = 0.3;
const KEPT_ON = 0.75;
const TWICE = 0.25;
const DEEP = 0.1;

export interface RoundCounted {
  readonly inputs: number;
  readonly done: number;
  readonly written: number;
  readonly twice: number;
  readonly books: number;
}

/** What a round came to. `kind` tells faults of one kind from others. */
export interface RoundCome {
  readonly seed: number;
  readonly counted: RoundCounted;
  /** By use case and outcome, how often. */
  readonly met: readonly (readonly [string, number])[];
  readonly reds: readonly { readonly kind: string; readonly why: string }[];
}

/** The inputs of one seed, most of them to one use case, on books as they stood before the story told of it. */
export async function playRound(
  seed: number,
  inputs: number,
  known: ReadonlySet<string>,
): Promise<RoundCome> {
  const dice = luckOf(seed);
  const home = drawUseCase(dice);
  const stand = await standBefore(nameOf(home));
  const heard = await knownOfStory();
  const counted = { inputs: 0, done: 0, written: 0, twice: 0, books: 1 };
  const met = new Map<string, number>();
  const reds: { kind: string; why: string }[] = [];
  const red = async (cause: unknown, books: Books, ask?: Ask) => {
    const broken =
      cause instanceof Broken ? cause : new Broken(String(cause).slice(0, 80), (cause as Error).stack ?? "");
    if (known.has(broken.kind) || reds.some(({ kind }) => kind === broken.kind)) return;
    const asks = [...books.taken.filter((one) => one !== ask), ...(ask ? [ask] : [])];
    const shortest = await shorten(wrongOn(stand), asks, broken.kind);
    reds.push({ kind: broken.kind, why: `${broken.message}\n  ${shortest.map(shownAsk).join("\n  ")}` });
  };
  let books = new Books(stand);
  const renew = async () => {
    await books.close().catch((cause) => red(cause, books));
    books = new Books(stand);
    counted.books++;
  };
  for (let nth = 0; nth < inputs; nth++) {
    const look = books.taken.length > 0 && dice.odds(LOOK);
    const useCase = look ? queryOf(home.room, dice) : dice.odds(ANOTHER) ? drawUseCase(dice) : home;
    const ask = drawAsk(useCase, { key: `fuzz-${seed}-${nth}`, dice, known: heard });
    const twice = dice.odds(TWICE) && rarity(useCase) > 0.05;
    const [deep, keptOn] = [look || dice.odds(DEEP), dice.odds(KEPT_ON)];
    const written = books.taken.length;
    counted.inputs++;
    if (twice) counted.twice++;
    try {
      const told = await books.ask(ask, { twice, deep });
      const code = told.status < 400 ? "done" : (JSON.parse(told.text) as { code: string }).code;
      const outcome = `${nameOf(useCase)} ${code}`;
      met.set(outcome, (met.get(outcome) ?? 0) + 1);
      if (told.status < 400) counted.done++;
      if (books.taken.length > written) counted.written++;
      if (books.taken.length > written && !keptOn) await renew();
    } catch (cause) {
      await red(cause, books, ask);
      books = new Books(stand);
    }
  }
  await books.close().catch((cause) => red(cause, books));
  return { seed, counted, met: [...met], reds };
}
