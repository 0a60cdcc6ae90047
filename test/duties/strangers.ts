/** Who has nothing to do with what the story tells, by kind; and who reads all of it. */
export const STRANGERS = {
  recycler: "sample-other-recycler",
  carrier: "sample-other-carrier",
  auditor: "sample-auditor",
} as const;
