/** A part of a pack as its source answers it: what it is made of, or why it is not there. */
export type Told = { readonly content: object } | { readonly absent: string };

/**
 * What a pack of evidence holds beside the books (trust Z50): the audit, the installation and how it runs. Each is asked once, when a
 * pack is made.
 */
export interface EvidenceSources {
  readonly audit: () => Promise<Told>;
  readonly backups: () => Promise<Told>;
  readonly sbom: () => Promise<Told>;
  readonly licences: () => Promise<Told>;
  readonly configuration: () => Promise<Told>;
  readonly changes: () => Promise<Told>;
  readonly vendors: () => Promise<Told>;
}
