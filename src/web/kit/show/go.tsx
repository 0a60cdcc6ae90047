import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

/** A link within the app. `to` is a path, as the API also gives them. */
export function Go(props: {
  to: string;
  search?: Readonly<Record<string, string>>;
  className?: string;
  children: ReactNode;
}) {
  const { to, search, className, children } = props;
  return (
    <Link
      to={to}
      {...(search ? { search: search as never } : {})}
      {...(className ? { className } : {})}
      activeProps={{}}
    >
      {children}
    </Link>
  );
}

const seg = encodeURIComponent;

export const ToLot = ({ lot }: { lot: string }) => <Go to={`/lots/${seg(lot)}`}>{lot}</Go>;
export const ToConsignment = ({ id }: { id: string }) => <Go to={`/consignments/${seg(id)}`}>{id}</Go>;
export const ToShipment = ({ id }: { id: string }) => <Go to={`/ship/${seg(id)}`}>{id}</Go>;
export const ToSample = ({ id }: { id: string }) => <Go to={`/samples/${seg(id)}`}>{id}</Go>;
export const ToCampaign = ({ id }: { id: string }) => <Go to={`/campaigns/${seg(id)}`}>{id}</Go>;
export const ToOrder = ({ id }: { id: string }) => <Go to={`/orders/${seg(id)}`}>{id}</Go>;
export const ToStatement = ({ lot }: { lot: string }) => <Go to={`/settle/${seg(lot)}`}>{lot}</Go>;

/** The page of a passport has another look and may be handed on, so it opens as a page of its own. */
export const ToPassport = ({ id }: { id: string }) => <a href={`/passport/${seg(id)}`}>{id}</a>;

export const ToDocument = ({ digest, children }: { digest: string; children: ReactNode }) => (
  <a href={`/api/documents/${seg(digest)}`} target="_blank" rel="noreferrer">
    {children}
  </a>
);
