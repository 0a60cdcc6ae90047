/** What the faces refuse for every use case alike: requests that cannot be read, keys, and servers that are busy. */
export const FACE_CODES = [
  "actor_malformed",
  "content_type_unsupported",
  "database_away",
  "fault",
  "field_unknown",
  "host_foreign",
  "input_malformed",
  "json_ambiguous",
  "json_malformed",
  "key_already_answered",
  "key_malformed",
  "key_missing",
  "key_reused",
  "method_not_allowed",
  "not_found",
  "not_utf8",
  "path_malformed",
  "someone_wrote_first",
  "too_busy",
  "too_large",
] as const;
export type FaceCode = (typeof FACE_CODES)[number];
