/** Running text as data: what RichText shows. The guidance is compiled to this shape, so that nothing is ever parsed or trusted as HTML on the phone. */
export interface RichLink { kind: string; to: string }
export type RichInline = string | { bold: RichInline[] } | { link: RichLink; text: string }
export type RichBlock = { kind: 'text' | 'note'; text: RichInline[] } | { kind: 'list' | 'numbered'; items: RichInline[][] }
/** Where a link leads: a screen of the app, another address, or nowhere (then its words stand alone). */
export type RichTarget = { to: string } | { href: string; outside?: boolean } | undefined

/** What stands below a text: what it rests on, where to read on outside, what is added locally, and how fresh it is. */
export interface Foot {
  laws: { id: string; name: string; gist: string; note: string; url: string }[]
  sites: { name: string; url: string }[]
  additions: { id: string; title: string; text: string }[]
  standing: string
}
