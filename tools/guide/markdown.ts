/** Markdown → blocks that the screens can show without a parser. What a writer may use is little on purpose; anything else stops the build. */
import MarkdownIt from 'markdown-it'
import type { Block, Inline } from '../../src/domain/guide.ts'

const parser = new MarkdownIt({ html: false, linkify: false, typographer: false })
type Token = ReturnType<typeof parser.parse>[number]

/** A mistake in a text, told to its writer with the file's name. */
export class WritingError extends Error {
  constructor(file: string, message: string) { super(`${file}: ${message}`) }
}

const schemes = { law: 'law', item: 'item', tel: 'tel', site: 'site' } as const
const plain = (text: Inline[]): string => text.map((part) => (typeof part === 'string' ? part : 'bold' in part ? plain(part.bold) : part.text)).join('')

/** The words of a text without its marks. */
export const plainText = plain
export const blockText = (block: Block): string => ('items' in block ? block.items.map(plain).join(' ') : plain(block.text))

function inlinesOf(tokens: Token[], file: string): Inline[] {
  const root: Inline[] = []
  const open: Inline[][] = [root]
  const top = () => open.at(-1) ?? root
  const say = (text: string) => {
    const list = top()
    const last = list.at(-1)
    if (typeof last === 'string') list[list.length - 1] = last + text
    else if (text !== '') list.push(text)
  }
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at]
    if (!token) continue
    if (token.type === 'text') say(token.content)
    else if (token.type === 'softbreak') say(' ')
    else if (token.type === 'strong_open') { const bold: Inline[] = []; top().push({ bold }); open.push(bold) }
    else if (token.type === 'strong_close') open.pop()
    else if (token.type === 'link_open') {
      const href = String(token.attrGet('href'))
      const [scheme = '', ...rest] = href.split(':')
      const words = tokens[at + 1]
      if (!(scheme in schemes) || words?.type !== 'text') throw new WritingError(file, `a link is law:, item:, site: or tel: with plain words, not ${href}`)
      top().push({ link: { kind: schemes[scheme as keyof typeof schemes], to: rest.join(':') }, text: words.content })
      at += 2
    } else throw new WritingError(file, `${token.type} is not used here (“${token.content}”)`)
  }
  return root
}

/** A heading with what stands under it; the text before the first heading has an empty title. */
export interface Part { title: string; blocks: Block[] }

/** Cuts a text at its `##` headings. */
export function partsOf(markdown: string, file: string): Part[] {
  const parts: Part[] = [{ title: '', blocks: [] }]
  const blocks = () => parts.at(-1)?.blocks ?? []
  let items: Inline[][] | undefined
  let inNote = false
  const tokens = parser.parse(markdown, {})
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1]
    if (token.type === 'heading_open') {
      if (token.tag !== 'h2') throw new WritingError(file, 'headings are ##, and nothing else')
      parts.push({ title: next?.content ?? '', blocks: [] })
    } else if (token.type === 'bullet_list_open' || token.type === 'ordered_list_open') {
      if (items) throw new WritingError(file, 'a list in a list is too much for a phone')
      items = []
      blocks().push({ kind: token.type === 'bullet_list_open' ? 'list' : 'numbered', items })
    } else if (token.type === 'bullet_list_close' || token.type === 'ordered_list_close') items = undefined
    else if (token.type === 'blockquote_open') inNote = true
    else if (token.type === 'blockquote_close') inNote = false
    else if (token.type === 'paragraph_open' && next) {
      const text = inlinesOf(next.children ?? [], file)
      if (items) items.push(text)
      else blocks().push({ kind: inNote ? 'note' : 'text', text })
    } else if (!['heading_close', 'paragraph_close', 'list_item_open', 'list_item_close', 'inline'].includes(token.type)) throw new WritingError(file, `${token.type} is not used here`)
  }
  return parts.filter(({ title, blocks: list }) => title !== '' || list.length > 0)
}

/** Every link in a piece of text. */
export const linksOf = (text: Inline[]): { kind: string; to: string }[] =>
  text.flatMap((part) => (typeof part === 'string' ? [] : 'bold' in part ? linksOf(part.bold) : [part.link]))
export const linksOfBlock = (block: Block) => ('items' in block ? block.items.flatMap(linksOf) : linksOf(block.text))
