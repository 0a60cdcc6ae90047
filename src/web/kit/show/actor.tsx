/** Who acted, as stated; what nothing proves says so. */
export const Actor = ({ of }: { of: { role: string; party: string; verified?: boolean } }) => (
  <>
    {of.role} @ {of.party}
    {of.verified ? "" : <span className="dim"> unverified</span>}
  </>
);
