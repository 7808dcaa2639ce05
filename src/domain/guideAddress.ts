/** Where an item of the guidance is read. Neutral: an address tells nobody what this is about. */
import type { GuideItem } from './guide.ts'

const rooms: Record<GuideItem['kind'], string> = { article: 'read', walk: 'steps', practice: 'story', course: 'training' }

export const addressOf = ({ kind, id }: Pick<GuideItem, 'kind' | 'id'>): string => `/${rooms[kind]}/${id}`

/** An item as a row of RowList. */
export const rowOf = (item: GuideItem): { to: string; title: string; text: string } => ({ to: addressOf(item), title: item.title, text: item.summary })
