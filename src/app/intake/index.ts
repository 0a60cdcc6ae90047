import { z } from "zod";
import { PageOf } from "../../contract/fields.ts";
import { ConsignmentId, PartyId, SiteId } from "../../contract/identifiers.ts";
import { done, refuse } from "../../quantity/index.ts";
import { pageOf } from "../core/pages.ts";
import { query } from "../core/use-case.ts";
import { certificate, issueCertificate } from "./certificate.ts";
import { desk } from "./desk.ts";
import { correctLine, resolveRow } from "./lines.ts";
import { findings, readManifestFile } from "./manifest.ts";
import { openLots } from "./open-lots.ts";
import { withParticulars } from "./particulars.ts";
import { stateProvenance } from "./provenance.ts";
import { offer, receive, weighPalletsLater } from "./receive.ts";
import { sanitizations, sanitize } from "./sanitize.ts";

const list = query({
  room: "intake",
  verb: "list",
  summary: "Consignments, a page at a time.",
  input: z.strictObject({
    site: SiteId().optional(),
    state: z.enum(["received", "read", "on_the_books"]).optional(),
    owner: PartyId().optional(),
    ...PageOf,
  }),
  example: { limit: 20 },
  answer: (ports, { after, limit, ...filter }) => pageOf(ports, "consignment", { after, limit, filter }),
});

const show = query({
  room: "intake",
  verb: "show",
  summary: "One consignment: pallets, manifests with findings, devices that still need destruction, lots.",
  input: z.strictObject({ consignment: ConsignmentId() }),
  example: { consignment: "C-1" },
  async answer(ports, { consignment }) {
    const found = await ports.store.load("consignment", consignment);
    return found
      ? done(found.record)
      : refuse("consignment_unknown", "consignment", `no consignment ${consignment} was received`);
  },
});

const lines = query({
  room: "intake",
  verb: "lines",
  summary: "The lines of a consignment with their class, grams and doubt.",
  input: z.strictObject({
    consignment: ConsignmentId(),
    class: z.string().max(40).optional(),
    data_bearing: z.enum(["yes", "no", "unknown"]).optional(),
    ...PageOf,
  }),
  example: { consignment: "C-1", limit: 50 },
  async answer(ports, { after, limit, ...filter }) {
    const { value } = await pageOf(ports, "line", { after, limit, filter });
    return done({ ...value, items: await withParticulars(ports.store, value.items) });
  },
});

export const intakeUseCases = [
  offer,
  receive,
  weighPalletsLater,
  stateProvenance,
  readManifestFile,
  correctLine,
  resolveRow,
  sanitize,
  issueCertificate,
  openLots,
  desk,
  list,
  show,
  lines,
  findings,
  sanitizations,
  certificate,
] as const;
