import { PersonName } from "./person.tsx";

/** Who acted, as stated or by name where they signed in; what nothing proves says so, and who acted for another firm is not told. */
export const Actor = ({
  of,
}: {
  of: { role: string; party: string; verified?: boolean; person?: string | undefined };
}) =>
  of.role === "sealed" ? (
    <span className="dim">not told to you</span>
  ) : (
    <>
      {of.person === undefined ? null : (
        <>
          <PersonName id={of.person} />,{" "}
        </>
      )}
      {of.role} @ {of.party}
      {of.verified ? "" : <span className="dim"> unverified</span>}
    </>
  );
