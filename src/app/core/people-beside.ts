import type { KeySeal } from "./keys.ts";

/** A passkey as it is kept: its public half, the name it was made under, and how far it has counted. */
export interface Passkey {
  readonly id: string;
  readonly person: string;
  readonly public_key: Uint8Array;
  readonly sign_count: number;
  readonly transports: readonly string[];
  /** The name by which the server was asked when it was made; it signs for no other. */
  readonly made_under: string;
  /** The device in words. */
  readonly device: string;
  readonly made_at: string;
  readonly used_at?: string;
}

/** A password with its codes, as it is kept. */
export interface Password {
  readonly person: string;
  /** The name to sign in with, in small letters. */
  readonly login: string;
  readonly hash: string;
  /** The secret of the codes, sealed for this person. */
  readonly totp: string;
  /** The time step of the last code that was used. */
  readonly step: number;
  /** Digests of the recovery codes that are left. */
  readonly recovery: readonly string[];
  readonly made_at: string;
}

export interface Profile {
  readonly person: string;
  readonly name: string;
  readonly mail?: string;
}

/** How people sign in. What is used once is used once whoever asks at the same moment. */
export interface WaysIn {
  /** Whether anybody has one. */
  any(): Promise<boolean>;
  addPasskey(passkey: Passkey): Promise<void>;
  passkey(id: string): Promise<Passkey | undefined>;
  passkeysOf(person: string): Promise<readonly Passkey[]>;
  /** False where it has counted as far already. */
  passkeyUsed(id: string, used: { readonly sign_count: number; readonly at: string }): Promise<boolean>;
  endPasskey(person: string, id: string): Promise<void>;
  passwordOf(person: string): Promise<Password | undefined>;
  passwordBy(login: string): Promise<Password | undefined>;
  /** In the place of the one before. False where the name to sign in with is another's. */
  setPassword(password: Password): Promise<boolean>;
  endPassword(person: string): Promise<void>;
  /** False where this step, or a later one, was used. */
  takeStep(person: string, step: number): Promise<boolean>;
  /** False where it is none of the codes that are left. */
  takeRecovery(person: string, digest: string): Promise<boolean>;
  setRecovery(person: string, digests: readonly string[]): Promise<void>;
  endOf(person: string): Promise<void>;
}

export interface Profiles {
  keep(profile: Profile): Promise<void>;
  of(persons: readonly string[]): Promise<readonly Profile[]>;
  erase(person: string): Promise<void>;
}

/** What a server asked and waits for, by the digest of a text that nobody can guess. */
export interface Challenge {
  readonly digest: string;
  /** What alone it may answer. */
  readonly purpose: string;
  readonly body: Readonly<Record<string, string>>;
  readonly until: string;
}

type Sought = Pick<Challenge, "digest" | "purpose"> & { readonly now: string };

export interface Challenges {
  keep(challenge: Challenge): Promise<void>;
  find(sought: Sought): Promise<Challenge | undefined>;
  /** Finds it for the first who asks, and for nobody after. */
  take(sought: Sought): Promise<Challenge | undefined>;
  /** As `take`, and ends all others of that purpose. */
  takeAll(sought: Sought): Promise<Challenge | undefined>;
}

/** What is known of people beside the books. */
export interface PeopleBeside {
  readonly ways: WaysIn;
  readonly profiles: Profiles;
  readonly challenges: Challenges;
  /** Keeps the secrets of codes. */
  readonly seal: KeySeal;
}
