import { TextInput } from "@mantine/core";

interface Called {
  readonly name: string;
  readonly mail: string;
}

/** What a person is called. */
export function NameFields({ of, change }: { of: Called; change: (to: Called) => void }) {
  return (
    <>
      <TextInput
        label="Your name"
        description="As your colleagues see it. It stands beside the books, and can be erased."
        autoComplete="name"
        required
        withAsterisk={false}
        value={of.name}
        onChange={(event) => change({ ...of, name: event.currentTarget.value })}
      />
      <TextInput
        label="Mail (optional)"
        type="email"
        autoComplete="email"
        value={of.mail}
        onChange={(event) => change({ ...of, mail: event.currentTarget.value })}
      />
    </>
  );
}
