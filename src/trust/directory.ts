import { done, type Refusal, refuse } from "../quantity/index.ts";
import { isRole } from "./duties.ts";
import { roleUnknown } from "./person.ts";

/** A firm's own directory, as the books know it: never with its client's secret. */
export interface Directory {
  readonly party: string;
  readonly issuer: string;
  readonly client_id: string;
  /** The claim that tells a role, by its name or by names with dots between. */
  readonly claim: string;
  /** In this order: the first that somebody has is their role. */
  readonly roles: readonly { readonly value: string; readonly role: string }[];
  /** What is asked for beside the usual. */
  readonly scopes?: readonly string[];
  readonly named_at: string;
  readonly ended_at?: string;
}

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?(\/|$)/;
const SECURE = /^https:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/;

/** Decides what a party's directory is. Refusals: issuer_insecure, role_unknown, value_named_twice, directory_already_named. */
export function decideDirectory(known: Directory | undefined, asked: Directory) {
  if (!SECURE.test(asked.issuer) && !LOOPBACK.test(asked.issuer))
    return refuse(
      "issuer_insecure",
      "issuer",
      "a directory is asked over https, without a query: what anyone on the way can change proves nobody",
    );
  const values = new Set<string>();
  for (const [nth, { value, role }] of asked.roles.entries()) {
    if (!isRole(role)) return roleUnknown(role, `roles[${nth}].role`);
    if (values.has(value))
      return refuse("value_named_twice", `roles[${nth}].value`, `${value} stands there twice`);
    values.add(value);
  }
  if (known && known.ended_at === undefined && saidOf(known) === saidOf(asked))
    return refuse("directory_already_named", "party", `${asked.party} has this very directory already`);
  return done(asked);
}

const saidOf = ({ issuer, client_id, claim, roles, scopes = [] }: Directory) =>
  JSON.stringify([issuer, client_id, claim, roles.map(({ value, role }) => [value, role]), scopes]);

/** Decides that a directory is asked no more. Refusals: directory_unknown. */
export function decideDirectoryEnd(
  known: Directory | undefined,
  { party, at }: { party: string; at: string },
) {
  return inForce(known) ? done({ party, at }) : directoryUnknown(party);
}

export const inForce = (directory: Directory | undefined): directory is Directory =>
  directory !== undefined && directory.ended_at === undefined;

/** As whom Didym asks it: what was kept for one client of one issuer is shown to no other. */
export const clientOf = ({ party, issuer, client_id }: Pick<Directory, "party" | "issuer" | "client_id">) =>
  JSON.stringify(["directory", party, client_id, issuer]);

export const directoryUnknown = (party: string) =>
  refuse("directory_unknown", "party", `${party} has no directory that is asked here`);

type Claims = Readonly<Record<string, unknown>>;

/** A claim by its name, or by names with dots between: some directories have both. */
function claimIn(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name
    .split(".")
    .reduce<unknown>(
      (within, part) =>
        typeof within === "object" && within !== null && Object.hasOwn(within, part)
          ? (within as Claims)[part]
          : undefined,
      claims,
    );
}

/** Whether a claim is told at all. */
export const tells = (claims: Claims, name: string): boolean => claimIn(claims, name) !== undefined;

/** In which role a directory tells that somebody is. Refusals: role_not_mapped. */
export function roleTold({ claim, roles }: Directory, claims: Claims) {
  const told = claimIn(claims, claim);
  const values: readonly unknown[] = Array.isArray(told) ? told : [told];
  const first = roles.find(({ value }) => values.includes(value));
  if (first) return done(first.role);
  return refuse(
    "role_not_mapped",
    "directory",
    "your firm's directory knows you, and gives you nothing that is a role here: ask your administrator which group you lack",
  );
}

/** Why whoever comes by a directory has no other way in: it would outlast their leaving. */
export const ofDirectory = (id: string) =>
  refuse(
    "person_of_directory",
    "person",
    `${id} signs in by their firm's directory, and by nothing else: what is changed is changed there`,
  );

export type DirectoryRefusal = Refusal<"directory_away" | "sign_in_failed">;
