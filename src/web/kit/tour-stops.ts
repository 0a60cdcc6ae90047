/** The two-minute tour of the sample programme: one consignment's metal from the truck to the buyer. */
export interface TourStop {
  readonly to: string;
  readonly title: string;
  readonly says: string;
}

export const STOPS: readonly TourStop[] = [
  {
    to: "/consignments/C-2601",
    title: "A truck arrives",
    says: "The centre was offered by distance and by what it can do. Each line of the manifest got a device class and grams of each element, with the interval they most likely lie in. Nothing that could not be read was dropped: see the findings.",
  },
  {
    to: "/lots/C-2601-MAG",
    title: "Magnets become a lot",
    says: "Dismantling is a step with weighed inputs, outputs and named losses. The step must close for mass and for every element within the doubt of its scales; how it closed is shown below.",
  },
  {
    to: "/ship",
    title: "Two scales, two laboratories",
    says: "Sender and receiver each weigh, and the difference is given in standard uncertainties. Each side's assay stays sealed until the other has reported.",
  },
  {
    to: "/settle/C-2601-DEM",
    title: "The agreement decides",
    says: "Every clause is data. Open any line of the statement to see its arithmetic, down to the rounding.",
  },
  {
    to: "/campaigns/K-R-2601",
    title: "One column run",
    says: "The chromatogram is simulated before the run, the cuts follow from the purity asked, and what was collected is held against what was predicted.",
  },
  {
    to: "/lots/OX-2601-Nd",
    title: "An oxide with a past",
    says: "The lineage goes back to the devices it came from. A passport may claim no more of a settled feed than was measured in it, over all lots and customers.",
  },
  {
    to: "/orders/O-2601",
    title: "Sold",
    says: "An order takes only what meets its specification; the passport goes with the drum. Open the passport from here: its checks run in your own browser, and can be repeated offline.",
  },
  {
    to: "/books",
    title: "All of it is on the books",
    says: "Entries are only added, each linked to the one before. Corrections point at what they correct. That is the whole loop: now start with your own data.",
  },
];
