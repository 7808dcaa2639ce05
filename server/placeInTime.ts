/**
 * Where a letter stands among its author's letters. Its id grows with the phone's clock (UUIDv7), so the id says it, whatever came first. A clock that
 * is days ahead must not silence what its owner writes once it is set right: such a letter was written when it came.
 */

const version = 14
const timeDigits = 12
const day = 86_400_000

/** The 48 bits of milliseconds at the start of an id; undefined when it tells no time. */
const timeOf = (id: string): number | undefined => (id[version] === '7' ? Number.parseInt(id.replaceAll('-', '').slice(0, timeDigits), 16) : undefined)

/** An id that sorts by when the letter was written: its own, or one of the moment when it came. */
export function placeInTime(id: string, now: Date): string {
  const written = timeOf(id)
  if (written !== undefined && written <= now.getTime() + day) return id
  const digits = now.getTime().toString(16).padStart(timeDigits, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000`
}
