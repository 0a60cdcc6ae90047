import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Qr } from "../kit/show/qr.tsx";
import { RefusedNote } from "../kit/show/states.tsx";
import { type Login, LoginFields, NO_LOGIN } from "./login-fields.tsx";

export interface Setup {
  readonly setup: string;
  readonly secret: string;
  readonly address: string;
}

export interface NewPassword extends Login {
  readonly setup: string;
}

/** A password, and the app that makes the codes to go with it, in two steps. */
export function PasswordSetup(props: {
  begin: (login: string) => Promise<Setup>;
  finish: (made: NewPassword) => Promise<void>;
}) {
  const { begin, finish } = props;
  const [typed, setTyped] = useState(NO_LOGIN);
  const beginning = useMutation({ mutationFn: () => begin(typed.login) });
  const setup = beginning.data;
  const finishing = useMutation({
    mutationFn: () => finish({ ...typed, setup: setup?.setup ?? "" }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    (setup ? finishing : beginning).mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <LoginFields
        anew
        of={typed}
        change={setTyped}
        code={setup ? { says: "The six digits that your app shows now.", digits: true } : undefined}
      >
        {setup ? <Scan {...setup} /> : null}
      </LoginFields>
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
