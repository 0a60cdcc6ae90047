import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import PDFDocument from "pdfkit";
import qrcode from "qrcode";
import type { PrintedPage, Printer } from "../app/core/ports.ts";

/** DejaVu has the subscripts of chemical formulas and the signs of uncertainty. */
const FONTS = join(dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json")), "ttf");
const REGULAR = join(FONTS, "DejaVuSans.ttf");
const BOLD = join(FONTS, "DejaVuSans-Bold.ttf");
const MARGIN = 54;
const SIZE = { title: 18, heading: 11, text: 9, small: 8 };
const ROW_GAP = 3;

type Doc = InstanceType<typeof PDFDocument>;

/** Prints documents of the trade as PDF, with every page marked where the parties are samples. */
export const pdfPrinter: Printer = {
  async pdf(page) {
    const doc = new PDFDocument({
      size: "LETTER",
      margin: MARGIN,
      bufferPages: true,
      info: { Title: page.title },
    });
    const chunks: Buffer[] = [];
    doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    const ended = new Promise<void>((resolve, reject) => {
      doc.on("end", resolve);
      doc.on("error", reject);
    });
    doc.registerFont("regular", REGULAR).registerFont("bold", BOLD);
    await printHead(doc, page);
    for (const section of page.sections) printSection(doc, section);
    markPages(doc, page);
    doc.end();
    await ended;
    return new Uint8Array(Buffer.concat(chunks));
  },
};

async function printHead(doc: Doc, page: PrintedPage): Promise<void> {
  if (page.qr !== undefined) {
    const png = await qrcode.toBuffer(page.qr, { margin: 0, width: 220 });
    doc.image(png, doc.page.width - MARGIN - 80, MARGIN, { width: 80 });
  }
  doc.font("bold").fontSize(SIZE.title).text(page.title, MARGIN, MARGIN, { width: 380 });
  if (page.subtitle !== undefined)
    doc.font("regular").fontSize(SIZE.heading).text(page.subtitle, { width: 380 });
  doc.y = Math.max(doc.y + 14, page.qr === undefined ? 0 : MARGIN + 94);
}

function printSection(doc: Doc, section: PrintedPage["sections"][number]): void {
  doc.x = MARGIN;
  if (section.heading !== undefined)
    doc.moveDown(0.8).font("bold").fontSize(SIZE.heading).text(section.heading).moveDown(0.3);
  if (section.text !== undefined) doc.font("regular").fontSize(SIZE.text).text(section.text).moveDown(0.3);
  if (section.fields) {
    printRows(
      doc,
      section.fields.map(([label, value]) => [label, value]),
      { widths: [0.3, 0.7], bold: 0 },
    );
  }
  if (section.table) {
    const count = section.table.columns.length;
    const widths = section.table.columns.map(() => 1 / count);
    printRows(doc, [section.table.columns], { widths, bold: "all" });
    printRows(doc, section.table.rows, { widths });
  }
}

function printRows(
  doc: Doc,
  rows: readonly (readonly string[])[],
  look: { readonly widths: readonly number[]; readonly bold?: number | "all" },
): void {
  const width = doc.page.width - 2 * MARGIN;
  for (const row of rows) {
    doc.fontSize(SIZE.text);
    const font = (i: number) => (look.bold === "all" || look.bold === i ? "bold" : "regular");
    const heights = row.map((cell, i) =>
      doc.font(font(i)).heightOfString(cell, { width: width * (look.widths[i] ?? 0) - 6 }),
    );
    const height = Math.max(...heights, 10) + ROW_GAP;
    if (doc.y + height > doc.page.height - MARGIN - 20) doc.addPage();
    const top = doc.y;
    let left = MARGIN;
    row.forEach((cell, i) => {
      const cellWidth = width * (look.widths[i] ?? 0);
      doc.font(font(i)).text(cell, left, top, { width: cellWidth - 6 });
      left += cellWidth;
    });
    doc.x = MARGIN;
    doc.y = top + height;
  }
}

function markPages(doc: Doc, page: PrintedPage): void {
  const { start, count } = doc.bufferedPageRange();
  for (let i = start; i < start + count; i++) {
    doc.switchToPage(i);
    // Writing below the bottom margin would start a new page.
    doc.page.margins.bottom = 0;
    const foot = [
      page.sample ? "SAMPLE: made-up parties, no firm's word" : "",
      page.footer ?? "",
      `page ${i + 1} of ${count}`,
    ];
    doc
      .font(page.sample ? "bold" : "regular")
      .fontSize(SIZE.small)
      .text(foot.filter(Boolean).join("   ·   "), MARGIN, doc.page.height - 40, {
        width: doc.page.width - 2 * MARGIN,
        align: "center",
      });
  }
}
