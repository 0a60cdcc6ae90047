/** One thing out of place, and the rule it breaks. */
export interface Untidy {
  readonly file: string;
  readonly line: number;
  readonly rule:
    | "floor"
    | "door"
    | "room"
    | "circle"
    | "extension"
    | "package"
    | "impure"
    | "pure"
    | "length"
    | "function"
    | "word"
    | "leftover"
    | "table"
    | "machine_path"
    | "seen";
  readonly why: string;
}

/** A file as the rules read it. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

export const isTest = ({ file }: Pick<Source, "file">): boolean => /\.test\.tsx?$/.test(file);

/** A line longer than this is data, and is not read word by word. */
export const LINE_CHARACTERS_MAX = 2000;

export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;
