/** Who acted, as stated; what nothing proves says so, and who acted for another firm where that is not told. */
export const Actor = ({ of }: { of: { role: string; party: string; verified?: boolean } }) =>
  of.role === "sealed" ? (
    <span className="dim">not told to you</span>
  ) : (
    <>
      {of.role} @ {of.party}
      {of.verified ? "" : <span className="dim"> unverified</span>}
    </>
  );
