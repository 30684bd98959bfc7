import type { Session } from "../session.ts";
export interface StartOptions { readonly port: string; readonly demo: boolean }
export const startCommand = (_session: Session, _options: StartOptions): Promise<number> => Promise.resolve(0);
