/** Which of the municipality's rows concern a school, and in which order. */

/** The chosen school while it exists, else the first of one's own; null when nothing is known. */
export function schoolOf({ units, mine, school }: { units: readonly { id: string }[]; mine: readonly string[]; school: string | null }): string | null {
  const exists = (id: string) => units.some((unit) => unit.id === id)
  return school !== null && exists(school) ? school : mine.find(exists) ?? null
}

/** The school's own first, then the whole municipality's. Other schools' are left out. */
export const ownFirst = <T extends { unit: string | null }>(rows: readonly T[], school: string | null): T[] =>
  [...(school === null ? [] : rows.filter(({ unit }) => unit === school)), ...rows.filter(({ unit }) => unit === null)]

/** A number as it is read: it is not torn apart at the end of a line. */
export const asRead = (number: string): string => number.replaceAll(' ', '\u00A0')
