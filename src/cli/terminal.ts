/** What a command line reads from and writes to. */
export interface Terminal {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Asks for a line that is not shown while it is typed; absent where nobody sits there. */
  readonly askHidden?: (question: string) => Promise<string>;
}
