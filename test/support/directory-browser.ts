/** A browser that keeps cookies and follows where it is sent, until it is sent to somewhere else than it began. */
export function directoryBrowser() {
  const jar = new Map<string, string>();
  const keep = (answer: Response) => {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const [name = "", value = ""] = pair.split("=", 2);
      if (value === "" || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
  };
  const open = async (address: string, form?: Readonly<Record<string, string>>) => {
    const answer = await fetch(address, {
      redirect: "manual",
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
    });
    keep(answer);
    await answer.arrayBuffer();
    return new URL(answer.headers.get("location") ?? address, address).href;
  };
  return {
    /** Signs in at a directory that it was sent to; answers where it is sent back to. */
    async signIn(address: string, login: string): Promise<string> {
      const directory = new URL(address).origin;
      let at = address;
      // The form, its answer, and back: a directory that sends on and on is none.
      for (let steps = 0; steps < 10 && at.startsWith(directory); steps++)
        at = await open(
          at,
          at.includes("/interaction/") ? { prompt: "login", login, password: "p" } : undefined,
        );
      return at;
    },
  };
}
