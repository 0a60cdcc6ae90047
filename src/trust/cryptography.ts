/** What becomes of a use on a validated module (`--fips`): it is done there, done outside of it and said so, or refused. */
export type OnModule = "module" | "outside" | "refused";

/** One use of cryptography (Z54): what for, by which algorithm and standard, by what it is done, and in which files. */
export interface CryptographyRow {
  readonly use: string;
  readonly algorithm: string;
  readonly standard: string;
  /** Whether FIPS 140-3 approves of the algorithm; whoever does it has to be validated as well. */
  readonly approved: boolean;
  readonly done_by: string;
  readonly with_fips: OnModule;
  /** Why it is outside of the module, or refused. */
  readonly why?: string;
  readonly files: readonly string[];
}

const OPENSSL = "OpenSSL of Node (node:crypto)";
const NOBLE = "@noble/curves (JavaScript)";
const AGE = "age-encryption (JavaScript, WebCrypto)";

/** Every use there is; a test asks that no file uses cryptography that does not stand here. */
export const CRYPTOGRAPHY: readonly CryptographyRow[] = [
  {
    use: "the chain: seals and hashes of entries; digests of requests, documents and tokens; what a proof signs",
    ...{ algorithm: "SHA-256", standard: "FIPS 180-4", approved: true },
    done_by: "@noble/hashes (JavaScript); OpenSSL of Node with --fips",
    ...{ with_fips: "module", files: ["src/quantity/digest.ts", "src/outside/validated-hash.ts"] },
  },
  {
    use: "serial numbers and learned wordings told again, without standing in an entry",
    ...{ algorithm: "HMAC-SHA-256", standard: "FIPS 198-1", approved: true },
    done_by: "@noble/hashes (JavaScript); OpenSSL of Node with --fips",
    ...{ with_fips: "module", files: ["src/quantity/digest.ts"] },
  },
  {
    use: "audit, backup and restore; answers, documents and views held against their digests; SBOM",
    ...{
      algorithm: "SHA-256",
      standard: "FIPS 180-4",
      approved: true,
      done_by: OPENSSL,
      with_fips: "module",
    },
    files: [
      "src/cli/server/document.ts",
      "src/store/audit.ts",
      "src/store/backup.ts",
      "src/store/document-auditor.ts",
      "src/store/for-request.ts",
      "src/store/restore.ts",
      "src/store/views.ts",
      "src/outside/postgres/folder.ts",
      "src/outside/sbom.ts",
      "src/main/write-evidence.ts",
    ],
  },
  {
    use: "signatures of a party that is bound to P-256: passports, ends of bundles, successions of keys",
    ...{ algorithm: "ECDSA P-256 with SHA-256", standard: "FIPS 186-5", approved: true, done_by: OPENSSL },
    ...{ with_fips: "module", files: ["src/store/keys.ts"] },
  },
  {
    use: "signatures of every other party, and of backups without --fips",
    ...{ algorithm: "Ed25519", standard: "FIPS 186-5, RFC 8032", approved: true, done_by: OPENSSL },
    with_fips: "module",
    why: "signed only where the module does Ed25519; where it does not, nothing is signed until the party is bound to P-256",
    files: ["src/store/keys.ts"],
  },
  {
    use: "verifying passports, bundles and backups, in the server and in a reader's browser",
    ...{ algorithm: "Ed25519; ECDSA P-256 with SHA-256", standard: "FIPS 186-5", approved: true },
    ...{ done_by: NOBLE, with_fips: "outside", files: ["src/certify/proof.ts"] },
    why: "one verifier runs everywhere, also where there is no module; it protects no secret",
  },
  {
    use: "signing keys at rest, under a key file",
    ...{ algorithm: "AES-256-GCM, key by HKDF-SHA-256", standard: "SP 800-38D, SP 800-56C", approved: true },
    ...{ done_by: OPENSSL, with_fips: "module", files: ["src/outside/key-seal.ts"] },
  },
  {
    use: "signing keys at rest, under a passphrase (DIDYM_PASSPHRASE)",
    ...{ algorithm: "AES-256-GCM, key by scrypt", standard: "RFC 7914", approved: false, done_by: OPENSSL },
    ...{
      with_fips: "refused",
      why: "scrypt is not approved: use a key file",
      files: ["src/outside/key-seal.ts"],
    },
  },
  {
    use: "encrypted backups (--backup-recipient, --recipient)",
    ...{
      algorithm: "X25519, HKDF-SHA-256, ChaCha20-Poly1305",
      standard: "age v1",
      approved: false,
      done_by: AGE,
    },
    ...{ with_fips: "refused", files: ["src/store/age.ts"] },
    why: "its exchange and its cipher are not approved: keep backups on an encrypted disk, or encrypt them with a module of your own",
  },
  {
    use: "what nobody can guess: tokens, sessions, nonces of entries, names of databases to try a backup in, ids of requests",
    ...{
      algorithm: "the generator of OpenSSL; in a browser its own",
      standard: "SP 800-90A",
      approved: true,
      done_by: OPENSSL,
    },
    with_fips: "module",
    files: [
      "src/outside/system.ts",
      "src/main/restore-test.ts",
      "src/main/server.ts",
      "src/api/ended.ts",
      "src/cli/index.ts",
      "src/outside/key-seal.ts",
      "src/web/floor/weigh-step.tsx",
      "src/web/kit/client/hooks.ts",
    ],
  },
  {
    use: "the token of the figures, compared in constant time",
    ...{
      algorithm: "SHA-256",
      standard: "FIPS 180-4",
      approved: true,
      done_by: OPENSSL,
      with_fips: "module",
    },
    files: ["src/api/metrics.ts"],
  },
  {
    use: "HTTPS that the server serves itself (--tls-cert)",
    ...{ algorithm: "TLS 1.2 and 1.3", standard: "SP 800-52", approved: true, done_by: OPENSSL },
    ...{ with_fips: "module", files: ["src/main/tls.ts"] },
  },
  {
    use: "the connection to a PostgreSQL of one's own: password, and TLS where its address asks for it",
    ...{ algorithm: "SCRAM-SHA-256, TLS", standard: "RFC 7677", approved: true },
    ...{ done_by: "pg, over OpenSSL of Node", with_fips: "module", files: [] },
    why: "the other end is PostgreSQL's: its module is the operator's. That which is started here listens on a socket of one user, without either",
  },
  {
    use: "keys of books in memory: small programmes and tests",
    ...{ algorithm: "Ed25519; ECDSA P-256", standard: "FIPS 186-5", approved: true, done_by: NOBLE },
    ...{ with_fips: "outside", files: ["src/store/memory/keys.ts"] },
    why: "no server has its books in memory",
  },
  {
    use: "the switch to the validated module, and the trial of it",
    ...{ algorithm: "none", standard: "FIPS 140-3", approved: true, done_by: OPENSSL },
    ...{ with_fips: "module", files: ["src/main/fips.ts"] },
  },
  {
    use: "passwords of people, stretched",
    ...{ algorithm: "scrypt (N 2^15, r 8, p 3)", standard: "RFC 7914", approved: false, done_by: OPENSSL },
    with_fips: "refused",
    why: "scrypt is not approved and the module does none: there people sign in by a passkey or their firm's directory",
    files: ["src/api/auth/password-hash.ts"],
  },
  {
    use: "what a bearer of a session seals beside the books: refresh tokens of a directory",
    ...{ algorithm: "AES-256-GCM", standard: "NIST SP 800-38D", approved: true, done_by: OPENSSL },
    ...{ with_fips: "module", files: ["src/outside/bearer-seal.ts"] },
  },
  {
    use: "webhooks signed for who is told",
    ...{ algorithm: "HMAC-SHA256", standard: "FIPS 198-1", approved: true, done_by: OPENSSL },
    ...{ with_fips: "module", files: ["src/outside/webhook-post.ts"] },
  },
];
