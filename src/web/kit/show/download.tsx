/** A file made in the browser when it is asked for. */
export function Download(props: {
  name: string;
  type: string;
  content: () => string | Promise<Blob>;
  children: string;
}) {
  const save = async () => {
    const made = await props.content();
    const address = URL.createObjectURL(
      typeof made === "string" ? new Blob([made], { type: props.type }) : made,
    );
    const link = document.createElement("a");
    link.href = address;
    link.download = props.name;
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <button type="button" className="plain" onClick={() => void save()}>
      {props.children}
    </button>
  );
}
