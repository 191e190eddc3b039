// Files that the server packs on order.
import { request } from './client';

// Orders a file, has the browser save it under `name`, and gives the number of its entry in the record.
export async function saveOrdered(path: string, order: unknown, name: string): Promise<number | undefined> {
  const response = await request(path, {
    method: 'POST',
    body: JSON.stringify(order),
    headers: { 'Content-Type': 'application/json' },
  });
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
  return Number(response.headers.get('x-kansli-entry') ?? '') || undefined;
}
