import { BlockList, isIPv4, isIPv6 } from "node:net";

/** IANA's special-purpose addresses of IPv4 (RFC 6890 and its successors), multicast and what is reserved. */
const NOT_PUBLIC_4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
];
/** Within the global unicast addresses of IPv6: special purposes, documentation, and ways to an address of IPv4. */
const NOT_PUBLIC_6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const listOf = (ranges: readonly string[], family: "ipv4" | "ipv6"): BlockList => {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = "", bits] = range.split("/");
    list.addSubnet(net, Number(bits), family);
  }
  return list;
};
const notPublic4 = listOf(NOT_PUBLIC_4, "ipv4");
const notPublic6 = listOf(NOT_PUBLIC_6, "ipv6");
const global6 = listOf(["2000::/3"], "ipv6");

/** Whether an address is one of the public internet. Loopback, private and link-local ones, and what is no address, are not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !notPublic4.check(address, "ipv4");
  return isIPv6(address) && global6.check(address, "ipv6") && !notPublic6.check(address, "ipv6");
}
