import { type Step, shown } from "./step.ts";

/** People and tokens, and the machine's owner, who may speak again at the end. */
export const whoSpeaks = (): Step[] =>
  [
    ...["duties", "me", "register-person", "people"],
    ...["token", "register-token", "tokens", "end-token", "end-person"],
    ...["forbid-owner", "owner", "allow-owner"],
  ].map((verb) => shown(`trust ${verb}`));
