interface Acted {
  readonly role: string;
  readonly party: string;
  readonly verified?: boolean;
  readonly owner?: true;
}

/** Who acted, as stated; what nothing proves says so, and so does what was given on the machine itself. */
export const Actor = ({ of }: { of: Acted }) => (
  <>
    {of.role} @ {of.party}
    {of.owner ? <span className="dim"> machine's owner,</span> : ""}
    {of.verified ? "" : <span className="dim"> unverified</span>}
  </>
);
