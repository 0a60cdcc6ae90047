/** Signs that turn the direction of what is written after them, until another ends it (Unicode Bidirectional Algorithm, 3.1). */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Shows them instead of letting them act: a name cannot disguise what stands beside it. Other signs stay as they are. */
export const visible = (text: string): string =>
  text.replace(TURNS, (sign) => `⟨U+${sign.charCodeAt(0).toString(16).toUpperCase()}⟩`);
