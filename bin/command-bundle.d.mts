/** The program that runs commands, and the folder of Node's compile cache for it, if it is a bundle. */
export function commandProgram(root: string): Promise<{ program: string; compiled: string | undefined }>;
