import { NativeSelect } from "@mantine/core";

/** Narrows a list to one of a few choices, each under its name; "any" takes the narrowing away. */
export function Choose(props: {
  label: string;
  among: Readonly<Record<string, string>>;
  chosen: string | undefined;
  choose: (value: string) => void;
}) {
  const { label, among, chosen, choose } = props;
  return (
    <NativeSelect
      label={label}
      value={chosen ?? ""}
      onChange={(e) => choose(e.currentTarget.value)}
      data={[
        { value: "", label: "any" },
        ...Object.entries(among).map(([value, name]) => ({ value, label: name })),
      ]}
    />
  );
}
