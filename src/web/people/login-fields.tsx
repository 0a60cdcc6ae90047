import { PasswordInput, TextInput } from "@mantine/core";
import type { ReactNode } from "react";

/** A password, the name it goes with, and the code it takes beside it. */
export interface Login {
  readonly login: string;
  readonly password: string;
  readonly code: string;
}

/** As the descriptions below say it: the browser tells it before anything is sent. */
const LOGIN_MIN = 3;
const PASSWORD_MIN = 12;

export const NO_LOGIN: Login = { login: "", password: "", code: "" };

/** One field of a login; the browser is told what it is, so that it can fill it in. */
function fieldOf(name: keyof Login, { of, change }: { of: Login; change: (to: Login) => void }) {
  return {
    ...{ required: true, withAsterisk: false, value: of[name] },
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ ...of, [name]: event.currentTarget.value }),
  };
}

/** Name, password and code, typed to sign in or made anew; the code is asked for once it is said what it is. */
export function LoginFields(props: {
  of: Login;
  change: (to: Login) => void;
  /** Made now, and not typed again: then it is said what makes a good one. */
  anew?: boolean;
  code?: { readonly says: string; readonly digits?: true } | undefined;
  /** What stands before the code. */
  children?: ReactNode;
}) {
  const { anew = false, code, children } = props;
  return (
    <>
      <TextInput
        label="Name to sign in with"
        description={anew ? "Your mail address, or any name of three characters or more." : undefined}
        autoComplete="username"
        {...(anew ? { minLength: LOGIN_MIN } : {})}
        {...fieldOf("login", props)}
      />
      <PasswordInput
        label="Password"
        description={anew ? "12 characters or more, of any kind. A few words make a good one." : undefined}
        autoComplete={anew ? "new-password" : "current-password"}
        {...(anew ? { minLength: PASSWORD_MIN } : {})}
        {...fieldOf("password", props)}
      />
      {children}
      {code ? (
        <TextInput
          label="Code"
          description={code.says}
          autoComplete="one-time-code"
          {...(code.digits ? { inputMode: "numeric" as const } : {})}
          {...fieldOf("code", props)}
        />
      ) : null}
    </>
  );
}
