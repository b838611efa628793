/** Files the browser saves: nothing leaves this machine. */

export const pageFileName = (number: number): string => `page-${String(number).padStart(4, '0')}.png`;

export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export const saveText = (name: string, text: string, type: string): void =>
  saveBlob(name, new Blob([text], { type }));

/** Pages are compressed already, so they are only put together. */
export async function zipOf(
  pages: readonly { readonly number: number; readonly blob: Blob }[],
): Promise<Blob> {
  const { zipSync } = await import('fflate');
  const files = await Promise.all(
    pages.map(
      async ({ number, blob }) => [pageFileName(number), new Uint8Array(await blob.arrayBuffer())] as const,
    ),
  );
  const bytes = zipSync(Object.fromEntries(files), { level: 0, mtime: '1980-01-01T00:00:00' });
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
}
