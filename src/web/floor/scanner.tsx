import { useEffect, useRef, useState } from "react";

/** What browsers that read codes offer (Shape Detection API, W3C draft); TypeScript does not know it yet. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
type Detectors = { BarcodeDetector?: new (given: { formats: string[] }) => Detector };

const LOOK_EVERY_MS = 250;

/** Reads a code with the phone's camera. Where the browser cannot, it says what works instead. */
export function Scanner({ found }: { found: (code: string) => void }) {
  const [on, setOn] = useState(false);
  const [why, setWhy] = useState<string>();
  const video = useRef<HTMLVideoElement>(null);
  const tell = useRef(found);
  useEffect(() => {
    tell.current = found;
  });
  useEffect(() => {
    if (!on) return;
    const Reader = (globalThis as Detectors).BarcodeDetector;
    if (!Reader || !navigator.mediaDevices) {
      setOn(false);
      setWhy(
        "This browser cannot read codes from a page: open your phone's camera and point it at the label.",
      );
      return;
    }
    const reader = new Reader({ formats: ["qr_code"] });
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setInterval> | undefined;
    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: "environment" } })
      .then((opened) => {
        stream = opened;
        const screen = video.current;
        if (!screen) return;
        screen.srcObject = opened;
        void screen.play();
        timer = setInterval(() => {
          reader.detect(screen).then(
            ([code]) => code && tell.current(code.rawValue),
            // A frame that cannot be read yet: the next one is looked at.
            () => undefined,
          );
        }, LOOK_EVERY_MS);
      })
      .catch((error: Error) => {
        setOn(false);
        setWhy(`The camera was not opened: ${error.message}`);
      });
    return () => {
      clearInterval(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, [on]);
  return (
    <div>
      {on ? (
        <video ref={video} className="floor-camera" playsInline muted aria-label="camera" />
      ) : (
        <button type="button" className="button floor-go" onClick={() => setOn(true)}>
          Scan a label
        </button>
      )}
      {why ? <p className="note warn">{why}</p> : null}
    </div>
  );
}
