import { Button, FileButton, Textarea } from "@mantine/core";
import { type DragEvent, type ReactNode, useState } from "react";
import { RefusedNote } from "./states.tsx";

/** A place where files may be dropped. What is in it must let a file be chosen too: not everybody drags. */
export function DropArea(props: {
  label?: string;
  form?: boolean;
  onFiles: (files: readonly File[]) => void;
  children: ReactNode;
}) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    props.onFiles([...event.dataTransfer.files]);
  };
  return (
    <section
      aria-label={props.label ?? "Drop files here"}
      className={props.form ? "drop form" : "drop"}
      data-over={over}
      onDragOver={(e) => {
        e.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {props.children}
    </section>
  );
}

/** Lines of text, dropped, chosen or pasted; `between` stands beside the button that chooses, with what sends it. */
export function TextDrop(props: {
  label: string;
  description: string;
  placeholder: string;
  text: string;
  onText: (text: string, name?: string) => void;
  between: (choose: ReactNode) => ReactNode;
}) {
  const { text, onText, between } = props;
  const [unreadable, setUnreadable] = useState<Error>();
  const take = async (file: File | undefined | null) => {
    if (!file) return;
    try {
      onText(new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()), file.name);
      setUnreadable(undefined);
    } catch {
      setUnreadable(new Error(`${file.name} is not UTF-8 text; save it as CSV in UTF-8`));
    }
  };
  return (
    <DropArea label="Drop a file of text here" form onFiles={([file]) => void take(file)}>
      <Textarea
        label={props.label}
        description={props.description}
        placeholder={props.placeholder}
        autosize
        minRows={4}
        maxRows={12}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        value={text}
        onChange={(e) => onText(e.currentTarget.value)}
      />
      <div className="form-row">
        {between(
          <FileButton onChange={(file) => void take(file)} accept=".csv,.tsv,.txt,text/csv,text/plain">
            {(button) => (
              <Button variant="default" {...button}>
                Choose a file
              </Button>
            )}
          </FileButton>,
        )}
      </div>
      {unreadable ? <RefusedNote error={unreadable} /> : null}
    </DropArea>
  );
}
