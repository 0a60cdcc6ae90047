import { useQuery } from "@tanstack/react-query";
import QRCode from "qrcode";

/** The address of this page as a code to scan: black on white on either page, as readers want it. */
export function Qr({ text }: { text: string }) {
  const drawn = useQuery({
    queryKey: ["qr", text],
    queryFn: () => QRCode.toString(text, { type: "svg", errorCorrectionLevel: "M", margin: 2 }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!drawn.data) return <div className="qr" />;
  return (
    <img
      className="qr"
      alt={`QR code of ${text}`}
      src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawn.data)}`}
    />
  );
}
