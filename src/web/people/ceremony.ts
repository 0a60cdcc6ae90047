import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import { Refused, send } from "../kit/client/client.ts";

/** Who is signed in from now on. */
export interface Arrived {
  readonly person: string;
  readonly party: string;
  readonly role: string;
  /** Told once, where a password was made. */
  readonly recovery_codes?: readonly string[];
}

/** What a device refused, as the sentence of a refusal: its own words are for programmers. */
async function withDevice<T>(ask: () => Promise<T>, none: string): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    const known = (cause as Error).name === "InvalidStateError";
    throw new Refused({
      title: known ? "this device has one already" : "no passkey was used",
      detail: known ? "a passkey of yours is on this device: sign in with it" : none,
      ...{ code: "passkey_not_used", at: "", status: 0 },
    });
  }
}

/** Signs in with a passkey that is on this device, or on one beside it. */
export async function showPasskey(): Promise<Arrived> {
  const optionsJSON = await send<PublicKeyCredentialRequestOptionsJSON>("auth/passkey/begin", { body: {} });
  const shown = await withDevice(
    () => startAuthentication({ optionsJSON }),
    "it was called off, or this device has none for this address; sign in another way, or ask your administrator for a link",
  );
  return send<Arrived>("auth/passkey", { body: shown });
}

/** Makes a passkey at a path that asks for one, and sends what the device made with what goes beside it. */
export async function makePasskey<T>(
  path: string,
  given: { readonly asked: object; readonly sent: (made: object) => object },
): Promise<T> {
  const optionsJSON = await send<PublicKeyCredentialCreationOptionsJSON>(`${path}/begin`, {
    body: given.asked,
  });
  const made = await withDevice(
    () => startRegistration({ optionsJSON }),
    "it was called off, or this device keeps none; try again, or make a password instead",
  );
  return send<T>(path, { body: given.sent(made) });
}
