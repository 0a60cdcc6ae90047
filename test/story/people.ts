import { nameDirectory } from "../../src/app/trust/directories.ts";
import { also, given, type Step, shown } from "./step.ts";

const RECYCLER = "sample-recycler";

/** People with ways in: invited, signed in, erased. */
export function people(): Step[] {
  const person = "U-7K2M9QXA";
  const [at, until] = ["2026-03-20T08:00:00.000Z", "2099-01-01T00:00:00.000Z"];
  return [
    shown("trust end-person"),
    also("trust register-person", "administrator", { person, party: RECYCLER, role: "accountant" }),
    shown("trust invite"),
    shown("trust register-invitation"),
    given(async ({ people: beside, sessions }) => {
      await beside?.profiles.keep({ person, name: "The accountant" });
      const digest = "2c3d4e5f60718293a4b5".padEnd(64, "0");
      const seen = { began_at: at, seen_at: at, device: "Firefox on Linux" };
      await sessions?.start({ digest, person, until, ...seen });
    }),
    ...["sessions", "end-session", "names", "register-erasure", "erase-person"].map((verb) =>
      shown(`trust ${verb}`),
    ),
    ...firmsDirectory(),
  ];
}

/** A firm names its directory, and forgets it. */
function firmsDirectory(): Step[] {
  const { example } = nameDirectory;
  return [
    shown("trust name-directory"),
    shown("trust keep-directory-secret"),
    shown("trust directories"),
    shown("trust end-directory"),
    also("trust name-directory", "administrator", example),
    shown("trust forget-directory"),
  ];
}
