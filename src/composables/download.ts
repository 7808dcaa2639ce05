/** Hands a file to the person. The browser saves it; nothing leaves the phone. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

/** The same for a small thing, as JSON. */
export const download = (name: string, content: unknown): void =>
  saveFile(name, new Blob([JSON.stringify(content, undefined, 2)], { type: 'application/json' }))
