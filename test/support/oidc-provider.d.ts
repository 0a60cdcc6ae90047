/** As much of the provider as tests use: it comes without types. */
declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  export interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  export interface Context {
    readonly oidc?: {
      readonly route?: string;
      readonly session?: { readonly accountId: string };
      readonly client?: { readonly clientId: string; grantTypeAllowed(type: string): boolean };
      readonly provider: Provider;
    };
    body: unknown;
    status: number;
  }

  export default class Provider {
    constructor(issuer: string, configuration: object);
    readonly Grant: new (of: {
      accountId: string | undefined;
      clientId: string | undefined;
    }) => Grant;
    use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void;
    on(event: string, told: (...args: readonly unknown[]) => void): void;
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
  }
}
