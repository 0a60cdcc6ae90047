/** Why a server could not be asked, or its answer not be had: one sentence for who asked. */
export class ServerFault extends Error {}

interface Broken {
  readonly code?: string;
  readonly message: string;
}

/** Of Node's and OpenSSL's codes, what the certificate of a server lacks. */
function certificateFault(code: string, hostname: string): string | undefined {
  if (code === "CERT_HAS_EXPIRED") return "its certificate has expired";
  if (code === "CERT_NOT_YET_VALID")
    return "its certificate is not valid yet: is this machine's clock right?";
  if (code === "CERT_REVOKED") return "its certificate was revoked";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return `its certificate is for other names than ${hostname}`;
  if (/SELF_SIGNED_CERT|UNABLE_TO_(?:VERIFY|GET_ISSUER)|CERT_UNTRUSTED|INVALID_CA/.test(code))
    return "its certificate is signed by nobody whom this machine trusts; where an authority of your own signed it, DIDYM_CA_FILE names the file of that";
  if (/^CERT_|_CERT_|^ERR_TLS_CERT/.test(code)) return `its certificate is refused (${code})`;
  return undefined;
}

const UNREACHED: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  ECONNREFUSED: "nothing answers there: is the server running?",
  ENOTFOUND: "there is no host of that name",
  EAI_AGAIN: "its name cannot be looked up now",
  EHOSTUNREACH: "it cannot be reached from here",
  ENETUNREACH: "it cannot be reached from here",
  EPROTO: "it speaks no TLS there",
  ERR_SSL_WRONG_VERSION_NUMBER: "it speaks no TLS there",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "it speaks no TLS there",
});

/** What went wrong on the way to a server, or on the way back. */
export function brokenBy(
  { code = "", message }: Broken,
  { origin, hostname }: { readonly origin: string; readonly hostname: string },
): ServerFault {
  const why = certificateFault(code, hostname) ?? UNREACHED[code];
  if (why !== undefined) return new ServerFault(`${origin}: ${why}`);
  if (code.startsWith("HPE_")) return new ServerFault(`${origin}: it speaks no HTTP there`);
  if (code === "ECONNRESET" || code === "EPIPE" || code === "ECONNABORTED")
    return new ServerFault(`${origin}: the connection ended before the answer was whole`);
  return new ServerFault(`${origin}: ${message.split("\n")[0] || code}`);
}
