import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { send } from "../kit/client/client.ts";
import { RefusedNote } from "../kit/show/states.tsx";
import { type Arrived, showPasskey } from "./ceremony.ts";
import { LoginFields, NO_LOGIN } from "./login-fields.tsx";
import { PasskeyButton } from "./passkey-button.tsx";

type OtherWay = "password" | "token";

/** The usual way as one press; the others behind their names. */
export function WaysIn(props: {
  arrived: (who: Arrived) => Promise<void>;
  show: (token: string) => Promise<void>;
}) {
  const { arrived, show } = props;
  const [other, setOther] = useState<OtherWay>();
  const passkey = useMutation({ mutationFn: async () => arrived(await showPasskey()) });
  return (
    <div className="narrow">
      <p className="dim">Your device asks for your face, finger or PIN. Nothing is typed.</p>
      <PasskeyButton
        says="Sign in with a passkey"
        pending={passkey.isPending}
        press={() => passkey.mutate()}
      />
      <RefusedNote error={passkey.error} />
      <div className="acts other-ways">
        {(
          [
            ["password", "Use a password and a code"],
            ["token", "Show a token"],
          ] as const
        ).map(([way, says]) => (
          <button
            key={way}
            type="button"
            className="plain"
            aria-expanded={other === way}
            onClick={() => setOther(other === way ? undefined : way)}
          >
            {says}
          </button>
        ))}
      </div>
      {other === "password" ? <ByPassword arrived={arrived} /> : null}
      {other === "token" ? <ByToken show={show} /> : null}
    </div>
  );
}

function ByPassword({ arrived }: { arrived: (who: Arrived) => Promise<void> }) {
  const [typed, setTyped] = useState(NO_LOGIN);
  const signing = useMutation({
    mutationFn: async () => arrived(await send<Arrived>("auth/password", { body: typed })),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signing.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <LoginFields
        of={typed}
        change={setTyped}
        code={{ says: "Six digits from your app, or one of your recovery codes." }}
      />
      <RefusedNote error={signing.error} />
      <div className="acts">
        <Button type="submit" variant="default" loading={signing.isPending}>
          Sign in
        </Button>
      </div>
    </form>
  );
}

function ByToken({ show }: { show: (token: string) => Promise<void> }) {
  const [token, setToken] = useState("");
  const showing = useMutation({ mutationFn: show });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    showing.mutate(token.trim());
  };
  return (
    <form className="stack" onSubmit={submit}>
      <PasswordInput
        label="Token"
        description="Of a scanner, a scale or a system: your administrator makes it, and tells it once."
        value={token}
        onChange={(event) => setToken(event.currentTarget.value)}
      />
      <RefusedNote error={showing.error} />
      <div className="acts">
        <Button type="submit" variant="default" disabled={token.trim() === ""} loading={showing.isPending}>
          Sign in
        </Button>
      </div>
    </form>
  );
}
