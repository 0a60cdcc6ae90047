import type { KeySeal } from "../../app/core/keys.ts";
import type {
  Challenge,
  Challenges,
  Passkey,
  Password,
  PeopleBeside,
  Profile,
  Profiles,
  WaysIn,
} from "../../app/core/people-beside.ts";

/** For tests and small programmes: nothing is kept, so nothing has to be hidden. */
const openSeal: KeySeal = {
  seal: async (secret, place) => JSON.stringify([place, Buffer.from(secret).toString("base64")]),
  async open(sealed, place) {
    const [at, text] = JSON.parse(sealed);
    return at === place ? Buffer.from(text, "base64") : undefined;
  },
};

export const memoryPeople = (): PeopleBeside => ({
  ways: memoryWaysIn(),
  profiles: memoryProfiles(),
  challenges: memoryChallenges(),
  seal: openSeal,
});

function memoryWaysIn(): WaysIn {
  const [passkeys, passwords] = [new Map<string, Passkey>(), new Map<string, Password>()];
  const of = (person: string) => [...passkeys.values()].filter((one) => one.person === person);
  const change = (person: string, to: Partial<Password>) => {
    const password = passwords.get(person);
    if (password) passwords.set(person, { ...password, ...to });
  };
  const by = (login: string) => [...passwords.values()].find((one) => one.login === login);
  return {
    any: async () => passkeys.size + passwords.size > 0,
    addPasskey: async (passkey) => void passkeys.set(passkey.id, passkey),
    passkey: async (id) => passkeys.get(id),
    passkeysOf: async (person) => of(person),
    async passkeyUsed(id, { sign_count, at }) {
      const passkey = passkeys.get(id);
      if (!passkey || (passkey.sign_count >= sign_count && passkey.sign_count + sign_count > 0)) return false;
      passkeys.set(id, { ...passkey, sign_count, used_at: at });
      return true;
    },
    async endPasskey(person, id) {
      if (passkeys.get(id)?.person === person) passkeys.delete(id);
    },
    passwordOf: async (person) => passwords.get(person),
    passwordBy: async (login) => by(login),
    async setPassword(password) {
      if ((by(password.login)?.person ?? password.person) !== password.person) return false;
      passwords.set(password.person, password);
      return true;
    },
    endPassword: async (person) => void passwords.delete(person),
    async takeStep(person, step) {
      const newer = (passwords.get(person)?.step ?? step) < step;
      if (newer) change(person, { step });
      return newer;
    },
    async takeRecovery(person, digest) {
      const recovery = passwords.get(person)?.recovery ?? [];
      if (!recovery.includes(digest)) return false;
      change(person, { recovery: recovery.filter((one) => one !== digest) });
      return true;
    },
    setRecovery: async (person, recovery) => change(person, { recovery }),
    async endOf(person) {
      for (const { id } of of(person)) passkeys.delete(id);
      passwords.delete(person);
    },
  };
}

function memoryProfiles(): Profiles {
  const all = new Map<string, Profile>();
  return {
    keep: async (profile) => void all.set(profile.person, profile),
    of: async (persons) => [...all.values()].filter(({ person }) => persons.includes(person)),
    erase: async (person) => void all.delete(person),
  };
}

function memoryChallenges(): Challenges {
  const all = new Map<string, Challenge>();
  type Sought = Parameters<Challenges["find"]>[0];
  const held = ({ digest, purpose, now }: Sought) => {
    const found = all.get(digest);
    return found?.purpose === purpose && found.until > now ? found : undefined;
  };
  return {
    keep: async (challenge) => void all.set(challenge.digest, challenge),
    find: async (sought) => held(sought),
    async take(sought) {
      const found = held(sought);
      if (found) all.delete(found.digest);
      return found;
    },
    async takeAll(sought) {
      const found = held(sought);
      for (const one of found ? all.values() : []) if (one.purpose === sought.purpose) all.delete(one.digest);
      return found;
    },
  };
}
