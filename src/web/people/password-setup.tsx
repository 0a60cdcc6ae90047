import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Qr } from "../kit/show/qr.tsx";
import { RefusedNote } from "../kit/show/states.tsx";

export interface Setup {
  readonly setup: string;
  readonly secret: string;
  readonly address: string;
}

export interface NewPassword {
  readonly login: string;
  readonly password: string;
  readonly setup: string;
  readonly code: string;
}

/** A password, and the app that makes the codes to go with it, in two steps. */
export function PasswordSetup(props: {
  begin: (login: string) => Promise<Setup>;
  finish: (made: NewPassword) => Promise<void>;
}) {
  const { begin, finish } = props;
  const [typed, setTyped] = useState({ login: "", password: "", code: "" });
  const beginning = useMutation({ mutationFn: () => begin(typed.login) });
  const setup = beginning.data;
  const finishing = useMutation({
    mutationFn: () => finish({ ...typed, setup: setup?.setup ?? "" }),
  });
  const change = (field: keyof typeof typed) => (event: { currentTarget: { value: string } }) =>
    setTyped({ ...typed, [field]: event.currentTarget.value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    (setup ? finishing : beginning).mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <TextInput
        label="Name to sign in with"
        description="Your mail address, or any name of three characters or more."
        autoComplete="username"
        required
        withAsterisk={false}
        value={typed.login}
        onChange={change("login")}
      />
      <PasswordInput
        label="Password"
        description="12 characters or more, of any kind. A few words make a good one."
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={typed.password}
        onChange={change("password")}
      />
      {setup ? <Scan {...setup} /> : null}
      {setup ? (
        <TextInput
          label="Code"
          description="The six digits that your app shows now."
          autoComplete="one-time-code"
          inputMode="numeric"
          required
          withAsterisk={false}
          value={typed.code}
          onChange={change("code")}
        />
      ) : null}
      <RefusedNote error={finishing.error ?? beginning.error} />
      <div className="acts">
        <Button type="submit" variant="default" loading={finishing.isPending || beginning.isPending}>
          {setup ? "Finish" : "Next: the code"}
        </Button>
      </div>
    </form>
  );
}

function Scan({ secret, address }: Setup) {
  return (
    <div>
      <p>Scan this with an app for codes (an authenticator), or type the key into it.</p>
      <Qr text={address} />
      <p className="small">
        Key: <span className="mono">{secret.match(/.{1,4}/g)?.join(" ")}</span>
      </p>
    </div>
  );
}
