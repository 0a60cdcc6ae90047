import type { Ports } from "../app/core/ports.ts";
import type { Cost } from "./auth/password-hash.ts";
import type { Bodies } from "./body/take.ts";
import type { Offload } from "./offload.ts";
import type { SignIn } from "./sign-in.ts";

/** Seconds until who asks may try again; nothing where they may now. A name is counted whether it is anybody's or not. */
export type SignInTries = (who: {
  readonly address: string;
  readonly login?: string;
}) => Promise<number | undefined>;

/** What routes answer with: the programme's ports, room for bodies, and threads beside this one. */
export interface Face {
  readonly ports: Ports;
  readonly signIn: SignIn;
  readonly bodies: Bodies;
  readonly offload: Offload | undefined;
  /** What a password costs to try; without it as much as it should. */
  readonly passwordCost?: Cost | undefined;
  /** Without it tries to sign in are not counted. */
  readonly signInTries?: SignInTries | undefined;
  /** Seconds until a caller may ask for another calculation; nothing where one may. */
  readonly mustWait: ((caller: string) => Promise<number | undefined>) | undefined;
}
