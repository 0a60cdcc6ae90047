import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** A certificate for tests, made by hand (RFC 5280): nobody signed it but its own key, and it ends on the day given. */
export function selfSigned(given: { readonly until: Date }): { readonly cert: string; readonly key: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = seq(der(0x31, seq(oid("550403"), der(0x0c, Buffer.from("localhost")))));
  const byEcdsa = seq(oid("2a8648ce3d040302"));
  const body = seq(
    der(0xa0, integer(2)),
    integer(1),
    byEcdsa,
    name,
    seq(utcTime(new Date(Date.UTC(2020, 0, 1))), utcTime(given.until)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = sign("sha256", body, privateKey);
  const whole = seq(body, byEcdsa, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = whole.toString("base64").replace(/.{64}/g, "$&\n");
  return { cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`, key: pem(privateKey) };
}

const pem = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" }).toString();

function der(tag: number, content: Buffer): Buffer {
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const seq = (...parts: readonly Buffer[]) => der(0x30, Buffer.concat(parts));
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const integer = (n: number) => der(0x02, Buffer.from([n]));
const utcTime = (at: Date) =>
  der(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replaceAll(/[-:T]/g, "")}Z`));
