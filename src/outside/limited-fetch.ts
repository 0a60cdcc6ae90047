/** What was asked did not answer, or not as something that works. */
export class Away extends Error {
  override readonly name = "Away";
}

const BYTES_MAX = 1024 * 1024;

/** Asks another server, and reads no more of its answer than such an answer has. Throws `Away` where it is none. */
export async function limitedFetch(url: string, options: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(url, options);
  } catch (cause) {
    throw new Away("no answer", { cause });
  }
  if (answer.status >= 500 || answer.status === 429) {
    await answer.body?.cancel();
    throw new Away(`answered ${answer.status}`);
  }
  const { status, headers } = answer;
  const bytes = await bytesOf(answer);
  return new Response(bytes.length === 0 ? null : bytes, { status, headers });
}

async function bytesOf(answer: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of answer.body ?? []) {
      length += part.length;
      if (length > BYTES_MAX) throw new Away("the answer is too long");
      parts.push(part);
    }
  } catch (cause) {
    throw new Away("the answer broke off", { cause });
  }
  return new Uint8Array(Buffer.concat(parts));
}
