import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

/** Several entries of one request, or of many requests at once, are one reason to ask again. */
const GATHER_MS = 150;

/**
 * Listens to what anyone writes on the books, in this window, another or the shell, and asks again for what is shown. The
 * browser comes back by itself after a lost line, and says what it saw last.
 */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    const source = new EventSource("/api/events");
    let waiting: ReturnType<typeof setTimeout> | undefined;
    source.addEventListener("entries", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => void client.invalidateQueries(), GATHER_MS);
    });
    source.addEventListener("job", ({ data }: MessageEvent<string>) => {
      const { job } = JSON.parse(data) as { job: string };
      void client.invalidateQueries({ queryKey: ["jobs/list"] });
      void client.invalidateQueries({ queryKey: ["jobs/show", { job }] });
    });
    return () => {
      clearTimeout(waiting);
      source.close();
    };
  }, [client]);
}
