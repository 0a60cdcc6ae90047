/** Who acted, as stated; what nothing proves says so. */
export const Actor = ({
  of,
}: {
  of: { role: string; party: string; verified?: boolean; person?: string; for?: string };
}) => (
  <>
    {of.role} @ {of.party}
    {of.for ? (
      <span className="dim">
        {" "}
        {of.person} for {of.for}
      </span>
    ) : (
      ""
    )}
    {of.verified ? "" : <span className="dim"> unverified</span>}
  </>
);
